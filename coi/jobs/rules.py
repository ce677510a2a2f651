"""Pure rules about jobs: when a failed one is tried again, and which round of a schedule an instant belongs to."""

from datetime import UTC, datetime, timedelta

from coi.errors import CoiError
from coi.jobs.vocabulary import Schedule

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
_START = datetime(1970, 1, 1, tzinfo=UTC)


class JobCannotBeDone(CoiError):
    """Trying again would not help: the job fails at once, with this sentence."""


class NotAllowedNow(JobCannotBeDone):
    """Whoever asked for the job may no longer do what it needs."""


class LeaseLost(Exception):
    """Another worker has taken the job over, since this one took too long. Nothing of this attempt is kept."""


def wait_after(attempt: int) -> timedelta:
    """Returns how long to wait after the attempt of that number (from 1) failed: twice as long each time, an hour at
    most."""
    return min(FIRST_WAIT * (1 << min(max(attempt, 1) - 1, 16)), LONGEST_WAIT)


def round_of(schedule: Schedule, at: datetime) -> datetime:
    """Returns the instant at which the round of `schedule` that `at` falls in began."""
    return _START + (at - _START) // schedule.every * schedule.every


def key_of_round(schedule: Schedule, at: datetime) -> str:
    """Returns the key under which a round is enqueued: the same for every worker and every second of it."""
    return f"{schedule.kind}@{round_of(schedule, at).isoformat()}"
