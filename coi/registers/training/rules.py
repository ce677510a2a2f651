"""Pure rules of training: what was passed, until when it lasts, who is due, and what a spreadsheet of it says."""

import re
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from coi.clock import months_after
from coi.errors import RuleBroken
from coi.registers.people_sheets import NAME_COLUMNS, Finder, person_in
from coi.registers.standing import SOON_DAYS
from coi.registers.training.vocabulary import YEARLY, Module, Trained, TrainingDetails
from coi.screening.interest_text import read_date

PassMark = Callable[[date], int | None]
"""What the rules of a day ask for, in percent; None: no figure."""
OnRecord = Mapping[tuple[uuid.UUID, str, date], set[int | None]]
"""The scores on record by person, module and day; None: without a score."""
COLUMNS: Mapping[str, tuple[str, ...]] = {
    **NAME_COLUMNS,
    "module": (
        "module",
        "course",
        "course name",
        "course title",
        "training",
        "competence name",
        "competency name",
        "title of course",
    ),
    "date": (
        "date",
        "completion date",
        "date completed",
        "completed",
        "completed on",
        "date of training",
        "achieved",
        "date achieved",
    ),
    "score": ("score", "score %", "result", "mark", "percentage", "% score"),
}
NEEDED = {"date": "the date"}


@dataclass(frozen=True)
class Record:
    """A training on record, as the rules see it."""

    module: Module
    done_on: date
    score: int | None


@dataclass(frozen=True)
class TrainingVerdict:
    """Where somebody stands, why in a sentence, and until when their training lasts. Rule: TRN-01."""

    trained: Trained
    reason: str
    until: date | None = None
    rule_id: str = "TRN-01"

    @property
    def is_owed(self) -> bool:
        return self.trained in (Trained.MISSING, Trained.FAILED, Trained.EXPIRED, Trained.DUE)


def is_passed(record: Record, pass_mark: PassMark) -> bool:
    """Whether a training was passed, by the rules of its own day: a score at the mark or above it; where the rules have no mark, whatever
    was done. Rule: TRN-01; RULEBOOK §3."""
    mark = pass_mark(record.done_on)
    return mark is None or (record.score is not None and record.score >= mark)


def _when_and_how_well(record: Record) -> tuple[date, int]:
    return record.done_on, -1 if record.score is None else record.score


def training_of(
    records: Iterable[Record], *, is_asked: bool, months: int | None, pass_mark: PassMark, on: date
) -> TrainingVerdict:
    """Returns where somebody stands with training on a day. Whoever takes part in decisions does it every `months`; None: these rules ask
    for none. Rule: TRN-01; RULEBOOK §3, §4."""
    yearly = sorted((each for each in records if each.module in YEARLY), key=_when_and_how_well)
    passed = [each for each in yearly if is_passed(each, pass_mark)]
    if months is None or not is_asked:
        last = f"Last done {_day(passed[-1].done_on)}" if passed else "Takes no part in decisions here"
        return TrainingVerdict(Trained.NOT_ASKED, last)
    if not passed:
        if yearly:
            score = "no score" if yearly[-1].score is None else f"{yearly[-1].score}%"
            return TrainingVerdict(
                Trained.FAILED, f"{score} on {_day(yearly[-1].done_on)}, {pass_mark(yearly[-1].done_on)}% is needed"
            )
        return TrainingVerdict(Trained.MISSING, "No training on record")
    until = months_after(passed[-1].done_on, months)
    last = f"Done {_day(passed[-1].done_on)}, lasts until {_day(until)}"
    if until < on:
        return TrainingVerdict(Trained.EXPIRED, last, until)
    return TrainingVerdict(Trained.DUE if (until - on).days <= SOON_DAYS else Trained.CURRENT, last, until)


def not_on_record(entered: Iterable[TrainingDetails], known: OnRecord) -> list[TrainingDetails]:
    """Returns what of the trainings `entered` is new, each once: a test that was taken again on one day has another score, and one without
    a score says nothing new of a day that is on record. Rule: TRN-01."""
    held = {key: set(scores) for key, scores in known.items()}
    new = []
    for each in entered:
        scores = held.setdefault((each.person_id, each.module.value, each.done_on), set())
        if each.score not in scores and (each.score is not None or not scores):
            scores.add(each.score)
            new.append(each)
    return new


def check_training(details: TrainingDetails, *, today: date) -> None:
    """Raises RuleBroken for a training that cannot have been."""
    if details.done_on > today:
        raise RuleBroken("The date of the training must be today or in the past", field="done_on")
    if details.score is not None and not 0 <= details.score <= 100:
        raise RuleBroken("The score must be between 0 and 100", field="score")


@dataclass(frozen=True)
class ReadRow:
    """A row of a spreadsheet of training: what it says, or what is wrong with it."""

    number: int
    name: str
    person_id: str = ""
    module: Module | None = None
    done_on: date | None = None
    score: int | None = None
    problem: str = ""


def read_rows(rows: Iterable[tuple[int, Mapping[str, str]]], people: Finder, *, today: date) -> list[ReadRow]:
    """Returns what each row says. Nobody is guessed at, and no date."""
    return [_read_row(number, row, people, today) for number, row in rows]


def _read_row(number: int, row: Mapping[str, str], people: Finder, today: date) -> ReadRow:
    details = person_in(row)
    shown = (
        " ".join(part for part in (details.title, details.given_names, details.family_name) if part) or details.email
    )
    known, problem = people.one(details)
    module, done_on = read_module(row.get("module", "")), read_date(row.get("date", ""))
    score = read_score(row.get("score", ""))
    if known is None:
        pass
    elif done_on is None:
        problem = f"“{row.get('date', '')}” is not a date" if row.get("date") else "There is no date"
    elif done_on > today:
        problem = "The date is in the future"
    elif module is None:
        problem = f"“{row.get('module', '')}” is none of the modules"
    elif row.get("score") and score is None:
        problem = f"“{row['score']}” is not a score from 0 to 100"
    if problem or known is None:
        return ReadRow(number, shown, problem=problem)
    return ReadRow(number, known.name, known.id, module, done_on, score)


def read_module(text: str) -> Module | None:
    """Returns the module that a text names: by its number, else the ICB training; nothing written means that too."""
    found = re.search(r"\b(?:module|mod)\s*\.?\s*([123])\b|^\s*([123])\s*$", text, re.IGNORECASE)
    if found:
        return Module(f"module_{found[1] or found[2]}")
    plain = text.casefold()
    return Module.ICB if not plain.strip() or "conflict" in plain or "icb" in plain else None


def read_score(text: str) -> int | None:
    """Returns a score in percent out of "85", "85%", "85.0" or "0.85"; None where it is none."""
    found = re.fullmatch(r"(\d{1,3})(\.\d+)?\s*%?", text.strip())
    if not found:
        return None
    value = float(found[1] + (found[2] or ""))
    if found[2] and value <= 1 and "%" not in text:
        value *= 100
    return int(value) if 0 <= value <= 100 else None


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
