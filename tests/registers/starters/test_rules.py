"""What a file of staff would change: starters, movers and leavers, and nobody merged by name."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.people.rules import sort_key
from coi.registers.people_sheets import Finder, Known, person_in
from coi.registers.starters.rules import changes_of, moved_on, too_early
from coi.registers.starters.vocabulary import TICKED, Change, Held, Kind

TODAY = date(2026, 11, 10)


def known(key: str, name: str, email: str = "") -> Known:
    return Known(key, name, sort_key(person_in({"name": name})), email)


ANN, BEN = known("ann", "Dr Ann Lee", "ann@x.example"), known("ben", "Mr Ben Oak", "ben@x.example")
SINCE = date(2024, 5, 11)
HELD = [Held("a1", "ann", "GP adviser", SINCE), Held("b1", "ben", "Clerk", SINCE)]
NAMES = {"ann": "Dr Ann Lee", "ben": "Mr Ben Oak"}


def changes(*rows: dict[str, str], is_everybody: bool = False, people: tuple[Known, ...] = (ANN, BEN)) -> list[Change]:
    numbered = list(enumerate(rows, start=2))
    return changes_of(numbered, Finder(people), HELD, NAMES, is_everybody=is_everybody, today=TODAY)


def kinds(*rows: dict[str, str], **others: bool) -> list[Kind]:
    return [each.kind for each in changes(*rows, **others)]  # type: ignore[arg-type]


def row(name: str, post: str, **others: str) -> dict[str, str]:
    return {"name": name, "post": post, **others}


def test_a_person_known_by_address_stays_moves_starts_or_leaves() -> None:
    email = {"email": "ann@x.example"}
    assert kinds(row("Ann Lee", "gp adviser", **email)) == [Kind.SAME]
    (moved,) = changes(row("Ann Lee-Newname", "Clinical lead", start="01/11/2026", **email))
    assert (moved.kind, moved.on, [each.post for each in moved.held]) == (Kind.MOVES, date(2026, 11, 1), ["GP adviser"])
    (left,) = changes(row("Ann Lee", "GP adviser", end="2026-10-31", **email))
    assert (left.kind, left.on, left.person_id) == (Kind.LEAVES, date(2026, 10, 31), "ann")


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ({"hired": "11/05/2024"}, TODAY),
        ({"hired": "01/11/2026"}, TODAY),
        ({"start": "11/05/2024"}, TODAY),
        ({"start": "01/11/2026", "hired": "11/05/2024"}, date(2026, 11, 1)),
        ({}, TODAY),
    ],
)
def test_whoever_moves_starts_when_the_change_was_seen_or_the_file_says_and_never_on_the_day_of_hire(
    said, first
) -> None:
    (moved,) = changes(row("Ann Lee", "Clinical lead", email="ann@x.example", **said))
    assert (moved.kind, moved.on, moved.moves_on) == (Kind.MOVES, first, first)
    assert ("The file " in moved.words) == (first == TODAY)
    (asked,) = changes(row("Ann Lee", "Clinical lead", **said))
    assert (asked.kind, asked.moves_on) == (Kind.NAMESAKE, first)


@pytest.mark.parametrize(
    ("held", "listed", "start", "kind"),
    [
        ("GP member, Hollow Valley", "GP member", "01/04/2020", Kind.SAME),
        ("GP member (north)", "GP member", "", Kind.SAME),
        ("GP member, Hollow Valley", "GP member", "01/11/2026", Kind.MOVES),
        ("GP membership lead", "GP member", "", Kind.MOVES),
        ("GP member", "GP member, Hollow Valley", "", Kind.MOVES),
    ],
)
def test_a_post_that_only_lost_its_addition_in_the_file_is_no_move(
    held: str, listed: str, start: str, kind: Kind
) -> None:
    rows = [(2, row("Ann Lee", listed, email="ann@x.example", start=start))]
    posts = [Held("a1", "ann", held, SINCE)]
    (found,) = changes_of(rows, Finder((ANN,)), posts, NAMES, is_everybody=False, today=TODAY)
    assert found.kind is kind


def test_a_day_in_the_file_that_cannot_be_that_of_the_move_is_said() -> None:
    (moved,) = changes(row("Ann Lee", "Clinical lead", email="ann@x.example", start="01/04/2020"))
    assert "The file says since 1 April 2020, when they held another post already" in moved.words


def test_a_new_person_starts_on_the_day_of_hire() -> None:
    (new,) = changes(row("New Person", "Clerk", hired="02/11/2026"))
    assert (new.kind, new.on, new.moves_on) == (Kind.NEW, date(2026, 11, 2), None)


@given(
    held=st.lists(st.dates(date(2015, 1, 1), date(2030, 1, 1)), min_size=1, max_size=3), start=st.none() | st.dates()
)
def test_no_move_empties_an_old_post(held: list[date], start: date | None) -> None:
    posts = [Held(str(number), "ann", f"Post {number}", since) for number, since in enumerate(held)]
    on = moved_on(start, posts, TODAY)
    assert not too_early(on, posts) and too_early(max(held), posts)


def test_a_last_day_before_the_post_began_is_no_end_and_whoever_starts_later_has_not_gone() -> None:
    (left,) = changes(row("Ann Lee", "GP adviser", email="ann@x.example", end="2023-01-01"))
    assert (left.kind, left.words) == (
        Kind.PROBLEM, "The last day, 1 January 2023, is before 11 May 2024, when GP adviser began"
    )  # fmt: skip
    later = [Held("a1", "ann", "GP adviser", date(2026, 12, 1))]
    assert changes_of([], Finder(()), later, NAMES, is_everybody=True, today=TODAY) == []


def test_who_is_away_for_long_by_the_file_is_proposed_once_and_never_says_why() -> None:
    email = {"email": "ann@x.example"}
    rows = [(2, row("Ann Lee", "GP adviser", status="Maternity & Adoption", **email)),
            (3, row("Ben Oak", "Clerk", status="Active Assignment")), (4, row("New Person", "Clerk", status="Career Break"))]  # fmt: skip

    def found(away: tuple[str, ...] = ()) -> list[Change]:
        return changes_of(rows, Finder((ANN, BEN)), HELD, NAMES, is_everybody=False, today=TODAY, away=away)

    assert [each.kind for each in found()] == [Kind.SAME, Kind.AWAY, Kind.SAME, Kind.NEW]
    (away,) = (each for each in found() if each.kind is Kind.AWAY)
    assert (away.person_id, away.moves_on) == ("ann", TODAY) and "aternity" not in away.words
    assert Kind.AWAY not in {each.kind for each in found(("ann",))} and Kind.AWAY not in TICKED


@pytest.mark.parametrize("status", ["Active - maternity cover", "Returned from maternity leave", "Not suspended"])
def test_who_stands_in_for_somebody_away_or_has_come_back_is_here(status: str) -> None:
    found = changes(row("Ann Lee", "GP adviser", status=status, email="ann@x.example"))
    assert [each.kind for each in found] == [Kind.SAME]


def test_somebody_with_two_posts_in_the_file_keeps_the_first() -> None:
    email = {"email": "ann@x.example"}
    found = changes(row("Ann Lee", "GP adviser", **email), row("Ann Lee", "Clinical lead", **email))
    assert [(each.kind, each.held) for each in found] == [(Kind.SAME, ()), (Kind.STARTS, ())]


def test_a_name_alone_never_decides_who_somebody_is() -> None:
    (asked,) = changes(row("Ann Lee", "Clinical lead"))
    assert (asked.kind, asked.person_id) == (Kind.NAMESAKE, "ann")
    (asked,) = changes(row("Ann Lee", "GP adviser", email="another@x.example"))
    assert asked.kind is Kind.NAMESAKE
    assert kinds(row("Ann Lee", "GP adviser")) == [Kind.SAME]
    two = (ANN, known("ann2", "Ms Ann Lee", "ann2@x.example"))
    (asked,) = changes(row("Ann Lee", "Clinical lead"), people=two)
    assert (asked.kind, asked.person_id) == (Kind.NAMESAKE, "")


def test_whoever_is_not_in_a_file_of_everybody_may_have_left() -> None:
    found = changes(row("Ann Lee", "GP adviser", email="ann@x.example"), is_everybody=True)
    assert [(each.kind, each.name) for each in found] == [(Kind.SAME, "Dr Ann Lee"), (Kind.GONE, "Mr Ben Oak")]


def test_what_cannot_be_read_is_said_row_by_row() -> None:
    found = changes(
        row("", "Clerk"), row("New Person", ""), row("New Person", "Clerk", start="soon"),
        row("New Person", "Clerk", start="2026-11-01", end="2026-10-01"), row("Long Gone", "Clerk", end="2020-01-01"),
        row("New Person", "Clerk", email="new.person"), row("New Person", "Clerk", email="N/A"),
    )  # fmt: skip
    assert [(each.number, each.kind) for each in found] == [
        (2, Kind.PROBLEM), (3, Kind.PROBLEM), (4, Kind.PROBLEM), (5, Kind.PROBLEM), (6, Kind.SAME),
        (7, Kind.PROBLEM), (8, Kind.NEW),
    ]  # fmt: skip
    assert "“soon” is not a first day" in found[2].words


def test_a_day_far_ahead_is_asked_about_and_one_in_ten_years_is_a_slip_of_the_year() -> None:
    email = {"email": "ann@x.example"}
    near, far, slip, leaves = changes(
        row("New Person", "Clerk", start="01/11/2027"), row("Other Person", "Clerk", start="01/12/2027"),
        row("Third Person", "Clerk", start="01/12/2036"), row("Ann Lee", "GP adviser", end="31/03/2028", **email),
    )  # fmt: skip
    assert [each.is_far for each in (near, far, slip, leaves)] == [False, True, False, True]
    assert (slip.kind, slip.words) == (
        Kind.PROBLEM,
        "The first day, 1 December 2036, is more than 5 years ahead. Correct the year in the file",
    )
