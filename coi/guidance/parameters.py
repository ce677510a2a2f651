"""Every number and switch of the rule-sets, with its rule id, force and source. Data only: which set is in force stands
in rulesets."""

from datetime import date
from decimal import Decimal

from coi.guidance.vocabulary import Force, Parameter

P = Parameter
MUST, SHOULD, MAY = Force.MUST, Force.SHOULD, Force.MAY

ACT_CCG = "NHS Act 2006 s.14O"
ACT_ICB = "NHS Act 2006 s.14Z30"
CCG_2013 = "Managing conflicts of interests: guidance for CCGs (March 2013)"
CCG_2014 = "Managing conflicts of interest: statutory guidance for CCGs (December 2014)"
CCG_2016 = "Revised statutory guidance for CCGs (June 2016)"
NHS_2017 = "Managing conflicts of interest in the NHS (February 2017)"
CCG_2017 = "Revised statutory guidance for CCGs (June 2017)"
NHS_2024 = "Managing conflicts of interest in the NHS (2024)"
CONSTITUTION = "Model constitution and standing orders"
TO_VERIFY = "Check the wording in the document before you quote it."

ALWAYS = (
    P("declare_days_from_arising", 28, "DECL-02", SHOULD, "Declaration form (Annex A)"),
    P("relationship_required_if_indirect", True, "DECL-05", SHOULD, "Declaration form (Annex A)"),
    P("manager_agrees_mitigation", True, "DECL-07", SHOULD, "Declaration form (Annex A)"),
    P("gift_cash_declined", True, "GIFT-03", SHOULD, "Guidance on gifts, all editions"),
    P("gift_cash_declared", True, "GIFT-03", SHOULD, "Guidance on gifts, all editions"),
    P("withdrawal_share_to_pause", "1/2", "QUO-01", SHOULD, "CCG model constitution"),
    P("urgent_decision_ratified", True, "URG-01", MUST, CONSTITUTION),
    P("minutes_retention_years", 20, "MIN-01", SHOULD, "Records Management Code of Practice", TO_VERIFY),
    P("foi_working_days", 20, "REG-02", MUST, "Freedom of Information Act 2000 s.10"),
)

# What no rule-set asked for before a later one did. Each rule-set replaces what it introduced.
NOT_YET = (
    P("nil_return_required", False, "DECL-04", MAY, "Not asked for"),
    P("refresh_months_suggested", None, "DECL-04", MAY, "Not asked for"),
    P("public_after_expiry_months", None, "REG-03", MAY, "No figure set"),
    P("private_retention_years", None, "REG-04", MAY, "No figure set"),
    P("procurement_retention_years", None, "REG-04", MAY, "Left to each body"),
    P("breach_retention_years", None, "REG-04", MAY, "Left to each body"),
    P("historic_note_required", False, "REG-05", MAY, "Not asked for"),
    P("guardian_required", False, "REG-06", MAY, "Not asked for"),
    P("lay_members_minimum", None, "REG-01", MAY, "No figure set"),
    P("governing_body_minimum", None, "REG-01", MAY, "No figure set"),
    P("board_ordinary_members_minimum", None, "REG-01", MAY, "No figure set"),
    P("independence_bar", False, "REG-01", MAY, "Not asked for"),
    P("procurement_register_required", False, "PROC-03", MAY, "Not asked for"),
    P("breach_publication_required", False, "BRE-01", MAY, "Not asked for"),
    P("gifts_register_required", False, "GIFT-01", MAY, "Not asked for"),
    P("gift_supplier_declined", False, "GIFT-01", MAY, "Not asked for"),
    P("gift_promotional_limit", None, "GIFT-01", MAY, "No figure set"),
    P("gift_modest_limit", None, "GIFT-02", MAY, "No figure set"),
    P("gift_declare_over", None, "GIFT-02", MAY, "No figure set"),
    P("gift_cumulative_months", None, "GIFT-02", MAY, "No figure set"),
    P("hospitality_declare_from", None, "HOSP-01", MAY, "No figure set"),
    P("hospitality_refuse_over", None, "HOSP-01", MAY, "No figure set"),
    P("hospitality_supplier_senior_approval", False, "HOSP-02", MAY, "Not asked for"),
    P("travel_declared", False, "HOSP-01", MAY, "Not asked for"),
    P("travel_beyond_modest_refused", False, "HOSP-01", MAY, "Not asked for"),
    P("declined_offers_recorded", False, "GIFT-01", MAY, "Not asked for"),
    P("shareholding_collective_exempt", False, "DECL-06", MAY, "Not said"),
    P("interest_kinds_asked", None, "DECL-06", MAY, "No list"),
    P("decision_maker_band", None, "REG-02", MAY, "No figure set"),
    P("publish_months", None, "REG-02", MAY, "No figure set"),
    P("mitigation_letter_days", None, "DECL-07", MAY, "No figure set"),
    P("breach_page_months", None, "BRE-01", MAY, "Left to each body"),
    P("breach_investigation_days", None, "BRE-01", MAY, "Left to each body"),
    P("papers_days", None, "MTG-01", MAY, "Left to each body"),
    P("self_certification_months", None, "ASS-01", MAY, "No figure set"),
    P("training_required", False, "TRN-01", MAY, "Not asked for"),
    P("training_modules", None, "TRN-01", MAY, "No figure set"),
    P("training_deadline", None, "TRN-01", MAY, "Left to each body"),
    P("requisition_share", None, "MTG-01", MAY, "No figure set"),
    P("requisition_days", None, "MTG-01", MAY, "No figure set"),
    P("audit_months", None, "ASS-01", MAY, "No figure set"),
    P("attestation_months", None, "ASS-01", MAY, "No figure set"),
    P("training_months", None, "TRN-01", MAY, "No figure set"),
    P("training_pass_percent", None, "TRN-01", MAY, "No figure set"),
    P("procurement_regime_other", None, "PROC-01", MAY, "None"),
    P("standstill_working_days", None, "PROC-04", MAY, "No figure set"),
    P("award_notice_days", None, "PROC-04", MAY, "No figure set"),
    P("approach_notice_days", None, "PROC-04", MAY, "No figure set"),
)

CCG = (
    P("declare_days", 28, "DECL-01", MUST, f"{ACT_CCG}(3)"),
    P("member_practices", True, "REG-01", MUST, f"{ACT_CCG}(1)"),
    P("governing_body_minimum", 6, "REG-01", MUST, "CCG Regulations 2012 reg 11"),
    P("lay_members_minimum", 2, "REG-01", MUST, "CCG Regulations 2012 reg 11"),
    P("lay_title", "lay member", "PCCC-01", MUST, CCG_2014),
    P("vice_chair_title", "vice chair", "PCCC-01", MUST, CCG_2014),
    P("procurement_regime", "ppccr_2013", "PROC-01", MUST, "SI 2013/500 reg 6"),
    P("procurement_regime_other", "pcr_2015", "PROC-01", MUST, "SI 2015/102 reg 24", since=date(2015, 2, 26)),
    P("publish_scope", "everyone", "REG-02", MUST, f"{ACT_CCG}(2)"),
    P("mitigation_letter_days", 7, "DECL-07", SHOULD, "CCG model constitution", TO_VERIFY),
)

CCG_2013_CHANGES = (
    P("refresh_months", 12, "DECL-04", SHOULD, CCG_2013),
    P("refresh_months_suggested", 3, "DECL-04", MAY, CCG_2013),
    P("interest_categories", "list", "DECL-06", SHOULD, CCG_2013),
    P("shareholding_over_percent", 5, "DECL-06", SHOULD, CCG_2013),
)

CCG_2014_CHANGES = (
    P("refresh_months", 12, "DECL-04", SHOULD, CCG_2014),
    P("refresh_months_suggested", 3, "DECL-04", MAY, CCG_2014),
    P("interest_categories", "list", "DECL-06", SHOULD, CCG_2014),
    P("shareholding_over_percent", 5, "DECL-06", SHOULD, CCG_2014, f"Carried over from 2013. {TO_VERIFY}"),
    P("procurement_register_required", True, "PROC-03", SHOULD, CCG_2014),
)

# The figures on gifts and hospitality that came with the guidance for the whole NHS on 1 June 2017.
NHS_WIDE_FROM = date(2017, 6, 1)
NHS_WIDE_2017 = (
    P("gift_promotional_limit", Decimal(6), "GIFT-01", SHOULD, NHS_2017, since=NHS_WIDE_FROM),
    P("gift_modest_limit", None, "GIFT-02", MAY, NHS_2017, "Replaced by the £50 limit.", since=NHS_WIDE_FROM),
    P("gift_declare_over", Decimal(50), "GIFT-02", SHOULD, NHS_2017, since=NHS_WIDE_FROM),
    P("gift_cumulative_months", 12, "GIFT-02", SHOULD, NHS_2017, since=NHS_WIDE_FROM),
    P("hospitality_declare_from", Decimal(25), "HOSP-01", SHOULD, NHS_2017, since=NHS_WIDE_FROM),
    P("hospitality_refuse_over", Decimal(75), "HOSP-01", SHOULD, NHS_2017, since=NHS_WIDE_FROM),
    P("hospitality_supplier_senior_approval", True, "HOSP-02", SHOULD, NHS_2017, since=NHS_WIDE_FROM),
    P("travel_declared", True, "HOSP-01", SHOULD, NHS_2017, since=NHS_WIDE_FROM),
    P("travel_beyond_modest_refused", True, "HOSP-01", SHOULD, NHS_2017,
      "Unless a senior manager approves and the reason is recorded.", since=NHS_WIDE_FROM),
    P("shareholding_over_percent", 0, "DECL-06", SHOULD, NHS_2017, "Any holding.", since=NHS_WIDE_FROM),
    P("shareholding_collective_exempt", True, "DECL-06", SHOULD, NHS_2017,
      "Collective investments, pension funds and unit trusts.", since=NHS_WIDE_FROM),
    P("interest_kinds_asked", "nhs_wide", "DECL-06", SHOULD, NHS_2017, since=NHS_WIDE_FROM),
    P("publish_months", 12, "REG-02", SHOULD, NHS_2017, "At least once a year.", since=NHS_WIDE_FROM),
)  # fmt: skip

CCG_2016_CHANGES = (
    P("refresh_months", 6, "DECL-04", SHOULD, CCG_2016),
    P("nil_return_required", True, "DECL-04", SHOULD, CCG_2016),
    P("interest_categories", "four", "DECL-06", SHOULD, CCG_2016),
    P(
        "shareholding_over_percent",
        0,
        "DECL-06",
        SHOULD,
        CCG_2016,
        f"Any holding counts. {TO_VERIFY}",
    ),
    P("lay_members_minimum", 3, "REG-01", SHOULD, CCG_2016),
    P("public_after_expiry_months", 6, "REG-03", SHOULD, CCG_2016),
    P("private_retention_years", 6, "REG-04", SHOULD, CCG_2016),
    P("historic_note_required", True, "REG-05", SHOULD, CCG_2016),
    P("guardian_required", True, "REG-06", SHOULD, CCG_2016),
    P("procurement_register_required", True, "PROC-03", SHOULD, CCG_2016),
    P("breach_publication_required", True, "BRE-01", SHOULD, CCG_2016),
    P("gifts_register_required", True, "GIFT-01", SHOULD, CCG_2016),
    P("gift_supplier_declined", True, "GIFT-01", SHOULD, CCG_2016),
    P("gift_modest_limit", Decimal(10), "GIFT-02", SHOULD, CCG_2016, TO_VERIFY),
    P("hospitality_refuse_over", Decimal(25), "HOSP-01", SHOULD, CCG_2016, "More than this is presumed not modest."),
    P("travel_beyond_modest_refused", True, "HOSP-01", SHOULD, CCG_2016, "Foreign travel is presumed refused."),
    P("declined_offers_recorded", True, "GIFT-01", SHOULD, CCG_2016),
    P("training_required", True, "TRN-01", SHOULD, CCG_2016),
    P("self_certification_months", 3, "ASS-01", SHOULD, CCG_2016, "And once for the whole year."),
    P("audit_months", 12, "ASS-01", SHOULD, CCG_2016),
    P("attestation_months", 12, "ASS-01", SHOULD, CCG_2016),
    *NHS_WIDE_2017,
)

CCG_2017_CHANGES = (
    *CCG_2016_CHANGES,
    P("refresh_months", 12, "DECL-04", SHOULD, CCG_2017),
    P("publish_scope", "decision_making_staff", "REG-02", SHOULD, CCG_2017),
    P("decision_maker_band", "8d", "REG-02", SHOULD, NHS_2017),
    P("training_months", 12, "TRN-01", SHOULD, CCG_2017),
    P("training_pass_percent", 80, "TRN-01", SHOULD, CCG_2017),
    P("training_modules", 3, "TRN-01", SHOULD, CCG_2017, "The first is for everybody who is named."),
    P(
        "training_deadline",
        "31 January 2018",
        "TRN-01",
        SHOULD,
        CCG_2017,
        f"Later years: set by each body. {TO_VERIFY}",
    ),
    P("training_deadline", None, "TRN-01", MAY, "Left to each body", since=date(2018, 2, 1)),
)

ICB = (
    *NHS_WIDE_2017,
    P("declare_days", 28, "DECL-01", MUST, f"{ACT_ICB}(3)"),
    P("refresh_months", 12, "DECL-04", SHOULD, NHS_2017),
    P("nil_return_required", True, "DECL-04", SHOULD, NHS_2017),
    P("interest_categories", "four", "DECL-06", SHOULD, NHS_2017),
    P("member_practices", False, "REG-01", MUST, f"{ACT_ICB}(1)"),
    P("publish_scope", "decision_making_staff", "REG-02", MUST, f"{ACT_ICB}(2)"),
    P("decision_maker_band", "8d", "REG-02", SHOULD, NHS_2017),
    P("public_after_expiry_months", 6, "REG-03", SHOULD, NHS_2017),
    P("private_retention_years", 6, "REG-04", SHOULD, NHS_2017),
    P("historic_note_required", True, "REG-05", SHOULD, NHS_2017),
    P("guardian_required", True, "REG-06", SHOULD, CONSTITUTION),
    P("lay_title", "non-executive member", "PCCC-01", SHOULD, CONSTITUTION),
    P("vice_chair_title", "deputy chair", "PCCC-01", SHOULD, CONSTITUTION),
    P("board_ordinary_members_minimum", 3, "REG-01", MUST, "NHS Act 2006 Sch 1B para 3"),
    P("independence_bar", True, "REG-01", MUST, "NHS Act 2006 Sch 1B para 4"),
    P("requisition_share", "1/3", "MTG-01", MUST, CONSTITUTION, TO_VERIFY),
    P("requisition_days", 7, "MTG-01", MUST, CONSTITUTION, TO_VERIFY),
    P("gifts_register_required", True, "GIFT-01", SHOULD, NHS_2017),
    P("gift_supplier_declined", True, "GIFT-01", SHOULD, NHS_2017),
    P("declined_offers_recorded", True, "GIFT-01", SHOULD, NHS_2017),
    P("training_required", True, "TRN-01", SHOULD, NHS_2017),
    P("procurement_register_required", True, "PROC-03", SHOULD, CONSTITUTION),
    P("breach_publication_required", True, "BRE-01", SHOULD, NHS_2017),
    P("audit_months", 12, "ASS-01", SHOULD, CONSTITUTION),
    P("training_months", 12, "TRN-01", SHOULD, NHS_2017),
    P("procurement_regime", "ppccr_2013", "PROC-01", MUST, "SI 2013/500 reg 6"),
    P("procurement_regime", "psr_2023", "PROC-04", MUST, "SI 2023/1348 regs 21 and 24", since=date(2024, 1, 1)),
    P("standstill_working_days", 8, "PROC-04", MUST, "SI 2023/1348 reg 12", since=date(2024, 1, 1)),
    P("award_notice_days", 30, "PROC-04", MUST, "SI 2023/1348", TO_VERIFY, since=date(2024, 1, 1)),
    P("approach_notice_days", 14, "PROC-04", MUST, "SI 2023/1348 reg 10", TO_VERIFY, since=date(2024, 1, 1)),
    P("procurement_regime_other", "pcr_2015", "PROC-01", MUST, "SI 2015/102 reg 24"),
    P("procurement_regime_other", "procurement_act_2023", "PROC-04", MUST, "Procurement Act 2023 ss.81-83",
      "Goods and services that are not health care.", since=date(2025, 2, 24)),
)  # fmt: skip

ICB_2024_CHANGES = (
    P("refresh_months", 12, "DECL-04", SHOULD, NHS_2024),
    P("nil_return_required", True, "DECL-04", SHOULD, NHS_2024),
    P("public_after_expiry_months", 6, "REG-03", SHOULD, NHS_2024),
    P("private_retention_years", 6, "REG-04", SHOULD, NHS_2024),
    P("gifts_register_required", True, "GIFT-01", SHOULD, NHS_2024),
    P("gift_supplier_declined", True, "GIFT-01", SHOULD, NHS_2024),
    P("gift_promotional_limit", Decimal(6), "GIFT-01", SHOULD, NHS_2024),
    P("gift_declare_over", Decimal(50), "GIFT-02", SHOULD, NHS_2024),
    P("gift_cumulative_months", 12, "GIFT-02", SHOULD, NHS_2024),
    P("hospitality_declare_from", Decimal(25), "HOSP-01", SHOULD, NHS_2024),
    P("hospitality_refuse_over", Decimal(75), "HOSP-01", SHOULD, NHS_2024),
    P("hospitality_supplier_senior_approval", True, "HOSP-02", SHOULD, NHS_2024),
    P("travel_declared", True, "HOSP-01", SHOULD, NHS_2024),
    P("breach_publication_required", True, "BRE-01", SHOULD, NHS_2024),
    P("training_months", 12, "TRN-01", SHOULD, NHS_2024),
)

# Which way a body may depart from a figure in its own policy: only to be stricter.
STRICTER_IF_LOWER = frozenset(
    {
        "declare_days",
        "declare_days_from_arising",
        "refresh_months",
        "gift_declare_over",
        "gift_promotional_limit",
        "hospitality_declare_from",
        "hospitality_refuse_over",
        "shareholding_over_percent",
        "training_months",
        "audit_months",
        "attestation_months",
        "self_certification_months",
        "gift_modest_limit",
        "publish_months",
        "mitigation_letter_days",
        "breach_page_months",
        "breach_investigation_days",
        "foi_working_days",
    }
)
STRICTER_IF_HIGHER = frozenset(
    {
        "public_after_expiry_months",
        "private_retention_years",
        "procurement_retention_years",
        "breach_retention_years",
        "minutes_retention_years",
        "gift_cumulative_months",
        "lay_members_minimum",
        "training_pass_percent",
        "papers_days",
    }
)

# What a body says where the guidance sets no figure is at least as much as another figure of the same rules.
AT_LEAST = {
    "procurement_retention_years": "private_retention_years",
    "breach_retention_years": "private_retention_years",
}
