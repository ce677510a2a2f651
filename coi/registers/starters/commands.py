"""Taking starters, movers and leavers out of a file: all that was ticked together, in one entry."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.organisations.models import Body
from coi.people import rules as people_rules
from coi.people.models import Appointment, Person
from coi.people.vocabulary import AppointmentDetails, PersonDetails
from coi.permissions.vocabulary import Actor
from coi.registers.absence_commands import new_absence
from coi.registers.deciders.commands import propose
from coi.registers.deciders.models import DecisionMaker
from coi.registers.interests.link_commands import mail_link, make_link
from coi.registers.interests.link_vocabulary import LinkPurpose
from coi.registers.models import Absence
from coi.registers.starters import queries
from coi.registers.starters.rules import too_early
from coi.registers.starters.vocabulary import Change, Kind

STALE = "Somebody changed the posts since the file was read. Read it again"


@dataclass(frozen=True)
class Chosen:
    """A change that was ticked. Of a namesake: whether it is the same person, and whether that person leaves the old posts for it. `on`:
    the first day of the post, where somebody said it."""

    change: Change
    is_same: bool = False
    has_moved: bool = False
    on: date | None = None

    @property
    def day(self) -> date:
        """The day of the change: as somebody said it, as the file gives it, or when it was seen."""
        day = self.on or (self.change.moves_on if self.is_same else None) or self.change.on
        assert day is not None
        return day


@dataclass
class Taken:
    """What was done."""

    started: int = 0
    moved: int = 0
    left: int = 0
    away: int = 0
    asked: int = 0


def take_changes(chosen: Sequence[Chosen], body: Body, *, site: str, actor: Actor, at: datetime) -> Taken:
    """Takes the changes of a file that were ticked: enters people and posts, ends posts, and mails whoever leaves and has an address a
    link for their last declaration; enters who is away for long, and asks of whom their pay band suggests it whether they take part in
    decisions. Raises RuleBroken where nothing is ticked, a date cannot be, or a post was changed meanwhile: then nothing is taken.
    Rules: DECL-03, REG-02; RULEBOOK §4, §6.1."""
    if not chosen:
        raise RuleBroken("Select at least one change")
    ids = {uuid.UUID(each.change.person_id) for each in chosen if each.change.person_id}
    people = queries.people(ids)
    posts = queries.posts([uuid.UUID(held.appointment_id) for each in chosen for held in each.change.held], body.id)
    rows: list[Appointment | Absence | DecisionMaker] = []
    taken, leavers, reasons = Taken(), [], {}
    for each in chosen:
        if each.change.kind is Kind.AWAY:
            taken.away += 1
            rows.append(new_absence(people[each.change.person_id], body.id, each.day, None, actor=actor, at=at))
        elif each.change.kind is not Kind.DECIDES:
            row, leaver = _take(each, body, people, posts, taken, at)
            rows.append(row)
            leavers += [leaver] if leaver else []
        if each.change.decides:
            whom = uuid.UUID(each.change.person_id) if each.change.kind is Kind.DECIDES else row.person_id
            reasons[whom] = each.change.decides
    rows += (asked_of := propose(reasons, body.id, at=at))
    taken.asked = len(asked_of)
    if not rows:
        raise RuleBroken(STALE)
    note = {**asdict(taken), "links_to": [str(each) for each in _ask_leavers(leavers, body, site, at)]}
    log.record(Event.STARTERS_TAKEN, subject=rows[0], actor=actor, at=at, body_id=body.id, note=note)
    return taken


def _ask_leavers(leavers: Sequence[Person], body: Body, site: str, at: datetime) -> list[uuid.UUID]:
    """Mails whoever leaves and has an address a link for their last declaration. Returns who got one."""
    asked = [person for person in leavers if person.email]
    for person in asked:
        link = make_link(person, LinkPurpose.LEAVING, body_id=body.id, site=site, at=at)
        mail_link(link, person, LinkPurpose.LEAVING, body, at)
    return [person.id for person in asked]


def _take(
    chosen: Chosen, body: Body, people: dict[str, Person], posts: dict[str, Appointment], taken: Taken, at: datetime
) -> tuple[Appointment, Person | None]:
    """Does one change. Returns a row of it, and who leaves by it."""
    change, on = chosen.change, chosen.day
    if change.kind in (Kind.LEAVES, Kind.GONE):
        ended = [_ended(held.appointment_id, on, posts, at) for held in change.held]
        taken.left += 1
        return ended[0], people[change.person_id]
    is_new = change.kind is Kind.NEW or (change.kind is Kind.NAMESAKE and not chosen.is_same)
    person = _new_person(change, body, at) if is_new else people[change.person_id]
    if change.email and not person.email:
        person.email = change.email
    if change.kind is Kind.MOVES or chosen.has_moved:
        if reason := too_early(on, change.held):
            raise RuleBroken(f"{change.name}: {reason}", field="take")
        for held in change.held:
            _ended(held.appointment_id, on - timedelta(days=1), posts, at)
        taken.moved += 1
    else:
        taken.started += 1
    return _post(person, body, change.post, on, at), None


def _new_person(change: Change, body: Body, at: datetime) -> Person:
    details = PersonDetails(change.given, change.family, title=change.title, email=change.email)
    verdict = people_rules.may_enter_person(details)
    if not verdict:
        raise RuleBroken(f"Row {change.number}: {verdict.reason}")
    person = Person(
        id=uuid.uuid4(), title=details.title, given_names=details.given_names, family_name=details.family_name,
        name=people_rules.shown_name(details), sort_key=people_rules.sort_key(details),
        initials=people_rules.initials_of(details), email=details.email, entered_by_id=body.id, recorded_at=at,
    )  # fmt: skip
    db.session.add(person)
    return person


def _post(person: Person, body: Body, post: str, on: date, at: datetime) -> Appointment:
    verdict = people_rules.may_appoint(AppointmentDetails(post, on))
    if not verdict:
        raise RuleBroken(f"{person.name}: {verdict.reason}")
    made = Appointment(id=uuid.uuid4(), person_id=person.id, body_id=body.id, post=post, valid_from=on, recorded_at=at)
    db.session.add(made)
    return made


def _ended(appointment_id: str, on: date, posts: dict[str, Appointment], at: datetime) -> Appointment:
    """The version of a post that ends on a day. Raises RuleBroken where another version was entered since."""
    held = posts.pop(appointment_id, None)
    if held is None:
        raise RuleBroken(STALE)
    held.replaced_at = at
    ended = Appointment(
        id=uuid.uuid4(), person_id=held.person_id, body_id=held.body_id, post=held.post, valid_from=held.valid_from,
        valid_to=on, recorded_at=at, replaces_id=held.id,
    )  # fmt: skip
    db.session.add(ended)
    return ended
