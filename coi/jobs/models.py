"""The table of jobs."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coi.database import Base, Canonical, Instant, Keyed, words
from coi.jobs.vocabulary import JobStatus

KEY_IS_TAKEN = "status IN ('waiting', 'running') OR runs_once"


class Job(Keyed, Base):
    """Work that was asked for. `unique_key` is unique among the unfinished, and for ever where `runs_once`. The account
    and body are no foreign keys: a job says who asked, and is checked when it runs."""

    __tablename__ = "job"
    __exempt__ = "operational"
    __table_args__ = (
        sa.Index(
            "uq_job_unique_key",
            "unique_key",
            unique=True,
            sqlite_where=sa.text(KEY_IS_TAKEN),
            postgresql_where=sa.text(KEY_IS_TAKEN),
        ),
        sa.Index("ix_job_status_run_at", "status", "run_at"),
    )

    kind: Mapped[str] = mapped_column(sa.String(60))
    payload: Mapped[Any] = mapped_column(Canonical)
    unique_key: Mapped[str | None] = mapped_column(sa.String(200))
    runs_once: Mapped[bool] = mapped_column(default=False)
    run_at: Mapped[datetime] = mapped_column(Instant)
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(default=0)
    max_attempts: Mapped[int] = mapped_column(default=5)
    status: Mapped[JobStatus] = mapped_column(words(JobStatus), default=JobStatus.WAITING)
    progress_done: Mapped[int] = mapped_column(default=0)
    progress_total: Mapped[int] = mapped_column(default=0)
    progress_words: Mapped[str] = mapped_column(sa.Text, default="")
    error: Mapped[str | None] = mapped_column(sa.Text)
    account_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    permission: Mapped[str | None] = mapped_column(sa.String(60))
    body_id: Mapped[uuid.UUID | None]
    committee_id: Mapped[uuid.UUID | None]
    created_at: Mapped[datetime] = mapped_column(Instant)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)

    @property
    def is_finished(self) -> bool:
        return self.status in (JobStatus.DONE, JobStatus.FAILED)
