"""A running application with a whole world in it, in which every word that people type is an attempt to inject code."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coi.database import Base, db
from tests.support.permission_stage import Stage, staged

PAYLOAD = "<xss/onclick=alert(1)>'\"&{{7*7}}"
NOT_TYPED = {"arithmetic", "clinical_words", "email", "password_hash", "rule_words", "search_key", "sort_key"}
MAY_BE_EMPTY = {
    "answer_text", "change_note", "decision_reason", "description", "discussion", "explanation", "mitigation", "note", "presenter",
    "private_reason", "progress", "reason", "referred_to", "role_words", "statement", "venue",
}  # fmt: skip
REFERENCE_DATA = {"organisation", "organisation_name"}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The world as it should be."""
    yield from staged(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The world with a payload in every free text of every table, a new table's too."""
    sa.event.listen(db.session, "before_flush", _poison)
    try:
        made = staged(tmp_path_factory.mktemp("hostile"))
        stage = next(made)
    finally:
        sa.event.remove(db.session, "before_flush", _poison)
    yield stage
    next(made, None)


def _poison(session: Session, _context: object, _instances: object) -> None:
    for row in session.new:
        table = row.__table__
        if not (row.__ledgered__ or table.name in REFERENCE_DATA):
            continue
        for column in table.columns:
            if type(column.type) is sa.Text and column.name not in NOT_TYPED:
                _poison_one(row, column.name)


def _poison_one(row: Base, name: str) -> None:
    value = getattr(row, name) or ""
    if PAYLOAD not in value and (value or name in MAY_BE_EMPTY):
        setattr(row, name, f"{value}{PAYLOAD}")
