"""The catalogue of rules: complete, in plain words, and the only place that ids come from."""

import re
from pathlib import Path

import pytest

from coi.errors import NotFound
from coi.guidance.catalogue import CATALOGUE, rule
from coi.guidance.vocabulary import Force

ROOT = Path(__file__).resolve().parents[2]
RULE_ID = re.compile(r"\b(?:DECL|REG|GIFT|HOSP|MTG|QUO|PCCC|MIN|PROC|BRE|TRN|ASS|URG)-\d\d\b")


def test_every_rule_says_what_it_asks_for_and_where_it_comes_from() -> None:
    assert len(CATALOGUE) == 52
    for rule_id, entry in CATALOGUE.items():
        assert RULE_ID.fullmatch(rule_id)
        assert entry.rule_id == rule_id
        assert entry.force in (Force.MUST, Force.SHOULD)
        assert entry.statement.endswith(".")
        assert entry.source


def test_every_rule_id_in_the_code_is_in_the_catalogue() -> None:
    for folder in ("coi", "tests"):
        for path in (ROOT / folder).rglob("*.py"):
            unknown = set(RULE_ID.findall(path.read_text(encoding="utf-8"))) - CATALOGUE.keys()
            assert not unknown, f"{path.relative_to(ROOT)}: {unknown}"


def test_a_rule_is_found_by_its_id() -> None:
    assert rule("QUO-02").force is Force.MUST
    with pytest.raises(NotFound, match="There is no rule QUO-9"):
        rule("QUO-9")
