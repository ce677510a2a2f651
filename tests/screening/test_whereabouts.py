"""What the places, and the codes, beside a name say: a town far away, a town of several words, somebody else's code."""

import pytest

from coi.screening.matcher import Matcher
from coi.screening.matching_vocabulary import Dated, Decision, MatchResult, ReferenceOrganisation
from tests.screening.invented import HERE, THERE, practice

_ELSEWHERE = "97Z"
MATCHER = Matcher((
    practice("Z30001", "WYNFORD GREEN SURGERY", "Fenby", address=("WYNFORD GREEN SURGERY", "WYNFORD GREEN", "FENBY"), postcode="FY1 1AA"),
    practice("Z30002", "ALDERWICK", "Fenby", postcode="FY2 1AA"),
    practice("Z30003", "COSTERBY ROAD SURGERY", "Fenby", address=("COSTERBY ROAD", "FENBY"), postcode="FY3 1AA"),
    practice("Z30004", "MIDDLE SHIRE PARTNERSHIP", "Fenby", pcns=(Dated("Z90031", None),), postcode="FY4 1AA"),
    practice("Z30005", "THE TERN PRACTICE", "Fenby", address=("9 MALLOW ROW", "FENBY", "MIDDLE SHIRE")),
    practice("Z30006", "OTHER PRACTICE", "Fenby", address=("11 MALLOW ROW", "FENBY", "MIDDLE SHIRE")),
    practice("Z30010", "STATION SURGERY", "Costerby", area=THERE, postcode="CY1 1AA"),
    practice("Z30011", "THREE PINES MEDICAL PRACTICE", "Costerby", area=THERE, postcode="CY1 1AB"),
    practice("Z30012", "PEARTREE SURGERY", "Ebbing", area=THERE, postcode="FY9 1AA"),
    *(practice(f"Z3002{n}", f"{name} SURGERY", "Norchester upon Wend", area=_ELSEWHERE, postcode="NW1 1AA")
      for n, name in enumerate(("ASHPOLE", "BIRCHAM", "CEDARLEY"))),
    practice("Z30025", "THE GLENWAY MEDICAL GROUP", "Hebbing", area=_ELSEWHERE, address=("MAIN STREET", "HEBBING", "WEND AND WEIR")),
    practice("Z30026", "SUTTERLY MANOR SURGERY", "Hull upon Stour", area=_ELSEWHERE),
    practice("Z30031", "GLADE HOUSE", "Fenby", former_names=("GLADE MEDICAL CENTRE",), postcode="FY5 1AA"),
    practice("Z30032", "THE GLADE SURGERY", "Fenby", postcode="FY6 1AA"),
    practice("Z30033", "VALE SURGERY", "Fenby", postcode="FY7 1AA"),
    practice("Z30034", "THE HILL PRACTICE", "Hebbing", area=_ELSEWHERE, former_names=("VALE MEDICAL GROUP",)),
    practice("Z30035", "BROOK SURGERY", "Fenby", status="closed", postcode="FY8 1AA"),
    ReferenceOrganisation("Z90031", "MSP NORTH PCN", "pcn", geography=HERE),
    ReferenceOrganisation(HERE, "NHS MARLOW ICB - 99Z", "commissioner", geography="QZZ"),
))  # fmt: skip


def match(text: str, area: str = HERE) -> MatchResult:
    return MATCHER.match(text, area)


def codes(result: MatchResult) -> list[str | None]:
    return [one.code for one in result.organisations]


@pytest.mark.parametrize(
    "text",
    [
        "Wynford Green Surgery, Costerby",
        "Partner at Alderwick, Costerby",
        "Wynford Green Surgery, Norchester upon Wend",
        "The Manor Surgery, Norchester upon Wend",
        "Glenway Road Medical Centre, Norchester upon Wend",
        "Pires Healthcare, Costerby",
    ],
)
def test_a_town_far_from_every_practice_of_the_name_names_nobody(text: str) -> None:
    assert match(text).decision is Decision.NONE


@pytest.mark.parametrize("beside", ["Costerby Road", "Costerby St", "Mr John Costerby", "Dr. Ann Costerby"])
def test_a_street_or_a_person_called_like_a_town_says_nothing_of_where_a_practice_is(beside: str) -> None:
    assert codes(match(f"Wynford Green Surgery, {beside}")) == ["Z30001"]


def test_a_town_behind_a_street_that_is_called_like_it_is_a_town() -> None:
    assert match("Wynford Green Surgery, Costerby Road, Costerby").decision is Decision.NONE


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Wynford Green Surgery, Fenby", "Z30001"),
        ("Partner at Alderwick, Fenby", "Z30002"),
        ("Wynford Green Surgery, Ebbing", "Z30001"),  # over the border, in the same postcode area
        ("Ashpole Surgery, Norchester upon Wend", "Z30020"),
        ("Costerby Road Surgery, Fenby", "Z30003"),
    ],
)
def test_a_town_that_is_its_own_or_the_next_takes_no_name_away(text: str, code: str) -> None:
    assert codes(match(text)) == [code]


def test_of_several_practices_in_one_street_none_is_the_only_one() -> None:
    result = match("Mallow Row Surgery")
    assert result.decision is Decision.AMBIGUOUS
    assert {one.why for one in result.organisations} == {"one of the 2 practices in Mallow Row; in the area 99Z"}


def test_a_network_called_as_a_practice_is_the_practice_or_its_network() -> None:
    result = match("Clinical director of Middle Shire Partnership PCN")
    assert result.decision is Decision.AMBIGUOUS
    assert codes(result) == ["Z30004", "Z90031"]
    assert "the network that MIDDLE SHIRE PARTNERSHIP is or was in" in result.organisations[1].why


@pytest.mark.parametrize(
    "text",
    [
        "Z30002 Wynford Green Surgery",
        "Z30002: the Wynford Green Surgery, partner",
        "Wynford Green Surgery (Z30002)",
        "Wynford Green Surgery, ODS code Z30002",
        "Z30002 - Wynford Green Surgery, Fenby: partner",
    ],
)
def test_a_whole_name_of_the_area_stands_before_the_code_of_another_practice_beside_it(text: str) -> None:
    result = match(text)
    assert (result.decision, codes(result)) == (Decision.MATCHED, ["Z30001"])
    assert "the code Z30002 belongs to Alderwick; the name was followed" in result.organisations[0].why


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("Wynfordgreen Surgery (Z30002)", {"Z30001", "Z30002"}),  # a slip of the pen
        ("Three Pines Medical Practice (Z30001)", {"Z30001", "Z30011"}),  # of another area
        ("Glade Surgery (Z30002)", {"Z30002", "Z30032"}),  # whose name another one there bore
        ("Vale Surgery (Z30034)", {"Z30033", "Z30034"}),  # which the one with the code was called before
        ("Brook Surgery (Z30002)", {"Z30002", "Z30035"}),  # that closed
    ],
)
def test_a_name_in_any_doubt_beside_the_code_of_another_practice_leaves_both_open(text: str, both: set[str]) -> None:
    result = match(text)
    assert (result.decision, set(codes(result))) == (Decision.AMBIGUOUS, both)


def test_the_code_of_the_area_or_of_the_network_of_whoever_is_named_is_no_other_practice() -> None:
    assert codes(match("Wynford Green Surgery (99Z)")) == ["Z30001"]
    both = match("Middle Shire Partnership (Z90031)")
    assert (both.decision, set(codes(both))) == (Decision.MATCHED, {"Z30004", "Z90031"})


def test_codes_that_belong_to_names_or_to_nobody_named_are_taken_as_they_stand() -> None:
    assert match("Z30001 Wynford Green Surgery").decision is Decision.MATCHED
    listed = match("Alderwick practice (Z30002); Wynford Green Surgery (Z30001)")
    assert listed.decision is Decision.MATCHED
    assert set(codes(listed)) == {"Z30001", "Z30002"}
    assert match("My practice (Z30002); Wynford Green Surgery").decision is Decision.MATCHED


COUNTIES = Matcher((
    *(practice(f"Z3101{n}", f"{name} SURGERY", "Fenby", address=(f"{n} MILL ROW", "FENBY", "WEXMOOR"), postcode="FY1 1AA")
      for n, name in enumerate(("OAKLEY", "ELMLEY", "ASHLEY", "LIMLEY", "FIRLEY", "YEWLEY", "BAYLEY", "BOXLEY", "PLUMLEY", "PEARLEY"))),
    *(practice(f"Z3102{n}", f"{name} SURGERY", "Costerby", area=THERE, address=(f"{n} HIGH ROW", "COSTERBY", "NORLAND"), postcode="CY1 1AA")
      for n, name in enumerate(("ELMLEY", "STONEY", "SANDY", "CLAYEY", "PEATY", "LOAMY", "FENNY", "MARSHY", "ROCKY", "HILLY"))),
    practice("Z31030", "BORDER SURGERY", "Fenby", address=("2 LOW ROW", "FENBY"), postcode="CY9 1AA"),
))  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Oakley Surgery, Norland", []),
        ("Partner at Oakley Surgery (Norland)", []),
        ("Elmley Surgery, Norland", ["Z31020"]),
        ("Elmley Surgery, Costerby, Norland", ["Z31020"]),
        ("Oakley Surgery, Wexmoor", ["Z31010"]),
        ("Oakley Surgery, Fenby, Wexmoor", ["Z31010"]),
        ("Oakley Surgery, Norland Road", ["Z31010"]),
        ("Border Surgery, Norland", ["Z31030"]),
        ("Oakley Surgery, Farland", ["Z31010"]),
    ],
)
def test_a_county_behind_a_name_speaks_against_whoever_is_nowhere_near_it(text: str, found: list[str]) -> None:
    """People say counties loosely: only where nobody with a postcode that begins alike says this one is it another place."""
    result = COUNTIES.match(text, HERE)
    assert (codes(result) if result.decision is Decision.MATCHED else []) == found
