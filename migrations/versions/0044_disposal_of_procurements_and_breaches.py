"""Disposal of procurement decisions and breaches, by a body's own years of keeping."""

import sqlalchemy as sa
from alembic import op

revision = '0044'
down_revision = '0043'


def upgrade() -> None:
    for table in ('breach', 'procurement_decision'):
        op.add_column(table, sa.Column('disposed_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for table in ('breach', 'procurement_decision'):
        if op.get_bind().dialect.name == 'sqlite':  # a table that others point to cannot be made anew; a column can be taken off it
            op.execute(f'ALTER TABLE {table} DROP COLUMN disposed_at')
        else:
            op.drop_column(table, 'disposed_at')
