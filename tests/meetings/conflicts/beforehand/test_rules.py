"""When it is time to ask before a meeting, and what an answer has to say."""

import uuid
from datetime import UTC, date, datetime

import pytest

from coi.errors import NotFound, RuleBroken
from coi.meetings.conflicts.beforehand.rules import check_said, is_time, mail_of, newly_said
from coi.meetings.conflicts.beforehand.vocabulary import ItemSaid, Said, SaidDetails

HELD = date(2026, 11, 10)
ITEM, INTEREST = uuid.UUID(int=1), uuid.UUID(int=2)
AT = datetime(2026, 11, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("on", "days", "due"),
    [
        (date(2026, 11, 2), 7, False),
        (date(2026, 11, 3), 7, True),
        (date(2026, 11, 10), 7, True),
        (date(2026, 11, 11), 7, False),
        (date(2026, 11, 9), None, False),
    ],
)
def test_everybody_is_asked_so_many_days_before_and_not_afterwards(on, days, due):
    assert is_time(HELD, on, days) is due


def said(**changes):
    return SaidDetails(True, "", (ItemSaid(ITEM, True, INTEREST), *changes.pop("more", ())))


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (SaidDetails(False, "", ()), "register_text"),
        (SaidDetails(True, "", (ItemSaid(ITEM, True),)), f"text_{ITEM.hex}"),
    ],
)
def test_what_changed_and_which_interest_has_to_be_said(details, field):
    with pytest.raises(RuleBroken) as broken:
        check_said(details, {ITEM: 7}, {INTEREST})
    assert broken.value.field == field


@pytest.mark.parametrize(("shown", "own"), [({}, {INTEREST}), ({ITEM: 7}, set())])
def test_nobody_speaks_of_an_item_that_they_were_not_shown_or_of_an_interest_of_somebody_else(shown, own):
    with pytest.raises(NotFound):
        check_said(said(), shown, own)


def test_the_same_answer_again_is_nothing_new():
    before = Said(uuid.uuid4(), AT, True, "", {ITEM: ItemSaid(ITEM, True, INTEREST)})
    assert list(newly_said(said(), before)) == []
    assert [each.item_id for each, _last in newly_said(said(), None)] == [ITEM]


@pytest.mark.parametrize(
    ("text", "number"), [("my wife works  for the Bidder.", 0), ("My wife works for them", 1), ("", 1), (None, 1)]
)
def test_capitals_spaces_and_stops_are_nothing_new_and_naming_it_no_more_is(text, number):
    last = ItemSaid(ITEM, True, None, "My wife works for the bidder")
    now = ItemSaid(ITEM, False) if text is None else ItemSaid(ITEM, True, None, text)
    found = list(newly_said(SaidDetails(True, "", (now,)), Said(uuid.uuid4(), AT, True, "", {ITEM: last})))
    assert found == [(now, last)] * number
    assert not list(newly_said(SaidDetails(True, "", (ItemSaid(ITEM, False),)), None))


def test_the_mail_has_the_link_and_names_no_item():
    subject, text = mail_of(
        name="Dr Fenn", meeting="PCCC", day="10 November 2026", url="https://x/y", until="then", contact="Sam"
    )
    assert "10 November 2026" in subject
    assert "https://x/y" in text
    assert "only that counts" in text
