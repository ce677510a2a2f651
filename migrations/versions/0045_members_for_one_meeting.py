"""Temporary members, who are invited to one meeting."""

import sqlalchemy as sa
from alembic import op

revision = '0045'
down_revision = '0044'

CHECK, CLASS = 'ck_attendance_capacity', 'ck_attendance_memberclass'
BEFORE = ('member', 'deputy', 'in_attendance')
NOW = ('member', 'deputy', 'temporary', 'in_attendance')
CLASSES = ('lay', 'gp', 'executive', 'nurse', 'secondary_care', 'nhs_england', 'partner', 'non_executive', 'practice_manager', 'councillor', 'nhs_representative', 'other')


def upgrade() -> None:
    op.add_column('terms_of_reference', sa.Column('temporary_allowed', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('attendance', schema=None) as batch_op:
        batch_op.add_column(sa.Column('member_class', sa.String(length=60), nullable=True))
        batch_op.create_check_constraint(op.f(CLASS), f'member_class IN ({_listed(CLASSES)})')
    _allow(NOW)


def downgrade() -> None:
    # the schema below has no word for a temporary member; the ledger keeps what each row said
    op.execute("UPDATE attendance SET capacity = 'in_attendance' WHERE capacity = 'temporary'")
    _allow(BEFORE)
    with op.batch_alter_table('attendance', schema=None) as batch_op:
        batch_op.drop_constraint(op.f(CLASS), type_='check')
        batch_op.drop_column('member_class')
    with op.batch_alter_table('terms_of_reference', schema=None) as batch_op:
        batch_op.drop_column('temporary_allowed')


def _allow(capacities: tuple[str, ...]) -> None:
    """Puts the words that the column may have in place of those that it may have now."""
    with op.batch_alter_table('attendance', schema=None) as batch_op:
        batch_op.drop_constraint(op.f(CHECK), type_='check')
        batch_op.create_check_constraint(op.f(CHECK), f'capacity IN ({_listed(capacities)})')


def _listed(words: tuple[str, ...]) -> str:
    return ', '.join(f"'{each}'" for each in words)
