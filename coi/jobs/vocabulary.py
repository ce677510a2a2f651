"""The words of jobs: their states, what a handler is given, and work that comes round again."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from coi.permissions.vocabulary import Actor


class JobStatus(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class JobContext:
    """What a handler is given beside its payload. `attempt` counts from 1; `progress(done, total, words)` shows how far
    it is and keeps the job from being taken for dead; `load_actor()` returns who asked, as they stand now, and raises
    NotAllowedNow when they may no longer. The handler works in `db.session`; what it leaves there is committed together
    with the job's end."""

    job_id: uuid.UUID
    body_id: uuid.UUID | None
    attempt: int
    max_attempts: int
    at: datetime
    progress: Callable[[int, int, str], None]
    load_actor: Callable[[], Actor]

    @property
    def is_last_attempt(self) -> bool:
        return self.attempt >= self.max_attempts


Handler = Callable[[Any, JobContext], None]
"""Does one kind of job: payload and context in; raises to be tried again, NotAllowedNow or JobCannotBeDone to fail at
once."""


@dataclass(frozen=True)
class Schedule:
    """A kind of job that comes round every so often, counted from midnight UTC on 1 January 1970: hourly is on the
    hour."""

    kind: str
    every: timedelta
