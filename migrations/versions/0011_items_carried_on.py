"""An item that a later meeting carries on, under the reference of the first."""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'


def upgrade() -> None:
    op.add_column('agenda_item', sa.Column('carried_reference', sa.String(length=40), nullable=True))
    if op.get_bind().dialect.name == 'sqlite':  # a table that others point to cannot be made anew; a column can be added to it
        op.execute(
            'ALTER TABLE agenda_item ADD COLUMN continues_id CHAR(32) '
            'CONSTRAINT fk_agenda_item_continues_id_agenda_item REFERENCES agenda_item (id)'
        )
    else:
        op.add_column('agenda_item', sa.Column('continues_id', sa.Uuid(), nullable=True))
        op.create_foreign_key(
            op.f('fk_agenda_item_continues_id_agenda_item'), 'agenda_item', 'agenda_item', ['continues_id'], ['id']
        )
    op.create_index(op.f('ix_agenda_item_continues_id'), 'agenda_item', ['continues_id'])


def downgrade() -> None:
    op.drop_index(op.f('ix_agenda_item_continues_id'), 'agenda_item')
    if op.get_bind().dialect.name != 'sqlite':
        op.drop_constraint(op.f('fk_agenda_item_continues_id_agenda_item'), 'agenda_item', type_='foreignkey')
        op.drop_column('agenda_item', 'continues_id')
        op.drop_column('agenda_item', 'carried_reference')
        return
    with op.batch_alter_table('agenda_item', schema=None) as batch_op:
        batch_op.drop_column('continues_id')
        batch_op.drop_column('carried_reference')
