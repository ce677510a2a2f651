"""Days of declarations that a register taken over does not say; rows of imports corrected one by one."""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'


def upgrade() -> None:
    for table in ('declaration', 'interest_version'):
        op.add_column(table, sa.Column('on_or_before', sa.Boolean(), nullable=True))
    for table in ('register_import', 'register_upload'):
        op.add_column(table, sa.Column('corrections', sa.Text(), nullable=True))
    for column in ('sheet', 'remarks'):
        op.add_column('register_upload', sa.Column(column, sa.Text(), nullable=True))


def downgrade() -> None:
    for column in ('remarks', 'sheet'):
        op.drop_column('register_upload', column)
    for table in ('register_upload', 'register_import'):
        op.drop_column(table, 'corrections')
    for table in ('interest_version', 'declaration'):
        op.drop_column(table, 'on_or_before')
