"""Server-side sessions: the browser holds a random token, the database its hash and what is kept. Signing out ends
both."""

import hashlib
import secrets
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask, Request, Response, session
from flask.sessions import SessionInterface, SessionMixin
from flask_login import login_user
from werkzeug.datastructures import CallbackDict

from coi import clock
from coi.accounts.models import Account, ServerSession
from coi.config import Config
from coi.database import db, reading_only
from coi.errors import NotFound

SEEN_EVERY = timedelta(minutes=1)
USER = "_user_id"  # Flask-Login's key
_MOST_TOKEN = 64


class StoredSession(CallbackDict[str, Any], SessionMixin):
    """What is kept for one browser. `token` is None until it is stored; `renewed` gives it a new token when it is."""

    def __init__(
        self, data: dict[str, Any] | None = None, token: str | None = None, seen_at: datetime | None = None
    ) -> None:
        def changed(_self: CallbackDict[str, Any]) -> None:
            self.modified = True

        super().__init__(data or {}, changed)
        self.token = token
        self.seen_at = seen_at
        self.new = token is None
        self.modified = False
        self.renewed = False

    @property
    def token_hash(self) -> str | None:
        return None if self.token is None else hash_of(self.token)


class ServerSessions(SessionInterface):
    """Keeps sessions in the database, each write in a short transaction of its own, apart from the request's."""

    def __init__(self, config: Config) -> None:
        self.idle = timedelta(minutes=config.session_idle_minutes)
        self.absolute = timedelta(hours=config.session_absolute_hours)
        self.secure = config.secure_cookies
        self.cookie = "__Host-sid" if config.secure_cookies else "sid"

    def open_session(self, app: Flask, request: Request) -> StoredSession:
        """Returns what is kept for the browser; an empty session where there is nothing, or its time is over."""
        token = request.cookies.get(self.cookie)
        if not token or len(token) > _MOST_TOKEN or request.path.startswith(f"{app.static_url_path}/"):
            return StoredSession()
        now = clock.now()
        wanted = sa.select(ServerSession.data, ServerSession.seen_at).where(
            ServerSession.token_hash == hash_of(token),
            ServerSession.seen_at > now - self.idle,
            ServerSession.created_at > now - self.absolute,
        )
        with reading_only(), db.engine.connect() as connection:
            row = connection.execute(wanted).one_or_none()
        return StoredSession(row.data, token, row.seen_at) if row else StoredSession()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:  # noqa: ARG002 - Flask's signature
        """Stores what changed, and at most once a minute that the session is in use."""
        assert isinstance(session, StoredSession)
        if session.accessed or session.token:
            response.vary.add("Cookie")
        now = clock.now()
        is_due = session.seen_at is not None and now - session.seen_at >= SEEN_EVERY
        if not session.modified and not session.renewed and not is_due:
            return
        if session.token is None or session.renewed:
            self._store_new(session, now, response)
        else:
            changed = sa.update(ServerSession).where(ServerSession.token_hash == session.token_hash)
            _write([changed.values(data=dict(session), account_id=_account_in(session), seen_at=now)])

    def _store_new(self, session: StoredSession, now: datetime, response: Response) -> None:
        """A new token for a session that is new, or that now belongs to somebody else. What is over is cleared away."""
        over = sa.or_(ServerSession.seen_at <= now - self.idle, ServerSession.created_at <= now - self.absolute)
        statements: list[sa.Executable] = [sa.delete(ServerSession).where(over)]
        if session.token is not None:
            statements.append(sa.delete(ServerSession).where(ServerSession.token_hash == session.token_hash))
        if not session:
            response.delete_cookie(self.cookie, path="/", secure=self.secure, httponly=True, samesite="Lax")
            _write(statements)
            return
        token = secrets.token_urlsafe(32)
        values = {
            "token_hash": hash_of(token), "id": uuid.uuid4(), "account_id": _account_in(session), "data": dict(session),
            "created_at": now, "seen_at": now,
        }  # fmt: skip
        _write([*statements, sa.insert(ServerSession).values(values)])
        response.set_cookie(self.cookie, token, path="/", secure=self.secure, httponly=True, samesite="Lax")


def start(account: Account) -> None:
    """Signs the present browser in. Nothing from before is kept, and the token is new, so that nobody can plant one."""
    session.clear()
    _present().renewed = True
    login_user(account)


def start_apart(kept: Mapping[str, str]) -> None:
    """Gives the present browser a session that signs nobody in and keeps only this, under a new token."""
    session.clear()
    _present().renewed = True
    session.update(kept)


def end() -> None:
    """Signs the present browser out: the row goes, and with it the worth of the token."""
    session.clear()
    _present().renewed = True


def present_hash() -> str | None:
    """Returns the hash of the present browser's token."""
    return _present().token_hash


def of_account(account_id: uuid.UUID) -> Sequence[ServerSession]:
    """Returns the sessions in which an account is signed in, the newest first."""
    mine = sa.select(ServerSession).where(ServerSession.account_id == account_id)
    return db.session.scalars(mine.order_by(ServerSession.created_at.desc(), ServerSession.id)).all()


def end_one(account_id: uuid.UUID, session_id: uuid.UUID) -> None:
    """Ends one session of an account. Raises NotFound where it is not the account's. The caller commits."""
    found = sa.select(ServerSession).where(ServerSession.account_id == account_id, ServerSession.id == session_id)
    row = db.session.scalar(found)
    if row is None:
        raise NotFound("This session has ended")
    db.session.delete(row)


def end_all(account_id: uuid.UUID, keep: str | None = None) -> None:
    """Ends the sessions of an account, all but the one whose token has the hash `keep`. The caller commits."""
    theirs = ServerSession.account_id == account_id
    db.session.execute(sa.delete(ServerSession).where(theirs, ServerSession.token_hash != (keep or "")))


def hash_of(token: str) -> str:
    """Returns how a token is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def _present() -> StoredSession:
    present = session._get_current_object()  # type: ignore[attr-defined]
    assert isinstance(present, StoredSession)
    return present


def _account_in(session: StoredSession) -> uuid.UUID | None:
    return uuid.UUID(session[USER]) if session.get(USER) else None


def _write(statements: Sequence[sa.Executable]) -> None:
    """Executes in a transaction of its own. The request's, of which the answer is ready, ends first: SQLite has one
    writer."""
    db.session.rollback()
    with db.engine.begin() as connection:
        for statement in statements:
            connection.execute(statement)
