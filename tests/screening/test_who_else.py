"""Who else may be meant by a few words: one that closed, a network called by a part, a company that only says what it is."""

from datetime import date

import pytest

from coi.screening.matcher import Matcher
from coi.screening.matching_vocabulary import Dated, Decision, ReferenceOrganisation
from tests.screening.invented import HERE, practice

MATCHER = Matcher((
    practice("Z50001", "THE CENTRE GORSEBY (DR ELM)", "Gorseby", former_names=("MEDICAL CENTRE GORSEBY",)),
    practice("Z50002", "THE CENTRE GORSEBY (DR ASH)", "Gorseby", former_names=("MEDICAL CENTRE GORSEBY",),
             status="closed", closed_on=date(2024, 3, 31)),
    practice("Z50003", "OAKSHAW LANE PRACTICE", "Fenby"),
    practice("Z50004", "OAKSHAW SURGERY", "Fenby", status="closed", closed_on=date(2025, 2, 28)),
    practice("Z50012", "THORNLOW & BARLEY MEDICAL GROUP", "Fenby"),
    practice("Z50021", "MANOR ROW SURGERY", "Fenby"),
    practice("Z50022", "GREEN PORCH PARTNERSHIP", "Fenby"),
    practice("Z50023", "TUNLOWE SURGERY", "Fenby"),
    practice("Z50030", "PRIMARY CARE CENTRE", "Farby", area="97Z"),
    practice("Z50031", "GILDERS PRIMARY CARE CTR", "Fenby"),
    *(ReferenceOrganisation(f"Z9006{n}", f"BRUNLEY HEALTH GROUP PCN{n}", "pcn", areas=(Dated(HERE),)) for n in (1, 2, 3)),
    *(practice(f"Z5010{n}", f"SURGERY 3 OF ROW {letter}", "Farby", area="97Z") for n, letter in enumerate("BCDEFGH")),
    ReferenceOrganisation("Z90081", "DELLOW HEALTH CARE CIC OOH", "prescribing", ("DELLOW HEALTH CARE CIC",), areas=(Dated("97Z"),)),
    ReferenceOrganisation("Z90082", "DELLOW HEALTH CARE CIC", "prescribing", status="closed", areas=(Dated("98Z"),)),
    ReferenceOrganisation("Z90070", "MEMORY CLINIC - VALE HOUSE", "prescribing", areas=(Dated("97Z"),)),
    ReferenceOrganisation("Z90050", "COASTAL (KERNLOW) PCN", "pcn", areas=(Dated(HERE),)),
    ReferenceOrganisation("Z90051", "TUNLEY HEALTH PCN", "pcn", areas=(Dated(HERE),)),
))  # fmt: skip


def found(text: str) -> tuple[Decision, set[str]]:
    result = MATCHER.match(text, HERE)
    return result.decision, {one.code or f"ORG:{one.name}" for one in result.organisations}


@pytest.mark.parametrize(
    ("text", "decision", "codes"),
    [
        ("Former partner at the Medical Centre, Gorseby (2015 to 2019)", Decision.AMBIGUOUS, {"Z50001", "Z50002"}),
        ("Partner at the Medical Centre, Gorseby", Decision.MATCHED, {"Z50001"}),
        ("Retired in 2025 from the Medical Centre, Gorseby", Decision.MATCHED, {"Z50001"}),
        ("GP partner, Oakshaw, Fenby", Decision.AMBIGUOUS, {"Z50003", "Z50004"}),
        ("GP partner, Oakshaw Surgery", Decision.MATCHED, {"Z50004"}),
        ("GP partner, Oakshaw Lane", Decision.MATCHED, {"Z50003"}),
    ],
)
def test_one_that_closed_is_meant_where_the_years_or_few_words_allow_it(
    text: str, decision: Decision, codes: set[str]
) -> None:
    assert found(text) == (decision, codes)


def test_a_code_with_two_digits_swapped_is_that_of_the_name_beside_it() -> None:
    assert found("Thornlow & Barley Med. Grp (Z50021), GP partner") == (Decision.MATCHED, {"Z50012"})
    assert found("Oakshaw Lane Practise (Z50030), GP partner") == (Decision.MATCHED, {"Z50003"})
    assert found("Greenporch Partnership (Z50003), GP partner")[0] is Decision.AMBIGUOUS


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Close friend is chief exec of Kernlow Health", {"ORG:Kernlow Health"}),
        ("Director, Tunley Health", {"Z90051"}),
        ("Clinical director, Kernlow", {"Z90050"}),
        ("My partner is regional sales manager for Acquira", {"ORG:Acquira"}),
        ("3Sixty Care Partnership - director", {"ORG:3Sixty Care Partnership"}),
        ("Practice manager at Kingsbrook", set()),
        ("Thornlow & Barley MG, Fenby - partner", {"Z50012"}),
        ("PCC member, St Osyth's Church", {"ORG:St Osyth's Church"}),
        ("Partner at Gilders", {"Z50031"}),
        (
            "Partner at Manor Row Surgery, Fenby; director of Dellow Health Care CIC",
            {"Z50021", "ORG:Dellow Health Care CIC"},
        ),
        ("CD for Brunley PCN 3", {"Z90063"}),
        ("CD for Brunley PCN", {"Z90061", "Z90062", "Z90063"}),
        ("Kingsbrook Manor Row, 0.5 WTE salaried GP", set()),
        ("Manor Row, 0.5 WTE salaried GP", {"Z50021"}),
        ("Daughter is FY1 doctor at Manor Row", {"Z50021"}),
    ],
)
def test_a_few_words_name_whoever_is_called_so_and_nobody_else(text: str, codes: set[str]) -> None:
    assert found(text)[1] == codes


@pytest.mark.parametrize(
    "text", ["My GP practice", "Partner in a tunlow practice", "Locum at various practices in Gorseby"]
)
def test_words_for_any_practice_name_none(text: str) -> None:
    assert found(text)[0] is not Decision.MATCHED


def test_a_service_far_away_that_a_part_of_its_name_is_called_by_is_only_asked_about() -> None:
    assert found("Nurse at the Memory Clinic") == (Decision.AMBIGUOUS, {"Z90070"})
