"""docs/rules.md: made from the catalogue and from what code and tests cite."""

import runpy
from pathlib import Path
from typing import Any

from coi.guidance.catalogue import CATALOGUE

ROOT = Path(__file__).resolve().parents[2]


def _maker() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "docs" / "make_rules.py"), run_name="make_rules")


def test_the_page_of_rules_is_up_to_date() -> None:
    written = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert written == _maker()["page"](), "Run: python docs/make_rules.py"


def test_the_page_names_every_rule_once_with_its_source() -> None:
    rows = [line for line in _maker()["page"]().splitlines() if line.startswith("| ") and "-" in line.split(" | ")[0]]
    assert [row.split(" | ")[0].removeprefix("| ") for row in rows] == list(CATALOGUE)
    assert all(CATALOGUE[row.split(" | ")[0].removeprefix("| ")].source in row for row in rows)


def test_where_a_rule_is_obeyed_is_found_in_code_and_tests() -> None:
    maker = _maker()
    assert "coi/committees/quorum.py" in maker["cited_in"]("coi")["QUO-02"]
    assert "tests/committees/test_quorum.py" in maker["cited_in"]("tests")["QUO-02"]


def test_what_people_do_outside_the_product_is_said_beside_the_code() -> None:
    maker = _maker()
    rows = {line.split(" | ")[0].removeprefix("| "): line for line in maker["page"]().splitlines()}
    assert maker["OUTSIDE"].keys() <= CATALOGUE.keys()
    assert all(said in rows[rule_id].split(" | ")[4] for rule_id, said in maker["OUTSIDE"].items())
