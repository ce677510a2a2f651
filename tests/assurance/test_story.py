"""The pure story: the order of what happened, what is said where nothing was recorded, and the four answers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from coi.assurance.facts import (
    ChairFact,
    ConcernedFact,
    FlagFact,
    InterestFact,
    MoveFact,
    RulingFact,
    SpokenFact,
    StoryFacts,
)
from coi.assurance.outcome_facts import CorrectionTold, DecisionFact, MinutesFact, QuorumFact
from coi.assurance.proof import Proof
from coi.assurance.room_facts import ConcernedPerson, RoomFacts
from coi.assurance.story import AFTER, AT, BEFORE, compose
from coi.assurance.vocabulary import Line, Story
from coi.audit.vocabulary import Event
from coi.meetings.corrections.vocabulary import CorrectionFact
from coi.meetings.proceedings.vocabulary import NOTED
from coi.meetings.vocabulary import DeclaredPoint, PresenceKind, PresidingBasis

TEN = datetime(2026, 11, 10, 10, 0, tzinfo=UTC)
GP, GP_NAME = "gp", "Dr Fay Fenn"
CHAIR = "Mrs Ann Ashby"


def minute(number: int) -> datetime:
    return TEN + timedelta(minutes=number)


def proof(seq: int, event: Event, at: datetime = TEN, by: str = "Sam Scribe") -> tuple[Proof, ...]:
    return (Proof(seq, event, at, by),)


INTEREST = InterestFact(
    GP_NAME, "I/2026/0001", "Partner in the practice", "partner", ("Larkfield Surgery",), "",
    datetime(2026, 4, 2, 9, 0, tzinfo=UTC), "on 2 April 2026",
    proofs=proof(1, Event.DECLARATION_SUBMITTED, by=GP_NAME),
)  # fmt: skip
FLAG = FlagFact(
    GP, GP_NAME, "F1", "Own contract", (GP_NAME, "partner at Larkfield Surgery", "contract holder in item 1"),
    recorded_at=minute(10), proofs=proof(8, Event.RULING_MADE),
)  # fmt: skip
SPOKEN = SpokenFact(
    GP, GP_NAME, "My practice holds this contract", DeclaredPoint.AT_ITEM, minute(9), minute(9), on_register=True,
    proofs=proof(7, Event.INTEREST_DECLARED_AT_MEETING),
)  # fmt: skip
RULING = RulingFact(
    GP, GP_NAME, ("Leaves for the discussion and the decision",), "Own contract", CHAIR, PresidingBasis.CHAIR, minute(10),
    "Sam Scribe", is_dictated=False, confirmed_at=None, may_discuss=False, may_stay=False, may_decide=False,
    proofs=proof(8, Event.RULING_MADE),
)  # fmt: skip
LEFT = MoveFact(
    GP, GP_NAME, PresenceKind.LEFT, minute(11), minute(11), for_conflict=True, proofs=proof(9, Event.PRESENCE_RECORDED)
)
BACK = replace(
    LEFT, kind=PresenceKind.RETURNED, at=minute(21), counts_from=minute(21), proofs=proof(11, Event.PRESENCE_RECORDED)
)
QUORUM = QuorumFact(
    True, minute(20), "at least 4 voting members", ((CHAIR, "chair"),), (), (), proofs=proof(10, Event.DECISION_TAKEN)
)
DECISION = DecisionFact(
    "approved", "The variation is made.", False, minute(20), CHAIR,
    arithmetic="7 members; 1 stood down; 6 entitled", proofs=proof(10, Event.DECISION_TAKEN),
)  # fmt: skip
MINUTES = MinutesFact(1, minute(1500), False, proofs=proof(13, Event.MINUTES_DRAFTED))
CONFIRMED = MinutesFact(2, minute(40000), True, CHAIR, "PCCC-M/2026-27/02", proofs=proof(14, Event.MINUTES_CONFIRMED))
PERSON = ConcernedPerson(GP, GP_NAME, ("Own contract.",), in_room=False)
ROOM = RoomFacts(
    "Primary Care Commissioning Committee", (CHAIR, "Mr Bob Birch"), minute(20), True, True, True,
    ("Quorate: 6 members count and 4 are needed.",), "at least 4 voting members", (f"{GP_NAME} (GP)",),
    ("Mrs Eve Elder (nurse)",), CHAIR,
)  # fmt: skip
WHOLE = StoryFacts(
    title="Variation of a contract", asks_for_decision=True, is_settled=True, opened_at=TEN, closed_at=minute(60),
    agenda=(*proof(2, Event.ITEM_ADDED, TEN - timedelta(days=8)), *proof(6, Event.ITEM_OPENED, minute(8))),
    interests=(INTEREST,),
    concerned=(ConcernedFact("Larkfield Surgery", "holds the contract", None, proof(2, Event.ITEM_ADDED, TEN - timedelta(days=8))),),
    flags=(FLAG,), spoken=(SPOKEN,), rulings=(RULING,), moves=(LEFT, BACK), quorums=(QUORUM,), decisions=(DECISION,),
    minutes=(MINUTES, CONFIRMED),
    meeting=(*proof(5, Event.MEETING_OPENED), *proof(12, Event.MEETING_CLOSED, minute(60))), people=(PERSON,), rooms=(ROOM,),
)  # fmt: skip


def lines(story: Story, chapter: str) -> list[Line]:
    return [line for each in story.chapters if each.title == chapter for line in each.lines]


def every_line(story: Story) -> list[Line]:
    return [line for chapter in story.chapters for line in chapter.lines]


def gaps(facts: StoryFacts) -> list[str]:
    return [line.sentence for line in every_line(compose(facts)) if line.is_gap]


def answer(facts: StoryFacts, question: str) -> str:
    found = next(each for each in compose(facts).answers if each.question == question)
    return " ".join([found.sentence, *found.details])


def test_a_whole_story_is_told_in_order_and_leaves_no_gap() -> None:
    story = compose(WHOLE)
    assert [chapter.title for chapter in story.chapters] == [BEFORE, AT, AFTER]
    numbers = [line.seq for line in every_line(story)]
    assert numbers == [1, 2, 5, 6, 7, 8, 8, 9, 10, 10, 11, 12, 13, 14]
    assert gaps(WHOLE) == []


def test_what_is_of_one_minute_follows_its_ledger_entries() -> None:
    ruled = replace(RULING, made_at=minute(11) + timedelta(seconds=20))
    kept = replace(FLAG, recorded_at=minute(11) + timedelta(seconds=20))
    facts = replace(WHOLE, rulings=(ruled,), flags=(kept,))
    assert [line.seq for line in every_line(compose(facts))] == [line.seq for line in every_line(compose(WHOLE))]


def test_a_flag_is_told_when_it_first_stood_and_again_when_somebody_acted_on_it() -> None:
    (stood,) = proof(3, Event.ITEM_ADDED, minute(-60))
    told = every_line(compose(replace(WHOLE, flags=(replace(FLAG, stood=stood),))))
    since = next(line for line in told if "the agenda flags Dr Fay Fenn: own contract" in line.sentence)
    assert (since.seq, told.index(since) < 4) == (3, True)
    assert "The flag on Dr Fay Fenn was kept in the record: own contract." in [line.sentence for line in told]


def test_an_item_of_a_class_concerns_it_and_lacks_no_organisation() -> None:
    facts = replace(WHOLE, concerned=(), class_words="All practices of the area")
    assert gaps(facts) == []
    assert ("It concerns all practices of the area.",) in [line.details for line in every_line(compose(facts))]


def test_an_item_was_reached_when_it_began_not_when_that_was_pressed() -> None:
    pressed = proof(6, Event.ITEM_OPENED, minute(29))
    facts = replace(WHOLE, agenda=(*WHOLE.agenda[:1], *pressed), reached_at=minute(8))
    assert [line.seq for line in every_line(compose(facts))] == [line.seq for line in every_line(compose(WHOLE))]
    assert next(line.at for line in every_line(compose(facts)) if line.seq == 6) == minute(8)


def test_what_the_ledger_has_before_a_decision_is_told_before_it_whatever_time_was_typed() -> None:
    typed = minute(5)
    facts = replace(
        WHOLE, decisions=(replace(DECISION, decided_at=typed),), quorums=(replace(QUORUM, taken_at=typed),), moves=(),
        rulings=(RULING, replace(RULING, name="Dr Late", proofs=proof(20, Event.RULING_RECORDED, minute(30)), made_at=minute(30))),
    )  # fmt: skip
    told = [line.seq for line in lines(compose(facts), AT) if not line.is_gap]
    assert told == [5, 6, 7, 8, 8, 10, 10, 20, 12]
    ruled = next(line for line in lines(compose(facts), AT) if line.seq == 8)
    assert (ruled.at, ruled.as_recorded) == (minute(10), True)


def test_what_happened_at_a_time_of_its_own_is_told_at_that_time_and_that_it_was_recorded_later() -> None:
    late = minute(150)
    ruled = replace(RULING, made_at=minute(15), proofs=proof(20, Event.RULING_RECORDED, late))
    left = replace(LEFT, at=minute(16), proofs=proof(21, Event.PRESENCE_RECORDED, late))
    decided = replace(DECISION, proofs=proof(22, Event.DECISION_TAKEN, late))
    facts = replace(WHOLE, rulings=(ruled,), moves=(left,), decisions=(decided,), quorums=(), closed_at=minute(60))
    told = [line for line in lines(compose(facts), AT) if line.seq in (20, 21, 22)]
    assert [(line.seq, line.at, line.recorded_at) for line in told] == [
        (20, minute(15), late), (21, minute(16), late), (22, minute(20), late)
    ]  # fmt: skip
    after = replace(ruled, made_at=minute(25))
    told = [line for line in lines(compose(replace(facts, rulings=(after,))), AT) if line.seq in (20, 22)]
    assert [(line.seq, line.as_recorded) for line in told] == [(22, False), (20, False)]


def test_what_the_ledger_has_before_the_opening_belongs_before_the_meeting_whatever_times_were_typed() -> None:
    late = TEN + timedelta(hours=7)
    decision = replace(DECISION, proofs=proof(10, Event.DECISION_TAKEN, late))
    facts = replace(WHOLE, agenda=proof(2, Event.ITEM_ADDED, late), decisions=(decision,))
    assert [line.seq for line in lines(compose(facts), BEFORE)] == [1, 2]
    taken = next(line for line in lines(compose(facts), AT) if "approved it" in line.sentence)
    assert taken.recorded_at == late


def test_what_was_recorded_on_a_later_day_stands_after_the_meeting_unless_it_happened_at_it() -> None:
    later = TEN + timedelta(days=3)
    written = replace(
        WHOLE, agenda=proof(2, Event.ITEM_ADDED, later),
        flags=(replace(FLAG, recorded_at=later, proofs=proof(8, Event.RULING_MADE, later)),),
        interests=(replace(INTEREST, recorded_at=later, proofs=proof(4, Event.DECLARATION_SUBMITTED, later)),),
        concerned=(), rulings=(replace(RULING, proofs=proof(9, Event.RULING_MADE, later)),), spoken=(),
        decisions=(replace(DECISION, proofs=proof(10, Event.DECISION_TAKEN, later)),), quorums=(),
        meeting=(*proof(5, Event.MEETING_OPENED, later), *proof(12, Event.MEETING_CLOSED, later)),
    )  # fmt: skip
    for facts in (written, replace(written, closed_at=None)):
        story = compose(facts)
        assert [line.seq for line in lines(story, BEFORE) if not line.is_gap] == []
        assert {2, 4, 8} <= {line.seq for line in lines(story, AFTER)}
        at_meeting = [line for line in lines(story, AT) if not line.is_gap]
        assert {5, 9, 10} <= {line.seq for line in at_meeting}
        assert not [line for line in at_meeting if line.as_recorded]


def test_what_was_left_unsaid_and_is_told_before_the_decision_says_when_that_was_recorded() -> None:
    unsaid = replace(SPOKEN, point=DeclaredPoint.NOT_DECLARED, at=None, recorded_at=minute(30))
    facts = replace(WHOLE, spoken=(unsaid,), decisions=(replace(DECISION, decided_at=minute(20)),))
    line = next(line for line in every_line(compose(facts)) if "did not declare" in line.sentence)
    assert (line.at, line.as_recorded) == (minute(30), True)


def test_what_was_corrected_stands_with_the_entry_of_the_correction_and_what_stood_first_with_its_own() -> None:
    later, again = TEN + timedelta(days=3), TEN + timedelta(days=4)
    entries = (
        *DECISION.proofs,
        *proof(30, Event.DECISION_CORRECTED, later),
        *proof(31, Event.DECISION_CORRECTED, again),
    )
    facts = replace(
        WHOLE, decisions=(replace(DECISION, proofs=entries, first=("Decided by consensus at 10:35am.",)),),
        quorums=(replace(QUORUM, proofs=entries[1:]),),
        corrections=(
            CorrectionTold(CorrectionFact("Sam Scribe", later, "A slip", ("Decided by consensus at 10:35am.",)), True, entries[1:2], 10),
            CorrectionTold(CorrectionFact("Sam Scribe", again, "Another", ("Decided at 10:30am.",)), True, entries[2:], 30),
        ),
    )  # fmt: skip
    told = [line for line in every_line(compose(facts)) if line.seq in (10, 30, 31)]
    assert [(line.seq, line.sentence.split(".")[0]) for line in told] == [
        (10, "What was recorded of the decision at first was corrected later"),
        (30, "The quorum was taken"),
        (31, "The committee approved it: The variation is made"),
        (30, "What was recorded of the decision was corrected by Sam Scribe"),
        (31, "What was recorded of the decision was corrected by Sam Scribe"),
    ]
    assert told[0].details == ("Recorded then:", "Decided by consensus at 10:35am.")
    assert [line.details[0] for line in told[3:]] == [
        "Recorded before (ledger entry 10):", "Recorded before (ledger entry 30):"
    ]  # fmt: skip


def test_a_closing_time_that_was_corrected_is_proven_by_the_correction() -> None:
    entries = (*WHOLE.meeting, *proof(15, Event.CLOSING_CORRECTED, minute(90)))
    told = {line.sentence: line.seq for line in every_line(compose(replace(WHOLE, meeting=entries)))}
    assert told["The meeting was closed."] == 15
    assert told["A closing time was recorded that was corrected later."] == 12


def test_every_line_says_who_recorded_it_and_which_entry_proves_it() -> None:
    for line in every_line(compose(WHOLE)):
        assert line.by
        assert line.seq is not None
        assert line.at is not None


def test_the_order_in_which_facts_come_does_not_matter() -> None:
    told = compose(WHOLE)
    for moves in permutations(WHOLE.moves):
        for minutes in permutations(WHOLE.minutes):
            assert compose(replace(WHOLE, moves=moves, minutes=minutes)) == told


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ({"interests": ()}, "No interest on the register that matters to this item is recorded."),
        ({"concerned": ()}, "No organisation is named as concerned by this item."),
        ({"flags": ()}, "No conflict is flagged on this item."),
        ({"rulings": ()}, "No ruling on Dr Fay Fenn is recorded."),
        ({"spoken": ()}, "No declaration by Dr Fay Fenn at this item is recorded."),
        ({"moves": (BACK,)}, "It is not recorded that Dr Fay Fenn left."),
        ({"moves": (LEFT,)}, "It is not recorded that Dr Fay Fenn came back."),
        ({"quorums": ()}, "No quorum taken for this item is recorded."),
        ({"decisions": ()}, "No decision is recorded."),
        ({"minutes": ()}, "No minutes are composed yet."),
        ({"minutes": (MINUTES,)}, "The minutes are not confirmed yet."),
        (
            {"rulings": (replace(RULING, is_dictated=True),)},
            "Mrs Ann Ashby has not confirmed the ruling on Dr Fay Fenn yet.",
        ),
    ],
    ids=lambda each: next(iter(each)) if isinstance(each, dict) else "",
)
def test_a_step_of_which_nothing_is_recorded_is_said_plainly(missing: dict[str, object], said: str) -> None:
    assert gaps(replace(WHOLE, **missing)) == [said]  # type: ignore[arg-type]


def test_a_meeting_that_has_not_begun_is_not_blamed_for_what_it_lacks() -> None:
    planned = replace(
        WHOLE, is_settled=False, opened_at=None, closed_at=None, spoken=(), moves=(), quorums=(), decisions=(),
        minutes=(), meeting=(), rulings=(),
    )  # fmt: skip
    assert gaps(planned) == [
        "No ruling on Dr Fay Fenn is recorded.",
        "The meeting has not begun, so nothing is recorded of it.",
    ]


def test_a_flag_that_was_dismissed_needs_no_ruling() -> None:
    facts = replace(
        WHOLE, flags=(replace(FLAG, is_dismissed=True, reason="Another Fenn"),), rulings=(), spoken=(), people=()
    )
    assert gaps(facts) == []


def test_who_could_gain_tells_of_a_flag_that_was_dismissed_by_whom_and_that_the_guardian_was_asked() -> None:
    cleared = replace(
        FLAG, is_dismissed=True, is_no_conflict=True, reason="Another Fenn", dismissed_by=CHAIR, guardian_consulted=True,
        proofs=proof(8, Event.FLAG_DISMISSED),
    )  # fmt: skip
    facts = replace(WHOLE, flags=(cleared,), rulings=(), spoken=(), people=())
    said = "Mrs Ann Ashby dismissed the flag on Dr Fay Fenn, after asking the conflicts of interest Guardian. Reason: Another Fenn."
    assert said in [line.sentence for line in every_line(compose(facts))]
    told = answer(facts, "Who could gain?")
    assert told.startswith(
        "Nobody, as far as is recorded. Every flag was dismissed as no conflict, and nobody declared an interest"
    )
    assert (
        f"Dr Fay Fenn: Own contract. Dr Fay Fenn → partner at Larkfield Surgery → contract holder in item 1. {said}"
        in told
    )
    assert said in answer(replace(facts, people=(PERSON,)), "Who could gain?")


def test_a_flag_nobody_acted_on_is_said_to_be_computed_and_has_no_proof() -> None:
    story = compose(replace(WHOLE, flags=(replace(FLAG, recorded_at=None, proofs=()),)))
    (line,) = [line for line in every_line(story) if "is flagged now" in line.sentence]
    assert line.seq is None
    assert "Nobody has acted on this flag" in line.sentence
    assert "partner at Larkfield Surgery → contract holder in item 1" in line.sentence


def test_a_movement_at_an_unknown_time_says_so_and_stands_where_it_must_have_been() -> None:
    unknown = replace(LEFT, at=None, counts_from=minute(10))
    told = lines(compose(replace(WHOLE, moves=(unknown, BACK))), AT)
    place = next(i for i, line in enumerate(told) if "left the meeting" in line.sentence)
    assert told[place].at is None
    assert told[place].sentence.endswith("at a time that was not recorded.")
    assert "ruled on" in told[place - 1].sentence
    assert "The quorum was taken" in told[place + 1].sentence


def test_a_dictated_ruling_names_who_wrote_it_down_and_its_confirmation_is_a_line_of_its_own() -> None:
    dictated = replace(
        RULING, is_dictated=True, confirmed_at=minute(90),
        proofs=(*proof(8, Event.RULING_RECORDED), *proof(15, Event.RULING_CONFIRMED, minute(90), CHAIR)),
    )  # fmt: skip
    story = compose(replace(WHOLE, rulings=(dictated,)))
    made = next(line for line in lines(story, AT) if "ruled on" in line.sentence)
    assert "Sam Scribe wrote it down as dictated; Mrs Ann Ashby confirmed it." in made.details
    confirmed = next(line for line in lines(story, AFTER) if "confirmed the ruling" in line.sentence)
    assert (confirmed.seq, confirmed.by) == (15, CHAIR)


def test_a_chair_handed_over_is_told_with_the_right_and_the_reason() -> None:
    handover = ChairFact(
        CHAIR, "Mr Bob Birch", PresidingBasis.VICE_CHAIR, "The chair has a conflict", minute(9), minute(22),
        (*proof(7, Event.CHAIR_HANDED_OVER), *proof(11, Event.CHAIR_RETURNED)),
    )  # fmt: skip
    told = [line.sentence for line in lines(compose(replace(WHOLE, chairs=(handover,))), AT)]
    assert "Mr Bob Birch took the chair from Mrs Ann Ashby as the Vice Chair. Reason: The chair has a conflict." in told
    assert "Mr Bob Birch gave the chair back." in told
    forgotten = replace(handover, returned_at=None)
    assert "It is not recorded when Mr Bob Birch gave the chair back." in gaps(replace(WHOLE, chairs=(forgotten,)))


def test_an_irregular_decision_says_what_stood_against_it_and_why_it_went_on() -> None:
    irregular = replace(
        DECISION, is_irregular=True, irregular_because=("Nobody has ruled on Dr Fay Fenn",), explanation="Overlooked"
    )
    line = next(
        line for line in lines(compose(replace(WHOLE, decisions=(irregular,))), AT) if "approved" in line.sentence
    )
    assert line.sentence.endswith("This is recorded as irregular.")
    assert {"Irregular: Nobody has ruled on Dr Fay Fenn.", "Explanation: Overlooked."} <= set(line.details)


def test_an_interest_entered_for_somebody_names_who_entered_it_and_how_late_it_was() -> None:
    late = replace(INTEREST, on_behalf=True, entered_by="Sam Scribe", late="Declared 47 days later than the law allows")
    line = lines(compose(replace(WHOLE, interests=(late,))), BEFORE)[0]
    assert "Sam Scribe entered it for Dr Fay Fenn, who declared it on 2 April 2026." in line.sentence
    assert line.details == ("Declared 47 days later than the law allows.",)


def test_who_could_gain_names_them_and_why() -> None:
    assert answer(WHOLE, "Who could gain?") == (
        "Dr Fay Fenn has an interest that matters here. Dr Fay Fenn: Own contract."
    )
    nobody = replace(WHOLE, people=(), searched="Searched 7 people.")
    assert "Nobody, as far as is recorded." in answer(nobody, "Who could gain?")
    assert "Searched 7 people." in answer(nobody, "Who could gain?")


@pytest.mark.parametrize(
    ("person", "said"),
    [
        (PERSON, "nobody with an interest in it was in the room"),
        (replace(PERSON, in_room=True, voted=True), "Dr Fay Fenn was in the room, with an interest in it"),
        (replace(PERSON, in_room=True, voted=True), "Dr Fay Fenn was in the room and voted."),
        (replace(PERSON, in_room=None, was_away=True), "Dr Fay Fenn sent apologies and was not there."),
    ],
)
def test_who_was_in_the_room_says_where_the_conflicted_were(person: ConcernedPerson, said: str) -> None:
    assert said in answer(replace(WHOLE, people=(person,)), "Who was in the room?")


def test_an_item_that_was_put_off_was_not_decided_by_whoever_was_in_the_room() -> None:
    put_off = replace(DECISION, outcome="deferred", is_decision=False)
    facts = replace(WHOLE, decisions=(put_off,), people=(replace(PERSON, in_room=True),))
    said = answer(facts, "Who was in the room?")
    assert "When the item was put off, without a decision, Dr Fay Fenn was in the room" in said


def test_a_flag_by_way_of_other_organisations_may_have_stood_before_somebody_acted_on_it() -> None:
    longer = replace(FLAG, path=(GP_NAME, "partner at Elm", "member of Fen PCN", "subject of item 7"))
    told = [
        [line for line in every_line(compose(replace(WHOLE, flags=(flag,)))) if "may have shown this before" in str(line)]
        for flag in (FLAG, longer)
    ]  # fmt: skip
    assert [len(each) for each in told] == [0, 1]


def test_whether_they_could_have_decided_without_them_is_answered_with_reasons() -> None:
    question = "Could we have decided without them?"
    assert answer(WHOLE, question).startswith("Yes. Without Dr Fay Fenn, the committee was quorate. The rule: ")
    lost = replace(ROOM, without_quorate=False, without_reasons=("Missing: 1 executive.",))
    assert answer(replace(WHOLE, rooms=(lost,)), question).startswith(
        "No. Without Dr Fay Fenn, the committee was not quorate."
    )
    assert "Missing: 1 executive." in answer(replace(WHOLE, rooms=(lost,)), question)
    other = replace(lost, committee="Board of the partnership")
    assert answer(replace(WHOLE, rooms=(ROOM, other)), question).startswith(
        "Only in part. Without Dr Fay Fenn, Primary Care Commissioning Committee was quorate."
    )


def test_of_an_item_that_was_not_screened_it_cannot_be_said_who_would_be_left_out() -> None:
    said = answer(replace(WHOLE, people=(), is_unscreened=True), "Could we have decided without them?")
    assert said.startswith("This cannot be said. The item was not screened,")


def test_an_item_that_is_not_settled_is_asked_about_in_the_present() -> None:
    room = replace(ROOM, is_final=False, taken_at=None)
    story = compose(replace(WHOLE, is_settled=False, rooms=(room,)))
    assert [each.question for each in story.answers][2] == "Can we decide without them?"
    assert story.answers[2].sentence == "Yes. Without Dr Fay Fenn, the committee is quorate."


def test_what_was_lost_names_the_clinical_voices_and_who_was_heard_before() -> None:
    question = "What did we lose by sending people out?"
    assert answer(WHOLE, question) == (
        "The clinical voice of Dr Fay Fenn (GP) was missing at the decision. "
        "Clinical members who remained: Mrs Eve Elder (nurse). Dr Fay Fenn could not join the discussion."
    )
    heard = replace(WHOLE, rulings=(replace(RULING, may_discuss=True),))
    assert "Dr Fay Fenn could join the discussion before leaving." in answer(heard, question)
    late = replace(
        WHOLE, agenda=(*proof(6, Event.ITEM_OPENED, minute(8)), *proof(7, Event.DISCUSSION_NOTED, minute(9)))
    )
    after = "Dr Fay Fenn could not join the discussion any more after the ruling, which came once it had begun."
    assert after in answer(late, question)
    nobody = replace(WHOLE, rooms=(replace(ROOM, lost_voices=(), remaining_voices=()),))
    assert answer(nobody, question) == (
        "Nothing. No clinical member was sent out for this item. No clinical member remained for the decision."
    )


def test_an_entry_that_put_a_later_item_on_an_agenda_says_so() -> None:
    agenda = proof(2, Event.ITEM_ADDED, minute(-60)) + proof(20, Event.ITEM_ADDED, minute(2000))
    told = [line.sentence for chapter in compose(replace(WHOLE, agenda=agenda)).chapters for line in chapter.lines]
    assert sum("was put on the agenda" in each for each in told) == 1
    assert "A later item was put on an agenda. It continues the matter of this one." in told


def test_the_discussion_is_told_once_where_it_was_noted_last() -> None:
    agenda = proof(5, Event.DISCUSSION_NOTED, minute(12)) + proof(6, Event.DISCUSSION_NOTED, minute(14))
    story = compose(replace(WHOLE, agenda=agenda, discussion="It was discussed."))
    noted = [line for chapter in story.chapters for line in chapter.lines if "noted the discussion" in line.sentence]
    assert [each.details for each in noted] == [
        ("As it stands now: It was discussed.", "The first notes were saved at 10:12am.")
    ]
    once = replace(WHOLE.decisions[0], outcome="noted", text=NOTED)
    told = [line.sentence for line in every_line(compose(replace(WHOLE, decisions=(once,))))]
    assert "The committee noted the item." in told
