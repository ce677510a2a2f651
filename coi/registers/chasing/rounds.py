"""A round of reminders: everybody who is due today, one after the other, each in a transaction of their own. Broken off and begun again,
it goes on where it was: nobody is reminded twice, and nobody missed."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from coi.database import db
from coi.errors import RuleBroken
from coi.permissions.vocabulary import Actor
from coi.registers.chasing import commands, queries
from coi.registers.chasing.vocabulary import Due

logger = logging.getLogger(__name__)


@dataclass
class Round:
    """What a round did: who was reminded, and who could not be, with the reason."""

    reminded: list[Due] = field(default_factory=list)
    refused: list[tuple[Due, str]] = field(default_factory=list)


def send_round(
    *, site: str, actor: Actor, at: datetime, tell: Callable[[int, int], None] = lambda _done, _all: None
) -> Round:
    """Reminds everybody who is due, and commits after each. `tell` is called with how many were looked at, and of how many."""
    due, done = queries.due_now(at), Round()
    db.session.rollback()
    for number, each in enumerate(due, start=1):
        try:
            reminder = commands.remind(each, site=site, actor=actor, at=at)
        except RuleBroken as broken:
            db.session.rollback()
            done.refused.append((each, broken.reason))
        else:
            db.session.commit()
            if reminder is not None:
                done.reminded.append(each)
        tell(number, len(due))
    logger.info("%d reminded, %d could not be", len(done.reminded), len(done.refused))
    return done
