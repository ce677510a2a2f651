"""What a change of the reference data takes from agendas, asked of whoever keeps them: they are kept further up, and plugged in."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

from flask import current_app

from coi.permissions.vocabulary import Actor

LOSSES = "coi.losses-kept"
Keeping = Callable[..., AbstractContextManager[None]]


def losses_kept(what: str, *, actor: Actor, at: datetime) -> AbstractContextManager[None]:
    """Stands around a change of the reference data: what agendas to come reach no more after it is kept, with `what` was done, until
    whoever presides has seen it. The command records it in its own entry. Rule: MTG-02; RULEBOOK §24."""
    keeping: Keeping = current_app.extensions[LOSSES]
    return keeping(what, actor=actor, at=at)
