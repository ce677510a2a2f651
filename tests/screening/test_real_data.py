"""The engine on the published ODS files and the labelled examples; skipped where they are not beside the project."""

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from coi.organisations.catalogue import reference_edges, reference_organisations
from coi.organisations.ods import read_ods, released_on_of
from coi.screening.layouts import RegisterRow, read_agenda
from coi.screening.matcher import Matcher
from coi.screening.matching_vocabulary import Decision, ReferenceOrganisation
from coi.screening.screen import screen
from tests.support.real_data import real_data

pytestmark = pytest.mark.real_data


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def organisations() -> Sequence[ReferenceOrganisation]:
    files = sorted(real_data("ods").glob("*.csv"))
    return reference_organisations(
        [(released_on_of(path.name), read_ods(path.read_bytes(), path.name)) for path in files]
    )


@pytest.fixture(scope="module")
def matcher(organisations: Sequence[ReferenceOrganisation]) -> Matcher:
    return Matcher(organisations)


def test_the_releases_in_order_yield_former_names_and_closures(organisations: Sequence[ReferenceOrganisation]) -> None:
    known = {one.code: one for one in organisations}
    assert known["F81681"].former_names == ("ACE COMMUNITY PRACTICE",)
    assert known["G85712"].status == "closed"
    assert [area.code for area in known["G83002"].areas] == ["07N", "72Q"]
    assert sum(bool(one.former_names) for one in organisations) > 1000


def test_the_example_texts_are_matched_or_left_alone(matcher: Matcher) -> None:
    right = named = left = quiet = 0
    for row in rows_of(real_data("matching", "example_matches.csv")):
        result = matcher.match(row["declared_text"], row["register_area"])
        expected = row["expected_code"].split("|")
        codes = [one.code or "ORG" for one in result.organisations] if result.decision is Decision.MATCHED else []
        if row["expected_type"] in ("NONE", "AMBIGUOUS") or row["category"] == "PCN ambiguous":
            quiet += 1
            left += not codes
        else:
            named += 1
            wanted = sorted("ORG" if code.startswith("ORG:") else code for code in expected)
            right += sorted(codes) == wanted or codes == ["C83016"]  # its note accepts the closed code
    assert (right, named) == (34, 34)
    assert (left, quiet) == (6, 6)


def test_the_example_interests_meet_the_example_items(
    matcher: Matcher, organisations: Sequence[ReferenceOrganisation]
) -> None:
    pairs = rows_of(real_data("matching", "example_conflicts.csv"))
    areas = {row["match_id"]: row["register_area"] for row in rows_of(real_data("matching", "example_matches.csv"))}
    with real_data("matching", "example_items.csv").open(encoding="utf-8", newline="") as file:
        cells = list(csv.reader(file))
    matches = list(dict.fromkeys((row["match_id"], row["interest_text"]) for row in pairs))
    register = [
        RegisterRow(number, match, "", text, None, None, None, None, areas[match])
        for number, (match, text) in enumerate(matches, 1)
    ]
    screening = screen(
        register, read_agenda(cells, "items"), on=date(2025, 1, 22), organisations=organisations,
        edges=reference_edges(organisations), finder=matcher,
    )  # fmt: skip
    items = [row[0] for row in cells[1:]]
    found = {
        (matches[int(flag.interest_key) - 1][0], items[int(flag.item_key) - 1]): flag.relation.value
        for flag in screening.flags
    }
    wrong = [
        (row["conflict_id"], row["expected"], found.get((row["match_id"], row["item_id"]), "none"))
        for row in pairs
        if found.get((row["match_id"], row["item_id"]), "none") != row["expected"]
    ]
    assert wrong == []
    listed = {(row["match_id"], row["item_id"]) for row in pairs}
    assert set(found) <= listed
