"""Requests not to publish an offer, and disposal of offers."""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'


def upgrade() -> None:
    with op.batch_alter_table('gift', schema=None) as batch_op:
        batch_op.add_column(sa.Column('disposed_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('redaction_request', schema=None) as batch_op:
        batch_op.add_column(sa.Column('gift_id', sa.Uuid(), nullable=True))
        batch_op.alter_column('interest_id', existing_type=sa.Uuid(), nullable=True)
        batch_op.create_index(batch_op.f('ix_redaction_request_gift_id'), ['gift_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_redaction_request_gift_id_gift'), 'gift', ['gift_id'], ['id'])
        batch_op.create_check_constraint(
            batch_op.f('ck_redaction_request_about_one_record'), '(interest_id IS NULL) <> (gift_id IS NULL)'
        )


def downgrade() -> None:
    # The schema below has no place for a request about an offer. The ledger keeps what each of them said.
    _take_out('redaction_decision', 'request_id IN (SELECT id FROM redaction_request WHERE gift_id IS NOT NULL)')
    _take_out('redaction_request', 'gift_id IS NOT NULL')
    with op.batch_alter_table('redaction_request', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_redaction_request_about_one_record'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_redaction_request_gift_id_gift'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_redaction_request_gift_id'))
        batch_op.alter_column('interest_id', existing_type=sa.Uuid(), nullable=False)
        batch_op.drop_column('gift_id')

    with op.batch_alter_table('gift', schema=None) as batch_op:
        batch_op.drop_column('disposed_at')


def _take_out(table: str, which: str) -> None:
    """Takes rows out of a table that lets nothing be deleted. Its trigger is put back, here or with the next upgrade."""
    on_postgres = op.get_bind().dialect.name == 'postgresql'
    if on_postgres:
        op.execute(f'ALTER TABLE {table} DISABLE TRIGGER {table}_no_delete')
    else:
        op.execute(f'DROP TRIGGER IF EXISTS {table}_no_delete')
    op.execute(f'DELETE FROM {table} WHERE {which}')
    if on_postgres:
        op.execute(f'ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_delete')
