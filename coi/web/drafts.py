"""Drafts: the state of a form of several pages, kept per account until it is sent. The view commits."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from coi.database import db
from coi.permissions.vocabulary import Actor
from coi.web.models import Draft


def load(kind: str, key: str = "", *, actor: Actor) -> dict[str, Any]:
    """Returns what the actor has typed so far; an empty dict where there is no draft."""
    draft = _find(kind, key, actor)
    return dict(draft.data) if draft else {}


def listed(kind: str, prefix: str, *, actor: Actor) -> dict[str, dict[str, Any]]:
    """Returns the actor's drafts of a kind whose keys begin with `prefix`, by their keys, the one saved last first."""
    rows = sa.select(Draft).where(Draft.account_id == _owner(actor), Draft.kind == kind)
    rows = rows.where(Draft.key.startswith(prefix, autoescape=True)).order_by(Draft.saved_at.desc(), Draft.key)
    return {each.key: dict(each.data) for each in db.session.scalars(rows)}


def save(kind: str, data: dict[str, Any], key: str = "", *, actor: Actor, at: datetime) -> None:
    """Keeps `data` (JSON values) as the actor's draft, in place of an earlier one."""
    draft = _find(kind, key, actor)
    if draft is None:
        db.session.add(Draft(account_id=_owner(actor), kind=kind, key=key, data=data, saved_at=at))
    else:
        draft.data = data
        draft.saved_at = at


def drop(kind: str, key: str = "", *, actor: Actor) -> None:
    """Forgets the actor's draft."""
    db.session.execute(sa.delete(Draft).where(Draft.account_id == _owner(actor), Draft.kind == kind, Draft.key == key))


def forget_old(kind: str, before: datetime) -> None:
    """Deletes every draft of a kind that was last saved before an instant. The caller commits."""
    db.session.execute(sa.delete(Draft).where(Draft.kind == kind, Draft.saved_at < before))


def _find(kind: str, key: str, actor: Actor) -> Draft | None:
    return db.session.scalar(
        sa.select(Draft).where(Draft.account_id == _owner(actor), Draft.kind == kind, Draft.key == key)
    )


def _owner(actor: Actor) -> uuid.UUID:
    if actor.account_id is None:
        raise ValueError("Only somebody who is signed in has drafts")
    return actor.account_id
