"""Whether a file may hold a record that is disposed of, by whom it names and what it says."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from coi.registers.disposal.sought import Sought, TakenIn, as_sought, may_hold
from coi.registers.vocabulary import RegisterKind

BODY, RECORD = uuid.uuid4(), str(uuid.uuid4())
BEFORE, FIRST, SINCE = (datetime(year, 3, 1, tzinfo=UTC) for year in (2018, 2019, 2020))
ONE = Sought(
    RECORD, RegisterKind.INTERESTS, FIRST, frozenset({BODY}), frozenset({FIRST}), frozenset({"wyn jones"}), frozenset({"dr s win"}),
    frozenset({"tarn care ltd"}),
)  # fmt: skip
FILE = TakenIn("interests", BODY, SINCE, False, "dr s wyn jones gp partner")


@pytest.mark.parametrize(
    "text", ["dr wyn jones", "wynjones s", "mr wyn jonesy", "s win dr", "name wyn jones interest none"]
)
def test_a_file_since_then_may_hold_it_where_it_names_the_holder_however_written(text: str) -> None:
    assert may_hold(replace(FILE, text=text), ONE)


@pytest.mark.parametrize("text", ["dr wyn", "jones wyn", "tarn care ltd", "dr s winter", ""])
def test_a_file_that_names_somebody_else_stays(text: str) -> None:
    assert not may_hold(replace(FILE, text=text), ONE)


def test_a_short_name_is_looked_for_as_a_word_alone() -> None:
    short = replace(ONE, names=frozenset({"ash"}))
    assert may_hold(replace(FILE, text="dr ash"), short) and not may_hold(replace(FILE, text="cash"), short)


def test_an_older_file_may_hold_it_where_it_says_the_words_as_well_and_one_that_waits_in_any_case() -> None:
    older = replace(FILE, at=BEFORE)
    assert not may_hold(older, ONE) and may_hold(replace(older, is_open=True), ONE)
    assert may_hold(replace(older, text="wyn jones director tarn care ltd"), ONE)
    assert not may_hold(replace(older, text="director tarn care ltd"), ONE)


def test_the_file_that_it_came_from_and_one_of_which_somebody_said_so_hold_it_whatever_they_say() -> None:
    assert may_hold(replace(FILE, at=FIRST, text="?"), ONE)
    assert may_hold(replace(FILE, text="?", said=f'{{"same": {{"1": "{RECORD}"}}}}'), ONE)


def test_a_file_that_cannot_be_read_may_hold_anything_since_then() -> None:
    unread = replace(FILE, text=None)
    assert may_hold(unread, ONE) and not may_hold(replace(unread, at=BEFORE), ONE)


def test_a_file_of_another_register_or_body_does_not_and_one_that_nobody_knows_may() -> None:
    assert not may_hold(replace(FILE, register="gifts"), ONE) and may_hold(replace(FILE, register=None), ONE)
    assert not may_hold(replace(FILE, body_id=uuid.uuid4()), ONE)


def test_a_title_that_was_cut_short_is_looked_for_without_the_word_that_was_cut() -> None:
    assert as_sought("Minor surgery in the val …") == "minor surgery in the" and as_sought("Wound care") == "wound care"


def test_a_record_about_nobody_is_looked_for_by_its_words() -> None:
    bare = replace(ONE, names=frozenset(), called=frozenset())
    assert not may_hold(FILE, bare) and may_hold(replace(FILE, at=BEFORE, text="to tarn care ltd for a year"), bare)
