"""Breaches that name nobody any more: whom they were about goes with what they said."""

import sqlalchemy as sa
from alembic import op

revision = '0050'
down_revision = '0049'


def upgrade() -> None:
    with op.batch_alter_table('breach_person', schema=None) as batch_op:
        batch_op.alter_column('person_id', existing_type=sa.Uuid(), nullable=True)


def downgrade() -> None:
    # The schema below has no place for a row that names nobody. It is taken out of a table that lets nothing be deleted, whose trigger
    # is put back; the ledger keeps that it was there.
    on_postgres = op.get_bind().dialect.name == 'postgresql'
    if on_postgres:
        op.execute('ALTER TABLE breach_person DISABLE TRIGGER breach_person_no_delete')
    else:
        op.execute('DROP TRIGGER IF EXISTS breach_person_no_delete')
    op.execute('DELETE FROM breach_person WHERE person_id IS NULL')
    if on_postgres:
        op.execute('ALTER TABLE breach_person ENABLE ALWAYS TRIGGER breach_person_no_delete')
    with op.batch_alter_table('breach_person', schema=None) as batch_op:
        batch_op.alter_column('person_id', existing_type=sa.Uuid(), nullable=False)
