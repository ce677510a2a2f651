"""What the public register of procurement decisions looks like: its columns, and a row from the facts. Pure."""

from coi.registers.columns import Column, ColumnKind, PublicRow, RegisterShape, Value
from coi.registers.procurement.vocabulary import (
    ARRANGEMENT_WORDS,
    OUTCOME_WORDS,
    ROUTE_WORDS,
    DecisionDetails,
    Facts,
    label,
)
from coi.registers.vocabulary import REGISTER_TITLES, RegisterKind
from coi.wording import day

FREE_TEXTS = ("involved", "conflicts", "mitigations", "justification")
"""The columns in which somebody may have written about an interest, or whose it is: withheld with it, in a notice too."""

SUPPLIERS = "Contract awarded to, or intended for"
"""Nobody is named but who has the contract, or is to have it: which of both, the outcome says."""
SHAPE = RegisterShape(
    RegisterKind.PROCUREMENT,
    REGISTER_TITLES[RegisterKind.PROCUREMENT],
    (
        Column("reference", "Reference", description="The number of the row, which never changes"),
        Column("title", "Contract or service title"),
        Column("description", "Procurement description", is_shown=False, is_told=True),
        Column("outcome", "Existing or new", description="New, intended, extended, varied, not awarded, with details"),
        Column("type", "Type", description="The body’s own or collaborative, with whom", is_shown=False, is_told=True),
        Column("route", "Procurement route", is_shown=False, is_told=True),
        Column("clinical_lead", "Clinical lead", is_shown=False, is_told=True, is_withholdable=True),
        Column("contract_manager", "Contract manager", is_shown=False, is_told=True, is_withholdable=True),
        Column("process", "Decision-making process and name of committee"),
        Column("decided_on", "Decided on", ColumnKind.DATE),
        Column("involved", "Who was involved", is_shown=False, is_told=True, is_withholdable=True),
        Column("conflicts", "Summary of conflicts noted", is_withholdable=True),
        Column("mitigations", "Actions to mitigate", is_withholdable=True),
        Column("justification", "Justification for actions", is_withholdable=True),
        Column("suppliers", SUPPLIERS, ColumnKind.LIST, description="Supplier and registered address"),
        Column("supplier_code", "Supplier’s ODS code", is_shown=False),
        Column("value_total", "Contract value, total", ColumnKind.MONEY),
        Column("value_body", "Contract value to the body", ColumnKind.MONEY, is_shown=False, is_told=True),
        Column("starts_on", "Contract starts", ColumnKind.DATE, is_shown=False, is_told=True),
        Column("ends_on", "Contract ends", ColumnKind.DATE, is_shown=False, is_told=True),
        Column("notice", "Reference of the notice", is_shown=False, is_told=True),
        Column("comments", "Comments", is_shown=False, is_told=True),
        Column(
            "cpv",
            "CPV code",
            description="What service it is, in the common procurement vocabulary",
            is_shown=False,
            is_told=True,
        ),
    ),
)


def public_row(facts: Facts) -> PublicRow:
    """Returns the row of a decision, the latest first. It names a provider only where they have the contract or are to have it, and gives
    no value and no days of a contract once there will be none. Rule: PROC-03; RULEBOOK §17.8 (Annex H)."""
    details = facts.details
    supplier = details.supplier if details.names_supplier else None
    first = (", ".join(each for each in (supplier.name, supplier.address) if each),) if supplier else ()
    values: dict[str, Value] = {
        "reference": facts.reference, "title": details.title, "description": details.description,
        "outcome": _with(label(OUTCOME_WORDS, details.outcome), details.outcome_details),
        "type": _with(label(ARRANGEMENT_WORDS, details.arrangement), details.arrangement_details),
        "route": label(ROUTE_WORDS, details.route), "clinical_lead": details.clinical_lead,
        "contract_manager": details.contract_manager,
        "process": _with(_with(details.committee, details.process), _no_day(details)),
        "decided_on": None if details.decided_on_or_before else details.decided_on,
        "involved": details.involved, "conflicts": details.conflicts,
        "mitigations": details.mitigations, "justification": details.justification,
        "suppliers": (*first, *details.other_suppliers) if details.names_supplier else (),
        "supplier_code": supplier.code if supplier else "", "notice": details.notice_reference, "comments": details.comments,
        **{name: getattr(details, name) if details.has_terms else None for name in _TERMS},
    }  # fmt: skip
    if (
        details.cpv
    ):  # left out where there is none, so that what an edition from before it has is not said to have changed
        values["cpv"] = details.cpv
    return PublicRow(facts.reference, f"{99999999 - int(f'{details.decided_on:%Y%m%d}'):08d} {facts.reference}", values)


_TERMS = ("value_total", "value_body", "starts_on", "ends_on")


def _no_day(details: DecisionDetails) -> str:
    """What is said instead of a day where an older register gives none."""
    return f"Decided on or before {day(details.decided_on)}" if details.decided_on_or_before else ""


def _with(words: str, more: str) -> str:
    return ". ".join(each.rstrip(".") for each in (words, more) if each)
