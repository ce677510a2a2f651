"""The same form sent twice is stored once: its key is kept in the transaction of the change, and a second sending is
taken to where the first one went."""

import hmac
import time
import uuid
from datetime import timedelta

import sqlalchemy as sa
from flask import Flask, Response, current_app, flash, g, has_request_context, redirect, request
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from coi import clock
from coi.database import db, reading_only
from coi.web.errors import not_saved, other_words
from coi.web.models import IdempotencyKey
from coi.web.typed import is_secret

FIELD = "form_key"
KEPT = timedelta(days=7)
_WAITS = (0.02, 0.05, 0.1, 0.2, 0.4)


def init_app(app: Flask) -> None:
    """Hooks the replay to `app`, to be called after access: it needs to know who acts."""
    app.before_request(_replay)
    app.after_request(_keep_location)
    app.register_error_handler(IntegrityError, _replay_or_raise)
    if not sa.event.contains(db.session, "before_commit", _keep_key):
        sa.event.listen(db.session, "before_commit", _keep_key)


def keep_no_key() -> None:
    """Keeps nothing of the form that this request sends: a key would say who sent it. For what is sent in confidence; the room that
    takes it keeps it from being stored twice."""
    g.form_key = None


def forget_old(before_now: timedelta = KEPT) -> None:
    """Deletes keys that no browser will send again. The caller commits."""
    db.session.execute(sa.delete(IdempotencyKey).where(IdempotencyKey.at < clock.now() - before_now))


def _replay() -> AnyResponse | None:
    if request.method != "POST" or not g.actor.is_signed_in:
        return None
    key = _key_sent()
    if key is None:
        return None
    g.form_key = key
    if db.engine.dialect.name == "postgresql":  # SQLite has one writer at a time already
        lock = sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(f"{g.actor.account_id}/{key}", 0))
        db.session.execute(sa.select(lock))
    used = db.session.execute(sa.select(IdempotencyKey.digest, IdempotencyKey.location).where(_mine(key))).one_or_none()
    if used is None:
        return None
    if used.digest is not None and used.digest != _digest():
        return other_words(used.location)
    if any(
        is_secret(name) for name in request.form if name != "csrf_token"
    ):  # a secret may be another one: nothing of it was kept
        flash("You sent this form before. What you sent first was saved")
    return _taken_there(key)


def _replay_or_raise(error: IntegrityError) -> AnyResponse:
    """Two sendings met at the unique key: the later one is answered like the first. Any other breach nobody expected: the page says
    so, and shows what was typed."""
    key: uuid.UUID | None = g.get("form_key")
    db.session.rollback()
    if key is None or _location(key) is None:
        return not_saved(error)
    return _taken_there(key)


def _taken_there(key: uuid.UUID) -> AnyResponse:
    """The answer to a form that is stored already. The first answer may be a moment away: it is waited for, without
    any lock."""
    db.session.rollback()
    g.form_key = None
    location = None
    for wait in _WAITS:
        location = _location(key)
        if location:
            break
        time.sleep(wait)
    if not location:
        flash("This was already saved")
    return redirect(location or "/", 303)


def _location(key: uuid.UUID) -> str | None:
    with reading_only(), db.engine.connect() as connection:
        return connection.scalar(sa.select(IdempotencyKey.location).where(_mine(key)))


def _keep_key(session: Session) -> None:
    """Before a commit of this request: the key goes into the same transaction."""
    if not has_request_context() or g.get("form_key") is None or g.get("form_key_kept"):
        return
    session.add(IdempotencyKey(account_id=g.actor.account_id, key=g.form_key, at=clock.now(), digest=_digest()))
    g.form_key_kept = True


def _keep_location(response: Response) -> Response:
    """After the answer is known: where the first sending was taken, in a small transaction of its own."""
    if g.get("form_key_kept") and response.location:
        db.session.rollback()
        with db.engine.begin() as connection:
            connection.execute(sa.update(IdempotencyKey).where(_mine(g.form_key)).values(location=response.location))
    return response


def _digest() -> str:
    """What tells one sending of a form from another with other words, without keeping any of them: secrets have no part in it, and without
    the key of the application nobody can try whether a guess at the words is right."""
    sent = [each for each in request.form.items(multi=True) if each[0] != FIELD and not is_secret(each[0])]
    said = sorted(sent) + sorted((name, file.filename or "") for name, file in request.files.items(multi=True))
    return hmac.digest(current_app.config["SECRET_KEY"].encode(), repr(said).encode(), "sha256").hex()


def _mine(key: uuid.UUID) -> sa.ColumnElement[bool]:
    return sa.and_(IdempotencyKey.account_id == g.actor.account_id, IdempotencyKey.key == key)


def _key_sent() -> uuid.UUID | None:
    try:
        return uuid.UUID(request.form.get(FIELD, ""))
    except ValueError:
        return None
