"""Who may have papers, as pure rules: by ruling, part and state; letters; what is taken in and until when."""

import uuid
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.errors import RuleBroken
from coi.guidance.actions import effects_of
from coi.guidance.vocabulary import ActionCode
from coi.meetings.papers import rules
from coi.meetings.papers.rules import may_have
from coi.meetings.papers.vocabulary import RuledOn
from coi.meetings.vocabulary import ItemState, MeetingState, Part

ANN, BOB = uuid.UUID(int=1), uuid.UUID(int=2)
HERE, ELSEWHERE = uuid.UUID(int=3), uuid.UUID(int=4)
PUBLIC, PRIVATE = Part.PUBLIC, Part.PRIVATE
PLANNED, OPEN, CLOSED = MeetingState.PLANNED, MeetingState.OPEN, MeetingState.CLOSED


def ruled(*actions: str, person: uuid.UUID = ANN, committee: uuid.UUID = HERE, number: int = 1) -> RuledOn:
    return RuledOn(person, committee, number, actions)


@pytest.mark.parametrize(
    ("actions", "part", "has_them"),
    [
        (("A2",), PUBLIC, False),
        (("A2",), PRIVATE, False),
        (("A3", "A4"), PUBLIC, False),
        (("A3", "A4"), PRIVATE, False),
        (("A3", "A5"), PUBLIC, False),
        (("A4",), PUBLIC, True),
        (("A4",), PRIVATE, False),
        (("A1", "A4"), PRIVATE, False),
        (("A5",), PUBLIC, True),
        (("A5",), PRIVATE, True),
        (("S1",), PRIVATE, True),
        (("S1", "A3"), PRIVATE, False),
        (("A6",), PRIVATE, True),
        (("A1", "A6"), PRIVATE, True),
        (("A9",), PUBLIC, False),
    ],
)
def test_the_ruling_says_who_receives_the_papers(actions: tuple[str, ...], part: Part, has_them: bool) -> None:
    """Rule: MTG-03, MTG-08."""
    for state in (PLANNED, OPEN):
        verdict = may_have(ANN, [ruled(*actions)], part, state)
        assert verdict.allowed is has_them
        assert (verdict.reason == rules.WITHHELD) is not has_them


def test_nothing_is_withheld_before_a_ruling() -> None:
    for part in Part:
        assert may_have(ANN, [], part, PLANNED).reason == rules.NOT_RULED


def test_a_ruling_on_somebody_else_withholds_nothing() -> None:
    assert may_have(ANN, [ruled("A3", "A4", person=BOB)], PRIVATE, OPEN).allowed
    assert may_have(None, [ruled("A3", "A4")], PRIVATE, OPEN).allowed


def test_the_last_ruling_of_a_committee_stands_in_whatever_order_they_come() -> None:
    harder, softer = ruled("A3", "A4", number=1), ruled("A5", number=2)
    for order in ([harder, softer], [softer, harder]):
        assert may_have(ANN, order, PRIVATE, OPEN).allowed
    assert not may_have(ANN, [softer, ruled("A2", number=3)], PRIVATE, OPEN).allowed


def test_one_committee_of_several_is_enough() -> None:
    assert not may_have(ANN, [ruled("A6"), ruled("A2", committee=ELSEWHERE)], PUBLIC, OPEN).allowed


def test_once_the_meeting_is_closed_the_public_part_is_for_everybody_and_the_private_part_is_not() -> None:
    out = [ruled("A3", "A4")]
    assert may_have(ANN, out, PUBLIC, CLOSED).reason == rules.PUBLIC_AFTERWARDS
    assert not may_have(ANN, out, PRIVATE, CLOSED).allowed


CODES = st.lists(st.sampled_from([each.value for each in ActionCode]), unique=True, max_size=4)
RULINGS = st.lists(
    st.builds(
        RuledOn, st.sampled_from([ANN, BOB]), st.sampled_from([HERE, ELSEWHERE]), st.integers(1, 9), CODES.map(tuple)
    ),
    unique_by=lambda each: (each.person_id, each.committee_id, each.number),
)


@given(RULINGS, st.sampled_from(Part), st.sampled_from(MeetingState), CODES)
def test_whoever_a_standing_ruling_takes_the_papers_from_never_has_them_while_the_meeting_lasts(
    earlier: list[RuledOn], part: Part, state: MeetingState, codes: list[str]
) -> None:
    last = ruled(*codes, number=10)
    verdict = may_have(ANN, [*earlier, last], part, state)
    if not effects_of(codes).papers and not (part is PUBLIC and state is CLOSED):
        assert not verdict.allowed
    if verdict.allowed and state is not CLOSED:
        assert effects_of(codes).papers
        assert part is PUBLIC or effects_of(codes).discuss
    assert verdict.reason


@given(RULINGS, st.sampled_from(Part), st.sampled_from(MeetingState))
def test_private_papers_are_never_given_more_freely_than_public_ones(
    rulings: list[RuledOn], part: Part, state: MeetingState
) -> None:
    assert may_have(ANN, rulings, PRIVATE, state).allowed <= may_have(ANN, rulings, PUBLIC, state).allowed
    assert may_have(ANN, rulings, part, state).allowed <= may_have(ANN, rulings, part, CLOSED).allowed


def test_letters_follow_the_alphabet_and_go_on_after_z() -> None:
    assert [rules.letter_of(number) for number in (1, 2, 26, 27, 52, 53, 702, 703)] == [
        "a", "b", "z", "aa", "az", "ba", "zz", "aaa",
    ]  # fmt: skip
    letters = [rules.letter_of(number) for number in range(1, 800)]
    assert all((len(first), first) < (len(second), second) for first, second in pairwise(letters))


@pytest.mark.parametrize("name", ["paper.pdf", "Paper.DOCX", "C:\\a\\costs.xlsx", "slides.pptx", "map.png", "map.JPEG"])
def test_papers_come_as_documents_tables_slides_and_pictures(name: str) -> None:
    rules.check_is_paper(name)


@pytest.mark.parametrize("name", ["paper", "paper.exe", "data.csv", "paper.pdf.html", "", "old.doc"])
def test_other_kinds_are_no_papers(name: str) -> None:
    with pytest.raises(RuleBroken, match="must be a PDF, DOCX, XLSX, PPTX, PNG or JPG") as broken:
        rules.check_is_paper(name)
    assert broken.value.field == "file"


def test_papers_are_added_until_the_item_is_settled_or_the_meeting_closed() -> None:
    for item in ItemState:
        if item in (ItemState.PLANNED, ItemState.OPEN):
            rules.check_papers_may_be_added(OPEN, item)
        else:
            with pytest.raises(RuleBroken, match="settled"):
                rules.check_papers_may_be_added(OPEN, item)
        with pytest.raises(RuleBroken, match="closed"):
            rules.check_papers_may_be_added(CLOSED, item)


@pytest.mark.parametrize(
    ("size", "words"), [(1, "PDF, 1 KB"), (1500, "PDF, 1 KB"), (200_000, "PDF, 195 KB"), (1_572_864, "PDF, 1.5 MB")]
)
def test_a_file_says_what_it_is_and_how_large(size: int, words: str) -> None:
    assert rules.file_words("Costs.pdf", size) == words
