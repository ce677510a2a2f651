"""Turns what was recorded into the facts of the composer: pure over rows that were read already, no query of its own."""

import uuid
from collections.abc import Sequence

from coi.guidance.actions import ACTIONS, effects_of
from coi.guidance.vocabulary import ActionCode
from coi.meetings.conflicts.models import ConflictFlag, MeetingDeclaration, Ruling
from coi.meetings.conflicts.rules import NO_DECLARATION, rank
from coi.meetings.minutes.facts import (
    ActionFacts,
    AttendeeFacts,
    CommitteeFacts,
    ConflictFacts,
    DecisionFacts,
    DeclarationFacts,
    HandoverFacts,
    ItemFacts,
    MeetingFacts,
    MovementFacts,
    QuorumFacts,
    RulingFacts,
)
from coi.meetings.minutes.queries import Recorded
from coi.meetings.models import AgendaItem, Attendance, ChairHandover, Decision, Meeting, Presence, QuorumSnapshot
from coi.meetings.vocabulary import FlagState, Method, PresenceKind, PresenceReason, SnapshotPhase
from coi.registers.interests.models import InterestVersion

SEARCHED = "The interests on the register of everybody with a part in the meeting were compared with it"
"""What was searched for an item that was settled: its flags were frozen then."""

RELATIONS = {
    "direct_financial": "direct financial interest",
    "indirect": "indirect interest",
    "class_wide": "interest shared by a whole class",
    "non_financial": "non-financial interest",
    "declared": "declared at the meeting",
    "raised": "raised by somebody else",
}
UNDECLARED = "no declaration that counts"


def meeting_facts(
    meeting: Meeting, items: Sequence[AgendaItem], recorded: Recorded, *, body_name: str, chairs: dict[uuid.UUID, str],
    confirmed: tuple[object, str, str] | None = None,
) -> MeetingFacts:  # fmt: skip
    """Returns the facts of a meeting. `chairs` names the chair of each committee; `confirmed` is (date, meeting, person) once the
    minutes were confirmed."""
    names = {row.person_id: row.person.name for row in recorded.attendance}
    on, at_meeting, by = confirmed or (None, "", "")
    return MeetingFacts(
        body=body_name, title=meeting.title, reference=meeting.reference, held_on=meeting.held_on, starts_at=meeting.starts_at,
        venue=meeting.venue, opened_at=meeting.opened_at, closed_at=meeting.closed_at,
        committees=tuple(
            _committee(row.committee_id, row.committee.name, chairs.get(row.committee_id, ""), recorded, names)
            for row in meeting.committees
        ),
        items=tuple(_item(number, item, meeting, recorded) for number, item in enumerate(items, start=1)),
        declarations=tuple(_declaration(each) for each in recorded.declarations if each.item_id is None),
        movements=tuple(_movement(row) for row in recorded.presence if row.item_id is None and row.reason is PresenceReason.OTHER),
        confirmed_on=on, confirmed_at_meeting=at_meeting, confirmed_by=by,  # type: ignore[arg-type]
    )  # fmt: skip


def _committee(
    committee_id: uuid.UUID, name: str, chair: str, recorded: Recorded, names: dict[uuid.UUID, str]
) -> CommitteeFacts:
    rows = sorted(
        (row for row in recorded.attendance if row.committee_id == committee_id), key=lambda row: row.person.sort_key
    )
    opening = [
        each for each in recorded.snapshots if each.committee_id == committee_id and each.phase is SnapshotPhase.OPENING
    ]
    return CommitteeFacts(
        name=name, chair=chair, attendees=tuple(_attendee(row, recorded, names) for row in rows),
        opening=_quorum(opening[0]) if opening else None,
    )  # fmt: skip


def _attendee(row: Attendance, recorded: Recorded, names: dict[uuid.UUID, str]) -> AttendeeFacts:
    return AttendeeFacts(
        person=str(row.person_id), name=row.person.name, initials=row.person.initials, role=row.role_words, capacity=row.capacity,
        apologies=row.apologies, deputy_for=names.get(row.deputy_for, "") if row.deputy_for else "",
        part_meeting=_was_there_for_part(row.person_id, recorded),
        is_remote=row.is_remote,
    )  # fmt: skip


def _was_there_for_part(person_id: uuid.UUID, recorded: Recorded) -> bool:
    """Whether somebody joined late, or left (for whatever reason) and did not come back. Standing down for an item alone is not it."""
    moves = [row for row in recorded.presence if row.person_id == person_id and row.reason is not PresenceReason.END]
    late = any(row.kind is PresenceKind.JOINED and row.reason is not PresenceReason.START for row in moves)
    left = any(not row.kind.is_in_the_meeting and row.reason is not PresenceReason.CONFLICT for row in moves)
    return late or left or bool(moves and not moves[-1].kind.is_in_the_meeting)


def _quorum(row: QuorumSnapshot) -> QuorumFacts:
    return QuorumFacts(
        quorate=row.quorate, taken_at=row.taken_at, rule=row.rule_words, counted=tuple((name, slot) for name, slot, _person in row.counted),
        missing=tuple(row.missing), clinical=row.clinical_words,
    )  # fmt: skip


def _item(number: int, item: AgendaItem, meeting: Meeting, recorded: Recorded) -> ItemFacts:
    conflicted = _conflicted(item, recorded)
    moves = [row for row in recorded.presence if row.item_id == item.id]
    names = {row.committee_id: row.committee.name for row in meeting.committees}
    return ItemFacts(
        number=number, reference=item.reference, title=item.title, part=item.part, standing=item.standing,
        asks_for_decision=item.purpose.asks_for_a_decision, private_reason=item.private_reason, presenter=item.presenter,
        discussion=item.discussion, opened_at=item.opened_at,
        searched=SEARCHED if item.standing is None and recorded.decisions.get(item.id) else "",
        conflicts=tuple(_conflict(person_id, item, recorded) for person_id in conflicted),
        handovers=tuple(_handover(row) for row in recorded.handovers.get(item.id, ())),
        movements=tuple(_movement(row) for row in moves if row.person_id not in conflicted),
        decisions=tuple(_decision(row, names[row.committee_id]) for row in recorded.decisions.get(item.id, ())),
        actions=tuple(
            ActionFacts(row.reference, row.text, row.owner.name, row.owner.initials, row.due_on)
            for row in recorded.actions.get(item.id, ())
        ),
    )  # fmt: skip


def _conflicted(item: AgendaItem, recorded: Recorded) -> tuple[uuid.UUID, ...]:
    """Everybody with a flag, a declaration or a ruling on an item, in the order of their names."""
    people = {row.person_id: row.person for row in recorded.flags.get(item.id, ())}
    people |= {
        row.person_id: row.person for row in recorded.declarations if row.item_id == item.id and not row.has_nothing
    }
    people |= {row.person_id: row.person for row in recorded.rulings.get(item.id, ())}
    return tuple(person_id for person_id, person in sorted(people.items(), key=lambda pair: pair[1].sort_key))


def _conflict(person_id: uuid.UUID, item: AgendaItem, recorded: Recorded) -> ConflictFacts:
    flags = sorted(
        (row for row in recorded.flags.get(item.id, ()) if row.person_id == person_id), key=lambda row: rank(row.level)
    )
    live = [flag for flag in flags if flag.state is not FlagState.DISMISSED]
    lead = (live or flags or [None])[0]
    spoken = [row for row in recorded.declarations if row.person_id == person_id and row.item_id == item.id]
    declared = [row for row in spoken if not row.has_nothing]
    said = [*declared, *_of_the_same_interest(person_id, flags, recorded), *spoken]
    rulings = [row for row in recorded.rulings.get(item.id, ()) if row.person_id == person_id]
    decision = next(iter(recorded.decisions.get(item.id, ())), None)
    snapshot = decision.snapshot if decision and decision.outcome.is_a_decision else None
    name = _name(person_id, flags, declared, rulings)
    return ConflictFacts(
        person=str(person_id), name=name, relation=_relation(lead),
        path=tuple(lead.path) if lead else (), nature=_nature(lead, declared, recorded), rule_ids=tuple(lead.rule_ids) if lead else (),
        others=tuple(_other(flag, recorded) for flag in live[1:]),
        dismissed_because=flags[0].reason if flags and not live and not declared and not rulings else "",
        declared=_declaration(said[0]) if said else None,
        ruling=_ruling(rulings[-1], name, item) if rulings else None,
        movements=_movements(person_id, item, recorded),
        in_room_at_decision=str(person_id) in snapshot.present if snapshot else None,
        attended=_attended(person_id, decision, recorded),
        counted=bool(snapshot) and str(person_id) in _counted(snapshot),
        took_part=_took_part(person_id, decision, rulings),
    )  # fmt: skip


def _other(flag: ConflictFlag, recorded: Recorded) -> str:
    """A further flag of the same person on the same item: its interest and its path."""
    return f"{_nature(flag, (), recorded).rstrip('.')} ({_relation(flag)}). The path: {' → '.join(flag.path)}"


def _movements(person_id: uuid.UUID, item: AgendaItem, recorded: Recorded) -> tuple[MovementFacts, ...]:
    """Somebody's movements at an item, and the return that ends the last of them wherever it was recorded."""
    theirs = [row for row in recorded.presence if row.person_id == person_id]
    here = [row for row in theirs if row.item_id == item.id]
    if here and not here[-1].kind.is_in_the_meeting:
        here += [row for row in theirs if row.number > here[-1].number and row.kind is PresenceKind.RETURNED][:1]
    return tuple(_movement(row) for row in here)


def _of_the_same_interest(
    person_id: uuid.UUID, flags: Sequence[ConflictFlag], recorded: Recorded
) -> list[MeetingDeclaration]:
    """What somebody declared outside any item, of an interest that is flagged on this one."""
    versions = [recorded.versions.get(flag.interest_version_id) for flag in flags if flag.interest_version_id]
    flagged = {version.interest_id for version in versions if version is not None}
    return [
        row
        for row in recorded.declarations
        if row.person_id == person_id and row.item_id is None and row.interest_id in flagged
    ]


def _attended(person_id: uuid.UUID, decision: Decision | None, recorded: Recorded) -> bool:
    """Whether somebody came to the meeting before the item was settled. Whoever sent no apologies and did not come was not there."""
    moves = [row for row in recorded.presence if row.person_id == person_id]
    return any(decision is None or row.at is None or row.at <= decision.decided_at for row in moves)


def _relation(flag: ConflictFlag | None) -> str:
    if flag is None:
        return RELATIONS["declared"]
    return UNDECLARED if flag.level == NO_DECLARATION else RELATIONS.get(flag.relation, flag.relation)


def _took_part(person_id: uuid.UUID, decision: Decision | None, rulings: Sequence[Ruling]) -> bool:
    """Whether somebody voted; or, where the committee agreed without a vote, was counted there and was not ruled out of deciding."""
    if decision is None or not decision.outcome.is_a_decision:
        return False
    if decision.method is Method.VOTE:
        return any(vote.person_id == person_id for vote in decision.votes)
    counted = decision.snapshot is not None and str(person_id) in _counted(decision.snapshot)
    return counted and (not rulings or effects_of(rulings[-1].actions).vote)


def _counted(snapshot: QuorumSnapshot) -> set[str]:
    """Whoever counted towards a quorum, by id: two people may bear one name."""
    return {person for _name, _slot, person in snapshot.counted}


def _name(person_id: uuid.UUID, *groups: Sequence[ConflictFlag | MeetingDeclaration | Ruling]) -> str:
    return next((row.person.name for group in groups for row in group if row.person_id == person_id), "")


def _nature(flag: ConflictFlag | None, declared: Sequence[MeetingDeclaration], recorded: Recorded) -> str:
    version = recorded.versions.get(flag.interest_version_id) if flag and flag.interest_version_id else None
    if version is not None:
        return _interest(version)
    if declared:
        return declared[0].text
    says_why = flag is not None and len(flag.path) > 1  # what was raised, or since when a declaration is missing
    return flag.path[1] if flag and says_why else ""


def _interest(version: InterestVersion) -> str:
    where = ", ".join(each.text for each in version.organisations)
    return f"{version.nature.rstrip('.')} ({version.role.value.replace('_', ' ')}, {where}; register entry {version.interest.reference})"


def _declaration(row: MeetingDeclaration) -> DeclarationFacts:
    return DeclarationFacts(
        person=str(row.person_id), name=row.person.name, text=row.text, point=row.point, at=row.declared_at,
        on_register=row.interest_id is not None, due_on=row.due_on, has_nothing=row.has_nothing,
    )  # fmt: skip


def _ruling(row: Ruling, name: str, item: AgendaItem) -> RulingFacts:
    effects = effects_of(row.actions)
    what = f"item {item.reference}"
    words = [
        ACTIONS[ActionCode(code)].sentence.format(name=name, item=what, acting_chair="Another member")
        for code in row.actions
    ]
    return RulingFacts(
        sentence=" ".join(words), rationale=row.rationale, decided_by=row.decider.name, basis=row.basis, made_at=row.made_at,
        must_leave=not effects.room, recorded_by=row.recorded_by_name,
        is_dictated=row.is_dictated, is_confirmed=not row.is_dictated or row.confirmed_at is not None,
        guardian_consulted=row.guardian_consulted,
    )  # fmt: skip


def _movement(row: Presence) -> MovementFacts:
    note = row.note or ("stayed away until the end of the meeting" if row.reason is PresenceReason.END else "")
    return MovementFacts(
        person=str(row.person_id), name=row.person.name, kind=row.kind, at=row.at, note=note,
        for_conflict=row.reason is PresenceReason.CONFLICT,
    )  # fmt: skip


def _handover(row: ChairHandover) -> HandoverFacts:
    from_name = row.from_person.name if row.from_person else "the Chair"
    return HandoverFacts(from_name, row.to_person.name, row.basis, row.reason, row.handed_over_at)


def _decision(row: Decision, committee: str) -> DecisionFacts:
    votes = sorted(row.votes, key=lambda vote: vote.person.sort_key)
    return DecisionFacts(
        committee=committee, outcome=row.outcome, text=row.text, method=row.method, decided_at=row.decided_at,
        presiding=row.presiding.name if row.presiding else "", arithmetic=row.arithmetic,
        votes=tuple((vote.person.name, vote.cast) for vote in votes), quorum=_quorum(row.snapshot) if row.snapshot else None,
        irregular_because=tuple(row.irregular_because), explanation=row.explanation, referred_to=row.referred_to,
    )  # fmt: skip
