"""Stored words as people say them: what the ledger's pages show for the value of a field. Pure; whatever is not listed is spelt out."""

import re
from collections.abc import Mapping
from typing import Any

from coi.committees.details import MODEL_NAMES
from coi.committees.quorum_words import CLASS_WORDS, OFFICE_WORDS
from coi.guidance.functions import FUNCTIONS
from coi.meetings.conflicts.vocabulary import LEVEL_WORDS
from coi.meetings.disputes import vocabulary as disputes
from coi.organisations.vocabulary import BODY_KIND_WORDS, KIND_WORDS
from coi.registers.interests.vocabulary import (
    DECLARATION_WORDS,
    DIRECTNESS_WORDS,
    REDACTION_WORDS,
    ROLE_WORDS,
    TYPE_WORDS,
    VIA_WORDS,
)
from coi.registers.prompts.vocabulary import ANSWER_WORDS, PromptKind
from coi.registers.prompts.vocabulary import STATE_WORDS as QUESTION_WORDS

Words = Mapping[Any, str]

_BASES: Words = {
    "chair": "As the chair",
    "vice_chair": "As the vice chair",
    "agreed_by_members": "Agreed by the members without a conflict",
}
VALUES: dict[tuple[str, str], Words] = {
    ("body", "kind"): BODY_KIND_WORDS,
    ("organisation", "kind"): KIND_WORDS,
    ("declaration", "kind"): DECLARATION_WORDS,
    ("interest_version", "type"): TYPE_WORDS,
    ("interest_version", "directness"): DIRECTNESS_WORDS,
    ("interest_version", "via"): VIA_WORDS,
    ("interest_version", "role"): ROLE_WORDS,
    ("interest_version", "status"): {
        "submitted": "Declared, mitigation not agreed yet",
        "agreed": "Declared, mitigation agreed",
        "ended": "Ended",
    },
    ("redaction_request", "state"): REDACTION_WORDS,
    ("member_question", "state"): QUESTION_WORDS,
    ("member_question", "answer"): {
        answer: said for kind in reversed(PromptKind) for answer, said in ANSWER_WORDS[kind].items()
    },
    ("membership", "member_class"): {key: words[0][:1].upper() + words[0][1:] for key, words in CLASS_WORDS.items()},
    ("membership", "office"): {key: words[:1].upper() + words[1:] for key, words in OFFICE_WORDS.items()},
    ("terms_of_reference", "model"): MODEL_NAMES,
    ("conflict_flag", "level"): LEVEL_WORDS,
    ("unreached_flag", "level"): LEVEL_WORDS,
    ("conflict_flag", "relation"): {
        "direct_financial": "Direct financial interest",
        "indirect": "Indirect interest",
        "class_wide": "Interest shared by a whole class",
        "non_financial": "Non-financial interest",
        "declared": "Declared at the meeting",
        "raised": "Raised by somebody else",
        "missing": "No declaration that counts",
    },
    ("conflict_flag", "source"): {
        "screening": "Found by comparing the register with the agenda",
        "raised": "Somebody told the chair",
        "declared": "Declared at the meeting",
    },
    ("conflict_flag", "state"): {
        "suggested": "Waits for the chair",
        "confirmed": "Confirmed as a conflict",
        "dismissed": "Dismissed as no conflict",
    },
    ("conflict_flag", "answer"): {
        "agree": "This is right",
        "ended": "It has ended",
        "link": "The link between the organisations is wrong or has ended",
        "not_me": "This is not me or not this organisation",
    },
    ("meeting_declaration", "point"): {
        "before_meeting": "Before the meeting",
        "start": "At the start of the meeting",
        "on_joining": "On joining",
        "at_item": "When the item was reached",
        "during_item": "During the item",
        "not_declared": "Not declared at the meeting",
    },
    ("ruling", "basis"): _BASES,
    ("ruling_dispute", "kind"): disputes.KIND_WORDS,
    ("ruling_dispute", "response"): disputes.RESPONSE_WORDS,
    ("chair_handover", "basis"): _BASES,
    ("urgent_decision", "basis"): _BASES,
    ("presence", "kind"): {
        "joined": "Joined the meeting",
        "left": "Left the meeting",
        "returned": "Returned to the meeting",
        "removed": "Was removed from the call",
        "gallery": "Moved to the public gallery",
    },
    ("presence", "reason"): {
        "conflict": "A conflict of interest",
        "other": "Another reason",
        "start": "The meeting opened",
        "end": "The meeting closed",
    },
    ("agenda_item", "purpose"): {
        "approve": "To approve",
        "decide": "To decide",
        "discuss": "To discuss",
        "assurance": "For assurance",
        "note": "To note",
        "information": "For information",
    },
    ("agenda_item", "part"): {"public": "Part 1, held in public", "private": "Part 2, held in private"},
    ("agenda_item", "class_scope"): {
        "none": "Only the organisations that are named",
        "all_practices": "All practices of the area",
        "pcn": "All practices of a primary care network",
    },
    ("agenda_item", "standing"): {
        "welcome": "Welcome and apologies",
        "quoracy": "Confirmation of quoracy",
        "declarations": "Declarations of interest",
        "questions": "Questions from the public",
        "last_minutes": "Minutes of the last meeting",
        "action_log": "Action log",
        "other_business": "Any other business",
        "next_meeting": "Date of next meeting",
    },
    ("agenda_item", "function_code"): {code: function.title for code, function in FUNCTIONS.items()},
    ("terms_of_reference", "functions"): {code: function.title for code, function in FUNCTIONS.items()},
    ("decision", "method"): {"consensus": "Agreed without a vote", "vote": "By vote"},
    ("quorum_snapshot", "phase"): {"opening": "At the opening", "decision": "At the decision"},
}
"""What a value of (table, field) is called."""

_CAPITALS = {
    "gp": "GP",
    "gps": "GPs",
    "pcn": "PCN",
    "nhs": "NHS",
    "icb": "ICB",
    "ccg": "CCG",
    "ods": "ODS",
    "england": "England",
}
_STORED = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)+")


def value_words(table: str, field: str, value: Any) -> str:
    """Returns a stored value in words: as listed for its field, else spelt out where it looks like a stored word, else as it is."""
    listed = VALUES.get((table, field), {})
    if value in listed:
        return listed[value]
    return spelt_out(str(value)) if _STORED.fullmatch(str(value)) else str(value)


def spelt_out(value: str) -> str:
    """Returns a stored word as a phrase: "salaried_gp" becomes "Salaried GP"."""
    phrase = " ".join(_CAPITALS.get(part, part) for part in value.split("_"))
    return phrase[:1].upper() + phrase[1:]
