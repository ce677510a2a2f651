"""Answers to a flag that a link between organisations is wrong or has ended."""

from alembic import op

revision = '0053'
down_revision = '0052'

CHECK = 'ck_conflict_flag_flaganswer'
BEFORE = ('agree', 'ended', 'not_me')
NOW = ('agree', 'ended', 'link', 'not_me')


def upgrade() -> None:
    _allow(NOW)


def downgrade() -> None:
    # the schema below has no word for it; the ledger keeps what each row said
    op.execute("UPDATE conflict_flag SET answer = 'not_me' WHERE answer = 'link'")
    _allow(BEFORE)


def _allow(answers: tuple[str, ...]) -> None:
    """Puts the words that the column may have in place of those that it may have now."""
    listed = ', '.join(f"'{each}'" for each in answers)
    with op.batch_alter_table('conflict_flag', schema=None) as batch_op:
        batch_op.drop_constraint(op.f(CHECK), type_='check')
        batch_op.create_check_constraint(op.f(CHECK), f'answer IN ({listed})')
