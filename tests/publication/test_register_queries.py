"""A page of a published register: order, pages, words, filters, and what is left of a record of which something is withheld."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from coi.publication import register_queries
from coi.publication.catalogue import Register
from coi.publication.choice_queries import choices
from coi.publication.looking import Published, differences, lines_asked, lines_of, rows_of
from coi.publication.register_queries import Asked, public_page, public_record
from coi.publication.vocabulary import SortBy
from coi.registers.columns import Column, ColumnKind, PublicRow, RegisterShape
from coi.registers.vocabulary import RegisterKind
from tests.factories.organisations import a_body
from tests.factories.publication import AT, an_edition, shown
from tests.support.counted import counted

SHAPE = RegisterShape(
    RegisterKind.GIFTS, "Invented register",
    (
        Column("name", "Name", is_withholdable=True), Column("about", "About", ColumnKind.LIST, is_withholdable=True),
        Column("changed", "Changed", ColumnKind.DATE, is_shown=False), Column("type", "Type", is_withholdable=True),
    ),
)  # fmt: skip


class Desk:
    """An invented register whose rows and whose withheld fields a test sets."""

    def __init__(self) -> None:
        self.rows: list[PublicRow] = []
        self.hidden: dict[str, frozenset[str]] = {}
        self.register = Register(
            SHAPE, self._rows, self._hidden, "", facets=("type", "about"), subject="about", changed="changed", subject_words="About",
            choices=("type",),
        )  # fmt: skip

    def _rows(self, _body_id: object, *, on: date, at: object) -> Iterator[PublicRow]:
        return iter(self.rows)

    def _hidden(self, _body_id: object, *, at: object) -> dict[str, frozenset[str]]:
        return self.hidden

    def add(
        self,
        key: str,
        name: str,
        about: str = "Larkfield Surgery",
        kind: str = "Own",
        day: int = 1,
        until: date | None = None,
    ) -> None:
        values = {"name": name, "about": (about,), "changed": date(2026, 10, day), "type": kind}
        self.rows.append(PublicRow(key, name.casefold(), values, until))


@pytest.fixture
def desk(app, monkeypatch):
    monkeypatch.setattr(register_queries, "ROWS", 3)
    found = Desk()
    found.body = a_body()  # type: ignore[attr-defined]
    return found


def page(desk, **asked):
    return public_page(shown(desk.body, desk.register), Asked(**asked))


def keys(found):
    return [row.key for row in found.rows]


def seven(desk):
    for number, name in enumerate(("Ash", "Birch", "Cole", "Dale", "Elder", "Fenn", "Gorse")):
        desk.add(
            f"R/{number}",
            name,
            about=f"{name} House" if number % 2 else "Larkfield Surgery",
            kind=("Own", "Other")[number % 2],
            day=7 - number,
        )
    an_edition(desk.body, desk.register)


@pytest.mark.parametrize("sort", list(SortBy))
def test_each_record_stands_on_one_page_forwards_and_backwards(desk, sort):
    seven(desk)
    forwards, pages, found = [], [], page(desk, sort=sort)
    while True:
        forwards += keys(found)
        pages.append(keys(found))
        if not found.next:
            break
        found = page(desk, sort=sort, after=found.next)
    assert len(forwards) == len(set(forwards)) == 7
    while found.previous:
        pages.pop()
        found = page(desk, sort=sort, before=found.previous)
        assert keys(found) == pages[-1]
    assert len(pages) == 1


def test_the_orders_are_by_name_by_subject_and_newest_first(desk):
    seven(desk)
    assert keys(page(desk)) == ["R/0", "R/1", "R/2"]
    assert keys(page(desk, sort=SortBy.SUBJECT)) == ["R/1", "R/3", "R/5"]
    assert keys(page(desk, sort=SortBy.NEWEST)) == ["R/0", "R/1", "R/2"]


@pytest.mark.parametrize(
    ("find", "found"),
    [
        ("larkfield", 4),
        ("LARK surg", 4),
        ("birch house", 1),
        ("house larkfield", 0),
        ("R/3", 1),
        ("zzz", 0),
        ("lä", 4),
        ("", 7),
        ("ho", 3),
        ("typ", 0),  # what a column is called is no word of a record
        ("ash/birch", 0),
        ("house/birch", 1),
        ("r", 0),
    ],
)
def test_words_are_found_by_their_beginning_without_case_and_accents(desk, find, found):
    seven(desk)
    assert page(desk, find=find).count == found


WAYS = {"gathering": True, "walking": False}


@pytest.mark.parametrize("gathers", WAYS.values(), ids=WAYS)
def test_gathering_by_words_and_walking_in_order_find_the_same(desk, monkeypatch, gathers):
    seven(desk)
    monkeypatch.setattr(register_queries, "_are_few", lambda uses, _: gathers and bool(uses))
    wanted = {
        "larkfield": ["R/0", "R/2", "R/4"],
        "house": ["R/1", "R/3", "R/5"],
        "surgery lark": ["R/0", "R/2", "R/4"],
        "lark ho": [],
    }
    assert {find: keys(page(desk, find=find)) for find in wanted} == wanted
    assert keys(page(desk, find="lark", after="R/4")) == ["R/6"]
    assert keys(page(desk, find="lark", before="R/6")) == ["R/0", "R/2", "R/4"]


@pytest.mark.parametrize("gathers", WAYS.values(), ids=WAYS)
def test_a_beginning_finds_every_word_however_many_begin_so(desk, monkeypatch, gathers):
    monkeypatch.setattr(register_queries, "ROWS", 100)
    letters = "abcdefghijklmnopqrst"
    names = [f"Quen{first}{second}" for first in letters for second in letters]
    for number, name in enumerate(names):
        desk.add(f"R/{number:04d}", name, about="Elsewhere")
    an_edition(desk.body, desk.register)
    monkeypatch.setattr(register_queries, "_are_few", lambda uses, _: gathers and bool(uses))
    found = page(desk, find="quen")
    seen = keys(found)
    while found.next:
        found = page(desk, find="quen", after=found.next)
        seen += keys(found)
    assert seen == [f"R/{number:04d}" for number in range(len(names))]
    assert keys(page(desk, find="quena elsewhere")) == [f"R/{number:04d}" for number in range(len(letters))]
    assert keys(page(desk, find="R/0003 quena else")) == ["R/0003"]
    assert keys(page(desk, find="R/0025 quena else")) == []


def test_where_counting_would_take_long_a_page_says_than_how_many_there_are_more(desk, monkeypatch):
    seven(desk)
    assert (page(desk, find="lark").count, page(desk, find="lark").more_than) == (4, 0)
    monkeypatch.setattr(register_queries, "MOST_COUNTED", 3)
    assert (page(desk, find="lark").count, page(desk, find="lark").more_than) == (None, 3)
    assert page(desk, find="birch house").count == 1


@pytest.mark.parametrize(
    ("uses", "rows", "few"),
    [
        ((), 50_000, False),
        ((3,), 50_000, True),
        ((30_000,), 50_000, False),
        ((2_000, 9_000), 50_000, True),
        ((9_000, 9_000), 10_000, False),
    ],
)
def test_the_way_to_the_page_is_the_shorter_one(uses, rows, few):
    assert register_queries._are_few(uses, rows) is few


def test_filters_narrow_by_value_and_by_the_words_of_one_column(desk):
    seven(desk)
    assert page(desk, facets=("=type=own",)).count == 4
    assert page(desk, facets=("=type=own",), filters={"about": "birch"}).count == 0
    assert page(desk, filters={"about": "birch"}).count == 1
    assert page(desk, filters={"about": "cole"}).count == 0  # a name, not what it is about
    assert choices(shown(desk.body, desk.register), ["type"]) == {"type": ["Other", "Own"]}


def test_a_withheld_field_is_neither_shown_nor_found_nor_ordered_by(desk):
    seven(desk)
    desk.hidden = {"R/1": frozenset({"about"}), "R/2": frozenset({"name"})}
    assert page(desk, find="birch house").count == 0
    assert page(desk, find="cole").count == 0
    assert page(desk, find="birch").count == 1
    assert keys(page(desk)) == ["R/0", "R/1", "R/3"]
    last = page(desk, after="R/5")
    assert keys(last) == ["R/6", "R/2"]
    assert last.rows[-1].values["name"] is None and last.rows[-1].is_withheld("name")
    assert keys(page(desk, sort=SortBy.SUBJECT))[0] == "R/3"


def test_the_place_of_a_record_without_its_name_tells_nothing_of_the_name(desk, monkeypatch):
    seven(desk)
    desk.add("R/7", "Abel")
    an_edition(desk.body, desk.register)
    desk.hidden = {"R/7": frozenset({"name"}), "R/2": frozenset({"name"})}
    desk.rows[4] = PublicRow("R/4", "~", {**desk.rows[4].values, "name": None})  # withheld when it was published
    an_edition(desk.body, desk.register)
    found = Published(desk.register, None, shown(desk.body, desk.register))
    order = ["R/0", "R/1", "R/3", "R/5", "R/6", "R/2", "R/4", "R/7"]
    assert [row.key for row, _ in rows_of(found)] == order
    assert [line.values["name"] for line in lines_of(found)][5:] == [None] * 3
    compared = differences(found.shown, 0, 3)
    assert [each.key for each in compared.listed] == order
    monkeypatch.setattr(register_queries, "ROWS", 100)
    assert keys(page(desk)) == order
    assert keys(page(desk, letter="f")) == order[3:]
    assert keys(page(desk, letter="a")) == order


@pytest.mark.parametrize("gathers", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("sort", list(SortBy))
def test_a_file_of_what_is_asked_for_has_just_what_the_pages_show_in_their_order(desk, monkeypatch, sort, gathers):
    seven(desk)
    desk.add("R/8", "Larkfield Hazel", kind="Own", day=3)
    desk.add("R/9", "Larkfield Ivy", kind="Own", until=AT.date())
    an_edition(desk.body, desk.register)
    desk.hidden = {
        "R/0": frozenset({"name"}), "R/2": frozenset({"about"}), "R/4": frozenset(SHAPE.names),
        "R/8": frozenset({"about", "type"}),
    }  # fmt: skip
    monkeypatch.setattr(register_queries, "FEW", 0 if gathers else 10**6)
    view, asked = shown(desk.body, desk.register, today=date(2026, 11, 2)), Asked(find="lark", sort=sort)
    first = public_page(view, asked)
    on_pages = [*first.rows, *public_page(view, replace(asked, after=first.next)).rows] if first.next else first.rows
    lines = list(lines_asked(Published(desk.register, None, view), asked))
    assert {row.key for row in on_pages} == {"R/0", "R/6", "R/8"}
    assert [line.values["name"] for line in lines] == [row.values["name"] for row in on_pages]
    (hazel,) = (line.values for line in lines if line.values["name"] == "Larkfield Hazel")
    assert (hazel["about"], hazel["type"]) == (None, None)


@pytest.mark.parametrize("gathers", WAYS.values(), ids=WAYS)
def test_a_file_of_three_hundred_records_costs_as_many_statements_as_one_of_one(desk, monkeypatch, gathers):
    for number in range(301):
        desk.add(f"R/{number:03d}", f"Name {number:03d}", kind="Other" if number else "Own")
    an_edition(desk.body, desk.register)
    desk.hidden = {"R/000": frozenset({"name"}), "R/300": frozenset({"about"})}
    monkeypatch.setattr(register_queries, "FEW", 0 if gathers else 10**6)
    found = Published(desk.register, None, shown(desk.body, desk.register))

    def cost(kind: str) -> tuple[int, int]:
        with counted() as statements:
            rows = len(list(lines_asked(found, Asked(facets=(f"=type={kind}",)))))
        return rows, len(statements)

    (one, few), (many, as_few) = cost("own"), cost("other")
    assert (one, many) == (1, 300)
    assert few == as_few <= 3


def test_no_filter_offers_a_value_that_only_what_is_withheld_or_gone_has(desk):
    seven(desk)
    desk.add("R/8", "Hazel", kind="Rare")
    desk.add("R/9", "Ivy", kind="Past", until=AT.date())
    an_edition(desk.body, desk.register)
    assert choices(shown(desk.body, desk.register), ["type"]) == {"type": ["Other", "Own", "Past", "Rare"]}
    desk.hidden = {"R/8": frozenset({"type"})}
    later = shown(desk.body, desk.register, today=date(2026, 11, 2))
    assert choices(later, ["type"]) == {"type": ["Other", "Own"]}
    desk.hidden = {"R/8": frozenset({"name"})}
    assert choices(later, ["type"])["type"] == ["Other", "Own"]  # looked at as it was seen then
    assert choices(shown(desk.body, desk.register), ["type"])["type"] == ["Other", "Own", "Past", "Rare"]


def test_the_reference_of_what_is_gone_leads_to_no_place_in_the_order(desk):
    seven(desk)
    desk.add("R/9", "Filbert", until=AT.date())
    an_edition(desk.body, desk.register)
    assert keys(page(desk, after="R/9")) == ["R/6"]
    late = public_page(shown(desk.body, desk.register, today=date(2026, 11, 2)), Asked(after="R/9"))
    assert keys(late) == ["R/0", "R/1", "R/2"]


def test_a_record_that_is_withheld_whole_is_nowhere(desk):
    seven(desk)
    desk.hidden = {"R/1": frozenset(SHAPE.names)}
    assert keys(page(desk)) == ["R/0", "R/2", "R/3"]
    assert page(desk).count == 6
    assert page(desk, find="birch").count == 0
    assert public_record(shown(desk.body, desk.register), "R/1") == (None, 0)
    row, since = public_record(shown(desk.body, desk.register), "R/2")
    assert (row.key, since) == ("R/2", 1)


def test_the_words_of_an_earlier_edition_do_not_find_what_changed_since(desk):
    seven(desk)
    desk.rows[0] = PublicRow("R/0", "ash", {**desk.rows[0].values, "about": ("Quarry Practice",)})
    an_edition(desk.body, desk.register)
    assert page(desk, find="larkfield").count == 3
    assert page(desk, find="quarry").count == 1


def test_a_letter_is_a_place_to_start_from(desk):
    seven(desk)
    assert keys(page(desk, letter="e")) == ["R/4", "R/5", "R/6"]


def test_two_bodies_do_not_share_a_shelf(desk):
    seven(desk)
    other = SimpleNamespace(body=a_body("NHS Far Fell ICB", "far-fell"), register=desk.register)
    desk.rows = desk.rows[:1]
    an_edition(other.body, desk.register, at=AT)
    assert page(other).count == 1
    assert page(desk).count == 7
