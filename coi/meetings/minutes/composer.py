"""Composes minutes by rule: recorded facts in, a document out. Pure: the same facts always give the same text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby

from coi.documents.vocabulary import (
    Block,
    BulletList,
    Document,
    DocumentStatus,
    Heading,
    KeyValues,
    Table,
    paragraph,
    paragraphs,
)
from coi.meetings.disputes.rules import dispute_words
from coi.meetings.minutes import phrases
from coi.meetings.minutes.completeness import gaps_of, stays_unruled
from coi.meetings.minutes.conflict_facts import ConflictFacts
from coi.meetings.minutes.facts import AttendeeFacts, CommitteeFacts, ItemFacts, MeetingFacts
from coi.meetings.minutes.outcome_blocks import actions_table, decision_blocks
from coi.meetings.minutes.public_copy import for_the_public
from coi.meetings.minutes.vocabulary import Gap
from coi.meetings.urgent.rules import urgent_sentences
from coi.meetings.vocabulary import Capacity, Part, Standing
from coi.wording import clock_time, day


@dataclass(frozen=True)
class Composition:
    """Minutes as composed: the whole document, and what is missing before they can be final."""

    document: Document
    gaps: tuple[Gap, ...]

    @property
    def can_be_final(self) -> bool:
        return not self.gaps


def compose(meeting: MeetingFacts, *, parts: Iterable[Part] = tuple(Part)) -> Composition:
    """Returns the minutes of a meeting, with the items of `parts` (a copy for the public leaves the private part out and says so).
    Rule: MIN-01, MIN-02, MTG-04, MTG-10; RULEBOOK §15, §17.6."""
    shown, whole = frozenset(parts), meeting
    if Part.PRIVATE not in shown:
        meeting = for_the_public(meeting)
    status = DocumentStatus.CONFIRMED if meeting.confirmed_on else DocumentStatus.DRAFT
    title = f"Minutes of {meeting.title}, {day(meeting.held_on)}"
    blocks = [Heading(1, title), *_head(meeting, status)]
    for committee in meeting.committees:
        blocks += _attendance(committee, several=len(meeting.committees) > 1)
    blocks += _opening(meeting)
    if not any(item.standing is Standing.DECLARATIONS and item.part in shown for item in meeting.items):
        blocks += _unlisted(meeting, shown)
    for item in meeting.items:
        if item.part in shown:
            blocks += _item(item, meeting, shown)
    if Part.PRIVATE not in shown and any(item.part is Part.PRIVATE and item.was_taken for item in meeting.items):
        blocks += [Heading(2, "Part 2, held in private"), paragraph(_exclusion(meeting))]
    blocks += _close(meeting)
    document = Document(
        title=title, author=meeting.body, subject=meeting.reference, blocks=tuple(blocks), status=status
    )
    return Composition(document, gaps_of(whole))


def _head(meeting: MeetingFacts, status: DocumentStatus) -> list[Block]:
    rows = [
        ("Body", meeting.body),
        ("Reference", meeting.reference),
        ("Status", status.value),
        ("Held", f"{day(meeting.held_on)}, {clock_time(meeting.starts_at)}"),
        ("Place", meeting.venue or "not recorded"),
    ]
    if meeting.confirmed_on:
        said = f"{day(meeting.confirmed_on)} at {meeting.confirmed_at_meeting}, by {meeting.confirmed_by}"
        rows.append(("Confirmed", said))
    return [KeyValues(tuple(rows))]


def _attendance(committee: CommitteeFacts, *, several: bool) -> list[Block]:
    name = f" for {committee.name}" if several else ""
    here = [attendee for attendee in committee.attendees if not attendee.apologies and attendee.came]
    missed = [attendee for attendee in committee.attendees if not attendee.apologies and not attendee.came]
    members = [each for each in here if each.capacity is not Capacity.IN_ATTENDANCE]
    others = [each for each in here if each.capacity is Capacity.IN_ATTENDANCE]
    away = [each for each in committee.attendees if each.apologies]
    blocks: list[Block] = [Heading(2, f"Attendance{name}")]
    blocks.append(_people(f"Present{name}", members) if members else paragraph("No member was present."))
    if others:
        blocks.append(_people(f"In attendance{name}", others))
    if away:
        blocks.append(_people(f"Apologies{name}", away))
    else:
        blocks.append(paragraph("There were no apologies."))
    if missed:
        blocks.append(_people(f"Expected, did not attend{name}", missed))
    blocks.append(paragraph(f"Chair: {committee.chair or 'not recorded'}."))
    return blocks


def _people(caption: str, people: list[AttendeeFacts]) -> Table:
    return Table(
        caption,
        ("Name", "Initials", "Role", "Notes"),
        tuple((p.name, p.initials or "–", p.role or "–", _notes(p)) for p in people),
    )


def _notes(person: AttendeeFacts) -> str:
    notes = [f"nominated deputy for {person.deputy_for}"] if person.deputy_for else []
    notes += ["part of the meeting"] if person.part_meeting else []
    notes += ["online"] * person.is_remote + ["came nevertheless"] * (person.apologies and person.came)
    return ", ".join(notes) or "–"


def _opening(meeting: MeetingFacts) -> list[Block]:
    blocks: list[Block] = [Heading(2, "Opening")]
    if meeting.opened_at:
        blocks.append(paragraph(f"The meeting opened at {clock_time(meeting.opened_at)}."))
    for committee in meeting.committees:
        if committee.opening:
            blocks.append(paragraph(phrases.quorum(committee.opening, committee.name)))
    if meeting.movements:
        blocks.append(BulletList(tuple(phrases.movement(move) for move in meeting.movements)))
    return blocks


def _item(item: ItemFacts, meeting: MeetingFacts, shown: frozenset[Part]) -> list[Block]:
    private = " (held in private)" if item.part is Part.PRIVATE else ""
    opened = f" Opened at {clock_time(item.opened_at)}." if item.opened_at else ""
    presented = f" Presented by {item.presenter}." if item.presenter else ""
    blocks: list[Block] = [
        Heading(2, f"{item.number}. {item.title}{private}"),
        paragraph(f"Reference {item.reference}.{opened}{presented}"),
    ]
    if item.put_off_by:
        blocks.append(paragraph(item.put_off_by))
    taken = item.was_taken
    if not taken and meeting.closed_at is not None and not item.decisions:
        blocks.append(paragraph("This item was not taken."))
    if taken:
        blocks += [paragraph(each) for each in item.kept_functions if not item.is_irregular_for(each)]
    if item.part is Part.PRIVATE and taken:
        reason = phrases.sentence(item.private_reason)
        blocks.append(paragraph(f"It was resolved to exclude the public for this item. Reason: {reason}"))
    if item.standing is Standing.DECLARATIONS and (taken or _was_declared(meeting)):
        blocks += _declarations(meeting, shown) if taken else _declared(meeting, shown)
    blocks += _conflicts(item, meeting)
    blocks += [paragraph(phrases.said_at_item(each)) for each in item.had_nothing]
    said = (*chain.from_iterable(map(phrases.handover, item.handovers)), *map(phrases.keeper, item.keepers))
    urgent = (sentence for each in item.urgent for sentence in urgent_sentences(each))
    blocks += [paragraph(each) for each in (*urgent, *said, *map(phrases.clinical_view, item.clinical_views))]
    blocks += [paragraph(phrases.movement(move)) for move in item.movements]
    blocks += paragraphs(item.discussion)
    for decision in item.decisions:
        told = list(
            decision_blocks(decision, meeting)
        )  # of one that was not taken, only that, and what was corrected of it
        blocks += told if taken else [told[0], *map(paragraph, phrases.corrections(decision.corrections))]
    if taken and meeting.closed_at and item.standing is None and not item.decisions:
        missing = "decision on" if item.asks_for_decision else "outcome of"
        unruled = any(each.ruling is None and each.attended and not each.dismissal for each in item.conflicts)
        also = " Nobody ruled on a conflict in it, either." if unruled else ""
        left = f" It was begun, and had no outcome when the meeting closed.{also}"
        blocks.append(paragraph(f"No {missing} this item is recorded.{left}", bold=True))
    if item.actions:
        blocks.append(actions_table(item))
    return blocks


def _was_declared(meeting: MeetingFacts) -> bool:
    return bool(meeting.declarations or meeting.said_of_items or meeting.undeclared)


def _unlisted(meeting: MeetingFacts, shown: frozenset[Part]) -> list[Block]:
    """What was declared at a meeting whose agenda has no item for it."""
    if not _was_declared(meeting):
        return []
    return [Heading(2, "Declarations of interest"), *_declared(meeting, shown)]


def _declarations(meeting: MeetingFacts, shown: frozenset[Part]) -> list[Block]:
    reminder = (
        "The Chair reminded members of their duty to declare any interest in any item on the agenda, "
        "whether or not it is on the register."
    )
    return [paragraph(reminder), *_declared(meeting, shown)]


def _declared(meeting: MeetingFacts, shown: frozenset[Part]) -> list[Block]:
    """Everything that was declared outside items, also what is about one of them: only where there is none, that there was none. Rule:
    MTG-05; RULEBOOK §15."""
    said = [phrases.declaration(each) for each in meeting.declarations]
    said += [phrases.said_of_item(each) for each in meeting.said_of_items if each.part in shown]
    blocks: list[Block] = [BulletList(tuple(said))] if said else []
    if any(each.part not in shown for each in meeting.said_of_items):
        blocks.append(paragraph("What was declared about items held in private is in the minutes of the private part."))
    if not blocks:
        blocks.append(paragraph("No interest was declared at this point."))
    if meeting.undeclared:
        blocks.append(paragraph(phrases.undeclared(meeting.undeclared)))
    return blocks


def _conflicts(item: ItemFacts, meeting: MeetingFacts) -> Iterator[Block]:
    if item.searched and not item.conflicts:
        yield paragraph(phrases.sentence(item.searched))
    for _, theirs in groupby(item.conflicts, key=lambda each: each.person):
        yield BulletList(tuple(_conflict_sentences(tuple(theirs), item, meeting)))
    if item.unmatched:
        yield paragraph(phrases.sentence(item.unmatched))


def _conflict_sentences(theirs: tuple[ConflictFacts, ...], item: ItemFacts, meeting: MeetingFacts) -> Iterator[str]:
    """One person's conflict: what it is, then how each committee managed it."""
    conflict = theirs[0]
    yield phrases.nature(conflict)
    for other in conflict.others:
        yield f"Also: {phrases.sentence(other)}"
    if conflict.dismissal:
        yield phrases.dismissal(conflict.dismissal)
    if conflict.declared:
        yield from phrases.declarations(conflict)
    elif not any(each.attended for each in theirs):
        yield f"{conflict.name} was not at the meeting when the item was taken."
    elif not conflict.dismissal:
        yield f"It is not recorded that {conflict.name} declared this interest at the meeting."
    for each in theirs:
        yield from _managed(each, item, meeting)
    for move in conflict.movements:
        yield phrases.movement(move)
    if meeting.closed_at and phrases.stayed_away(conflict.movements):
        yield f"{conflict.name} did not return before the meeting closed."
    for each in theirs:
        outcome = phrases.outcome_of_ruling(each)
        if outcome and each.attended:
            yield outcome


def _managed(conflict: ConflictFacts, item: ItemFacts, meeting: MeetingFacts) -> Iterator[str]:
    where = f"For {conflict.committee}: " if conflict.committee else ""
    if conflict.ruling:
        yield f"{where}{phrases.ruling(conflict.ruling, meeting.held_on)}"
        yield from map(dispute_words, conflict.disputes)
    elif conflict.attended and not conflict.dismissal and stays_unruled(conflict, item, meeting):
        yield f"{where}{'nobody' if where else 'Nobody'} ruled on this conflict."


def _exclusion(meeting: MeetingFacts) -> str:
    """What is said of the private items that were taken: whoever begins one records that the public were excluded. Rule: MTG-12."""
    taken = [item for item in meeting.items if item.part is Part.PRIVATE and item.was_taken]
    reasons = sorted({item.private_reason.rstrip(".") for item in taken if item.private_reason})
    return (
        "It was resolved to exclude the public for the remaining business because publicity would harm the public interest. "
        f"Reasons: {'; '.join(reasons)}. The private part has minutes of its own."
    )


def _close(meeting: MeetingFacts) -> list[Block]:
    blocks: list[Block] = [Heading(2, "Close")]
    blocks.append(
        paragraph(
            f"The meeting closed at {clock_time(meeting.closed_at)}."
            if meeting.closed_at
            else "The meeting is not closed yet."
        )
    )
    if meeting.confirmed_on:
        on = day(meeting.confirmed_on)
        blocks.append(paragraph(f"Confirmed as a correct record on {on} by {meeting.confirmed_by}."))
    else:
        blocks.append(paragraph("These minutes are a draft until the next meeting confirms them."))
    return blocks
