"""What a declaration at a meeting concerns, and which entry it corrects."""

import sqlalchemy as sa
from alembic import op

revision = '0047'
down_revision = '0046'

KEY = 'fk_meeting_declaration_corrects_id_meeting_declaration'


def upgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':  # a table that others point to cannot be made anew; a column can be added to it
        op.execute('ALTER TABLE meeting_declaration ADD COLUMN concerns TEXT')
        op.execute(
            f'ALTER TABLE meeting_declaration ADD COLUMN corrects_id CHAR(32) CONSTRAINT {KEY} REFERENCES meeting_declaration (id)'
        )
    else:
        op.add_column('meeting_declaration', sa.Column('concerns', sa.Text(), nullable=True))
        op.add_column('meeting_declaration', sa.Column('corrects_id', sa.Uuid(), nullable=True))
        op.create_foreign_key(op.f(KEY), 'meeting_declaration', 'meeting_declaration', ['corrects_id'], ['id'])


def downgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        with op.batch_alter_table('meeting_declaration', schema=None) as batch_op:
            batch_op.drop_column('corrects_id')
            batch_op.drop_column('concerns')
    else:
        op.drop_constraint(op.f(KEY), 'meeting_declaration', type_='foreignkey')
        op.drop_column('meeting_declaration', 'corrects_id')
        op.drop_column('meeting_declaration', 'concerns')
