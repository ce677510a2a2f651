"""What differs in words by the register that a sheet is: what its columns hold, and what happens with its rows. Standard library only."""

from collections.abc import Mapping
from dataclasses import dataclass

from coi.registers.importing.procurement.vocabulary import DECISION_ACTION_WORDS, DECISION_MEANING_WORDS
from coi.registers.importing.vocabulary import ACTION_WORDS, MEANING_WORDS, Action
from coi.registers.vocabulary import RegisterKind


@dataclass(frozen=True)
class RegisterWords:
    """How the import of one register speaks of its columns (`meanings`) and of what happens with a row (`actions`)."""

    meanings: Mapping[str, str]
    actions: Mapping[Action, str]


WORDS: Mapping[RegisterKind, RegisterWords] = {
    RegisterKind.INTERESTS: RegisterWords(MEANING_WORDS, ACTION_WORDS),
    RegisterKind.PROCUREMENT: RegisterWords(DECISION_MEANING_WORDS, DECISION_ACTION_WORDS),
}
"""The registers that can be imported."""
