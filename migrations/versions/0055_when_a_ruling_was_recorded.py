"""When a ruling was recorded, where that was later than it was made."""

import sqlalchemy as sa
from alembic import op

revision = '0055'
down_revision = '0054'


def upgrade() -> None:
    op.add_column('ruling', sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('ruling', schema=None) as batch_op:
        batch_op.drop_column('recorded_at')
