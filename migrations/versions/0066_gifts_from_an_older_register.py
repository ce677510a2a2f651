"""Gifts and hospitality that were taken over from an older register, which may say less."""

import sqlalchemy as sa
from alembic import op

revision = '0066'
down_revision = '0065'
OPEN_DAYS = ('offered_on_or_before', 'declared_on_or_before')


def upgrade() -> None:
    op.add_column('gift', sa.Column('is_taken_over', sa.Boolean(), nullable=False, server_default=sa.false()))
    for name in OPEN_DAYS:
        op.add_column('gift_version', sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('gift_version', schema=None) as batch_op:
        batch_op.alter_column('source', existing_type=sa.String(60), nullable=True)
        batch_op.alter_column('pence', existing_type=sa.BigInteger(), nullable=True)


def downgrade() -> None:
    # the schema below asks for both; the ledger keeps what each row said
    op.execute("UPDATE gift_version SET source = 'other' WHERE source IS NULL")
    op.execute('UPDATE gift_version SET pence = 0 WHERE pence IS NULL')
    with op.batch_alter_table('gift_version', schema=None) as batch_op:
        batch_op.alter_column('pence', existing_type=sa.BigInteger(), nullable=False)
        batch_op.alter_column('source', existing_type=sa.String(60), nullable=False)
        for name in OPEN_DAYS:
            batch_op.drop_column(name)
    with op.batch_alter_table('gift', schema=None) as batch_op:
        batch_op.drop_column('is_taken_over')
