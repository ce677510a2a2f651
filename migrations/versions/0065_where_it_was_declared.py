"""At which body a declaration and each version of an interest was made, as far as the ledger says."""

import json
import uuid

import sqlalchemy as sa
from alembic import op

revision = '0065'
down_revision = '0064'

TABLES = ('declaration', 'interest_version')
payload = sa.table('ledger_payload', sa.column('seq'), sa.column('section'), sa.column('subject_table'),
                   sa.column('subject_id'), sa.column('body', sa.LargeBinary()))


def upgrade() -> None:
    for name in TABLES:
        key = f'fk_{name}_body_id_body'
        if op.get_bind().dialect.name == 'sqlite':  # a table that others point to cannot be made anew; a column can be added to it
            op.execute(f'ALTER TABLE {name} ADD COLUMN body_id CHAR(32) CONSTRAINT {key} REFERENCES body (id)')
        else:
            op.add_column(name, sa.Column('body_id', sa.Uuid(), nullable=True))
            op.create_foreign_key(op.f(key), name, 'body', ['body_id'], ['id'])
        _fill(op.get_bind(), name)


def _fill(connection: sa.Connection, name: str) -> None:
    """The body of the first entry about a row, which is what made it."""
    first = (
        sa.select(payload.c.subject_id, sa.func.min(payload.c.seq).label('seq'))
        .where(payload.c.subject_table == name, payload.c.section > 0)
        .group_by(payload.c.subject_id)
        .subquery()
    )
    header = sa.select(first.c.subject_id, payload.c.body).join(
        payload, sa.and_(payload.c.seq == first.c.seq, payload.c.section == 0)
    )
    found = [(row_id, json.loads(body)['body_id']) for row_id, body in connection.execute(header) if body]
    made = [{'row': uuid.UUID(row_id), 'at': uuid.UUID(body_id)} for row_id, body_id in found if body_id]
    table = sa.table(name, sa.column('id', sa.Uuid()), sa.column('body_id', sa.Uuid()))
    if made:
        connection.execute(
            sa.update(table).where(table.c.id == sa.bindparam('row')).values(body_id=sa.bindparam('at')), made
        )


def downgrade() -> None:
    for name in TABLES:
        if op.get_bind().dialect.name == 'sqlite':
            with op.batch_alter_table(name, schema=None) as batch_op:
                batch_op.drop_column('body_id')
        else:
            op.drop_constraint(op.f(f'fk_{name}_body_id_body'), name, type_='foreignkey')
            op.drop_column(name, 'body_id')
