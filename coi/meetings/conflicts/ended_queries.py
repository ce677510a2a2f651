"""Reading what people answered of a flag has ended, and the register still says as it was."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coi.database import db
from coi.meetings.conflicts.models import ConflictFlag
from coi.meetings.conflicts.vocabulary import FOUND_BY_SCREENING
from coi.meetings.models import AgendaItem, Meeting
from coi.meetings.vocabulary import FlagAnswer
from coi.registers.interests.models import Declaration, Interest, InterestConfirmation, InterestVersion

_FLAG, _VERSION = ConflictFlag, InterestVersion


@dataclass(frozen=True)
class SaidEnded:
    """An interest of somebody's own that they said has ended, in the words of the flag, and since when."""

    interest_id: uuid.UUID
    part: str
    since: date


def said_ended(person_id: uuid.UUID, body_id: uuid.UUID) -> list[SaidEnded]:
    """Returns what a person said at meetings of a body has ended and has not declared since, nor taken back: by another answer, or by
    confirming it for the register. Rule: DECL-01; USERS W2."""
    rows = db.session.execute(
        _rows(person_id, body_id, _VERSION.interest_id, _FLAG.path, _FLAG.answer_since).order_by(
            _FLAG.answered_at, _FLAG.id
        )
    )
    last = {row.interest_id: SaidEnded(row.interest_id, row.path[1], row.answer_since) for row in rows}
    return list(last.values())


def has_said_ended(person_id: uuid.UUID | None, body_id: uuid.UUID) -> sa.ColumnElement[bool]:
    """Returns the condition that there is any, for a statement that asks for something else too."""
    return sa.false() if person_id is None else _rows(person_id, body_id, _FLAG.id).correlate(None).exists()


def _rows(person_id: uuid.UUID, body_id: uuid.UUID, *columns: Any) -> sa.Select[Any]:
    newer, other, of_other = aliased(_VERSION), aliased(_FLAG), aliased(_VERSION)
    return (
        sa.select(*columns)
        .select_from(_FLAG)
        .join(_VERSION, _VERSION.id == _FLAG.interest_version_id)
        .join(Interest, Interest.id == _VERSION.interest_id)
        .join(AgendaItem, AgendaItem.id == _FLAG.item_id)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(
            _FLAG.person_id == person_id, _FLAG.answer == FlagAnswer.ENDED, _FLAG.answer_since.is_not(None),
            _FLAG.level.in_(sorted(FOUND_BY_SCREENING)), Meeting.body_id == body_id,
            Interest.person_id == person_id,  # not of the member's for whom they deputised
            Interest.disposed_at.is_(None), _VERSION.ended_on.is_(None),
            ~sa.exists().where(  # declared anew, or ended otherwise; a mitigation that somebody agreed says nothing of it
                newer.interest_id == _VERSION.interest_id, newer.number > _VERSION.number,
                newer.declaration_id.is_distinct_from(_VERSION.declaration_id) | newer.ended_on.is_not(None),
            ),
            ~sa.exists().where(
                InterestConfirmation.version_id == _VERSION.id, Declaration.id == InterestConfirmation.declaration_id,
                Declaration.submitted_at > _FLAG.answered_at,
            ),
            ~sa.exists().where(
                other.person_id == person_id, of_other.id == other.interest_version_id,
                of_other.interest_id == _VERSION.interest_id, other.answer != FlagAnswer.ENDED,
                other.answered_at > _FLAG.answered_at,
            ),
        )
    )  # fmt: skip
