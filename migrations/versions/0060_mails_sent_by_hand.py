"""Mails that somebody sent from their own mail program."""

from alembic import op

revision = '0060'
down_revision = '0059'

STATES = ('waiting', 'sent', 'failed', 'cancelled')


def upgrade() -> None:
    _allow((*STATES, 'sent by hand'))


def downgrade() -> None:
    op.execute("UPDATE outbox_message SET status = 'sent' WHERE status = 'sent by hand'")
    _allow(STATES)


def _allow(states: tuple[str, ...]) -> None:
    """Puts the words that the column may have in place of those that it may have now."""
    with op.batch_alter_table('outbox_message', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_outbox_message_messagestatus'), type_='check')
        allowed = ', '.join(f"'{state}'" for state in states)
        batch_op.create_check_constraint(op.f('ck_outbox_message_messagestatus'), f'status IN ({allowed})')
