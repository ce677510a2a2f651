"""Links to declare an offer."""

import sqlalchemy as sa
from alembic import op

revision = '0024'
down_revision = '0023'

BEFORE = "purpose IN ('invitation', 'confirmation', 'declaration', 'signing', 'leaving')"
NOW = "purpose IN ('invitation', 'confirmation', 'declaration', 'signing', 'leaving', 'gift')"


def upgrade() -> None:
    with op.batch_alter_table('declaring_link', schema=None) as batch_op:
        batch_op.add_column(sa.Column('gift_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_declaring_link_gift_id_gift'), 'gift', ['gift_id'], ['id'])
        batch_op.drop_constraint(batch_op.f('ck_declaring_link_linkpurpose'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_declaring_link_linkpurpose'), NOW)


def downgrade() -> None:
    op.execute("DELETE FROM declaring_link WHERE purpose = 'gift'")
    with op.batch_alter_table('declaring_link', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_declaring_link_linkpurpose'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_declaring_link_linkpurpose'), BEFORE)
        batch_op.drop_constraint(batch_op.f('fk_declaring_link_gift_id_gift'), type_='foreignkey')
        batch_op.drop_column('gift_id')
