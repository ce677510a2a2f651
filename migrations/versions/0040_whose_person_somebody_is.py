"""The body that entered a person, whose they are while they hold nothing anywhere. Digests of sent forms are made anew, with the key."""

import json
import uuid

import sqlalchemy as sa
from alembic import op

revision = '0040'
down_revision = '0039'

KEY = 'fk_person_entered_by_id_body'
person = sa.table('person', sa.column('id', sa.Uuid()), sa.column('entered_by_id', sa.Uuid()))
roster = sa.table('independent_clinician', sa.column('person_id', sa.Uuid()), sa.column('body_id', sa.Uuid()),
                  sa.column('recorded_at', sa.DateTime()))
grant = sa.table('role_grant', sa.column('person_id', sa.Uuid()), sa.column('body_id', sa.Uuid()))
account = sa.table('account', sa.column('id', sa.Uuid()), sa.column('person_id', sa.Uuid()))
body = sa.table('body', sa.column('id', sa.Uuid()))
payload = sa.table('ledger_payload', sa.column('seq'), sa.column('subject_table'), sa.column('subject_id'))
leaf = sa.table('ledger_leaf', sa.column('seq'), sa.column('entry', sa.LargeBinary()))


def upgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':  # a table that others point to cannot be made anew; a column can be added to it
        op.execute(f'ALTER TABLE person ADD COLUMN entered_by_id CHAR(32) CONSTRAINT {KEY} REFERENCES body (id)')
    else:
        op.add_column('person', sa.Column('entered_by_id', sa.Uuid(), nullable=True))
        op.create_foreign_key(op.f(KEY), 'person', 'body', ['entered_by_id'], ['id'])
    op.create_index(op.f('ix_person_entered_by_id'), 'person', ['entered_by_id'])
    _fill(op.get_bind())
    op.execute('UPDATE idempotency_key SET digest = NULL')  # those before the key could be guessed; whoever sends again is taken on


def _fill(connection: sa.Connection) -> None:
    """Of whoever holds nothing anywhere: the only body, that of their line on a roster, or the one body of who entered them, as the
    ledger says. Where none of these tells, nothing is said."""
    held = [
        sa.select(sa.literal(1)).where(sa.table(name, sa.column('person_id', sa.Uuid())).c.person_id == person.c.id).exists()
        for name in ('appointment', 'membership')
    ]
    held.append(sa.select(sa.literal(1)).where(grant.c.person_id == person.c.id, grant.c.body_id.is_not(None)).exists())
    bodies = list(connection.scalars(sa.select(body.c.id)))
    listed = {}
    for who, where in connection.execute(sa.select(roster.c.person_id, roster.c.body_id).order_by(roster.c.recorded_at)):
        listed.setdefault(who, where)
    for who in list(connection.scalars(sa.select(person.c.id).where(~sa.or_(*held)))):
        found = bodies[0] if len(bodies) == 1 else listed.get(who) or _of_who_entered(connection, who)
        if found:
            connection.execute(sa.update(person).where(person.c.id == who).values(entered_by_id=found))


def _of_who_entered(connection: sa.Connection, who: object) -> object:
    """The body of whoever entered a person, where they have roles at one alone."""
    first = sa.select(sa.func.min(payload.c.seq)).where(
        payload.c.subject_table == 'person', payload.c.subject_id == str(who)
    )
    entry = connection.scalar(sa.select(leaf.c.entry).where(leaf.c.seq == first.scalar_subquery()))
    actor = json.loads(entry)['actor']['id'] if entry else None
    if not actor:
        return None
    roles = sa.select(grant.c.body_id).distinct().where(
        grant.c.body_id.is_not(None), grant.c.person_id == account.c.person_id, account.c.id == uuid.UUID(actor)
    )
    found = list(connection.scalars(roles))
    return found[0] if len(found) == 1 else None


def downgrade() -> None:
    op.drop_index(op.f('ix_person_entered_by_id'), 'person')
    if op.get_bind().dialect.name == 'sqlite':
        with op.batch_alter_table('person', schema=None) as batch_op:
            batch_op.drop_column('entered_by_id')
    else:
        op.drop_constraint(op.f(KEY), 'person', type_='foreignkey')
        op.drop_column('person', 'entered_by_id')
