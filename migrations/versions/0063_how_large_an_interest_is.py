"""How large an interest is that was ruled on."""

import sqlalchemy as sa
from alembic import op

revision = '0063'
down_revision = '0062'


def upgrade() -> None:
    op.add_column('ruling', sa.Column('magnitude', sa.Text(), nullable=False, server_default=''))


def downgrade() -> None:
    with op.batch_alter_table('ruling', schema=None) as batch_op:
        batch_op.drop_column('magnitude')
