"""One question per page: which comes next, which came before, which is still missing. Pure; every sitting of the registers is one."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Answer:
    """A line of the summary to check, and the question that changes it."""

    label: str
    text: str
    step: str


@dataclass(frozen=True)
class Questions:
    """What was answered so far. A sitting inherits it and says its `steps`; `answered` names those that were taken, an empty answer is
    one too."""

    answered: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[str, ...]:
        """The questions, in their order; they may depend on what was answered."""
        raise NotImplementedError

    @property
    def missing(self) -> str | None:
        """The first question that was not answered yet; None where all were."""
        return next((step for step in self.steps if step not in self.answered), None)

    def after(self, step: str) -> str | None:
        """Returns the question after `step`; None after the last."""
        steps = self.steps
        return next((each for each in steps[steps.index(step) + 1 :]), None) if step in steps else self.missing

    def before(self, step: str) -> str | None:
        """Returns the question before `step`; None before the first."""
        earlier = self.steps[: self.steps.index(step)] if step in self.steps else ()
        return earlier[-1] if earlier else None


def as_date(text: str) -> date | None:
    """Returns the date of an ISO text, as a draft keeps it; None for ""."""
    return date.fromisoformat(text) if text else None
