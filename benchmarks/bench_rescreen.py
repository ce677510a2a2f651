"""What an edited item costs in the request: screened again against sixty people with eight interests each, from the database. `name
value unit`. Target: at most 30 ms."""

import random
import statistics
import time

from setting import Setting, each_setting

from coi.committees.vocabulary import MemberClass
from coi.database import db
from coi.meetings import commands as planning
from coi.meetings.conflicts.queries import conflicts_at
from coi.meetings.models import AgendaItem, Meeting
from coi.meetings.vocabulary import AffectedDetails, AffectedRelation
from coi.organisations.models import Organisation
from coi.organisations.vocabulary import OrganisationKind
from coi.registers.interests.vocabulary import InterestRole
from tests.factories.committees import a_committee, a_member
from tests.factories.meetings import PLANNED, SYSTEM, a_declared_interest, a_meeting, an_item
from tests.factories.people import a_person

PEOPLE, EACH, ROUNDS = 60, 8, 15
_ROLES = (InterestRole.PARTNER, InterestRole.SALARIED_GP, InterestRole.EMPLOYEE, InterestRole.SHAREHOLDER)


def main() -> None:
    """Prints the figure of both databases."""
    with each_setting() as settings:
        for one in settings:
            with one.app.app_context():
                print(f"rescreen_one_item_{PEOPLE}_people_{one.database} {rescreened(one):.1f} ms", flush=True)


def rescreened(one: Setting) -> float:
    """Returns the processor milliseconds of one screening after an edit (the median)."""
    practices = list(db.session.scalars(db.select(Organisation).where(Organisation.kind == OrganisationKind.PRACTICE)))
    meeting, item = _filled(one, practices)
    taken = []
    for number in range(ROUNDS):
        found = practices[number % len(practices)]
        details = AffectedDetails(found.name, AffectedRelation.BIDDER, found.id)
        planning.add_affected(db.session.get_one(AgendaItem, item), details, actor=SYSTEM, at=PLANNED)
        db.session.commit()
        started = time.process_time()
        conflicts_at(
            db.session.get_one(Meeting, meeting), known_at=PLANNED, items=[db.session.get_one(AgendaItem, item)]
        )
        taken.append((time.process_time() - started) * 1000)
    return statistics.median(taken)


def _filled(one: Setting, practices: list[Organisation]):
    """A committee of sixty with a meeting; returns the keys of the meeting and of its item."""
    chance = random.Random(11)
    body = db.session.get_one(Meeting, one.meeting_id).committees[0].committee.body_id
    committee = a_committee(_body(body), name="Large committee", prefix="LARGE")
    for number in range(PEOPLE):
        person = a_person(f"Dr Number{number:02d} Person")
        a_member(committee, person, MemberClass.GP)
        for place in range(EACH):
            a_declared_interest(
                person, chance.choice(practices), _ROLES[place % len(_ROLES)], nature=f"Interest {place}"
            )
    meeting = a_meeting(committee)
    item = an_item(meeting, affected=practices[:1])
    db.session.commit()
    return meeting.id, item.id


def _body(body_id):
    return db.session.get_one(planning.Body, body_id)


if __name__ == "__main__":
    main()
