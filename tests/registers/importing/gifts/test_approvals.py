"""What a row of an older register of gifts and hospitality says of an approval, and what comes of it."""

from datetime import date

import pytest

from coi.guidance.vocabulary import BodyType, Rulebook
from coi.registers.gifts.vocabulary import Approval
from coi.registers.importing.gifts.approvals import approval_in
from coi.registers.importing.gifts.entries import changed_entry, differences, new_entry, said
from coi.registers.importing.gifts.planning import plan_of
from coi.registers.importing.gifts.vocabulary import KnownGift, StatedGift
from coi.registers.importing.sources import read_source
from coi.registers.importing.vocabulary import Answers
from tests.registers.importing.gifts_seen import HEAD, WINE
from tests.registers.importing.registers_seen import as_csv

TODAY, AS_AT = date(2026, 11, 10), date(2019, 3, 31)
MAY = date(2019, 5, 1)
DINNER = [*WINE[:3], "Accepted", "12/12/2018", "Dinner", "£30", "Tarn Pharma plc, a supplier", ""]


def stated(cell: str, heading: str = "Approved by", **changed: str) -> StatedGift:
    row = [changed.get(name, text) for name, text in zip(HEAD, DINNER, strict=True)]
    (found,) = read_source(as_csv([[*HEAD, heading], [*row, cell]]), "gifts.csv", today=TODAY).stated
    assert isinstance(found, StatedGift)
    return found


@pytest.mark.parametrize(
    ("cell", "heading", "is_approved", "on"),
    [
        ("B Birch, 01/05/2019", "Approved by", True, MAY), ("Chief Officer (1 May 2019)", "Approved by", True, MAY),
        ("Approved by line manager", "Manager", True, None), ("line manager", "Approved by", True, None),
        ("Yes – B Birch", "Line manager authorisation", True, None), ("Y", "Approved (Y/N)", True, None),
        ("✓", "Approved?", True, None), ("N", "Approved (Y/N)", False, None), ("Not approved", "Reviewed by", False, None),
        ("Approved B Birch, 1/5/2019", "Reviewing/approving officer", True, MAY), ("2019-05-01", "Date approved", True, MAY),
    ],
)  # fmt: skip
def test_a_plain_word_or_name_is_an_approval(cell: str, heading: str, is_approved: bool, on: date | None) -> None:
    assert approval_in(cell, heading, TODAY) == Approval(is_approved, on, cell)


_OPEN = (
    "Pending", "Yes, subject to declaration", "Not yet approved", "Not required", "Retrospective approval by B Birch", "See email",
    "B Birch?", "Birch", "Approved 1 May 2030", "B Birch 1/5/19 and C Cedar 3/6/19", "",
)  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "heading"),
    [
        *((each, "Approved by") for each in _OPEN),
        ("B Birch", "Line manager"),
        ("B Birch, 1/5/2019", "Reviewing/approving officer"),
        ("Yes", "Reviewed by manager"),
        ("May 2019", "Date approved"),
    ],
)
def test_anything_else_is_none(cell: str, heading: str) -> None:
    assert approval_in(cell, heading, TODAY) is None


def test_what_is_plain_is_a_field_and_what_is_not_stands_in_the_comments_with_a_note() -> None:
    plain, open_one = stated("B Birch, 01/05/2019"), stated("Asked for on Monday")
    assert plain.said["approval"].is_approved and "comments" not in plain.said
    assert said("approval", plain.said) == "Approved on 1 May 2019. As the older register says: “B Birch, 01/05/2019”"
    assert (
        "approval" not in open_one.said
        and open_one.said["comments"] == "Who approved or reviewed it: Asked for on Monday"
    )
    assert any("does not say plainly that somebody else approved it" in each for each in open_one.notes)


def test_nobody_approves_an_offer_to_themselves_and_what_was_declined_needs_none() -> None:
    """Rules: HOSP-01, HOSP-02."""
    own = stated("Dr Ann Ash, 01/05/2019")
    assert "approval" not in own.said and any("somebody else" in each for each in own.notes)
    declined = stated("B Birch", **{HEAD[3]: "Declined"})
    assert "approval" not in declined.said and "B Birch" in declined.said["comments"]
    assert not any("plainly" in each for each in declined.notes)


def test_the_day_may_stand_in_a_column_of_its_own() -> None:
    head, row = [*HEAD, "Approved by", "Date of approval"], [*DINNER, "B Birch", "01/05/2019"]
    (found,) = read_source(as_csv([head, row]), "gifts.csv", today=TODAY).stated
    assert isinstance(found, StatedGift) and found.said["approval"].on == MAY


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("Yes – B Birch", ""), ("No", "It was accepted, and a senior manager did not approve it. A suspected breach is opened"),
        ("Asked for", "It was accepted, and no approval of a senior manager is recorded yet"),
    ],
)  # fmt: skip
def test_whoever_imports_reads_what_comes_of_it(cell: str, told: str) -> None:
    """Rules: HOSP-02, BRE-01."""
    (found,) = plan_of([stated(cell)], (), (), Answers(), TODAY, AS_AT, rulebook=Rulebook(BodyType.CCG)).proposals
    assert [each for each in found.reasons if each.startswith("It was accepted")] == ([told] if told else [])


def test_a_later_file_changes_what_an_older_one_stated_and_never_what_was_decided_here() -> None:
    made = new_entry(stated("Line manager"), AS_AT)
    one = KnownGift("id", "G/2026/0001", made, is_taken_over=True, person_id="ann")
    assert list(differences(stated("Line manager"), one)) == [] == list(differences(stated(""), one))
    (told,) = differences(stated("B Birch, 01/05/2019"), one)
    assert told.startswith("Senior approval: G/2026/0001 says “Approved. As the older register says: “Line manager””")
    assert changed_entry(stated("B Birch, 01/05/2019"), one)["approval"].on == MAY
    here = KnownGift(
        "id",
        "G/2026/0001",
        {**made, "approval": Approval(False, MAY, "No reason", is_stated=False)},
        is_taken_over=True,
    )
    assert list(differences(stated("Line manager"), here)) == []
