"""Which committees commission primary care: those that were there before were all checked as such."""

import sqlalchemy as sa
from alembic import op

revision = '0061'
down_revision = '0060'


def upgrade() -> None:
    op.add_column('terms_of_reference', sa.Column('primary_care', sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade() -> None:
    with op.batch_alter_table('terms_of_reference', schema=None) as batch_op:
        batch_op.drop_column('primary_care')
