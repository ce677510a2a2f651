"""A post in a church, a party, a school or a club means no practice of like name; "MP" after a practice's words is no member."""

import pytest

from coi.screening.matcher import Matcher
from coi.screening.matching_vocabulary import ReferenceOrganisation
from tests.screening.invented import HERE, ORGANISATIONS, practice

_MATCHER = Matcher(
    (
        *ORGANISATIONS,
        practice("Z31001", "ST OSWINS SURGERY", "Penmarsh"),
        practice("Z31002", "ST EBBAS SURGERY", "Tarnwick"),
        practice("Z31003", "THE LANTHORN MEDICAL PRACTICE", "Penmarsh"),
        practice("Z31004", "LANTHORN SURGERY", "Penmarsh"),
        practice("Z31005", "PAVILLOW SURGERY", "Penmarsh"),
        practice("Z31006", "KEYWORTHY MEDICAL PRACTICE", "Keyworthy"),
        practice("Z31007", "HORNBEAM HEALTH CENTRE", "Penmarsh", former_names=("28 BELLMONT STREET",)),
        practice("Z31008", "BELLMONT STREET SURGERY", "Farby", area="97Z"),
        ReferenceOrganisation("ZT8", "FENNOWSHIRE ACUTE HOSPITALS NHS TRUST", "trust", geography="QZZ"),
    )
)


def codes(text: str) -> set[str]:
    return {one.code for one in _MATCHER.match(text, HERE).organisations if one.code}


@pytest.mark.parametrize(
    "text",
    [
        "Churchwarden, St Oswin's",
        "Churchwarden, St Oswin's, Penmarsh",
        "Vicar of St Oswin's",
        "PCC member, St Oswin's",
        "Treasurer of St Oswin's PCC",
        "St Oswin's PCC - treasurer",
        "St Oswin's (school governor)",
        "Governor, St Oswin's",
        "Daughter is a teacher at St Oswin's",
        "Trustee, St Oswin's",
        "Scout leader, St Oswin's",
        "Member of the Green Party, Marlow Pavillow",
        "Green Party member, Pavillow",
        "Labour councillor, Pavillow ward",
        "MP for Pavillow",
        "Rotary member, Pavillow",
        "Cricket club secretary, Pavillow",
        "Member of the congregation, St Ebba's",
    ],
)
def test_a_post_in_another_body_means_no_practice_of_like_name(text: str) -> None:
    assert codes(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Patient and governor of St Oswin's Surgery", {"Z31001"}),
        ("GP partner at St Oswin's, churchwarden at St Ebba's", {"Z31001"}),
        ("Churchwarden at St Ebba's and GP partner at St Oswin's", {"Z31001"}),
        ("Vicar's wife; GP at St Oswin's", {"Z31001"}),
        ("Councillor. Locum at St Oswin's", {"Z31001"}),
        ("St Oswin's (GP) and school governor", {"Z31001"}),
        ("Pavillow - GP partner", {"Z31005"}),
        ("Spouse is a governor of Fennowshire Acute", {"ZT8"}),
    ],
)
def test_such_a_post_says_nothing_of_a_practice_with_a_post_or_a_type_of_its_own(text: str, expected: set[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Lanthorn MP, Penmarsh",
        "Lanthorn MP",
        "Locum at Lanthorn MP Penmarsh",
        "Salaried GP - Lanthorn MP",
        "Lanthorn M.P.",
        "Lanthorn M/P, Penmarsh",
        "Lanthorn Mdl Prac",
    ],
)
def test_mp_after_the_words_of_a_practice_is_a_medical_practice(text: str) -> None:
    assert codes(text) == {"Z31003"}


@pytest.mark.parametrize(
    "text",
    ["Researcher to Keyworthy MP", "Daughter works for the MP for Lanthorn", "Ann Example MP, Penmarsh",
     "Lanthorn MP - constituency secretary"],
)  # fmt: skip
def test_mp_elsewhere_is_a_member_of_parliament(text: str) -> None:
    assert codes(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Partner, 28 Bellmont St",
        "Partner 28 Bellmont Street",
        "GP at 28 Bellmont Street, Penmarsh",
        "28 Bellmont Street - partner",
        "Wife is practice nurse at 28 Bellmont St",
        "salaried GP at 28 bellmont street",
        "28 Bellmont Street",
    ],
)
def test_a_name_that_is_an_address_is_a_practice_where_somebody_works(text: str) -> None:
    assert codes(text) == {"Z31007"}


@pytest.mark.parametrize(
    "text",
    [
        "Owns a flat at 28 Bellmont Street",
        "Director of a company registered at 28 Bellmont Street",
        "Accountants, 28 Bellmont Street",
        "Partner, 30 Bellmont Street",
    ],
)
def test_an_address_alone_is_no_practice(text: str) -> None:
    assert codes(text) == set()
