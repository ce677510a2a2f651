"""Files whose content was deleted, since nobody used them."""

import sqlalchemy as sa
from alembic import op

revision = '0068'
down_revision = '0067'


def upgrade() -> None:
    op.add_column('stored_file', sa.Column('emptied_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('stored_file', schema=None) as batch_op:
        batch_op.drop_column('emptied_at')
