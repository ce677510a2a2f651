"""Links to declare that a newer one took the place of, and mails that are not to be sent."""

import sqlalchemy as sa
from alembic import op

revision = '0028'
down_revision = '0027'

STATES = ('waiting', 'sent', 'failed')


def upgrade() -> None:
    with op.batch_alter_table('declaring_link', schema=None) as batch_op:
        batch_op.add_column(sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('is_asked_for', sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table('declaring_link', schema=None) as batch_op:
        batch_op.alter_column('is_asked_for', server_default=None)

    _allow((*STATES, 'cancelled'))


def downgrade() -> None:
    # What was not to be sent stays unsent: an older release tries a message that failed again only when somebody says so.
    op.execute("UPDATE outbox_message SET status = 'failed' WHERE status = 'cancelled'")
    _allow(STATES)
    with op.batch_alter_table('declaring_link', schema=None) as batch_op:
        batch_op.drop_column('is_asked_for')
        batch_op.drop_column('retired_at')


def _allow(states: tuple[str, ...]) -> None:
    """Puts the words that the column may have in place of those that it may have now."""
    with op.batch_alter_table('outbox_message', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_outbox_message_messagestatus'), type_='check')
        allowed = ', '.join(f"'{state}'" for state in states)
        batch_op.create_check_constraint(op.f('ck_outbox_message_messagestatus'), f'status IN ({allowed})')
