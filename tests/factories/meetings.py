"""Meetings for tests, all invented: a committee with its people, an agenda, interests, and the meeting opened."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

import sqlalchemy as sa

from coi.committees.models import Committee
from coi.committees.vocabulary import MemberClass, Office
from coi.database import db
from coi.meetings import commands as planning
from coi.meetings.conflicts import commands as conflicts
from coi.meetings.conflicts.models import Ruling
from coi.meetings.models import AgendaItem, Attendance, Meeting, Presence
from coi.meetings.proceedings import commands as proceedings
from coi.meetings.proceedings.vocabulary import AttendanceDetails, OpeningDetails
from coi.meetings.queries import agenda_of
from coi.meetings.recorded_vocabulary import MovementDetails, RulingDetails
from coi.meetings.vocabulary import (
    AffectedDetails,
    AffectedRelation,
    Capacity,
    ClassScope,
    ItemDetails,
    MeetingDetails,
    Part,
    PresenceKind,
    PresenceReason,
    Purpose,
    Standing,
)
from coi.organisations.models import Body, Organisation
from coi.people.models import Person
from coi.permissions.vocabulary import Actor, Grant, Role, system_actor
from coi.registers.interests import commands as registers
from coi.registers.interests.models import Interest, InterestVersion
from coi.registers.interests.vocabulary import (
    Directness,
    InterestDetails,
    InterestRole,
    InterestType,
    NamedOrganisation,
    NilDetails,
    Via,
)
from tests.factories.committees import a_committee, a_member, the_terms
from tests.factories.organisations import a_body
from tests.factories.people import a_person

SYSTEM = system_actor("cli")
DECLARED = datetime(2026, 4, 2, 9, 0, tzinfo=UTC)
PLANNED = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
HELD_ON = date(2026, 11, 10)
TEN = datetime(2026, 11, 10, 10, 0, tzinfo=UTC)
"""The meeting opens at ten; tests count minutes from there."""


def minutes(number: int) -> datetime:
    """So many minutes after the meeting opened."""
    return TEN + timedelta(minutes=number)


def a_meeting(
    committee: Committee | None = None, *others: Committee, held_on: date = HELD_ON, at: datetime = PLANNED
) -> Meeting:
    """A planned meeting of a committee, or of several in common."""
    first = committee or a_committee()
    details = MeetingDetails(held_on, time(10, 0), "Room 1", "", (first.id, *(each.id for each in others)))
    return planning.plan_meeting(db.session.get_one(Body, first.body_id), details, actor=SYSTEM, at=at)


def an_item(
    meeting: Meeting,
    title: str = "Variation of a contract",
    affected: Iterable[Organisation | str] = (),
    *,
    relation: AffectedRelation = AffectedRelation.CONTRACT_HOLDER,
    purpose: Purpose = Purpose.APPROVE,
    part: Part = Part.PUBLIC,
    private_reason: str = "",
    function_code: str = "contracts",
    class_scope: ClassScope = ClassScope.NONE,
    area: tuple[str, ...] = ("99Z",),
    pcn: Organisation | None = None,
    at: datetime = PLANNED,
) -> AgendaItem:
    """An item of an agenda. Organisations that it concerns may be texts that nobody matched."""
    concerned = tuple(
        AffectedDetails(each, relation) if isinstance(each, str) else AffectedDetails(each.name, relation, each.id)
        for each in affected
    )
    details = ItemDetails(
        title, purpose, part, "", "", function_code, class_scope, private_reason, concerned, pcn.id if pcn else None
    )
    return planning.add_item(meeting, details, actor=SYSTEM, at=at, area=area)


def a_declared_interest(
    person: Person,
    organisation: Organisation | str,
    role: InterestRole = InterestRole.PARTNER,
    *,
    kind: InterestType = InterestType.FINANCIAL,
    via: Via | None = None,
    nature: str = "Partner",
    arose_on: date = date(2019, 4, 1),
    ended_on: date | None = None,
    is_pursuing: bool = False,
    at: datetime | None = None,
) -> Interest:
    """An interest on the register, direct unless it is held via somebody. One that ended is declared when the meeting is planned."""
    at = at or (PLANNED if ended_on else DECLARED)
    named = (
        NamedOrganisation(organisation)
        if isinstance(organisation, str)
        else NamedOrganisation(organisation.name, organisation.id)
    )
    details = InterestDetails(
        type=kind, directness=Directness.INDIRECT if via else Directness.DIRECT, role=role, nature=nature,
        organisations=(named,), arose_on=arose_on, ended_on=ended_on, via=via, is_pursuing=is_pursuing,
    )  # fmt: skip
    declaration = registers.declare_interests(person, [details], actor=SYSTEM, at=at)
    version = db.session.scalars(
        sa.select(InterestVersion).where(InterestVersion.declaration_id == declaration.id)
    ).one()
    return version.interest


def a_nil_return(person: Person, *, at: datetime = DECLARED) -> None:
    """A person declares to have nothing to declare."""
    registers.make_nil_return(person, NilDetails("I have nothing to declare"), actor=SYSTEM, at=at)


def an_actor(person: Person | None, body: Body, *roles: Role) -> Actor:
    """Somebody who acts, without an account in the database."""
    grants = tuple(Grant(role, body.id) for role in roles or (Role.MEMBER,))
    name = person.name if person else "Sam Scribe"
    return Actor(name, uuid.uuid4(), person.id if person else None, grants)


@dataclass
class Scene:
    """A primary care committee that is quorate with four voting members, the chair or vice chair, a lay member and an
    executive among them; everybody has a declaration on file."""

    body: Body
    committee: Committee
    people: dict[str, Person] = field(default_factory=dict)
    members: tuple[str, ...] = ()
    meeting: Meeting | None = None

    def __getattr__(self, name: str) -> Person:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    def actor(self, name: str, *roles: Role) -> Actor:
        """One of the people, as somebody who acts."""
        return an_actor(self.people[name], self.body, *roles)

    @property
    def secretary(self) -> Actor:
        return an_actor(None, self.body, Role.SECRETARY)


def a_scene(
    *, deputies_allowed: bool = False, casting_vote: bool = True, gps_vote: bool = True, **terms: object
) -> Scene:
    """A committee of seven: chair, vice chair, a third lay member, finance officer, nurse, two GPs."""
    body = a_body()
    committee = a_committee(body, terms=False)
    the_terms(committee, deputies_allowed=deputies_allowed, casting_vote=casting_vote, **terms)  # type: ignore[arg-type]
    scene = Scene(body, committee)
    members: Mapping[str, tuple[str, MemberClass, Office | None, bool]] = {
        "chair": ("Mrs Ann Ashby", MemberClass.LAY, Office.CHAIR, True),
        "vice": ("Mr Bob Birch", MemberClass.LAY, Office.VICE_CHAIR, True),
        "lay": ("Ms Cat Cole", MemberClass.LAY, None, True),
        "finance": ("Mr Dan Dale", MemberClass.EXECUTIVE, None, True),
        "nurse": ("Mrs Eve Elder", MemberClass.NURSE, None, True),
        "gp": ("Dr Fay Fenn", MemberClass.GP, None, gps_vote),
        "other_gp": ("Dr Guy Gorse", MemberClass.GP, None, gps_vote),
    }
    for key, (name, member_class, office, voting) in members.items():
        person = a_person(name)
        scene.people[key] = person
        a_member(committee, person, member_class, office=office, voting=voting)
        a_nil_return(person)
    scene.members = tuple(members)
    scene.meeting = a_meeting(committee)
    return scene


def opened(scene: Scene, *absent: str, remote: tuple[str, ...] = (), at: datetime = TEN) -> Meeting:
    """Opens a scene's meeting: everybody is there but `absent`, who sent apologies."""
    meeting = scene.meeting
    assert meeting is not None
    there = frozenset(scene.people[key].id for key in scene.members if key not in absent)
    details = OpeningDetails(
        at, there, frozenset(scene.people[key].id for key in absent), frozenset(scene.people[key].id for key in remote)
    )
    return proceedings.open_meeting(meeting, details, actor=scene.secretary, at=at)


def takes_earlier_minutes(meeting: Meeting, actor: Actor, at: datetime) -> AgendaItem:
    """The open meeting takes its item on the minutes of the last meeting."""
    item = next(each for each in agenda_of(meeting) if each.standing is Standing.LAST_MINUTES)
    return proceedings.open_item(item, actor=actor, at=at)


def attending(
    scene: Scene,
    person: Person,
    capacity: Capacity = Capacity.IN_ATTENDANCE,
    *,
    deputy_for: Person | None = None,
    joined: datetime | None = None,
    at: datetime = TEN,
) -> Attendance:
    """Somebody else who has a part in the meeting."""
    assert scene.meeting is not None
    details = AttendanceDetails(
        person.id, capacity, deputy_for.id if deputy_for else None, has_joined=joined is not None, joined_at=joined
    )
    return proceedings.record_attendance(scene.meeting, details, actor=scene.secretary, at=max(at, joined or at))


def moved(
    scene: Scene,
    who: str,
    kind: PresenceKind,
    when: datetime | None,
    item: AgendaItem | None = None,
    *,
    reason: PresenceReason = PresenceReason.CONFLICT,
    at: datetime | None = None,
) -> Presence:
    """A movement in or out."""
    assert scene.meeting is not None
    details = MovementDetails(scene.people[who].id, kind, when, reason, item.id if item else None)
    return proceedings.record_movement(scene.meeting, details, actor=scene.secretary, at=at or when or minutes(60))


def ruled(
    scene: Scene,
    item: AgendaItem,
    who: str,
    *actions: str,
    by: str = "chair",
    rationale: str = "Direct financial interest in the contract",
    guardian: bool = False,
    at: datetime = PLANNED,
    made: datetime | None = None,
    magnitude: str | None = None,
) -> Ruling:
    """A ruling, made by whoever presides in their own name, now (`at`) or at the time that is entered. How large the interest is, is said
    of one that is only noted, unless `magnitude` says otherwise."""
    usual = "About £300 a year" if "A6" in actions else ""
    size = usual if magnitude is None else magnitude
    details = RulingDetails(tuple(actions), rationale, scene.people[by].id, guardian, made, magnitude=size)
    return conflicts.rule_on_conflict(item, scene.people[who].id, details, actor=scene.actor(by, Role.CHAIR), at=at)
