"""Quorum rules of real bodies as data: the eight of the published table (Q01 to Q08) and the eleven of the rulebook (Q1 to Q11)."""

from typing import Any

CHAIR_OR_VICE: dict[str, Any] = {"office": ["chair", "vice_chair"]}


def members(number: int) -> dict[str, Any]:
    return {"at_least": number, "of": {}}


def of_class(number: int, *classes: str) -> dict[str, Any]:
    return {"at_least": number, "of": {"class": list(classes)}}


def post(*roles: str) -> dict[str, Any]:
    return {"at_least": 1, "of": {"role": list(roles)}}


LAY_OR_CLINICAL = [
    {"class": ["lay"], "attr": ["audit", "ppi"]},
    {"class": ["lay"], "attr": ["lay_person"]},
    {"class": ["nurse"]},
    {"class": ["secondary_care"]},
]
SITE_2 = [
    of_class(3, "non_executive"),
    of_class(1, "gp"),
    {"at_least": 2, "of": {"attr": ["chief_officer"]}},
    post("Chief Finance Officer"),
    post("Head of Contracting"),
    {"at_least": 2, "of": {"voting": False}},
]

TEXTS: dict[str, dict[str, Any]] = {
    "Q01": {
        "all": [
            members(3),
            of_class(1, "lay"),
            post("Chief Officer", "Chief Finance Officer", "Chief of Service Delivery"),
        ]
    },
    "Q02": {"all": [members(10), *SITE_2]},
    "Q03": {"all": [members(3), of_class(1, "lay"), of_class(1, "gp"), of_class(1, "executive")]},
    "Q04": {
        "all": [
            members(4),
            post("Chief Officer", "Chief Finance Officer"),
            {"k_of": 2, "among": LAY_OR_CLINICAL},
            CHAIR_OR_VICE,
        ]
    },
    "Q05": {
        "all": [members(4), CHAIR_OR_VICE, post("Chief Finance Officer", "Deputy Chief Finance Officer", "Chief Nurse")]
    },
    "Q06": {
        "all": [
            members(4),
            CHAIR_OR_VICE,
            {
                "any": [
                    post("Chief Finance Officer", "Deputy Chief Finance Officer"),
                    post("Chief Nurse", "Head of Quality Assurance"),
                ]
            },
        ]
    },
    "Q07": {
        "all": [
            members(7),
            of_class(1, "councillor"),
            of_class(1, "nhs_representative"),
            post("Director of Public Health"),
        ]
    },
    "Q08": members(3),
    "Q1": {
        "all": [
            members(3),
            of_class(1, "lay"),
            post("Chief Officer", "Chief Finance Officer", "Chief of Service Delivery & Quality"),
        ]
    },
    "Q2": {"all": SITE_2},
    "Q3": {"all": [of_class(1, "lay"), of_class(1, "gp"), of_class(1, "executive")]},
    "Q4": {
        "all": [
            members(4),
            {"any": [post("Chief Officer"), post("Chief Finance Officer")]},
            {"k_of": 2, "among": LAY_OR_CLINICAL},
            {"any": [{"office": ["chair"]}, {"office": ["vice_chair"]}]},
        ]
    },
    "Q5": {
        "all": [
            members(7),
            of_class(1, "councillor"),
            {"at_least": 1, "of": {"org": "NHS"}},
            post("Director of Public Health"),
        ]
    },
    "Q6": {
        "all": [
            {"at_least_fraction": "1/2", "of": {}, "base": "in_post"},
            {"when": {"attribute": ["appointment"]}, "rule": {"office": ["chair"]}},
        ]
    },
    "Q7": {
        "all": [
            {"at_least": 6, "of": {"voting": True}},
            post("Chief Executive", "Chief Finance Officer"),
            post("Medical Director", "Director of Nursing"),
            of_class(1, "non_executive"),
            of_class(1, "partner"),
        ]
    },
    "Q8": {"all": [members(4), CHAIR_OR_VICE, {"at_least": 1, "of": {"attr": ["independent_of_department"]}}]},
    "Q9": {"at_least_fraction": "1/2", "of": {"voting": True}, "base": "in_post"},
    "Q10": {
        "all": [
            {"per_org": "Northfield CCG", "rule": members(2)},
            {"per_org": "NHS England", "rule": {"all": [members(2), of_class(1, "nhs_england")]}},
            {"at_least": 1, "of": {"class": "lay", "office": ["chair", "vice_chair"]}},
        ]
    },
    "Q11": {
        "all": [{"per_org": "Northfield CCG", "rule": members(3)}, {"per_org": "Southfield CCG", "rule": members(3)}]
    },
    "Q12": {
        "all": [
            {"at_least_fraction": "2/3", "of": {"voting": True}, "base": "established"},
            of_class(1, "lay"),
            {"majority": {"class": ["gp", "nurse", "secondary_care"]}},
        ]
    },
}
