"""Writes docs/rules.md: each rule of the catalogue, its source, where the code obeys it and which tests show it.

Run it with `python docs/make_rules.py` after citing a rule id in code or tests; `--check` says whether the page is up to date.
"""

import re
import sys
from collections.abc import Mapping
from pathlib import Path

from coi.guidance.catalogue import CATALOGUE

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "rules.md"
RULE_ID = re.compile(r"\b(?:DECL|REG|GIFT|HOSP|MTG|QUO|PCCC|MIN|PROC|BRE|TRN|ASS|URG)-\d\d\b")
SCANNED = ("*.py", "*.html")
TOPICS = {
    "DECL": "Declarations",
    "REG": "Registers",
    "GIFT": "Gifts",
    "HOSP": "Hospitality",
    "MTG": "Meetings",
    "QUO": "Quorum",
    "PCCC": "Primary care commissioning committees",
    "MIN": "Minutes",
    "PROC": "Procurement",
    "BRE": "Breaches",
    "TRN": "Training",
    "ASS": "Assurance",
    "URG": "Urgent decisions",
}
HEAD = """# Rules

This page is made by `python docs/make_rules.py` from `coi/guidance/data/catalogue.csv` and from the rule ids that code and tests
cite. Do not edit it by hand. The statements are in our own words; the source is where to read the rule itself.
**Must** is law or a duty, **should** is statutory guidance: comply or explain. A dash means that nothing cites the rule yet.
What a person has to do outside the product is said beside the code.
"""
OUTSIDE = {
    "ASS-01": "The product says how often, and keeps the evidence. The audit, attestation and certification are made outside it."
}
"""Rules that people keep outside the product, and what it does towards them."""


def cited_in(folder: str) -> dict[str, list[str]]:
    """Returns rule id → the files of a folder that cite it, sorted."""
    found: dict[str, list[str]] = {}
    paths = {path for pattern in SCANNED for path in (ROOT / folder).rglob(pattern)}
    for path in sorted(paths):
        for rule_id in sorted(set(RULE_ID.findall(path.read_text(encoding="utf-8")))):
            found.setdefault(rule_id, []).append(path.relative_to(ROOT).as_posix())
    return found


def page() -> str:
    """Returns the whole page as text."""
    code, tests = cited_in("coi"), cited_in("tests")
    return "\n".join([HEAD, *(section(prefix, title, code, tests) for prefix, title in TOPICS.items())])


def section(prefix: str, title: str, code: Mapping[str, list[str]], tests: Mapping[str, list[str]]) -> str:
    """Returns the rules whose ids start with `prefix`, as a table under its own heading."""
    lines = [
        f"## {title}",
        "",
        "| Rule | Force | What it asks for | Source | Code | Tests |",
        "|---|---|---|---|---|---|",
    ]
    for rule_id, entry in CATALOGUE.items():
        if rule_id.partition("-")[0] == prefix:
            places = f"{_files(code.get(rule_id), OUTSIDE.get(rule_id))} | {_files(tests.get(rule_id))}"
            lines.append(f"| {rule_id} | {entry.force} | {entry.statement} | {entry.source} | {places} |")
    return "\n".join([*lines, ""])


def _files(paths: list[str] | None, said: str | None = None) -> str:
    lines = [*(f"`{path}`" for path in paths or ()), *([said] if said else ())]
    return "<br>".join(lines) or "–"


if __name__ == "__main__":
    if "--check" in sys.argv[1:]:
        sys.exit(
            0 if PAGE.exists() and PAGE.read_text(encoding="utf-8") == page() else "Run: python docs/make_rules.py"
        )
    PAGE.write_text(page(), encoding="utf-8")
    print(f"Wrote {PAGE.relative_to(ROOT)}")
