"""Who dismissed a flag, and whether the Guardian was asked first."""

import sqlalchemy as sa
from alembic import op

revision = '0052'
down_revision = '0051'


def upgrade() -> None:
    op.add_column('conflict_flag', sa.Column('dismissed_by_name', sa.Text(), nullable=False, server_default=''))
    op.add_column('conflict_flag', sa.Column('guardian_consulted', sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table('conflict_flag', schema=None) as batch_op:
        batch_op.drop_column('guardian_consulted')
        batch_op.drop_column('dismissed_by_name')
