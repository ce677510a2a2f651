"""What differs in words by the register that a sheet is: what its columns hold, and what happens with its rows. Pure data."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from coi.registers.importing.gifts.vocabulary import GIFT_ACTION_WORDS, GIFT_MEANING_WORDS
from coi.registers.importing.procurement.vocabulary import DECISION_ACTION_WORDS, DECISION_MEANING_WORDS
from coi.registers.importing.vocabulary import ACTION_WORDS, Action
from coi.registers.vocabulary import RegisterKind

MEANING_WORDS: Mapping[str, str] = {
    "person": "Name",
    "first": "First name",
    "title": "Title, such as Dr",
    "position": "Position",
    "committees": "Committees on which they sit",
    "text": "Interest or organisation",
    "nature": "Nature of the interest",
    "organisation": "Organisation or practice",
    "code": "Code of the organisation (ODS)",
    "types": "Type, in words",
    "fin": "Tick: financial",
    "nfp": "Tick: non-financial professional",
    "nfpers": "Tick: non-financial personal",
    "pecuniary": "Personal or pecuniary",
    "direct": "Direct or indirect",
    "indirect": "Tick: indirect",
    "from": "From",
    "to": "To",
    "date": "Dates, from and to",
    "mitigation": "Action taken",
    "declared": "Date declared",
    "consent": "Consent to publish",
    "withheld": "Reason not to publish",
    "statement": "Statement that there is nothing to declare",
    "email": "Email address",
    "id": "Number of the entry",
    "parent": "Number of the entry to which it belongs",
}
"""What a column of a register of interests may hold, as a page says it."""


@dataclass(frozen=True)
class RegisterWords:
    """How the import of one register speaks of its columns (`meanings`), of what happens with a row (`actions`), and of what the file
    gives no day for (`undated`). Where a row is corrected cell by cell: which cells it cannot do without (`needed`), which are `long`, and
    what stands beside them (`hints`)."""

    meanings: Mapping[str, str]
    actions: Mapping[Action, str]
    undated: str
    noun: str
    needed: Mapping[str, str] = field(default_factory=dict)
    long: frozenset[str] = frozenset()
    hints: Mapping[str, str] = field(default_factory=dict)


WORDS: Mapping[RegisterKind, RegisterWords] = {
    RegisterKind.INTERESTS: RegisterWords(
        MEANING_WORDS, ACTION_WORDS, "Undated declarations count as made", "interest"
    ),
    RegisterKind.GIFTS: RegisterWords(
        GIFT_MEANING_WORDS, GIFT_ACTION_WORDS, "Undated offers and declarations count as made", "offer",
        needed={
            "person": "Enter to whom it was offered", "details": "Describe what was offered", "response": "Enter what became of the offer",
        },
        long=frozenset({"details", "reason", "comments", "previous", "approved", "offeror"}),
        hints={
            "person": "One person, or “The organisation”",
            "kind": "For example: gift, hospitality, voucher, travel, sponsorship",
            "source": "Supplier, patient, or other. Leave it empty if nobody knows",
            "offeror": "Never a patient’s name: enter “Patient”",
            "offered": "For example 31 March 2019 or 03/2019. Leave it empty if nobody knows",
            "response": "Accepted, declined, or accepted for the organisation",
            "approved": "For example: Yes, B Birch, 1 May 2019. Anything but a plain answer, a name or a role stands in the comments",
            "value": "In pounds, such as £25 or about £25. Leave it empty if nobody knows",
        },
    ),
    RegisterKind.PROCUREMENT: RegisterWords(
        DECISION_MEANING_WORDS, DECISION_ACTION_WORDS, "Undated decisions count as taken", "decision",
        needed={"title": "Enter the title of the contract or service"},
        long=frozenset({
            "description", "existing", "reasons", "process", "involved", "conflicts", "mitigations", "justification", "supplier",
            "representations", "comments",
        }),
        hints={
            "decided": "For example 31 March 2019. Leave it empty if nobody knows",
            "supplier": "The name, then the address. Put each further supplier on a line of its own",
            "value_total": "One sum in pounds, such as 125,000 or 1.2m",
            "existing": "For example: new, extension, variation",
            "conflicts": "If there were none, enter “None declared”",
        },
    ),
}  # fmt: skip
"""The registers that can be imported."""
