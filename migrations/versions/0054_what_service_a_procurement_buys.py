"""What service a procurement buys, by its codes."""

import sqlalchemy as sa
from alembic import op

revision = '0054'
down_revision = '0053'


def upgrade() -> None:
    op.add_column('procurement_version', sa.Column('cpv', sa.Text(), nullable=False, server_default=''))


def downgrade() -> None:
    with op.batch_alter_table('procurement_version', schema=None) as batch_op:
        batch_op.drop_column('cpv')
