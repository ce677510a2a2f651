"""What a file of staff would change: starters, movers and leavers, and nobody merged by name."""

from datetime import date

from coi.people.rules import sort_key
from coi.registers.people_sheets import Finder, Known, person_in
from coi.registers.starters.rules import Change, Held, Kind, changes_of

TODAY = date(2026, 11, 10)


def known(key: str, name: str, email: str = "") -> Known:
    return Known(key, name, sort_key(person_in({"name": name})), email)


ANN, BEN = known("ann", "Dr Ann Lee", "ann@x.example"), known("ben", "Mr Ben Oak", "ben@x.example")
HELD = [Held("a1", "ann", "GP adviser"), Held("b1", "ben", "Clerk")]
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
