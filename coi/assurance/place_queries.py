"""Reading where rows of the ledger belong: to which committees, to which people, to which rows they lead."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence

import sqlalchemy as sa

from coi.accounts.models import RoleGrant
from coi.committees.models import Membership
from coi.database import Base, db
from coi.meetings.models import Meeting, MeetingCommittee
from coi.people.models import Appointment, Person


def committees_of(meetings: Collection[uuid.UUID], body_id: uuid.UUID) -> dict[str, frozenset[str]]:
    """Returns the committees of those of these meetings that are of the body, by meeting."""
    found: dict[str, set[str]] = {}
    if meetings:
        rows = db.session.execute(
            sa.select(Meeting.id, MeetingCommittee.committee_id)
            .join(MeetingCommittee, MeetingCommittee.meeting_id == Meeting.id)
            .where(Meeting.id.in_(meetings), Meeting.body_id == body_id)
        )
        for meeting, committee in rows:
            found.setdefault(str(meeting), set()).add(str(committee))
    return {meeting: frozenset(committees) for meeting, committees in found.items()}


def without_post_or_seat(people: Iterable[uuid.UUID], body_id: uuid.UUID) -> frozenset[str]:
    """Returns those of these people who have or had a role at the body, and those who have no post, seat or role anywhere yet, unless
    another body entered them: they are its people."""
    wanted, elsewhere = set(people), sa.null().cast(sa.Uuid())
    rows = db.session.execute(
        sa.union(
            sa.select(RoleGrant.person_id, RoleGrant.body_id).where(RoleGrant.person_id.in_(wanted)),
            sa.select(Person.id, elsewhere).where(Person.id.in_(wanted), Person.entered_by_id != body_id),
            *(sa.select(model.person_id, elsewhere).where(model.person_id.in_(wanted)) for model in (Appointment, Membership)),
        )
    ).all()  # fmt: skip
    here = {person for person, body in rows if body == body_id}
    return frozenset(map(str, here | (wanted - {person for person, _body in rows})))


def columns_of(table: str, ids: Iterable[str], names: Sequence[str]) -> Iterable[tuple[str, Mapping[str, object]]]:
    """Yields each of these rows of a table by its id, with these of its columns."""
    columns = Base.metadata.tables[table].c
    here = columns.id.in_([uuid.UUID(each) for each in ids])
    for row in db.session.execute(sa.select(columns.id, *(columns[name] for name in names)).where(here)):
        yield str(row.id), {name: row._mapping[name] for name in names}
