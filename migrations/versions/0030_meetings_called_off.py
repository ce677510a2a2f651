"""Meetings that were called off: when, by whom and why."""

import sqlalchemy as sa
from alembic import op

revision = '0030'
down_revision = '0029'

KEY = 'fk_meeting_called_off_by_person'


def upgrade() -> None:
    op.add_column('meeting', sa.Column('called_off_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('meeting', sa.Column('called_off_because', sa.Text(), nullable=False, server_default=''))
    if op.get_bind().dialect.name == 'sqlite':  # a table that others point to cannot be made anew; a column can be added to it
        op.execute(f'ALTER TABLE meeting ADD COLUMN called_off_by CHAR(32) CONSTRAINT {KEY} REFERENCES person (id)')
    else:
        op.add_column('meeting', sa.Column('called_off_by', sa.Uuid(), nullable=True))
        op.create_foreign_key(op.f(KEY), 'meeting', 'person', ['called_off_by'], ['id'])


def downgrade() -> None:
    if op.get_bind().dialect.name != 'sqlite':
        op.drop_constraint(op.f(KEY), 'meeting', type_='foreignkey')
        for name in ('called_off_by', 'called_off_because', 'called_off_at'):
            op.drop_column('meeting', name)
        return
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.drop_column('called_off_by')
        batch_op.drop_column('called_off_because')
        batch_op.drop_column('called_off_at')
