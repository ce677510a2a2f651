"""A digest of what a form said that was sent and stored."""

import sqlalchemy as sa
from alembic import op

revision = '0033'
down_revision = '0032'


def upgrade() -> None:
    op.add_column('idempotency_key', sa.Column('digest', sa.String(length=64), nullable=True))


def downgrade() -> None:
    op.drop_column('idempotency_key', 'digest')
