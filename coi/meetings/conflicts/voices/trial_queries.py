"""Trying out a draft item, or a member, deputy or guest who would come: the same screening and forecast, of which nothing is stored."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from coi.committees.vocabulary import Capacity as SeatCapacity
from coi.committees.vocabulary import Seat
from coi.meetings.affected import class_area
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.presiding import Presiding
from coi.meetings.conflicts.queries import conflicts_at, rules_of
from coi.meetings.conflicts.seats import CommitteeSeats, Supposed, attendance_of, committee_seats
from coi.meetings.conflicts.voices.meaning import Circumstances, meaning_of
from coi.meetings.conflicts.voices.queries import OPEN, answers_of
from coi.meetings.conflicts.voices.roster_queries import candidates_for, of_other_bodies, roster_on
from coi.meetings.conflicts.voices.trial_vocabulary import Proposal, TrialDetails, TrialLine
from coi.meetings.conflicts.voices.vocabulary import Candidate, ItemMeaning
from coi.meetings.models import AffectedOrganisation, AgendaItem, Attendance, Meeting
from coi.meetings.suggesting.queries import suggested_by
from coi.meetings.suggesting.vocabulary import SuggestedClass, SuggestedOrganisation, Suggestion
from coi.meetings.vocabulary import AffectedDetails, Capacity, ClassScope, ItemState, Part, Purpose
from coi.organisations.models import Body
from coi.organisations.queries import organisations
from coi.people.models import Person
from coi.people.queries import names_apart, people_of_body, persons

DRAFT = "Draft item"


@dataclass(frozen=True)
class Trial:
    """What a trial comes to. `item` and `meaning` of a draft item; `person` and `lines`, one for each item, of somebody who would come;
    `note` where what was asked for cannot be, `read` what was read from the title."""

    conflicts: MeetingConflicts
    item: AgendaItem | None = None
    meaning: ItemMeaning | None = None
    candidates: tuple[Candidate, ...] = ()
    person: Person | None = None
    lines: tuple[TrialLine, ...] = ()
    note: str = ""
    read: tuple[str, ...] = ()


def who_may_come(body_id: uuid.UUID, on: date) -> list[tuple[uuid.UUID, str]]:
    """Returns whom to choose from: the people of a body, and its roster. Nobody who belongs to another body
    alone: the page would say what they declared there."""
    found = {person.id: person.name for person in people_of_body(body_id, on)}
    found |= {row.person_id: row.person.name for row in roster_on(body_id, on)}
    others = of_other_bodies(body_id, on)
    ours = ((person, name) for person, name in found.items() if person not in others)
    return list(names_apart(ours, body_id, on).items())


def as_worded(details: TrialDetails, meeting: Meeting, body: Body) -> TrialDetails:
    """Returns what is tried out, with whom the title of a draft item concerns where nobody was named besides: it is read as the wording of
    an item on the agenda is. Where it may mean several, that is said and nobody is taken."""
    if not details.title or not details.names_nobody:
        return details
    title = AgendaItem(id=uuid.uuid4(), title=details.title, description="", class_scope=ClassScope.NONE, affected=[])
    found = suggested_by(title, body, meeting.held_on)
    sure = [each for each in found if not each.doubt]
    named = tuple(
        AffectedDetails(each.text, each.relation, each.organisation_id)
        for each in sure
        if isinstance(each, SuggestedOrganisation)
    )
    made = replace(details, organisations=named, read=tuple(_read(found)))
    for each in sure:
        if isinstance(each, SuggestedClass):
            scope = ClassScope.PCN if each.network_id else ClassScope.ALL_PRACTICES
            made = replace(made, class_scope=scope, pcn_id=each.network_id, pcn_name=each.place, practices=each.there)
    return made


def _read(found: Sequence[Suggestion]) -> Iterator[str]:
    """What a title says, and what it leaves open, in sentences."""
    for each in found:
        if not each.doubt:
            yield f"Read from the title: {each.text}, since {each.why}."
    doubts: dict[str, list[str]] = {}
    for each in found:
        if each.doubt:
            doubts.setdefault(each.doubt, []).append(each.text)
    for words, names in doubts.items():
        yield f"“{words}” may mean {' or '.join(names)}: say below which is meant."


def try_out(
    meeting: Meeting, items: Sequence[AgendaItem], details: TrialDetails, *, area: Sequence[str], known_at: datetime
) -> Trial:
    """Returns what a draft item would come to at a meeting, and what somebody's coming would mean for `items` and the draft. Reads only.
    Rule: MTG-02, QUO-01; USERS W18."""
    attending = attendance_of(meeting.id)
    plain = committee_seats(meeting, attending, known_at=known_at)
    committee = plain.get(details.committee_id or next(iter(plain))) or next(iter(plain.values()))
    person = persons([details.person_id]).get(details.person_id) if details.person_id else None
    supposed, note = _supposed(meeting, committee, attending, details, person)
    draft = _draft(items, details, area) if details.has_item else None
    waiting = [item for item in items if item.standing is None and item.state in OPEN and person is not None]
    tried = [*waiting, draft] if draft is not None else waiting
    conflicts = conflicts_at(meeting, known_at=known_at, items=tried, supposed=supposed)
    circumstances = Circumstances(rules_of(meeting), answers_of(attending))
    found = Trial(conflicts, note=note, person=person, read=details.read)
    if person is not None:
        lines = _lines(conflicts, plain, tried, committee.committee_id, circumstances, person.id)
        found = replace(found, lines=lines)
    if draft is not None:
        meaning = meaning_of(conflicts, draft, committee.committee_id, circumstances)
        asked = candidates_for(meeting, [draft], known_at=known_at)[draft.id] if meaning.ways else []
        found = replace(found, item=draft, meaning=meaning, candidates=tuple(asked))
    return found


def _draft(items: Sequence[AgendaItem], details: TrialDetails, area: Sequence[str]) -> AgendaItem:
    """An item that no session knows, so that nothing of it can be stored."""
    known = organisations([each.organisation_id for each in details.organisations if each.organisation_id])
    return AgendaItem(
        id=uuid.uuid4(), position=max((item.position for item in items), default=0) + 1, title=details.title or DRAFT,
        description="", presenter="", part=Part.PUBLIC, private_reason="", purpose=Purpose.DECIDE, standing=None,
        function_code=details.function_code, class_scope=details.class_scope, stage=details.stage, state=ItemState.PLANNED, version=1,
        class_area=[str(each) for each in details.practices] or class_area(details.class_scope, area, details.pcn_id),
        class_place=details.pcn_name or None,
        affected=[
            AffectedOrganisation(
                id=uuid.uuid4(), position=position, text=each.text, relation=each.relation,
                organisation_id=each.organisation_id, organisation=known.get(each.organisation_id) if each.organisation_id else None,
            )
            for position, each in enumerate(details.organisations)
        ],
    )  # fmt: skip


def _supposed(
    meeting: Meeting,
    committee: CommitteeSeats,
    attending: list[Attendance],
    details: TrialDetails,
    person: Person | None,
) -> tuple[Supposed, str]:
    """As if the person came, and a word where the terms do not let them come as asked: then as a guest. Rule: QUO-02; RULEBOOK §10.9."""
    if person is None or str(person.id) in committee.people:
        note = f"{person.name} has a seat already, and counts as they do now." if person else ""
        return Supposed(attending, {}), note
    seated = details.proposal is Proposal.MEMBER or (
        details.proposal is Proposal.TEMPORARY and committee.temporary_allowed
    )
    if seated and details.member_class is not None:
        capacity = SeatCapacity.TEMPORARY if details.proposal is Proposal.TEMPORARY else SeatCapacity.MEMBER
        seat = Seat(str(person.id), person.name, details.member_class, capacity=capacity)
        return Supposed(attending, {committee.committee_id: seat}), ""
    rest = [row for row in attending if (row.person_id, row.committee_id) != (person.id, committee.committee_id)]
    is_deputy = details.proposal is Proposal.DEPUTY and committee.deputies_allowed
    refused = ""
    if details.proposal is Proposal.DEPUTY and not committee.deputies_allowed:
        refused = "let nobody deputise"
    elif details.proposal is Proposal.TEMPORARY:
        refused = "allow no temporary members"
    note = (
        f"The terms of reference of {committee.name} {refused}. {person.name} is shown as a guest." if refused else ""
    )
    row = Attendance(
        id=uuid.uuid4(), meeting_id=meeting.id, committee_id=committee.committee_id, person_id=person.id, person=person,
        capacity=Capacity.DEPUTY if is_deputy else Capacity.IN_ATTENDANCE, apologies=False, is_remote=False, role_words="",
        deputy_for=details.deputy_for if is_deputy else None,
    )  # fmt: skip
    return Supposed([*rest, row], {}), note


def _lines(
    conflicts: MeetingConflicts,
    plain: dict[uuid.UUID, CommitteeSeats],
    items: Sequence[AgendaItem],
    committee_id: uuid.UUID,
    circumstances: Circumstances,
    person_id: uuid.UUID,
) -> tuple[TrialLine, ...]:
    without = replace(conflicts, seats=plain)
    found = []
    for item in items:
        own = next((each for each in conflicts.conflicts(item.id, committee_id) if each.person_id == person_id), None)
        live = [flag for flag in own.flags if flag.is_live] if own else []
        before = meaning_of(without, item, committee_id, circumstances).followed
        after = meaning_of(conflicts, item, committee_id, circumstances).followed
        level = live[0].level_words if live else ""
        whys = tuple(flag.why for flag in live)
        line = TrialLine(
            item.position, item.title, level, whys, before.quorum.quorate, after.quorum.quorate,
            _presides(before.presiding, after.presiding), after.voice.sentence,
            is_unscreened=item.names_nobody and not conflicts.conflicts(item.id, committee_id),
        )  # fmt: skip
        found.append(line)
    return tuple(found)


def _presides(without: Presiding, coming: Presiding) -> str:
    """Who presides, and who would without the person where that is somebody else."""
    now = coming.name or "Not settled"
    return now if without.person == coming.person else f"{now}, instead of {without.name or 'nobody yet'}"
