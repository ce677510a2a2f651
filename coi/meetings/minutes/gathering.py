"""Turns what was recorded into the facts of the composer: pure over rows that were read already, no query of its own."""

import uuid
from collections.abc import Sequence

from coi.committees.quorum_lint import without_advice
from coi.committees.room import waiting_words
from coi.meetings.conflicts.models import MeetingDeclaration
from coi.meetings.conflicts.seats import kept_functions
from coi.meetings.conflicts.voices.models import ClinicalInput
from coi.meetings.corrections.vocabulary import CorrectionFact
from coi.meetings.minutes.conflict_facts import SaidOfItemFacts
from coi.meetings.minutes.conflict_gathering import conflict_facts, conflicted_people, declaration_facts
from coi.meetings.minutes.facts import (
    ActionFacts,
    AttendeeFacts,
    ClinicalViewFacts,
    CommitteeFacts,
    DecisionFacts,
    HandoverFacts,
    ItemFacts,
    KeeperFacts,
    MeetingFacts,
    QuorumFacts,
)
from coi.meetings.minutes.presence_gathering import chair_back_at, contradictions_of, movement_facts, undeclared
from coi.meetings.minutes.queries import Recorded
from coi.meetings.models import AgendaItem, Attendance, ChairHandover, Decision, Meeting, QuorumSnapshot
from coi.meetings.proceedings.chair_queries import in_the_chair_instead
from coi.meetings.vocabulary import DeclaredPoint, ItemState, PresenceKind, PresenceReason, SnapshotPhase
from coi.meetings.withholding import leaves_everything
from coi.wording import and_list, day

SEARCHED = (
    "No conflict of interest was found for this item. The interests on the register of everybody with a part in the meeting "
    "were compared with it"
)
"""What was searched for an item that was settled: its flags were frozen then."""
UNSCREENED = (
    "This item was not screened for conflicts of interest: it names no organisation, so that no interest on the register could be "
    "compared with it"
)
OUTSIDE_ITEMS = (DeclaredPoint.BEFORE_MEETING, DeclaredPoint.START, DeclaredPoint.ON_JOINING)
"""Points of the meeting at which no item is open: what was said there is minuted with the declarations, whatever it is about."""
_LEFT = {
    ItemState.PLANNED: "had not come to this item",
    ItemState.OPEN: "had begun this item and not settled it",
}
"""How an earlier meeting left an item that it did not put off."""


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
        declarations=tuple(declaration_facts(each, recorded, meeting.opened_at) for each in recorded.declarations if each.item_id is None),
        said_of_items=_said_of_items(items, recorded), undeclared=undeclared(recorded),
        movements=tuple(movement_facts(row) for row in recorded.presence if row.item_id is None and row.reason is PresenceReason.OTHER),
        confirmed_on=on, confirmed_at_meeting=at_meeting, confirmed_by=by,  # type: ignore[arg-type]
    )  # fmt: skip


def _said_of_items(items: Sequence[AgendaItem], recorded: Recorded) -> tuple[SaidOfItemFacts, ...]:
    """What was said of an item before it was reached, in the order in which it was said."""
    places = {item.id: (number, item) for number, item in enumerate(items, start=1)}
    return tuple(
        _said_of(row, *places[row.item_id])
        for row in recorded.declarations
        if row.item_id in places and row.point in OUTSIDE_ITEMS
    )


def _had_nothing(
    number: int, item: AgendaItem, conflicted: Sequence[uuid.UUID], recorded: Recorded
) -> tuple[SaidOfItemFacts, ...]:
    """Who said at an item that they had nothing to declare. Of somebody with a conflict in it, that stands beside the conflict."""
    own = (row for row in recorded.declarations if row.item_id == item.id and row.has_nothing)
    return tuple(
        _said_of(row, number, item) for row in own if row.point not in OUTSIDE_ITEMS and row.person_id not in conflicted
    )


def _said_of(row: MeetingDeclaration, number: int, item: AgendaItem) -> SaidOfItemFacts:
    return SaidOfItemFacts(number, item.part, row.person.name, row.point, row.declared_at, row.has_nothing)


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
        is_remote=row.is_remote, came=any(move.person_id == row.person_id for move in recorded.presence),
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
        missing=tuple(row.missing), clinical=without_advice(row.clinical_words), waiting=waiting_words(row.reasons),
    )  # fmt: skip


def _item(number: int, item: AgendaItem, meeting: Meeting, recorded: Recorded) -> ItemFacts:
    conflicted = conflicted_people(item, recorded)
    moves = [row for row in recorded.presence if row.item_id == item.id]
    names = {row.committee_id: row.committee.name for row in meeting.committees}
    was_searched = item.standing is None and item.opened_at is not None and item.id in recorded.decisions
    return ItemFacts(
        number=number, reference=item.reference, title=item.title, part=item.part, standing=item.standing,
        asks_for_decision=item.purpose.asks_for_a_decision, private_reason=item.private_reason, presenter=item.presenter,
        discussion=item.discussion, opened_at=item.opened_at, put_off_by=_earlier_meeting(item),
        kept_functions=kept_functions(item, recorded.seats),
        urgent=tuple(
            row.fact_of(names.get(row.committee_id, "") if len(names) > 1 else "")
            for row in recorded.urgent.get(item.id, ())
            if row.struck_at is None
        ),
        searched=_searched(item, recorded) if was_searched else "",
        unmatched=_by_words_only(item.unmatched) if was_searched and item.unmatched else "",
        conflicts=conflict_facts(conflicted, item, recorded, names),
        handovers=tuple(
            _handover(row, names[row.committee_id] if len(names) > 1 else "", recorded)
            for row in recorded.handovers.get(item.id, ())
        ),
        clinical_views=tuple(
            clinical_view_facts(row) for row in recorded.views.get(item.id, ())
        ),
        had_nothing=_had_nothing(number, item, conflicted, recorded),
        keepers=_keepers(item, recorded), kept_by_conflicted=_kept_by_conflicted(item, recorded),
        movements=tuple(movement_facts(row) for row in moves if row.person_id not in conflicted),
        decisions=tuple(_decision(row, names[row.committee_id], item, recorded) for row in recorded.decisions.get(item.id, ())),
        actions=tuple(
            ActionFacts(row.reference, row.text, row.owner.name, row.owner.initials, row.due_on)
            for row in recorded.actions.get(item.id, ())
        ),
    )  # fmt: skip


def clinical_view_facts(row: ClinicalInput) -> ClinicalViewFacts:
    """Returns a clinical view that was obtained."""
    return ClinicalViewFacts(row.person.name, row.role_words, row.way_words, row.given_on, row.said, row.screened)


def _searched(item: AgendaItem, recorded: Recorded) -> str:
    """What was found where nothing was flagged; of an item that names nobody and asks for no decision there is nothing to say."""
    if item.names_nobody:
        return UNSCREENED if item.is_unscreened else ""
    kept = [row.searched_words for row in recorded.snapshots if row.item_id == item.id and row.searched_words]
    return f"{SEARCHED}. {kept[-1].rstrip('.')}" if kept else SEARCHED


def _by_words_only(unmatched: Sequence[str]) -> str:
    """What the agenda warned of: nobody knows who these are, so that an interest in them may be missed. Source: RULEBOOK §24."""
    named = and_list([f"“{each}”" for each in unmatched])
    return f"{named} could not be matched to a known organisation: compared by these words only, so a conflict may have been missed"


def _earlier_meeting(item: AgendaItem) -> str:
    if item.continues is None:
        return ""
    earlier = item.continues.meeting
    which = f"The meeting {earlier.reference} on {day(earlier.held_on)}"
    if earlier.called_off_at:
        return f"{which} was called off."
    return f"{which} {_LEFT.get(item.continues.state, 'had put this item off')}."


def _handover(row: ChairHandover, committee: str, recorded: Recorded) -> HandoverFacts:
    from_name = row.from_person.name if row.from_person else "the Chair"
    return HandoverFacts(
        from_name, row.to_person.name, row.basis, row.reason, row.handed_over_at, committee, chair_back_at(row, recorded),
        _corrections(row, recorded), is_return_recorded=row.return_recorded_at is not None,
    )  # fmt: skip


def _corrections(row: Decision | ChairHandover, recorded: Recorded) -> tuple[CorrectionFact, ...]:
    found = recorded.corrections.get(row.item_id, ())
    return tuple(each.fact for each in found if row.id in (each.decision_id, each.handover_id))


def _keepers(item: AgendaItem, recorded: Recorded) -> tuple[KeeperFacts, ...]:
    """Each secretary's last substitute, whichever committee's chair named them."""
    last = {row.in_place_of_id: row for row in recorded.keepers.get(item.id, ())}
    wrote = recorded.recorders.get(item.id, ())
    return tuple(
        KeeperFacts(
            row.person.name, row.in_place_of.name,
            took_over=any(each.person_id == row.in_place_of_id and each.at < row.named_at for each in wrote),
        )
        for row in last.values()
    )  # fmt: skip


def _kept_by_conflicted(item: AgendaItem, recorded: Recorded) -> tuple[str, ...]:
    """Who recorded something of an item although a ruling that stands keeps them from it, and nobody was named since to take it over."""
    standing = {(row.person_id, row.committee_id): row for row in recorded.rulings.get(item.id, ())}
    out = {person for (person, _), row in standing.items() if not leaves_everything(row.actions)}
    named = {row.in_place_of_id: row.named_at for row in recorded.keepers.get(item.id, ())}
    wrote = (each for each in recorded.recorders.get(item.id, ()) if each.person_id in out)
    late = (each for each in wrote if each.person_id not in named or each.at > named[each.person_id])
    return tuple(dict.fromkeys(each.name for each in late))


def _decision(row: Decision, committee: str, item: AgendaItem, recorded: Recorded) -> DecisionFacts:
    votes = sorted(row.votes, key=lambda vote: vote.person.sort_key)
    people = {str(each.person_id): each.person.name for each in (*recorded.presence, *recorded.attendance)}
    return DecisionFacts(
        committee=committee, outcome=row.outcome, text=row.text, method=row.method, decided_at=row.decided_at,
        presiding=row.presiding.name if row.presiding else "", arithmetic=row.arithmetic,
        votes=tuple((vote.person.name, vote.cast) for vote in votes), quorum=_quorum(row.snapshot) if row.snapshot else None,
        irregular_because=tuple(row.irregular_because), explanation=row.explanation, referred_to=row.referred_to,
        corrections=_corrections(row, recorded),
        in_the_chair=in_the_chair_instead(row, recorded.handovers.get(item.id, ())),
        contradicted=tuple((each.person, people[each.person], each.was_there) for each in contradictions_of(row, item, recorded)),
    )  # fmt: skip
