"""Pure rule MIN-01: what the record lacks before minutes can be final. Facts in, gaps out, each named in words."""

from collections.abc import Iterator
from dataclasses import replace

from coi.meetings.minutes.conflict_facts import ConflictFacts
from coi.meetings.minutes.facts import DecisionFacts, ItemFacts, MeetingFacts
from coi.meetings.minutes.vocabulary import Element, Gap, Mend
from coi.meetings.proceedings.contradictions import chair_words, room_words
from coi.meetings.vocabulary import PresenceKind

MENDS = {
    Element.WHO: Mend.CONFLICT,
    Element.NATURE: Mend.CONFLICT,
    Element.ITEM: Mend.DECLARATION,
    Element.MANAGED: Mend.RULING,
    Element.EVIDENCE: Mend.MOVEMENT,
}
"""Where each of the five elements is recorded."""
AWAY = (PresenceKind.LEFT, PresenceKind.REMOVED, PresenceKind.GALLERY)


def gaps_of(meeting: MeetingFacts) -> tuple[Gap, ...]:
    """Returns everything that the record lacks. Minutes with a gap stay a draft. Rule: MIN-01, MTG-04, MTG-10, QUO-01;
    RULEBOOK §15."""
    return (
        *_of_the_meeting(meeting),
        *(replace(gap, reference=item.reference) for item in meeting.items for gap in _of_item(item, meeting)),
    )


def _of_the_meeting(meeting: MeetingFacts) -> Iterator[Gap]:
    if meeting.opened_at is None:
        yield Gap("", "", "opening", "The meeting was not opened, so nothing can be minuted", mend=Mend.OPENING)
    if meeting.opened_at is not None and meeting.closed_at is None:
        yield Gap("", "", "closing", "The meeting was not closed. Close it first", mend=Mend.CLOSING)
    for committee in meeting.committees:
        if committee.opening is None:
            yield Gap(
                "",
                "",
                "opening quorum",
                f"The quorum of {committee.name} at the opening was not taken",
                "MTG-04",
                Mend.OPENING,
            )
        if not any(not attendee.apologies and attendee.came for attendee in committee.attendees):
            yield Gap(
                "", "", "attendance", f"Nobody is recorded as present for {committee.name}", "MTG-04", Mend.ATTENDANCE
            )
        if not committee.chair:
            yield Gap("", "", "chair", f"{committee.name} has no chair on record", "MTG-07", Mend.COMMITTEE)


def _of_item(item: ItemFacts, meeting: MeetingFacts) -> Iterator[Gap]:
    name = f"Item {item.number}"
    if item.asks_for_decision and item.standing is None:
        decided = {decision.committee for decision in item.decisions}
        for committee in meeting.committees if meeting.closed_at is None else ():
            if committee.name not in decided:
                yield Gap(
                    name,
                    "",
                    "decision",
                    f"{name}: no decision of {committee.name} is recorded. Decide, defer or refer it",
                )
    for decision in item.decisions:
        yield from _of_decision(name, decision)
    for conflict in item.conflicts:
        yield from _of_conflict(name, conflict, item, meeting)
    for who in item.kept_by_conflicted:
        said = f"{name}: {who} kept its record and was ruled out of it. Whoever presides names somebody to take it over"
        yield Gap(name, who, "record", said, "MTG-03", Mend.KEEPER)
    for action in item.actions:
        if not action.owner:
            yield Gap(name, "", "action", f"{name}: action {action.reference} has no owner", mend=Mend.ACTION)


def _of_decision(name: str, decision: DecisionFacts) -> Iterator[Gap]:
    for person, who, was_there in decision.contradicted:
        said = (
            f"{name}: {room_words(who, was_there, decision.decided_at)} Correct the movement, or the record of the item"
        )
        yield Gap(name, who, Element.EVIDENCE, said, "MTG-10", person_id=person)
    if decision.in_the_chair:
        said = chair_words(decision.presiding, decision.in_the_chair, decision.decided_at)
        yield Gap(name, "", "chair", f"{name}: {said} Correct the handover, or the record of the item", "MTG-07")
    if not decision.outcome.is_a_decision:
        if not decision.text and not decision.explanation:
            yield Gap(name, "", "reason", f"{name}: say why it was {decision.outcome.value}")
        return
    if decision.quorum is None:
        yield Gap(
            name, "", "quorum", f"{name}: the quorum of {decision.committee} at the decision was not taken", "QUO-01"
        )
    if not decision.presiding:
        yield Gap(name, "", "chair", f"{name}: nobody is recorded as presiding over the decision", "MTG-07")
    if decision.irregular_because and not decision.explanation:
        yield Gap(name, "", "explanation", f"{name}: the decision was irregular and its explanation is missing")


def stays_unruled(conflict: ConflictFacts, item: ItemFacts, meeting: MeetingFacts) -> bool:
    """Whether an item went by without a ruling that was needed, and is past ruling on: it was noted, put off or never taken; it
    was decided regardless, which has its explanation; or the interest was declared only afterwards (nothing was flagged, so
    there is no path). Rule: DESIGN §1; RULEBOOK §24 rule 3."""
    decisions = item.decisions_for(conflict)
    decided = any(decision.outcome.is_a_decision and not decision.irregular_because for decision in decisions)
    return (not decided or not conflict.path) and (bool(decisions) or meeting.closed_at is not None)


def _of_conflict(name: str, conflict: ConflictFacts, item: ItemFacts, meeting: MeetingFacts) -> Iterator[Gap]:
    """The five elements for one conflict. A flag that the chair dismissed with a reason needs no more than that reason, and
    nothing had to be managed for somebody who was not there. Where nobody ruled, and nobody can any more, the text says so."""

    def gap(element: Element, what: str, rule: str = "MIN-01", mend: Mend | None = None) -> Gap:
        where = f", {conflict.committee}" if conflict.committee else ""
        said = f"{name}, {conflict.name or 'a person without a name'}{where}: {what}"
        return Gap(
            name, conflict.name, element.value, said, rule, mend=mend or MENDS[element], person_id=conflict.person
        )

    if not conflict.name:
        yield gap(Element.WHO, "say who has the interest")
    if not conflict.nature or not conflict.relation:
        yield gap(Element.NATURE, "say what the interest is and why it is a conflict")
    if conflict.dismissal or (
        conflict.ruling is None and (not conflict.attended or stays_unruled(conflict, item, meeting))
    ):
        return
    if conflict.attended and (conflict.declared is None or conflict.unspoken) and item.was_taken:
        what = "the interest was declared at the meeting"
        if conflict.declared is not None:
            what = f"this was declared at the meeting, too: {'; '.join(each.rstrip('.') for each in conflict.unspoken)}"
        yield gap(Element.ITEM, f"record whether and when {what}", "MTG-05")
    if conflict.ruling is None:
        yield gap(Element.MANAGED, "there is no ruling on this conflict", "MTG-06")
        return
    if not conflict.ruling.rationale:
        yield gap(Element.MANAGED, "the ruling has no reason", "MTG-06")
    if conflict.ruling.lacks_magnitude and not item.decisions_for(conflict) and meeting.closed_at is None:
        yield gap(Element.NATURE, "say how large the interest is, which was only noted", "MTG-08", Mend.RULING)
    if not conflict.ruling.decided_by:
        yield gap(Element.MANAGED, "the ruling does not say who made it", "MTG-06")
    if conflict.ruling.is_dictated and not conflict.ruling.is_confirmed:
        yield gap(
            Element.MANAGED,
            f"{conflict.ruling.decided_by} has not confirmed the ruling recorded as dictated",
            "MTG-06",
            Mend.CONFLICT,
        )
    yield from _of_presence(conflict, item, meeting, gap)


def _of_presence(conflict: ConflictFacts, item: ItemFacts, meeting: MeetingFacts, gap) -> Iterator[Gap]:  # type: ignore[no-untyped-def]
    """Whoever was to leave left before the decision, at a time or at one that nobody knows, and each leaving has a return, or the meeting
    ended. Of whoever stayed regardless, the irregular decision tells. Rule: MTG-10; RULEBOOK §15."""
    decided = [each for each in item.decisions_for(conflict) if each.outcome.is_a_decision]
    if not (conflict.attended and conflict.ruling and conflict.ruling.must_leave and decided):
        return
    left = [move for move in conflict.movements if move.kind in AWAY]
    in_time = [move for move in left if move.at is None or move.at <= decided[0].decided_at]
    returned = [move for move in conflict.movements if move.kind is PresenceKind.RETURNED]
    stayed = conflict.in_room_at_decision and any(each.irregular_because for each in decided)
    if not in_time and not stayed:
        yield gap(Element.EVIDENCE, "was to leave, and no leaving before the decision is recorded", "MTG-10")
    if left and not returned and meeting.closed_at is None:
        yield gap(Element.EVIDENCE, "left, and it is not recorded whether and when they returned", "MTG-10")
