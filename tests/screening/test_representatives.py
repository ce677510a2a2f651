"""Posts in a local medical committee, and items on which a body deals with one. RULEBOOK §23 scenario 47."""

from datetime import date

import pytest

from coi.screening.layouts import AgendaRow, RegisterRow
from coi.screening.representatives import negotiated_with, with_representatives
from coi.screening.rules import flags_for
from coi.screening.screen import screen
from coi.screening.vocabulary import InterestFact, ItemFact, Level, RelationKind

DAY = date(2026, 3, 4)


def found(declared: str, title: str, description: str = "") -> list[tuple[Level, RelationKind, tuple[str, ...]]]:
    """What somebody who declares this is flagged with on an item of this wording."""
    rows = [RegisterRow(1, "Dr Elm", "", declared, None, None, None, None, "", line=2)]
    agenda = [AgendaRow(1, "1", title, description, None, None, "")]
    return [(flag.level, flag.relation, flag.path[1:]) for flag in screen(rows, agenda, on=DAY).flags]


@pytest.mark.parametrize("declared", [
    "Chair of Devon LMC", "Elected member, Devon Local Medical Committee", "LMC representative", "Secretary to the LMC",
])  # fmt: skip
@pytest.mark.parametrize("title", [
    "LMC negotiation: local premium for all Devon practices", "Uplift of fees agreed with Devon LMC",
    "Dispute with the Local Medical Committee about the spirometry rate",
])  # fmt: skip
def test_whoever_has_a_post_in_the_committee_that_a_body_deals_with_is_softly_flagged(
    declared: str, title: str
) -> None:
    ((level, relation, path),) = found(declared, title)
    assert (level, relation) == (Level.RELATED, RelationKind.NON_FINANCIAL)
    assert path[0] == f"has a post in {'Devon' if 'Devon' in declared else 'the'} LMC"
    assert path[-1] == "which speaks for practices in item 1"


@pytest.mark.parametrize(("declared", "title"), [
    ("Chair of Kent LMC", "Fees: negotiation with Devon LMC"),
    ("Pays the LMC levy", "Fees: negotiation with Devon LMC"),
    ("Nil", "Fees: negotiation with Devon LMC"),
    ("Chair of Devon LMC", "Update from the LMC"),
    ("Chair of Devon LMC", "Local premium for all practices"),
])  # fmt: skip
def test_another_committee_a_levy_and_an_item_that_deals_with_none_flag_nobody(declared: str, title: str) -> None:
    assert found(declared, title) == []


def test_a_description_says_with_whom_a_body_deals_sentence_by_sentence() -> None:
    assert (
        negotiated_with("Local premium", "The rate is agreed with Devon and Cornwall LMC.").name
        == "Devon and Cornwall LMC"
    )  # type: ignore[union-attr]
    assert negotiated_with("Premium", "The LMC was told. The rate stays.") is None


def test_a_post_that_ended_long_ago_leads_nowhere_and_one_that_just_ended_is_told_so() -> None:
    item = ItemFact("7", "LMC", DAY, negotiates_with=negotiated_with("LMC negotiation", ""))
    ended = InterestFact("1", "Dr Elm", (), text="Chair of Devon LMC", ended_on=date(2026, 1, 31))
    items, interests = with_representatives([item], [ended])
    (flag,) = flags_for(interests, items)
    assert (flag.level, flag.path[1]) == (Level.RESIDUAL, "had a post in Devon LMC until 31 January 2026")
