"""How releases are merged: whatever order they are read in, the newest says how things are now."""

import uuid
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.organisations.merge import HINTS, Link, NameRun, sight_name, state_relation

A, B, C = (uuid.UUID(int=number) for number in (1, 2, 3))
DAYS = [date(2019, 11, 1) + timedelta(days=200 * number) for number in range(6)]


def _runs(sightings: list[tuple[str, date]]) -> list[NameRun]:
    runs: list[NameRun] = []
    for number, (name, on) in enumerate(sightings):
        sight_name(runs, name, name.lower(), on, [day for _, day in sightings[:number]])
    return runs


def _said(runs: list[NameRun]) -> list[tuple[str, date | None, date | None]]:
    return [(run.name, run.seen_from, run.seen_to) for run in runs]


def _links(
    *stated: tuple[uuid.UUID, date | None, date | None, date], source: str = "epraccur", one_at_a_time: bool = True
) -> list[tuple[uuid.UUID, date | None, date | None]]:
    links: list[Link] = []
    for to, begins, ends, released in stated:
        kind = HINTS if begins is None else source
        state_relation(links, Link(uuid.uuid4(), to, begins, ends, kind, released), one_at_a_time=one_at_a_time)
    return [(link.to_id, link.valid_from, link.valid_to) for link in links]


def test_a_name_lasts_from_the_first_to_the_last_release_that_shows_it() -> None:
    assert _said(_runs([("Lark", DAYS[0]), ("Lark", DAYS[2]), ("Wren", DAYS[3])])) == [
        ("Lark", DAYS[0], DAYS[2]),
        ("Wren", DAYS[3], DAYS[3]),
    ]


def test_an_older_release_only_adds_a_former_name() -> None:
    assert _said(_runs([("Wren", DAYS[3]), ("Lark", DAYS[0])])) == [
        ("Lark", DAYS[0], DAYS[0]),
        ("Wren", DAYS[3], DAYS[3]),
    ]


def test_a_name_that_returns_is_shown_twice() -> None:
    assert [run.name for run in _runs([("Lark", DAYS[0]), ("Wren", DAYS[1]), ("Lark", DAYS[2])])] == [
        "Lark",
        "Wren",
        "Lark",
    ]


def test_a_change_of_spelling_alone_is_no_new_name() -> None:
    runs: list[NameRun] = []
    sight_name(runs, "ST. JOHNS", "st johns", DAYS[0])
    sight_name(runs, "ST JOHNS", "st johns", DAYS[1])
    assert _said(runs) == [("ST JOHNS", DAYS[0], DAYS[1])]


def test_a_corrected_file_of_the_same_day_has_the_last_word() -> None:
    assert _said(_runs([("Lark", DAYS[0]), ("Wren", DAYS[0])])) == [("Wren", DAYS[0], DAYS[0])]


@given(st.lists(st.tuples(st.sampled_from(["Lark", "Wren", "Dove"]), st.sampled_from(DAYS)), max_size=12))
def test_the_last_run_is_always_the_name_of_the_newest_release_and_runs_never_overlap(
    sightings: list[tuple[str, date]],
) -> None:
    runs = _runs(sightings)
    for before, after in pairwise(runs):
        assert before.seen_to is not None and after.seen_from is not None and before.seen_to < after.seen_from
        assert before.key != after.key
    if sightings:
        newest = max(on for _, on in sightings)
        assert runs[-1].name == [name for name, on in sightings if on == newest][-1]


@given(st.lists(st.sampled_from(["Lark", "Wren"]), min_size=2, max_size=6), st.randoms())
def test_releases_give_the_same_names_in_whatever_order_they_are_read(names: list[str], chance: object) -> None:
    sightings = list(zip(names, DAYS, strict=False))
    shuffled = sightings[:]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert _said(_runs(shuffled)) == _said(_runs(sightings))


def test_a_later_commissioner_ends_the_earlier_on_the_day_before() -> None:
    stated = [(A, date(2013, 4, 1), None, DAYS[0]), (B, date(2020, 4, 1), None, DAYS[2])]
    expected = [(A, date(2013, 4, 1), date(2020, 3, 31)), (B, date(2020, 4, 1), None)]
    assert _links(*stated) == expected
    assert _links(*reversed(stated)) == expected


def test_a_newer_release_corrects_a_commissioner_who_began_no_earlier() -> None:
    assert _links((A, date(2013, 4, 1), None, DAYS[0]), (B, date(2012, 4, 1), None, DAYS[1])) == [
        (B, date(2012, 4, 1), None)
    ]


def test_a_stated_end_stands() -> None:
    assert _links((A, date(2013, 4, 1), date(2017, 10, 31), DAYS[0])) == [(A, date(2013, 4, 1), date(2017, 10, 31))]


def test_a_file_without_dates_adds_only_what_no_dated_one_answers() -> None:
    dated = (A, date(2013, 4, 1), None, DAYS[2])
    assert _links(dated, (A, None, None, DAYS[1])) == [(A, date(2013, 4, 1), None)]
    assert _links((A, None, None, DAYS[1]), dated) == [(A, date(2013, 4, 1), None)]
    assert _links((B, None, None, DAYS[1])) == [(B, None, None)]


def test_memberships_of_networks_end_only_as_the_file_says() -> None:
    stated = ((A, date(2019, 10, 1), date(2022, 3, 31), DAYS[4]), (B, date(2022, 4, 1), None, DAYS[4]))
    assert _links(*stated, one_at_a_time=False) == [
        (A, date(2019, 10, 1), date(2022, 3, 31)),
        (B, date(2022, 4, 1), None),
    ]


_STATED = st.lists(
    st.tuples(st.sampled_from([A, B, C]), st.sampled_from([None, *DAYS[:4]]), st.none(), st.sampled_from(DAYS[2:])),
    max_size=8,
)


@given(_STATED)
def test_an_organisation_has_one_commissioner_at_a_time(
    stated: list[tuple[uuid.UUID, date | None, date | None, date]],
) -> None:
    links = _links(*stated)
    for _, begins, ends in links:
        assert begins is None or ends is None or begins <= ends
    for (_, _, ends), (_, begins, _) in pairwise(links):
        assert ends is not None
        assert begins is None or ends < begins


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (1, 0, 2)])
def test_three_releases_give_the_same_commissioners_in_any_order(order: tuple[int, ...]) -> None:
    stated = [
        (A, date(2013, 4, 1), None, DAYS[0]),
        (B, date(2020, 4, 1), None, DAYS[2]),
        (C, date(2021, 4, 1), None, DAYS[4]),
    ]
    assert _links(*(stated[index] for index in order)) == [
        (A, date(2013, 4, 1), date(2020, 3, 31)),
        (B, date(2020, 4, 1), date(2021, 3, 31)),
        (C, date(2021, 4, 1), None),
    ]
