"""Whether people come, said before a meeting; questions asked again."""

import sqlalchemy as sa
from alembic import op

revision = '0042'
down_revision = '0041'

CHECK = 'ck_beforehand_answer_beforehand_coming'
LISTED = "coming IN ('coming', 'remote', 'apologies', 'silent')"
UNIQUE, INDEX = 'uq_beforehand_link_request_id', 'ix_beforehand_link_request_id'


def upgrade() -> None:
    # others point to both tables of what was said, so that SQLite cannot make them anew; columns can be added to them
    if op.get_bind().dialect.name == 'sqlite':
        op.execute(f'ALTER TABLE beforehand_answer ADD COLUMN coming VARCHAR(60) CONSTRAINT {CHECK} CHECK ({LISTED})')
    else:
        op.add_column('beforehand_answer', sa.Column('coming', sa.String(length=60), nullable=True))
        op.create_check_constraint(op.f(CHECK), 'beforehand_answer', LISTED)
    op.add_column('beforehand_answer', sa.Column('deputy_words', sa.Text(), nullable=False, server_default=''))
    op.add_column('beforehand_request', sa.Column('asked_again_at', sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table('beforehand_link', schema=None) as batch_op:
        batch_op.drop_constraint(op.f(UNIQUE), type_='unique')
        batch_op.create_index(op.f(INDEX), ['request_id'], unique=False)


def downgrade() -> None:
    # one link of each request stays: the one that was used, else any
    op.execute('DELETE FROM beforehand_link WHERE used_at IS NULL AND EXISTS (SELECT 1 FROM beforehand_link AS other '
               'WHERE other.request_id = beforehand_link.request_id AND other.used_at IS NOT NULL)')
    op.execute('DELETE FROM beforehand_link WHERE EXISTS (SELECT 1 FROM beforehand_link AS other '
               'WHERE other.request_id = beforehand_link.request_id AND other.token_hash > beforehand_link.token_hash)')
    with op.batch_alter_table('beforehand_link', schema=None) as batch_op:
        batch_op.drop_index(op.f(INDEX))
        batch_op.create_unique_constraint(op.f(UNIQUE), ['request_id'])
    with op.batch_alter_table('beforehand_request', schema=None) as batch_op:
        batch_op.drop_column('asked_again_at')
    with op.batch_alter_table('beforehand_answer', schema=None) as batch_op:
        batch_op.drop_constraint(op.f(CHECK), type_='check')
        batch_op.drop_column('deputy_words')
        batch_op.drop_column('coming')
