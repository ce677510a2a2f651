"""Turns what was recorded about the conflicts of an item into the facts of the composer, person by person and committee by committee:
pure over rows that were read already."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from coi.guidance.actions import ACTIONS, effects_of
from coi.guidance.vocabulary import ActionCode
from coi.meetings.conflicts.beginnings import for_the_member
from coi.meetings.conflicts.models import ConflictFlag, MeetingDeclaration, Ruling
from coi.meetings.conflicts.rules import NO_DECLARATION, rank
from coi.meetings.conflicts.spoken import is_about
from coi.meetings.conflicts.vocabulary import AS_ON_REGISTER, is_financial
from coi.meetings.disputes.vocabulary import DisputeFact
from coi.meetings.minutes.conflict_facts import (
    RAISED,
    ConflictFacts,
    DeclarationFacts,
    DismissalFacts,
    MovementFacts,
    RulingFacts,
)
from coi.meetings.minutes.presence_gathering import contradictions_of, flags_that_count, movement_facts, moves_at
from coi.meetings.minutes.queries import Recorded
from coi.meetings.minutes.register_gathering import flags_meant, is_gift, registered
from coi.meetings.models import AgendaItem, Decision, QuorumSnapshot
from coi.meetings.vocabulary import FlagSource, FlagState, ItemState, Method
from coi.registers.interests.models import InterestVersion
from coi.screening.flags import comes_from_a_matter

RELATIONS = {
    "direct_financial": "direct financial interest",
    "indirect": "indirect interest",
    "class_wide": "interest shared by a whole class",
    "non_financial": "non-financial interest",
    "declared": "declared at the meeting",
    "declared_before": "declared earlier on the same matter",
    "raised": RAISED,
    "beforehand": "said before the meeting",
}
UNDECLARED = "no declaration that counts"


def conflict_facts(
    people: Sequence[uuid.UUID], item: AgendaItem, recorded: Recorded, committees: Mapping[uuid.UUID, str]
) -> tuple[ConflictFacts, ...]:
    """Returns the conflicts of an item, one for each person and committee that had to manage it. A committee (`committees`, the
    convening one first) is named where several meet in common. Rule: MIN-01; RULEBOOK §11.3, §15."""
    several = len(committees) > 1
    return tuple(
        _conflict(person_id, item, recorded, committee_id, committees[committee_id] if several else "")
        for person_id in people
        for committee_id in _committees_of(person_id, item, recorded, list(committees))
    )


def conflicted_people(item: AgendaItem, recorded: Recorded) -> tuple[uuid.UUID, ...]:
    """Returns everybody with a flag, a declaration or a ruling on an item, in the order of their names. A flag on an item that was put
    off without having been begun, or that the meeting did not reach, came to nothing."""
    never_came_up = item.meeting.closed_at is not None and not recorded.decisions.get(item.id)
    untaken = item.opened_at is None and (item.state is ItemState.DEFERRED or never_came_up)
    people = {} if untaken else {row.person_id: row.person for row in _flags_on(item, recorded)}
    people |= {
        row.person_id: row.person for row in recorded.declarations if row.item_id == item.id and not row.has_nothing
    }
    people |= {row.person_id: row.person for row in recorded.rulings.get(item.id, ())}
    return tuple(person_id for person_id, person in sorted(people.items(), key=lambda pair: pair[1].sort_key))


def _flags_on(item: AgendaItem, recorded: Recorded) -> list[ConflictFlag]:
    """The flags of an item: once it was settled, those that stood then, and not what was acted on before it changed."""
    flags = flags_that_count(item, recorded)
    return [row for row in flags if row.frozen_at is not None] if recorded.decisions.get(item.id) else flags


def _committees_of(
    person_id: uuid.UUID, item: AgendaItem, recorded: Recorded, committees: Sequence[uuid.UUID]
) -> list[uuid.UUID]:
    """The committees for which somebody's conflict has to be managed: those that they take part for, those that ruled on them, and for
    whoever takes part for none the convening one. Rule: RULEBOOK §11.3."""
    own = {row.committee_id for row in recorded.attendance if row.person_id == person_id}
    own |= {row.committee_id for row in recorded.rulings.get(item.id, ()) if row.person_id == person_id}
    return [each for each in committees if each in own] or list(committees[:1])


def _conflict(
    person_id: uuid.UUID, item: AgendaItem, recorded: Recorded, committee_id: uuid.UUID, committee: str
) -> ConflictFacts:
    flags = sorted(
        (row for row in _flags_on(item, recorded) if row.person_id == person_id), key=lambda row: rank(row.level)
    )
    live = [flag for flag in flags if flag.state is not FlagState.DISMISSED]
    lead = (live or flags or [None])[0]
    spoken = [row for row in recorded.declarations if row.person_id == person_id and row.item_id == item.id]
    declared = [row for row in spoken if not row.has_nothing]
    said = [
        row for row in recorded.declarations if row in spoken or any(_is_about(row, flag, recorded) for flag in flags)
    ]
    every = [row for row in recorded.rulings.get(item.id, ()) if row.person_id == person_id]
    rulings = [row for row in every if row.committee_id == committee_id]
    decision = next((row for row in recorded.decisions.get(item.id, ()) if row.committee_id == committee_id), None)
    snapshot = decision.snapshot if decision and decision.outcome.is_a_decision else None
    name = _name(person_id, flags, declared, every)
    return ConflictFacts(
        person=str(person_id), name=name, relation=_relation(lead),
        path=tuple(lead.path) if lead else (), nature=_nature(lead, declared, recorded), rule_ids=tuple(lead.rule_ids) if lead else (),
        others=tuple(_other(flag, recorded) for flag in live[1:]),
        dismissal=_dismissal(flags) if flags and not live and not declared and not rulings else None,
        declared=_said_of(said[0], lead, recorded, item) if said else None,
        then=tuple(_said_of(row, lead, recorded, item) for row in said[1:]),
        unspoken=tuple(_other(flag, recorded) for flag in _unspoken(live, said, recorded)),
        ruling=_ruling(rulings[-1], name, item, recorded, live) if rulings else None,
        disputes=_disputes(person_id, item, recorded, committee_id),
        movements=_movements(person_id, item, recorded, decision),
        in_room_at_decision=_in_room(person_id, decision, item, recorded) if decision and snapshot else None,
        attended=_attended(person_id, decision, recorded),
        counted=bool(snapshot) and str(person_id) in counted_in(snapshot),
        took_part=took_part(person_id, decision, rulings), presided=bool(decision) and decision.presiding_id == person_id,
        committee=committee, is_withheld=_is_withheld(flags, lead, said, recorded),
    )  # fmt: skip


def _is_withheld(
    flags: Sequence[ConflictFlag], lead: ConflictFlag | None, said: Sequence[MeetingDeclaration], recorded: Recorded
) -> bool:
    """Whether something that a conflict tells of may not be published."""
    return (
        any(recorded.is_withheld(flag.interest_version_id) or comes_from_a_matter(flag.path) for flag in flags)
        or (lead is not None and recorded.keeps_back(lead))
        or any(recorded.is_withheld(row.interest_id) for row in said)
    )


def _dismissal(flags: Sequence[ConflictFlag]) -> DismissalFacts:
    """Of the strongest of the flags that were dismissed."""
    return DismissalFacts(flags[0].reason, flags[0].dismissed_by_name, flags[0].guardian_consulted)


def _in_room(person_id: uuid.UUID, decision: Decision, item: AgendaItem, recorded: Recorded) -> bool | None:
    """Whether somebody was in the room at a decision; None while the movements contradict what was taken then."""
    disputed = {each.person for each in contradictions_of(decision, item, recorded)}
    present = decision.snapshot.present if decision.snapshot else ()
    return None if str(person_id) in disputed else str(person_id) in present


def _disputes(
    person_id: uuid.UUID, item: AgendaItem, recorded: Recorded, committee_id: uuid.UUID
) -> tuple[DisputeFact, ...]:
    """What somebody said against the ruling of a committee, but for what was entered by mistake."""
    rows = [row for row in recorded.disputes.get(item.id, ()) if row.struck_at is None]
    return tuple(row.fact for row in rows if (row.person_id, row.committee_id) == (person_id, committee_id))


def _other(flag: ConflictFlag, recorded: Recorded) -> str:
    """A further flag of the same person on the same item: its interest and its path. Of a gift, the register says who gave it."""
    if is_gift(flag):
        return _gift(flag)
    return f"{_nature(flag, (), recorded).rstrip('.')} ({_relation(flag)}). The path: {' → '.join(flag.path)}"


def _gift(flag: ConflictFlag) -> str:
    return f"{flag.path[1].partition(' from ')[0]}, as the register of gifts and hospitality says"


def _movements(
    person_id: uuid.UUID, item: AgendaItem, recorded: Recorded, decision: Decision | None
) -> tuple[MovementFacts, ...]:
    return tuple(movement_facts(row) for row in moves_at(person_id, item, recorded, decision))


def _is_about(row: MeetingDeclaration, flag: ConflictFlag, recorded: Recorded) -> bool:
    version = recorded.versions.get(flag.interest_version_id) if flag.interest_version_id else None
    return is_about(row, flag, version.interest_id if version else None)


def _unspoken(
    live: Sequence[ConflictFlag], said: Sequence[MeetingDeclaration], recorded: Recorded
) -> list[ConflictFlag]:
    """The flags that somebody who spoke left out. What others told the chair is not theirs to declare."""
    screened = [flag for flag in live if flag.source is FlagSource.SCREENING] if said else []
    return [flag for flag in screened if not _was_spoken_of(flag, said, recorded)]


def _was_spoken_of(flag: ConflictFlag, said: Sequence[MeetingDeclaration], recorded: Recorded) -> bool:
    """Whether a flag was declared, or left out in silence; whoever said at the item to have nothing to declare said so of it, too."""
    return any(row.has_nothing or _is_about(row, flag, recorded) for row in said)


def _said_of(
    row: MeetingDeclaration, lead: ConflictFlag | None, recorded: Recorded, item: AgendaItem
) -> DeclarationFacts:
    """What was declared of a conflict: it says of what, where that is not the flag that leads, of which the line before tells."""
    facts = declaration_facts(row, recorded, item.opened_at)
    if lead is None or (lead.source is FlagSource.SCREENING and _is_about(row, lead, recorded)):
        return replace(facts, about="")
    return facts


def _attended(person_id: uuid.UUID, decision: Decision | None, recorded: Recorded) -> bool:
    """Whether somebody came to the meeting before the item was settled. Whoever sent no apologies and did not come was not there."""
    moves = [row for row in recorded.presence if row.person_id == person_id]
    return any(decision is None or row.at is None or row.at <= decision.decided_at for row in moves)


def _relation(flag: ConflictFlag | None) -> str:
    if flag is None:
        return RELATIONS["declared"]
    return UNDECLARED if flag.level == NO_DECLARATION else RELATIONS.get(flag.relation, flag.relation)


def took_part(person_id: uuid.UUID, decision: Decision | None, rulings: Sequence[Ruling]) -> bool:
    """Whether somebody voted; or, where the committee agreed without a vote, was counted there and was not ruled out of deciding."""
    if decision is None or not decision.outcome.is_a_decision:
        return False
    if decision.method is Method.VOTE:
        return any(vote.person_id == person_id for vote in decision.votes)
    is_counted = decision.snapshot is not None and str(person_id) in counted_in(decision.snapshot)
    return is_counted and (not rulings or effects_of(rulings[-1].actions).vote)


def counted_in(snapshot: QuorumSnapshot) -> set[str]:
    """Whoever counted towards a quorum, by id: two people may bear one name."""
    return {person for _name, _slot, person in snapshot.counted}


def _name(person_id: uuid.UUID, *groups: Sequence[ConflictFlag | MeetingDeclaration | Ruling]) -> str:
    return next((row.person.name for group in groups for row in group if row.person_id == person_id), "")


def _nature(flag: ConflictFlag | None, declared: Sequence[MeetingDeclaration], recorded: Recorded) -> str:
    version = recorded.versions.get(flag.interest_version_id) if flag and flag.interest_version_id else None
    if flag is not None and version is not None:
        return for_the_member(flag.path, flag.person.name, _interest(version))
    if flag is not None and is_gift(flag) and all(row.text == AS_ON_REGISTER for row in declared):
        return _gift(flag)
    if declared:
        return declared[0].text
    says_why = flag is not None and len(flag.path) > 1  # what was raised, or since when a declaration is missing
    return flag.path[1] if flag and says_why else ""


def _interest(version: InterestVersion) -> str:
    where = ", ".join(each.text for each in version.organisations)
    role = version.role.value.replace("_gp", " GP").replace("_", " ")
    is_said = version.nature.casefold().startswith(f"{role}, {where}".casefold())
    what = f"{role}, {where}; " if where and not is_said else ""  # a role is one in an organisation
    return f"{version.nature.rstrip('.')} ({what}register entry {version.interest.reference})"


def declaration_facts(
    row: MeetingDeclaration, recorded: Recorded, reached_at: datetime | None = None
) -> DeclarationFacts:
    """Returns what somebody declared at the meeting. `reached_at`: when the item, or the meeting, began, for what has no time."""
    gifts = [flag for flag in flags_meant(row, recorded) if is_gift(flag)] if row.interest_id is None else []
    entered = registered(row, recorded, reached_at)
    return DeclarationFacts(
        person=str(row.person_id), name=row.person.name,
        text="; ".join(map(_gift, gifts)) if gifts and row.text == AS_ON_REGISTER else row.text, point=row.point, at=row.declared_at,
        on_register=entered.had, registered=entered.later, due_on=row.due_on, has_nothing=row.has_nothing,
        is_withheld=recorded.is_withheld(row.interest_id), about=_about(row, recorded),
    )  # fmt: skip


def _about(row: MeetingDeclaration, recorded: Recorded) -> str:
    """Of what a declaration is: the interest, and else what was flagged."""
    version = recorded.versions.get(row.interest_id) if row.interest_id else None
    flags = flags_meant(row, recorded)
    named = [_interest(version)] if version else []
    named += [_other(flag, recorded) for flag in flags if version is None or flag.interest_version_id is None]
    return "; ".join(each.rstrip(".") for each in named)


def _ruling(row: Ruling, name: str, item: AgendaItem, recorded: Recorded, live: Sequence[ConflictFlag]) -> RulingFacts:
    effects = effects_of(row.actions)
    has_vote = recorded.has_vote(row.person_id, row.committee_id)
    words = [
        ACTIONS[ActionCode(code)].told(name, f"item {item.reference}", "Another member", has_vote=has_vote)
        for code in row.actions
    ]
    return RulingFacts(
        sentence=" ".join(words), rationale=row.rationale, decided_by=row.decider.name, basis=row.basis, made_at=row.made_at,
        must_leave=not effects.room, recorded_by=row.recorded_by_name,
        is_dictated=row.is_dictated, is_confirmed=not row.is_dictated or row.confirmed_at is not None,
        guardian_consulted=row.guardian_consulted, magnitude=row.magnitude,
        lacks_magnitude=not row.magnitude and ActionCode.NOTE_AND_STAY in row.actions
        and any(is_financial(flag.level, flag.relation, flag.rule_ids) for flag in live),
    )  # fmt: skip
