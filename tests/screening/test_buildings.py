"""Texts that say where somebody works by a building, a street or a village, and no name of a practice."""

from datetime import date

import pytest

from coi.screening.matcher import Matcher
from coi.screening.matching_vocabulary import Dated, Decision, MatchResult, ReferenceOrganisation
from tests.screening.invented import HERE, THERE, practice

_WINDLE = {"address": ("WINDLE HSE", "4 LOW STREET", "FENBY", "WEXSHIRE"), "postcode": "FY1 2BB"}
_SKEW = {"address": ("THE HEALTH CENTRE", "SKEW STREET", "FENBY ON WEND"), "postcode": "FY1 3CC"}
MATCHER = Matcher((
    practice("Z40001", "DR OMBER & PARTNERS", "Fenby", address=("THE TURRETS SURGERY", "9 HIGH ROAD", "FENBY"), postcode="FY1 1AA"),
    practice("Z40002", "ALDERBURY MEDICAL", "Fenby", **_WINDLE),
    practice("Z40003", "ORMISTON MEDICAL", "Fenby", **{**_WINDLE, "address": ("ORMISTON M.C, WINDLE HSE", "4 LOW STREET", "FENBY")}),
    practice("Z40004", "TIDEWAY SURGERIES", "Fenby", address=("THE SURGERY", "COLLIER HILL, PORTSEA WICK", "FENBY"), postcode="FY5 1AA"),
    practice("Z40005", "SKEW STREET PRACTICE", "Fenby on Wend", status="closed", closed_on=date(2020, 6, 30), **_SKEW),
    practice("Z40006", "DENBIGH SURGERY", "Fenby on Wend", **_SKEW),
    practice("Z40007", "PIGEON SURGERY", "Fenby on Wend", **_SKEW),
    practice("Z40008", "BRIGHTWATER GROUP", "Fenby", address=("KILNSIDE MILL HOUSE", "2 MILL ROW", "FENBY"), postcode="FY6 1AA"),
    practice("Z40009", "DR PELL'S PRACTICE", "Fenby", address=("QUARRY LANE HEALTH CTR", "QUARRY LANE", "FENBY"), postcode="FY7 1AA"),
    practice("Z40010", "QUARRY MEDICAL PRACTICE", "Fenby", address=("QUARRY MEDICAL PRACTICE", "QUARRY LANE", "FENBY"), postcode="FY7 1AA"),
    practice("Z40011", "TAMSIN GROUP PRACTICE", "Fenby", postcode="FY8 1AA"),
    practice("Z40012", "TAMSIN HOUSE SURGERY", "Fenby", postcode="FY9 1AA"),
    practice("Z40013", "COAST TO CARN HEALTH CENTRES", "Fenby", address=("POOL HEALTH CENTRE", "FAR ROAD, POOL", "FENBY")),
    practice("Z40014", "ELSEWHERE SURGERY", "Costerby", area=THERE, address=("THE RAMPARTS", "1 WALL LANE", "COSTERBY")),
))  # fmt: skip


def match(text: str, area: str = HERE) -> MatchResult:
    return MATCHER.match(text, area)


def codes(result: MatchResult) -> list[str]:
    return sorted(one.code or "" for one in result.organisations)


@pytest.mark.parametrize(
    ("text", "code", "why"),
    [
        ("Sister is practice manager at the Turrets, Fenby", "Z40001", "works at Turrets"),
        ("I am a patient at the Turrets and sit on its PPG", "Z40001", "works at Turrets"),
        ("GP partner, Kilnside Mill House, Fenby", "Z40008", "works in Kilnside Mill House"),
        ("Partner, Kilnsyde Mill House Fenby", "Z40008", "works in Kilnside Mill House"),
        ("Partner at The Surgery, Portsea Wick", "Z40004", "is at Portsea Wick"),
        ("The Surgery, Collier Hill - partner", "Z40004", "is in Collier Hill"),
        ("GP partner, the Ramparts, Costerby", "Z40014", "works in Ramparts"),
        ("GP Partner, Coast to Carn HCs (Pool)", "Z40013", "same name"),
    ],
)
def test_a_building_or_a_village_that_one_practice_is_in_names_it(text: str, code: str, why: str) -> None:
    result = match(text)
    assert result.decision is Decision.MATCHED
    assert codes(result) == [code]
    assert result.organisations[0].why.startswith(why)


@pytest.mark.parametrize(
    ("text", "equals"),
    [
        ("GP Partner, Windle House, Fenby", ["Z40002", "Z40003"]),
        ("GP partner, Low Street, Fenby", ["Z40002", "Z40003"]),
        ("Health Centre, Skew Street, Fenby on Wend - salaried GP", ["Z40006", "Z40007"]),
        ("GP partner, Skew Street", ["Z40006", "Z40007"]),
        ("Quarry Lane Health Centre - GP partner", ["Z40009", "Z40010"]),
        ("Tamsin - GP principal (Fenby)", ["Z40011", "Z40012"]),
        ("GP Partner, Windle House, 4 Low Street", ["Z40002", "Z40003"]),
    ],
)
def test_a_building_of_several_practices_leaves_open_which_is_meant(text: str, equals: list[str]) -> None:
    result = match(text)
    assert result.decision is Decision.AMBIGUOUS
    assert codes(result) == equals


@pytest.mark.parametrize(
    "text",
    [
        "Lives at Kilnside Mill House, Fenby",
        "Landlord of Windle House, Fenby",
        "Partner at Alder Accountants, Kilnside Mill House",
        "GP partner, Kilnside Mill House, Costerby",
        "GP partner, 2 Mill Row, Fenby",
        "Partner, Kilnside Mill House Ltd",
        "Trustee of the Kilnside Mill House school",
    ],
)
def test_an_address_that_nobody_practises_at_as_the_text_tells_names_no_practice(text: str) -> None:
    assert not any(one.code for one in match(text).organisations)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Skew Street Practice, salaried GP", "Z40005"),
        ("Former partner at Skew Street, until 2019", "Z40005"),
        ("Quarry Medical Practice, Quarry Lane", "Z40010"),
        ("Partner at Tamsin House", "Z40012"),
    ],
)
def test_a_building_is_never_stronger_than_a_name(text: str, code: str) -> None:
    result = match(text)
    assert result.decision is Decision.MATCHED
    assert codes(result) == [code]


def test_a_town_of_several_words_beside_a_building_is_not_its_network() -> None:
    towns = Matcher((
        *(practice(f"Z4101{n}", f"{name} SURGERY", "Wendley Hill") for n, name in enumerate(("ASHPOLE", "BIRCHAM", "CEDARLEY"))),
        practice("Z41020", "WEX SURGERIES", "Wendley Hill", address=("ALBANY HOUSE", "ALBANY ROW", "WENDLEY HILL"), postcode="WH2 1AA"),
        ReferenceOrganisation("Z41021", "WENDLEY HILL PCN", "pcn", areas=(Dated(HERE),)),
    ))  # fmt: skip
    assert codes(towns.match("GP partner, Albany House, Wendley Hill", HERE)) == ["Z41020"]


def test_a_house_or_a_town_with_another_type_than_its_practice_leaves_open_who_is_meant_of_those_there() -> None:
    ends, postcode = ("9 LONG ROAD,OVERTON", "LOWER WEND"), {"postcode": "LW1 1AA"}
    centre = {"address": ("WENDLOW COMM.HEALTH CTR", "WENDLOW"), "postcode": "LW2 1AA"}
    known = Matcher((
        practice("Z42001", "THE COURT PRACTICE", "Lower Wend", address=("HEALTH CENTRE", *ends), **postcode),
        practice("Z42002", "THE LAUREL MEDICAL PRACTICE", "Lower Wend", address=("OVERTON HEALTH CENTRE", *ends), **postcode),
        practice("Z42003", "WENDLOW MEDICAL PRACTICE", "Wendlow", **centre),
        practice("Z42004", "WENDLOW COMMUNITY HEALTH CENTRE", "Wendlow", **centre),
        practice("Z42006", "DR ELM", "Lower Wend", address=("UNDERCLIFF HEALTH CENTRE", "UNDERCLIFF"), postcode="LW4 1AA"),
        practice("Z42007", "DR ASH", "Lower Wend", address=("4 MILL ROW", "UNDERCLIFF"), postcode="LW5 1AA"),
        practice("Z42005", "MALLOW SURGERY", "Lower Wend", postcode="LW3 1AA"),
    ))  # fmt: skip

    def found(text: str) -> tuple[Decision, list[str]]:
        result = known.match(text, HERE)
        return result.decision, codes(result)

    assert found("Partner, Overton surgery") == (Decision.AMBIGUOUS, ["Z42001", "Z42002"])
    assert found("Partner, Overton Surgery") == (Decision.AMBIGUOUS, ["Z42001", "Z42002"])
    assert found("Wendlow Health Centre - locum") == (Decision.AMBIGUOUS, ["Z42003", "Z42004"])
    assert found("Wendlow Medical Practice - locum") == (Decision.MATCHED, ["Z42003"])
    assert found("Wendlow Surgery - locum") == (Decision.MATCHED, ["Z42003"])
    assert found("Partner, Undercliff surgery") == (Decision.AMBIGUOUS, ["Z42006", "Z42007"])
    assert found("Locum, Undercliff practices") == (Decision.AMBIGUOUS, ["Z42006", "Z42007"])
    assert found("Partner, Undercliff Health Centre") == (Decision.MATCHED, ["Z42006"])
    assert found("Mallow Health Centre") == (Decision.MATCHED, ["Z42005"])
