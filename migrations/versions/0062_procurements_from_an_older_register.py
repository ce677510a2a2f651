"""Procurement decisions that were taken over from an older register, which may say less, and of which register an import is."""

import sqlalchemy as sa
from alembic import op

revision = '0062'
down_revision = '0061'


def upgrade() -> None:
    op.add_column(
        'procurement_decision', sa.Column('is_taken_over', sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column('procurement_decision', sa.Column('old_reference', sa.Text(), nullable=False, server_default=''))
    op.add_column(
        'procurement_version', sa.Column('decided_on_or_before', sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column('register_import', sa.Column('register', sa.String(20), nullable=False, server_default='interests'))
    op.add_column('register_upload', sa.Column('register', sa.String(20), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('register_upload', schema=None) as batch_op:
        batch_op.drop_column('register')
    with op.batch_alter_table('register_import', schema=None) as batch_op:
        batch_op.drop_column('register')
    with op.batch_alter_table('procurement_version', schema=None) as batch_op:
        batch_op.drop_column('decided_on_or_before')
    with op.batch_alter_table('procurement_decision', schema=None) as batch_op:
        batch_op.drop_column('old_reference')
        batch_op.drop_column('is_taken_over')
