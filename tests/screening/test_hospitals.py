"""Hospitals: a trust by its hospitals and by what people call it for short, and hospitals that are no trust's."""

import pytest

from coi.screening.matcher import Matcher
from coi.screening.matching_vocabulary import Dated, Decision, ReferenceOrganisation
from tests.screening.invented import HERE, practice

_ELSEWHERE = "97Z"


def trust(code: str, name: str, postcode: str, geography: str = "QZZ", **details: object) -> ReferenceOrganisation:
    return ReferenceOrganisation(code, name, "trust", postcode=postcode, geography=geography, **details)  # type: ignore[arg-type]


def setting(
    code: str, name: str, *address: str, postcode: str = "", area: str = HERE, status: str = "active"
) -> ReferenceOrganisation:
    return ReferenceOrganisation(
        code, name, "prescribing", address=address, postcode=postcode, areas=(Dated(area),), status=status
    )


MATCHER = Matcher((
    trust("ZT1", "NORTHERN WEX UNIVERSITY HEALTHCARE NHS FOUNDATION TRUST", "WX1 1AA"),
    trust("ZT2", "UNIVERSITY HOSPITALS OF FENBY NHS TRUST", "FY1 1AA", former_names=("ROYAL FENBY AND TARN NHS TRUST",)),
    trust("ZT4", "WEX AND HALE MENTAL HEALTH PARTNERSHIP NHS TRUST", "WX7 1AA"),
    trust("ZT5", "NORTH FARBY NHS TRUST", "FB2 1AA", "QYY", status="closed"),
    trust("ZT6", "WEST FARBY NHS TRUST", "FB2 1AA", "QYY"),
    setting("Z60004", "PAIN TEAM", "QUARRY PARK HOSPITAL", "VICTORIA HOSPITAL", postcode="FB2 1AA", area=_ELSEWHERE),
    practice("Z60031", "VICTORIA SURGERY", "Fenby"),
    trust("ZT3", "FARBY HEALTH NHS TRUST", "FB1 1AA", "QYY"),
    setting("Z60001", "NON-MEDICAL PRESCRIBERS", "PHARMACY, ROYAL WEX & HALE HOSPITAL", "MILL ROAD", postcode="WX1 1AA"),
    setting("Z60002", "DERMATOLOGY", "LEVEL 2 OTHER HOSPITAL", "HOSPITAL", "THE COUNTY HOSPITAL", postcode="WX1 1AA"),
    setting("Z60003", "STROKE TEAM", "FARBY ROYAL INFIRMARY", postcode="FB1 1AA", area=_ELSEWHERE),
    *(setting(f"Z6001{n}", "THE STREAMS HOSPITAL", "HIGH ROAD", postcode="WX9 0HH", status=("active", "active", "closed")[n])
      for n in range(3)),
    setting("Z60020", "MEADOWSIDE HOSPITAL", "LOW ROAD", postcode="WX8 0HH"),
    setting("Z60021", "OUTLYING HOSPITAL", "LOW ROAD", postcode="FB8 0HH", area=_ELSEWHERE),
    practice("Z60030", "MEADOW SURGERY", "Fenby"),
    ReferenceOrganisation(HERE, "NHS MARLOW ICB - 99Z", "commissioner", geography="QZZ"),
    ReferenceOrganisation(_ELSEWHERE, "NHS FARBY ICB - 97Z", "commissioner", geography="QYY"),
))  # fmt: skip


def found(text: str, area: str = HERE) -> tuple[Decision, list[str]]:
    result = MATCHER.match(text, area)
    return result.decision, sorted(one.code or f"ORG:{one.name}" for one in result.organisations)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Consultant at the Royal Wex and Hale Hospital", "ZT1"),
        ("Spouse is a consultant at the RW&H", "ZT1"),
        ("Nurse, RWHH", "ZT1"),
        ("RW&H Hospital: registrar", "ZT1"),
        ("Wife works for UHF", "ZT2"),
        ("Registrar at RF&T", "ZT2"),
        ("Registrar at RFT", "ZT2"),
        ("Consultant, Farby Royal Infirmary", "ZT3"),
        ("Non-executive director, WHP", "ZT4"),
        ("Consultant, Quarry Park Hospital", "ZT6"),
    ],
)
def test_a_trust_is_known_by_its_hospitals_and_by_the_initials_of_all_that_it_is_or_was_called(
    text: str, code: str
) -> None:
    assert found(text) == (Decision.MATCHED, [code])


@pytest.mark.parametrize("text", ["Consultant, FRI", "Consultant at the County Hospital", "Director of RW&Q"])
def test_initials_of_a_trust_far_away_and_names_that_many_hospitals_have_name_none(text: str) -> None:
    assert not [one for one in found(text)[1] if not one.startswith("ORG:")]


def test_initials_that_an_and_joins_are_one_name() -> None:
    assert found("Director of CD&E Ltd") == (Decision.MATCHED, ["ORG:CD&E Ltd"])


def test_a_hospital_that_is_no_trust_s_is_known_by_its_name_and_one_with_several_codes_is_any_of_them() -> None:
    assert found("Consultant at The Streams Hospital WX9 0HH") == (Decision.AMBIGUOUS, ["Z60010", "Z60011"])
    assert found("Consultant, Meadowside Hospital") == (Decision.MATCHED, ["Z60020"])
    assert found("Consultant, Outlying Hospital") == (Decision.AMBIGUOUS, ["Z60021"])
    assert found("Partner, Meadow Surgery") == (Decision.MATCHED, ["Z60030"])


def test_a_hospital_far_away_that_is_called_as_others_are_is_only_asked_about() -> None:
    assert found("Consultant, Victoria Hospital") == (Decision.AMBIGUOUS, ["ZT6"])
