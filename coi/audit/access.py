"""Writing the access log: who read what is restricted. Reading it back and checking it are elsewhere."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import Response, after_this_request, has_request_context

from coi.audit import entry
from coi.audit.models import AccessLog
from coi.audit.seals import digest_of
from coi.audit.state import key_of
from coi.database import Base, db
from coi.permissions.vocabulary import Actor

LOCK = 0x636F692D72656164  # "coi-read": PostgreSQL's advisory lock for the writer of the access log


def note_reading(what: str, subject: Base, actor: Actor, at: datetime, body_id: uuid.UUID | None = None) -> None:
    """Notes that `actor` reads `what` of `subject`. In a request the note is kept in a transaction of its own, when
    the page is ready and before it leaves: no note, no page. Elsewhere it is part of the caller's transaction."""
    values: dict[str, Any] = {
        "at": at,
        "account_id": actor.account_id,
        "what": what,
        "subject_table": subject.__table__.name,
        "subject_id": key_of(subject),
        "body_id": body_id,
    }
    values["digest"] = digest_of(
        {
            **values,
            "at": entry.timestamp(at),
            "account_id": None if actor.account_id is None else str(actor.account_id),
            "body_id": None if body_id is None else str(body_id),
        }
    )
    if not has_request_context():
        append(db.session.connection(), values)
        return

    @after_this_request
    def keep(response: Response) -> Response:
        if response.status_code >= 500:  # the page failed, so nobody has read anything
            return response
        db.session.rollback()  # SQLite lets nobody write while this request is still reading
        with db.engine.begin() as connection:
            append(connection, values)
        return response


def append(connection: sa.Connection, values: dict[str, Any]) -> None:
    """Adds one reading under the next number, in the connection's transaction."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
    number = sa.select(sa.func.coalesce(sa.func.max(AccessLog.seq), -1) + 1).scalar_subquery()
    connection.execute(sa.insert(AccessLog.__table__).values(seq=number, **values).inline())
