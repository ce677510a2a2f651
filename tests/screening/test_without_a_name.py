"""Texts that hold no name of a practice: a postcode, initials, a doctor who is only somebody, a school that is called as a practice is."""

import pytest

from coi.screening.layouts import AgendaRow, RegisterRow
from coi.screening.matcher import Matcher
from coi.screening.matching_vocabulary import Dated, Decision, MatchResult, ReferenceOrganisation
from coi.screening.screen import screen
from tests.screening.invented import HERE, THERE, practice
from tests.screening.test_titles import DAY

KNOWN = (
    practice("Z40001", "MELLOW VALE SURGERY", "Fenby", address=("3 MILL ROW", "FENBY"), postcode="FY1 1AA"),
    practice("Z40002", "ST AGNES MEDICAL CENTRE", "Fenby", postcode="FY2 1AA"),
    practice("Z40003", "DR A OKONDO", "Fenby", postcode="FY2 1AA"),
    practice("Z40004", "PERTON MEDICAL CENTRE", "Fenby", postcode="FY3 1AA"),
    practice("Z40005", "OLD WHARF SURGERY", "Fenby", postcode="FY3 1AA", status="closed"),
    practice("Z40006", "PEARL HARBOUR PRACTICE", "Fenby", postcode="FY4 1AA"),
    practice("Z40007", "PETER HALL PRACTICE", "Fenby", postcode="FY5 1AA"),
    practice("Z40008", "BROOK MEADOW ADVICE SURGERY", "Fenby", postcode="FY6 1AA"),
    practice("Z40010", "DR B IDOWEN", "Fenby"),
    practice("Z40011", "DR CD IDOWEN", "Fenby"),
    practice("Z40009", "NORTH OAK WAY SURGERY", "Costerby", area=THERE, postcode="CY1 1AA"),
    practice("Z40020", "HEATHER VIEW MEDICAL CENTRE", "Gorseby"),
    practice("Z40021", "SORREL SURGERY", "Wexcombe"),
    practice("Z40022", "TANSY MEDICAL CENTRE", "Wexcombe"),
    ReferenceOrganisation("Z90041", "MELLOW PCN", "pcn", areas=(Dated(HERE),)),
    ReferenceOrganisation(HERE, "NHS MARLOW ICB - 99Z", "commissioner", geography="QZZ"),
)
MATCHER = Matcher(KNOWN)


def match(text: str) -> MatchResult:
    return MATCHER.match(text, HERE)


def codes(text: str) -> set[str | None]:
    return {one.code for one in match(text).organisations}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("GP surgery, FY1 1AA", "Z40001"),
        ("fy11aa", "Z40001"),
        ("Partner in the practice at 3 Mill Row, Fenby FY1 1AA", "Z40001"),
        ("Surgery, FY3 1AA", "Z40004"),
        ("Salaried GP, CY1 1AA", "Z40009"),
    ],
)
def test_a_postcode_alone_is_the_one_practice_that_is_open_there(text: str, code: str) -> None:
    result = match(text)
    assert (result.decision, codes(text)) == (Decision.MATCHED, {code})
    assert result.organisations[0].why.startswith("the only practice open at ")


def test_a_postcode_of_several_practices_is_none_of_them() -> None:
    result = match("GP partner, FY2 1AA")
    assert (result.decision, codes("GP partner, FY2 1AA")) == (Decision.AMBIGUOUS, {"Z40002", "Z40003"})
    assert result.organisations[0].why == "one of the 2 practices open at FY2 1AA"


@pytest.mark.parametrize(
    "text",
    [
        "GP surgery, FY9 9ZZ",
        "I live at FY1 1AA",
        "Owner of a flat at FY1 1AA",
        "Little Acorns Nursery, FY1 1AA",
        "Wife works at a pharmacy, FY1 1AA",
    ],
)
def test_a_postcode_where_somebody_else_is_names_no_practice(text: str) -> None:
    assert not any(one.code for one in match(text).organisations)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Partner, MVS", {"Z40001"}),
        ("MVS (salaried GP)", {"Z40001"}),
        ("MVS", {"Z40001"}),
        ("Partner, PHP", {"Z40006", "Z40007"}),
        ("Partner, NOWS", set()),
        ("Director, MVS", set()),
        ("Partner and member of the BMA", set()),
        ("Dentist, FY9 9ZZ", set()),
    ],
)
def test_initials_are_a_practice_of_the_area_whose_whole_name_has_them(text: str, found: set[str]) -> None:
    assert {code for code in codes(text) if code} == found
    assert (match(text).decision is Decision.AMBIGUOUS) == (len(found) > 1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Dr Perton is my husband", set()),
        ("Wife of Dr Perton, Fenby", set()),
        ("Partner at Dr Perton's surgery", {"Z40004"}),
        ("Partner at Perton", {"Z40004"}),
        ("Partner, Dr Okondo", {"Z40003"}),
        ("Partner, Dr CD Idowen", {"Z40011"}),
        ("Partner, Dr Idowen", {"Z40010", "Z40011"}),
        ("Network lead, Mellow", {"Z90041"}),
    ],
)
def test_a_doctor_is_a_practice_only_where_one_is_called_so(text: str, found: set[str]) -> None:
    assert codes(text) == found


@pytest.mark.parametrize(
    ("text", "title", "flagged"),
    [
        ("Governor of St Agnes primary school", "St Agnes Medical Centre: rent review", False),
        ("Trustee of St Agnes church", "St Agnes Medical Centre: rent review", False),
        ("Wife of Dr Perton", "Perton Medical Centre: rent review", False),
        ("Partner at St Agnes Medical Centre", "St Agnes Medical Centre: rent review", True),
        ("Partner at Mellow Vale Surgery", "MVS: contract extension", True),
    ],
)
def test_a_school_or_somebody_called_as_a_practice_is_flags_nobody(text: str, title: str, *, flagged: bool) -> None:
    register = [RegisterRow(1, "Dr A", "", text, None, None, None, None, HERE)]
    agenda = [AgendaRow(1, "1", title, "", None, None, HERE)]
    found = screen(register, agenda, on=DAY, area=HERE, organisations=KNOWN, finder=MATCHER)
    assert bool(found.flags) == flagged


@pytest.mark.parametrize(
    ("text", "found", "decision"),
    [
        ("Health Centre, Gorseby", {"Z40020"}, Decision.MATCHED),
        ("The Surgery, Gorseby (partner)", {"Z40020"}, Decision.MATCHED),
        ("Health Centre, Wexcombe", {"Z40021", "Z40022"}, Decision.AMBIGUOUS),
        ("GP partner at a practice in Wexcombe", {"Z40021", "Z40022"}, Decision.AMBIGUOUS),
        ("Salaried GP in a Wexcombe surgery", {"Z40021", "Z40022"}, Decision.AMBIGUOUS),
        ("GP in Wexcombe", {"Z40021", "Z40022"}, Decision.AMBIGUOUS),
        ("GP partner at a practice in Gorseby", {"Z40020"}, Decision.AMBIGUOUS),
        ("GP, Wexcombe", {"Z40021", "Z40022"}, Decision.AMBIGUOUS),
        ("GP partner (Gorseby)", {"Z40020"}, Decision.AMBIGUOUS),
        ("GP, Dermatology", set(), Decision.NONE),
        ("GP, Z4OO2O", {"Z40020"}, Decision.MATCHED),
        ("GP partner (Z40202)", {"Z40002", "Z40022"}, Decision.AMBIGUOUS),
        ("Salaried GP, Z4001", {"Z40001", "Z40010", "Z40011", "Z40021"}, Decision.AMBIGUOUS),
        ("GP, Y99999", set(), Decision.NONE),
        ("GP partner at a practice in Costerby", set(), Decision.NONE),
        ("Lives near a surgery in Wexcombe", set(), Decision.NONE),
        ("Volunteer at the hospital, Wexcombe", set(), Decision.NONE),
    ],
)
def test_a_town_with_a_type_or_a_code_with_a_slip_leads_to_whoever_may_be_meant_there(
    text: str, found: set[str], decision: Decision
) -> None:
    result = match(text)
    assert (codes(text), result.decision) == (found, decision)


def test_a_name_stands_before_the_slip_of_a_code_beside_it() -> None:
    assert codes("Mellow Vale Surgery (Z4OO2O)") == {"Z40001"}


@pytest.mark.parametrize(
    ("text", "is_listed"),
    [
        ("GP partner at a practice in Wexcombe", True),
        ("GP partner at a practice in Costerby", True),
        ("Salaried GP", True),
        ("GP, Y99999", True),
        ("GP Partner (practice name withheld)", True),
        ("Retired GP partner", False),
        ("Brother is a partner in a law firm", False),
        ("Spouse is a teacher", False),
        ("GP with special interest, dermatology", False),
    ],
)
def test_whoever_is_in_a_practice_that_nobody_knows_is_listed_for_a_person(text: str, *, is_listed: bool) -> None:
    """Rule: MTG-02; RULEBOOK §24 rule 6."""
    register = [RegisterRow(1, "Dr A", "", text, None, None, None, None, HERE)]
    found = screen(register, [], on=DAY, area=HERE, organisations=KNOWN, finder=MATCHER)
    assert [one.text for one in found.unmatched] == ([text] if is_listed else [])
