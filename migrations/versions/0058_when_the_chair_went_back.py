"""When somebody recorded that the chair went back; none where it went back with the end of the item."""

import sqlalchemy as sa
from alembic import op

revision = '0058'
down_revision = '0057'


def upgrade() -> None:
    op.add_column('chair_handover', sa.Column('return_recorded_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('chair_handover', schema=None) as batch_op:
        batch_op.drop_column('return_recorded_at')
