"""Which files of older registers lost their content when a record was disposed of."""

import sqlalchemy as sa
from alembic import op

revision = '0067'
down_revision = '0066'


def upgrade() -> None:
    op.add_column('disposal', sa.Column('files', sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('disposal', schema=None) as batch_op:
        batch_op.drop_column('files')
