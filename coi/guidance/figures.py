"""What each number and switch of the rule-sets is called, what it counts, and how a page says its value. Data and wording only."""

from decimal import Decimal

from coi.guidance.parameters import STRICTER_IF_HIGHER, STRICTER_IF_LOWER
from coi.guidance.vocabulary import Figure, ParameterValue, Subject, Unit

_D, _R, _G, _M, _P, _A = (
    Subject.DECLARING, Subject.REGISTER, Subject.GIFTS, Subject.MEETINGS, Subject.PROCUREMENT, Subject.ASSURANCE,
)  # fmt: skip
F = Figure

FIGURES: dict[str, Figure] = {
    figure.name: figure
    for figure in (
        F("declare_days", _D, "Declare an interest, counted from the day somebody becomes aware of it", Unit.DAYS),
        F("declare_days_from_arising", _D, "Declare an interest, counted from the day it arises", Unit.DAYS),
        F("refresh_months", _D, "Confirm or update a declaration every", Unit.MONTHS),
        F("refresh_months_suggested", _D, "Better, confirm it every", Unit.MONTHS),
        F("nil_return_required", _D, "Say so when there is nothing to declare", Unit.YES_NO),
        F("relationship_required_if_indirect", _D, "Say whose interest it is, where it is not one’s own", Unit.YES_NO),
        F("manager_agrees_mitigation", _D, "Somebody else agrees what is done about an interest", Unit.YES_NO),
        F("mitigation_letter_days", _D, "Tell the person what was agreed, within", Unit.DAYS),
        F("interest_categories", _D, "How interests are sorted", Unit.WORDS),
        F("interest_kinds_asked", _D, "Kinds of interest that are asked for", Unit.WORDS),
        F("shareholding_over_percent", _D, "Declare a shareholding of more than", Unit.PERCENT),
        F("shareholding_collective_exempt", _D, "Shares held through pension and investment funds need not be declared", Unit.YES_NO),
        F("publish_scope", _R, "Whose interests are published", Unit.WORDS),
        F("decision_maker_band", _R, "Staff take part in decisions from this pay band on", Unit.WORDS),
        F("publish_months", _R, "Publish the register at least every", Unit.MONTHS),
        F("public_after_expiry_months", _R, "Keep an ended entry public for", Unit.MONTHS),
        F("private_retention_years", _R, "Keep the private record of an ended entry for", Unit.YEARS),
        F("historic_note_required", _R, "The register says that ended entries are kept, and whom to ask", Unit.YES_NO),
        F("guardian_required", _R, "There is a Conflicts of Interest Guardian", Unit.YES_NO),
        F("member_practices", _R, "Member practices declare too", Unit.YES_NO),
        F("foi_working_days", _R, "Answer a freedom of information request within", Unit.WORKING_DAYS),
        F("gifts_register_required", _G, "Keep a register of gifts and hospitality", Unit.YES_NO),
        F("declined_offers_recorded", _G, "Record what was offered and declined", Unit.YES_NO),
        F("gift_supplier_declined", _G, "Decline gifts from suppliers, whatever the value", Unit.YES_NO),
        F("gift_promotional_limit", _G, "Keep a supplier’s promotional item, worth up to", Unit.POUNDS),
        F("gift_modest_limit", _G, "Keep a modest gift from anybody else, worth less than", Unit.POUNDS),
        F("gift_declare_over", _G, "Take a gift only for the organisation, and declare it, over", Unit.POUNDS),
        F("gift_cumulative_months", _G, "Add up gifts from one source over", Unit.MONTHS),
        F("gift_cash_declined", _G, "Decline cash and vouchers", Unit.YES_NO),
        F("gift_cash_declared", _G, "Declare offers of cash and vouchers", Unit.YES_NO),
        F("hospitality_declare_from", _G, "Declare meals and refreshments from", Unit.POUNDS),
        F("hospitality_refuse_over", _G, "Refuse meals and refreshments, unless a senior manager approves, over", Unit.POUNDS),
        F("hospitality_supplier_senior_approval", _G, "A senior manager approves any hospitality from a supplier first", Unit.YES_NO),
        F("travel_declared", _G, "Declare travel and accommodation", Unit.YES_NO),
        F("travel_beyond_modest_refused", _G, "Refuse travel and accommodation that is more than modest", Unit.YES_NO),
        F("lay_members_minimum", _M, "Lay members of the governing body, at least", Unit.PEOPLE),
        F("governing_body_minimum", _M, "Members of the governing body, at least", Unit.PEOPLE),
        F("board_ordinary_members_minimum", _M, "Ordinary members of the board, at least", Unit.PEOPLE),
        F("independence_bar", _M, "Nobody is appointed who could undermine the independence of the health service", Unit.YES_NO),
        F("lay_title", _M, "A lay member is called", Unit.WORDS),
        F("vice_chair_title", _M, "Whoever stands in for the chair is called", Unit.WORDS),
        F("withdrawal_share_to_pause", _M, "The chair decides whether to go on, once this share has to withdraw", Unit.WORDS),
        F("urgent_decision_ratified", _M, "An urgent decision is reported to be ratified", Unit.YES_NO),
        F("minutes_retention_years", _M, "Keep minutes for", Unit.YEARS),
        F("papers_days", _M, "Send agenda and papers before the meeting", Unit.DAYS),
        F("requisition_share", _M, "An extra meeting can be called for by this share of the members", Unit.WORDS),
        F("requisition_days", _M, "They may call it themselves after", Unit.DAYS),
        F("procurement_register_required", _P, "Keep a register of procurement decisions and contracts awarded", Unit.YES_NO),
        F("procurement_retention_years", _P, "Keep a procurement decision, after the contract ends, for", Unit.YEARS),
        F("procurement_regime", _P, "Rules for buying health care", Unit.WORDS),
        F("procurement_regime_other", _P, "Rules for buying anything else", Unit.WORDS),
        F("standstill_working_days", _P, "Wait between the notice and the contract", Unit.WORKING_DAYS),
        F("award_notice_days", _P, "Publish the notice of an award or a modification within", Unit.DAYS),
        F("approach_notice_days", _P, "Publish the intended approach before the providers are assessed", Unit.DAYS),
        F("breach_publication_required", _A, "Publish breaches, without names", Unit.YES_NO),
        F("breach_retention_years", _A, "Keep the record of a breach, after it was closed, for", Unit.YEARS),
        F("breach_page_months", _A, "Bring the page of breaches up to date every", Unit.MONTHS),
        F("breach_investigation_days", _A, "Begin to look into a breach within", Unit.DAYS),
        F("training_required", _A, "Training in managing conflicts", Unit.YES_NO),
        F("training_months", _A, "Repeat the training every", Unit.MONTHS),
        F("training_modules", _A, "Modules of the training", Unit.NUMBER),
        F("training_pass_percent", _A, "Pass mark of each module", Unit.PERCENT),
        F("training_deadline", _A, "The training is done by", Unit.WORDS),
        F("audit_months", _A, "Internal audit every", Unit.MONTHS),
        F("attestation_months", _A, "The audit chair attests every", Unit.MONTHS),
        F("self_certification_months", _A, "Certify to NHS England every", Unit.MONTHS),
    )
}  # fmt: skip
"""One for each parameter, in the order in which a page lists them."""

SUBJECT_WORDS = {
    Subject.DECLARING: "Declaring interests",
    Subject.REGISTER: "The registers",
    Subject.GIFTS: "Gifts and hospitality",
    Subject.MEETINGS: "Committees and meetings",
    Subject.PROCUREMENT: "Procurement",
    Subject.ASSURANCE: "Breaches, training and audit",
}
_UNIT_WORDS = {
    Unit.DAYS: ("day", "days"),
    Unit.WORKING_DAYS: ("working day", "working days"),
    Unit.MONTHS: ("month", "months"),
    Unit.YEARS: ("year", "years"),
}
_WORDS = {
    "list": "A list of kinds",
    "four": "Financial, professional, personal, and those of somebody close",
    "nhs_wide": "Outside work, shares, patents, loyalty, donations, sponsorship and private practice too",
    "everyone": "Everybody’s",
    "decision_making_staff": "At least those of staff who take or influence decisions",
    "8d": "Band 8d",
    "1/2": "More than half",
    "1/3": "A third",
    "ppccr_2013": "Procurement, Patient Choice and Competition Regulations 2013",
    "psr_2023": "Provider Selection Regime",
    "pcr_2015": "Public Contracts Regulations 2015",
    "procurement_act_2023": "Procurement Act 2023",
}


def may_be_set(name: str) -> bool:
    """Whether a body may set a figure in its own policy."""
    return name in STRICTER_IF_LOWER or name in STRICTER_IF_HIGHER


def said(name: str, value: ParameterValue) -> str:
    """Returns a value of a figure as a page says it: "28 days", "£50", "Yes", "No figure"."""
    unit = FIGURES[name].unit
    if value is None:
        return "No figure"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if unit is Unit.POUNDS:
        return f"£{value:,}" if value == int(value) else f"£{Decimal(value):,.2f}"
    if unit is Unit.PERCENT:
        return f"{value}%"
    if unit in _UNIT_WORDS:
        one, many = _UNIT_WORDS[unit]
        return f"{value} {one if value == 1 else many}"
    return _WORDS.get(str(value), str(value))
