"""The catalogue of rules: every id that code, tests and help may cite, what it asks for in our own words, and its
source. The rules themselves stand in data/catalogue.csv."""

import csv
import io
from importlib import resources

from coi.errors import NotFound
from coi.guidance.vocabulary import Force, RuleEntry


def _read() -> dict[str, RuleEntry]:
    text = resources.files("coi.guidance").joinpath("data/catalogue.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(text))
    return {
        row["rule_id"]: RuleEntry(row["rule_id"], Force(row["force"]), row["statement"], row["source"]) for row in rows
    }


CATALOGUE: dict[str, RuleEntry] = _read()


def rule(rule_id: str) -> RuleEntry:
    """Returns a rule by its id, for help texts and reports. Raises NotFound for an id that is not in the catalogue."""
    try:
        return CATALOGUE[rule_id]
    except KeyError:
        raise NotFound(f"There is no rule {rule_id}") from None
