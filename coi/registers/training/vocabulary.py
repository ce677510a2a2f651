"""The words of the training record. Standard library only."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Module(StrEnum):
    """What somebody was trained in."""

    MODULE_1 = "module_1"
    MODULE_2 = "module_2"
    MODULE_3 = "module_3"
    ICB = "icb"


MODULE_WORDS: Mapping[Module, str] = {
    Module.MODULE_1: "Module 1",
    Module.MODULE_2: "Module 2",
    Module.MODULE_3: "Module 3",
    Module.ICB: "ICB training on conflicts of interest",
}
YEARLY = frozenset({Module.MODULE_1, Module.ICB})
"""Either of these is what has to be renewed."""


@dataclass(frozen=True)
class TrainingDetails:
    """A training as entered. `score` in percent, None where there was no test."""

    person_id: uuid.UUID
    module: Module
    done_on: date
    score: int | None = None


class Trained(StrEnum):
    """Where somebody stands with training."""

    MISSING = "missing"
    FAILED = "failed"
    EXPIRED = "expired"
    DUE = "due"
    CURRENT = "current"
    NOT_ASKED = "not_asked"


TRAINED_WORDS: Mapping[Trained, str] = {
    Trained.MISSING: "None on record",
    Trained.FAILED: "Not passed",
    Trained.EXPIRED: "Out of date",
    Trained.DUE: "Due soon",
    Trained.CURRENT: "Up to date",
    Trained.NOT_ASKED: "Not asked for",
}
OWED = frozenset({Trained.MISSING, Trained.FAILED, Trained.EXPIRED, Trained.DUE})
