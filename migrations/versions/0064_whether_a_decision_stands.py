"""Lines of the record of a breach on whether the decision stands or is taken again."""

from alembic import op

revision = '0064'
down_revision = '0063'

CHECK = 'ck_breach_note_notekind'
BEFORE = ('step', 'finding', 'informed', 'action', 'sanction', 'lesson', 'media')
NOW = ('step', 'finding', 'review', 'informed', 'action', 'sanction', 'lesson', 'media')


def upgrade() -> None:
    _allow(NOW)


def downgrade() -> None:
    # the schema below has no word for it; the ledger keeps what each row said
    op.execute("UPDATE breach_note SET kind = 'finding' WHERE kind = 'review'")
    _allow(BEFORE)


def _allow(kinds: tuple[str, ...]) -> None:
    """Puts the words that the column may have in place of those that it may have now."""
    listed = ', '.join(f"'{each}'" for each in kinds)
    with op.batch_alter_table('breach_note', schema=None) as batch_op:
        batch_op.drop_constraint(op.f(CHECK), type_='check')
        batch_op.create_check_constraint(op.f(CHECK), f'kind IN ({listed})')
