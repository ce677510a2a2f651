"""Minutes are composed by rule: each recorded fact shows in the text, and what is missing blocks finality by name."""

import dataclasses
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from typing import Any

import pytest

from coi.documents.vocabulary import DocumentStatus, text_of
from coi.meetings.minutes import phrases
from coi.meetings.minutes.composer import compose
from coi.meetings.minutes.conflict_facts import (
    RAISED,
    ConflictFacts,
    DeclarationFacts,
    MovementFacts,
    RulingFacts,
    SaidOfItemFacts,
)
from coi.meetings.minutes.content import without_items
from coi.meetings.minutes.facts import (
    ActionFacts,
    AttendeeFacts,
    ClinicalViewFacts,
    CommitteeFacts,
    DecisionFacts,
    HandoverFacts,
    ItemFacts,
    MeetingFacts,
    QuorumFacts,
)
from coi.meetings.minutes.public_copy import for_the_public
from coi.meetings.minutes.vocabulary import Mend
from coi.meetings.vocabulary import (
    Capacity,
    Cast,
    DeclaredPoint,
    Method,
    Outcome,
    Part,
    PresenceKind,
    PresidingBasis,
    Standing,
)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 10, hour, minute, tzinfo=UTC)


QUORUM = QuorumFacts(
    quorate=True, taken_at=at(14), rule="at least 3 members, including 1 lay member", missing=(),
    counted=(("Mrs Ada Quill", "lay member"), ("Mr Bo Marsh", "member")), clinical="One clinical voice remains: Ms Cy Reed, nurse",
)  # fmt: skip
GP = AttendeeFacts("p1", "Dr Dee Fenn", "DF", "GP member", Capacity.MEMBER)
LEFT = MovementFacts("p1", "Dr Dee Fenn", PresenceKind.LEFT, at(14, 20), for_conflict=True)
BACK = MovementFacts("p1", "Dr Dee Fenn", PresenceKind.RETURNED, at(14, 35), for_conflict=True)
RULING = RulingFacts(
    sentence="Dr Dee Fenn was asked to leave for the discussion and the decision", rationale="own contract", decided_by="Mrs Ada Quill",
    basis=PresidingBasis.CHAIR, made_at=at(14, 18), must_leave=True, recorded_by="Sam Poole",
    is_dictated=True, is_confirmed=True, guardian_consulted=True,
)  # fmt: skip
CONFLICT = ConflictFacts(
    person="p1", name="Dr Dee Fenn", relation="direct financial interest", nature="Partner in the practice (register entry I/2026/0001)",
    path=("Dr Dee Fenn", "partner at Otter Vale Surgery", "contract holder in this item"),
    others=("Paid adviser to the landlord (non-financial interest). The path: Dr Dee Fenn → adviser to Otter Estates",),
    declared=DeclarationFacts("p1", "Dr Dee Fenn", "Partner at Otter Vale Surgery", DeclaredPoint.AT_ITEM, at(14, 16), on_register=True),
    ruling=RULING, movements=(LEFT, BACK), in_room_at_decision=False, counted=False, took_part=False,
)  # fmt: skip
DECISION = DecisionFacts(
    committee="Primary Care Committee", outcome=Outcome.APPROVED, text="the variation from 1 December 2026", method=Method.VOTE,
    decided_at=at(14, 33), presiding="Mrs Ada Quill", arithmetic="4 members; 1 stood down; 3 entitled; 2 for, 1 abstained",
    votes=(("Mrs Ada Quill", Cast.FOR), ("Mr Bo Marsh", Cast.ABSTAINED)), quorum=QUORUM,
)  # fmt: skip
ITEM = ItemFacts(
    number=7, reference="PCC/2026-27/007", title="Otter Vale Surgery: contract variation", part=Part.PUBLIC, asks_for_decision=True,
    presenter="Jo Lark", discussion="The committee heard about the list size.", opened_at=at(14, 15), conflicts=(CONFLICT,),
    clinical_views=(
        ClinicalViewFacts(
            "Dr Una Bright", "GP from another area", "In writing", date(2026, 11, 6), "The branch is needed", "Free of flags"
        ),
    ),
    handovers=(
        HandoverFacts(
            "Mr Bo Marsh", "Mrs Ada Quill", PresidingBasis.VICE_CHAIR, "Mr Marsh was late", at(14, 16), returned_at=at(14, 36)
        ),
    ),
    movements=(MovementFacts("p9", "Ms Cy Reed", PresenceKind.JOINED, None, for_conflict=False, note="online"),),
    had_nothing=(
        SaidOfItemFacts(7, Part.PUBLIC, "Mr Al Dean", DeclaredPoint.AT_ITEM, at(14, 17), has_nothing=True),
    ),
    decisions=(DECISION,), actions=(ActionFacts("PCC-A/2026-27/01", "Write to the practice", "Jo Lark", "JL", date(2026, 12, 1)),),
)  # fmt: skip
DECLARATIONS = ItemFacts(
    3,
    "PCC/2026-27/003",
    "Declarations of interest",
    Part.PUBLIC,
    asks_for_decision=False,
    standing=Standing.DECLARATIONS,
)
MEETING = MeetingFacts(
    body="NHS Otter Vale ICB", title="Primary Care Committee", reference="PCC-M/2026-27/03", held_on=date(2026, 11, 10),
    starts_at=time(14), venue="Mill Room", opened_at=at(14), closed_at=at(16),
    committees=(
        CommitteeFacts(
            "Primary Care Committee", "Mrs Ada Quill",
            (
                GP,
                AttendeeFacts("p2", "Mrs Ada Quill", "AQ", "Lay chair", Capacity.MEMBER),
                AttendeeFacts("p3", "Mr Al Dean", "AD", "Deputy", Capacity.DEPUTY, deputy_for="Ms Bea Holt", is_remote=True),
                AttendeeFacts("p4", "Jo Lark", "JL", "Officer", Capacity.IN_ATTENDANCE, part_meeting=True),
                AttendeeFacts("p5", "Ms Bea Holt", "BH", "Nurse", Capacity.MEMBER, apologies=True, came=False),
            ),
            QUORUM,
        ),
    ),
    items=(DECLARATIONS, ITEM),
    declarations=(
        DeclarationFacts("p2", "Mrs Ada Quill", "Trustee of a hospice", DeclaredPoint.START, at(14, 5), on_register=False,
                         due_on=date(2026, 12, 8)),
    ),
    said_of_items=(SaidOfItemFacts(7, Part.PUBLIC, "Mr Al Dean", DeclaredPoint.START, at(14, 6)),),
    movements=(MovementFacts("p4", "Jo Lark", PresenceKind.LEFT, at(15, 0), for_conflict=False, note="another meeting"),),
)  # fmt: skip


def test_complete_facts_leave_no_gap() -> None:
    assert compose(MEETING).gaps == ()


def test_how_large_a_noted_interest_is_is_asked_for_while_it_can_be_said_and_else_told_as_not_recorded() -> None:
    noted = dataclasses.replace(
        CONFLICT, ruling=dataclasses.replace(RULING, must_leave=False, lacks_magnitude=True), movements=()
    )
    to_come = dataclasses.replace(ITEM, conflicts=(noted,), decisions=())
    asked = compose(dataclasses.replace(MEETING, items=(DECLARATIONS, to_come), closed_at=None)).gaps
    assert ("Item 7, Dr Dee Fenn: say how large the interest is, which was only noted", Mend.RULING) in [
        (each.sentence, each.mend) for each in asked
    ]
    over = compose(dataclasses.replace(MEETING, items=(DECLARATIONS, dataclasses.replace(ITEM, conflicts=(noted,)))))
    assert not any("how large" in each.sentence for each in over.gaps)
    assert "How large the interest is: It was not recorded." in text_of(over.document)


def test_the_five_elements_stand_in_the_text() -> None:
    """Rule: MIN-01."""
    text = text_of(compose(MEETING).document)
    assert "Dr Dee Fenn has a conflict of interest in this item (direct financial interest)" in text
    assert "Dr Dee Fenn → partner at Otter Vale Surgery → contract holder in this item." in text
    assert "Dr Dee Fenn declared when the item was reached at 2:16pm: Partner at Otter Vale Surgery." in text
    assert "Mrs Ada Quill, the Chair, ruled at 2:18pm: Dr Dee Fenn was asked to leave" in text
    assert "Dr Dee Fenn left the meeting at 2:20pm." in text
    assert "Dr Dee Fenn returned to the meeting at 2:35pm." in text


def test_the_result_of_a_vote_and_who_was_against_stand_in_the_text() -> None:
    """Rule: MIN-02."""
    votes = (("Mrs Ada Quill", Cast.FOR), ("Mr Al Dean", Cast.FOR), ("Mr Bo Marsh", Cast.AGAINST))
    decision = dataclasses.replace(DECISION, arithmetic="2 for, 1 against", votes=votes)
    voted = dataclasses.replace(MEETING, items=(dataclasses.replace(ITEM, decisions=(decision,)),))
    text = text_of(compose(voted).document)
    assert "Decided by a vote at 2:33pm. Mrs Ada Quill presided. 2 for, 1 against." in text
    assert "Mr Bo Marsh\tagainst" in text


# What stands in the facts for the composer to reason with and not to print, each with why.
NOT_PRINTED = {
    "person": "a key: the name is printed",
    "for_conflict": "sorts a movement under its conflict",
    "rule_ids": "shown on the page of the item, not in minutes",
    "must_leave": "follows from the sentence of the ruling",
    "asks_for_decision": "says whether a decision must be there",
    "attended": "says whether a declaration is asked for",
    "searched": "printed only where there is no conflict",
    "referred_to": "printed only where an item was referred",
    "missing": "printed only where there was no quorum",
    "number": "follows from the order of the agenda",
    "presided": "printed with the decision, and here only of somebody who was ruled out of it",
    "is_withheld": "changes the copy for the public alone",
}


def emptied(value: Any, kind: str) -> Any:
    """The value of a field from which one recorded fact was removed; the field's own value where there is nothing to remove.
    An instant that the tables cannot lack is moved by an hour instead."""
    if isinstance(value, datetime) and "None" not in kind:
        return value + timedelta(hours=1)
    if isinstance(value, bool):
        return not value
    if isinstance(value, str) and not isinstance(value, Enum):
        return ""
    if isinstance(value, tuple):
        return ()
    if isinstance(value, datetime) or dataclasses.is_dataclass(value):
        return None
    return value


def removals(facts: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every copy of `facts` from which one recorded fact is removed, with the path of what went."""
    for field in dataclasses.fields(facts):
        value, here = getattr(facts, field.name), f"{path}.{field.name}"
        if field.name not in NOT_PRINTED and emptied(value, str(field.type)) != value:
            yield here, dataclasses.replace(facts, **{field.name: emptied(value, str(field.type))})
        if dataclasses.is_dataclass(value):
            for deeper, changed in removals(value, here):
                yield deeper, dataclasses.replace(facts, **{field.name: changed})
        if isinstance(value, tuple) and value and dataclasses.is_dataclass(value[0]):
            for index, each in enumerate(value):
                without = value[:index] + value[index + 1 :]
                yield f"{here}[{index}]", dataclasses.replace(facts, **{field.name: without})
                for deeper, changed in removals(each, f"{here}[{index}]"):
                    replaced = (*value[:index], changed, *value[index + 1 :])
                    yield deeper, dataclasses.replace(facts, **{field.name: replaced})


REMOVALS = dict(removals(MEETING))


@pytest.mark.parametrize("path", REMOVALS)
def test_removing_any_recorded_fact_changes_the_text_or_blocks_finality(path: str) -> None:
    whole, without = compose(MEETING), compose(REMOVALS[path])
    assert text_of(whole.document) != text_of(without.document) or without.gaps, path


def test_of_somebody_who_was_ruled_out_and_stayed_nobody_says_what_they_did_that_nobody_recorded() -> None:
    stayed = dataclasses.replace(CONFLICT, in_room_at_decision=True)
    start = "Dr Dee Fenn was in the room when the item was decided"
    unknown = "not counted towards the quorum. Whether they took"
    assert phrases.outcome_of_ruling(stayed) == (f"{start} and was {unknown} part in the decision is not recorded.")
    assert phrases.outcome_of_ruling(dataclasses.replace(stayed, presided=True)) == (
        f"{start}, presided and was {unknown} any other part in the decision is not recorded."
    )


@pytest.mark.parametrize(
    ("changed", "element"),
    [
        ({"name": ""}, "who has the interest"),
        ({"nature": ""}, "the nature of the interest and why it is a conflict"),
        ({"declared": None}, "the item it relates to, and when it was declared"),
        ({"ruling": None}, "how it was decided that the conflict is managed, and by whom"),
        ({"movements": ()}, "that it was managed as decided: when the person left and returned"),
    ],
)
def test_a_missing_element_blocks_finality_and_is_named(changed: dict[str, Any], element: str) -> None:
    """Rule: MIN-01."""
    item = dataclasses.replace(ITEM, conflicts=(dataclasses.replace(CONFLICT, **changed),))
    composition = compose(dataclasses.replace(MEETING, items=(item,)))
    assert not composition.can_be_final
    assert element in {gap.element for gap in composition.gaps}
    assert all("Item 7" in gap.sentence for gap in composition.gaps)


def test_a_return_is_missing_while_the_meeting_goes_on_and_is_none_once_it_ended() -> None:
    item = dataclasses.replace(ITEM, conflicts=(dataclasses.replace(CONFLICT, movements=(LEFT,)),))
    open_still = compose(dataclasses.replace(MEETING, items=(item,), closed_at=None))
    assert "that it was managed as decided: when the person left and returned" in {
        gap.element for gap in open_still.gaps
    }
    ended = compose(dataclasses.replace(MEETING, items=(item,)))
    assert ended.can_be_final
    assert "Dr Dee Fenn did not return before the meeting closed." in text_of(ended.document)
    assert "did not return" not in text_of(compose(MEETING).document)


def test_an_unknown_time_is_said_to_be_unknown() -> None:
    left = dataclasses.replace(LEFT, at=None)
    item = dataclasses.replace(ITEM, conflicts=(dataclasses.replace(CONFLICT, movements=(left, BACK)),))
    assert "left the meeting at a time that was not recorded" in text_of(
        compose(dataclasses.replace(MEETING, items=(item,))).document
    )


def test_an_undecided_item_blocks_finality_until_the_meeting_closed_and_then_says_so() -> None:
    undecided = dataclasses.replace(MEETING, items=(dataclasses.replace(ITEM, decisions=()),))
    assert any(gap.element == "decision" for gap in compose(dataclasses.replace(undecided, closed_at=None)).gaps)
    closed = compose(undecided)
    assert not any(gap.element == "decision" for gap in closed.gaps)
    text = text_of(closed.document)
    assert "No decision on this item is recorded. It was begun, and had no outcome when the meeting closed." in text
    assert "Nobody ruled on a conflict in it" not in text
    unruled = dataclasses.replace(ITEM, decisions=(), conflicts=(dataclasses.replace(CONFLICT, ruling=None),))
    assert "Nobody ruled on a conflict in it, either." in text_of(
        compose(dataclasses.replace(MEETING, items=(unruled,))).document
    )


def test_an_irregular_decision_says_so_and_why() -> None:
    decision = dataclasses.replace(
        DECISION, irregular_because=("the item was not quorate",), explanation="The chair went on"
    )
    text = text_of(
        compose(dataclasses.replace(MEETING, items=(dataclasses.replace(ITEM, decisions=(decision,)),))).document
    )
    assert "This decision is irregular. It was taken although something stood against it:" in text
    assert "The item was not quorate." in text
    assert "Explanation: The chair went on." in text


def test_a_copy_for_the_public_leaves_the_private_part_out_and_says_so() -> None:
    private = dataclasses.replace(ITEM, part=Part.PRIVATE, private_reason="commercial terms", title="Secret tender")
    text = text_of(compose(dataclasses.replace(MEETING, items=(DECLARATIONS, private)), parts=[Part.PUBLIC]).document)
    assert "Secret tender" not in text
    assert "Dr Dee Fenn has a conflict" not in text
    assert "It was resolved to exclude the public" in text
    assert "commercial terms" in text


def test_an_item_that_was_not_taken_says_so_and_asserts_nothing_else() -> None:
    private = ItemFacts(
        8, "PCC/2026-27/008", "Tender", Part.PRIVATE, asks_for_decision=False, private_reason="commercial terms"
    )
    untaken = dataclasses.replace(MEETING, items=(DECLARATIONS, private), declarations=(), said_of_items=())
    assert "resolved to exclude" not in text_of(compose(untaken, parts=[Part.PUBLIC]).document)
    text = text_of(compose(untaken).document)
    assert text.count("This item was not taken.") == 2
    assert "It was resolved to exclude the public for this item" not in text
    assert "reminded members" not in text
    spoken = text_of(compose(dataclasses.replace(MEETING, items=(DECLARATIONS, private))).document)
    assert "reminded members" not in spoken
    assert "Trustee of a hospice" in spoken


def test_a_ruling_made_before_the_day_of_the_meeting_says_its_day() -> None:
    early = dataclasses.replace(RULING, made_at=datetime(2026, 11, 3, 10, tzinfo=UTC))
    item = dataclasses.replace(ITEM, conflicts=(dataclasses.replace(CONFLICT, ruling=early),))
    assert "ruled on 3 November 2026 at 10am" in text_of(compose(dataclasses.replace(MEETING, items=(item,))).document)


def test_confirmed_minutes_say_when_where_and_by_whom() -> None:
    confirmed = dataclasses.replace(
        MEETING, confirmed_on=date(2026, 12, 8), confirmed_at_meeting="PCC-M/2026-27/04", confirmed_by="Mrs Ada Quill"
    )
    document = compose(confirmed).document
    assert document.status is DocumentStatus.CONFIRMED
    assert "Confirmed as a correct record on 8 December 2026 by Mrs Ada Quill." in text_of(document)


def test_whoever_was_expected_and_never_came_is_not_listed_as_present() -> None:
    committee = MEETING.committees[0]
    missed = dataclasses.replace(committee.attendees[1], came=False)
    text = text_of(
        compose(
            dataclasses.replace(MEETING, committees=(dataclasses.replace(committee, attendees=(GP, missed)),))
        ).document
    )
    present, _, rest = text.partition("Expected, did not attend")
    assert "Mrs Ada Quill" not in present.partition("Attendance")[2].partition("Apologies")[0]
    assert "Mrs Ada Quill" in rest.partition("Chair:")[0]
    nobody = dataclasses.replace(MEETING, committees=(dataclasses.replace(committee, attendees=(missed,)),))
    assert "Nobody is recorded as present" in " ".join(gap.sentence for gap in compose(nobody).gaps)


def test_nothing_is_missing_of_a_declaration_at_an_item_that_was_never_taken() -> None:
    conflict = dataclasses.replace(CONFLICT, declared=None)
    untaken = dataclasses.replace(ITEM, conflicts=(conflict,), opened_at=None, decisions=())
    assert compose(dataclasses.replace(MEETING, items=(untaken,))).gaps == ()
    begun = dataclasses.replace(untaken, opened_at=at(14, 15))
    assert compose(dataclasses.replace(MEETING, items=(begun,))).gaps


def test_the_public_does_not_read_the_words_of_whoever_told_the_chair() -> None:
    words = "I saw his car at the bidder’s office"
    told = dataclasses.replace(
        CONFLICT, relation=RAISED, nature=words, path=("Dr Dee Fenn", words, "item 7"), others=(f"{words} ({RAISED}). The path: a",),
        unspoken=(f"{words} ({RAISED}). The path: a",),
    )  # fmt: skip
    meeting = dataclasses.replace(MEETING, items=(dataclasses.replace(ITEM, conflicts=(told,)),))
    assert words in text_of(compose(meeting).document)
    public = text_of(compose(for_the_public(meeting)).document)
    assert words not in public
    assert (
        "Dr Dee Fenn has a conflict of interest in this item (raised with the chair): An interest of which the chair was told"
        in public
    )


def test_what_was_declared_about_a_private_item_is_not_in_the_public_copy_which_does_not_deny_it_either() -> None:
    private = dataclasses.replace(ITEM, part=Part.PRIVATE, private_reason="commercial terms")
    said = (SaidOfItemFacts(7, Part.PRIVATE, "Mr Al Dean", DeclaredPoint.START, at(14, 6)),)
    begun = dataclasses.replace(DECLARATIONS, opened_at=at(14, 4))
    meeting = dataclasses.replace(MEETING, items=(begun, private), declarations=(), said_of_items=said)
    whole, public = compose(meeting).document, compose(meeting, parts=[Part.PUBLIC]).document
    assert "On item 7: Mr Al Dean declared an interest at the start of the meeting at 2:06pm." in text_of(whole)
    assert "On item 7" not in text_of(public)
    assert "What was declared about items held in private is in the minutes of the private part." in text_of(public)
    assert "No interest was declared" not in text_of(public) + text_of(whole)


def test_whoever_is_kept_from_an_item_does_not_read_who_declared_an_interest_in_it() -> None:
    meeting = dataclasses.replace(MEETING, items=(dataclasses.replace(DECLARATIONS, opened_at=at(14, 4)), ITEM))
    text = text_of(without_items(compose(meeting).document, {7}))
    assert "On item 7" not in text
    assert "Mrs Ada Quill declared at the start" in text


def test_what_was_declared_is_minuted_where_the_agenda_has_no_item_for_it() -> None:
    text = text_of(compose(dataclasses.replace(MEETING, items=(ITEM,))).document)
    assert "Mrs Ada Quill declared at the start of the meeting at 2:05pm: Trustee of a hospice." in text
