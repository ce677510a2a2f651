"""What was searched until an item was settled."""

import sqlalchemy as sa
from alembic import op

revision = '0037'
down_revision = '0036'


def upgrade() -> None:

    with op.batch_alter_table('quorum_snapshot', schema=None) as batch_op:
        batch_op.add_column(sa.Column('searched_words', sa.Text(), nullable=True))




def downgrade() -> None:

    with op.batch_alter_table('quorum_snapshot', schema=None) as batch_op:
        batch_op.drop_column('searched_words')


