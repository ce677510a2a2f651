"""Whom a title names whole, and companies with a figure in their names, in full or by initials."""

from datetime import date

import pytest

from coi.screening.layouts import AgendaRow, RegisterRow
from coi.screening.matcher import Matcher
from coi.screening.screen import Screening, screen
from tests.screening.invented import HERE, ORGANISATIONS, practice

DAY = date(2026, 1, 22)
KNOWN = (
    *ORGANISATIONS,
    practice("Z32001", "CONISLEA GROUP PRACTICE", "Conislea"),
    practice("Z32002", "CONISLEA MEDICAL PRACTICE", "Conislea"),
    practice("Z32003", "HATLEY HEALTH CENTRE", "Hatley"),
    practice("Z32004", "ALDOW GROUP PRACTICE", "Penmarsh"),
    practice("Z32005", "ALDOW AT MARYFIELD", "Penmarsh", address=("MARYFIELD HEALTH CENTRE", "PENMARSH")),
    practice("Z32006", "ALDOW HEALTH @ QUEENS FOLD", "Penmarsh", address=("QUEENS FOLD HC", "PENMARSH")),
    practice(
        "Z32007", "BOUSLOW SURGERY - DR SHALE", "Penmarsh", address=("BOUSLOW SURGERY", "PENMARSH"), postcode="ZZ4 4PP"
    ),
    practice("Z32008", "BOUSLOW - ROBENS", "Penmarsh", address=("BOUSLOW SURGERY", "PENMARSH"), postcode="ZZ4 4PP"),
    practice("Z32009", "ST. JODOCS SURGERY", "Tarnwick"),
    practice("Z32010", "ST JODOCS HOUSE SURGERY", "Loxbridge"),
    practice(
        "Z32015",
        "SPAW MEDICAL PRACTICE",
        "Penmarsh",
        address=("SPAW MP, PENMARSH MC", "ALE STREET"),
        postcode="ZZ5 5PP",
    ),
    practice(
        "Z32016",
        "SALTMANS MEDICAL PRACTICE",
        "Penmarsh",
        address=("SALTMANS PRACTICE", "ALE STREET"),
        postcode="ZZ5 5PP",
    ),
    practice("Z32013", "DRS EXAMPLE AND OTHERS", "Loxbridge", former_names=("PRACTICE 3, MEDICAL CENTRE, LOXBRIDGE",)),
    practice("Z32014", "PRACTICE 3 HARDACRE HEALTH", "Farby", area="97Z", former_names=("PRACTICE 3",)),
    practice("Z32011", "ARKWOOD SURGERY", "Tarnwick"),
    practice("Z32012", "ARKWOOD LANE SURGERY", "Loxbridge"),
)
MATCHER = Matcher(KNOWN)


def screened(text: str, title: str) -> Screening:
    return screen(
        [RegisterRow(1, "P", "", text, None, None, None, None, HERE)], [AgendaRow(1, "1", title, "", None, None, HERE)],
        on=DAY, area=HERE, organisations=KNOWN, finder=MATCHER,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("own", "title"),
    [
        ("Conislea Medical Practice", "Remedial notices: Conislea Group Practice; Hatley Health Centre"),
        ("Conislea Medical Practice", "Rent review, Conislea Group Practice"),
        ("Conislea Group Practice", "Conislea Medical Practice: contract variation"),
    ],
)
def test_a_name_that_is_whole_in_a_title_is_no_other_practice_of_the_village(own: str, title: str) -> None:
    assert not screened(f"GP partner, {own}", title).flags


@pytest.mark.parametrize(
    "title", ["Rent review, Conislea Group Practice", "Conislea Grp Practice and Hatley Health Centre: rent"]
)
def test_whoever_is_named_whole_is_flagged_beside_a_practice_of_like_name(title: str) -> None:
    assert screened("GP partner, Conislea Group Practice", title).flags


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Non-executive director, Primary Aid 24 (Weirside) Ltd",
            "Out of hours: variation of the contract with Primary Aid 24",
        ),
        ("Non-executive director, Primary Care 24 (Weirside) Ltd", "Variation of the contract with Primary Care 24"),
        ("Director of Primary Care 24", "Contract with Primary Care 24 (Weirside) Limited"),
        ("Director of Acute Care 111 Ltd", "Acute Care 111: contract review"),
        ("Sessional GP, PC24 out of hours", "Variation of the contract with Primary Care 24"),
        ("Director of Primary Care 24", "Contract with PC24"),
    ],
)
def test_a_company_with_a_figure_is_known_in_full_and_by_its_initials(text: str, title: str) -> None:
    assert [flag.relation.value for flag in screened(text, title).flags] == ["direct_financial"]


@pytest.mark.parametrize(
    ("text", "title", "relation"),
    [
        ("Paid adviser to eTarn Health Ltd", "Award of online consultations to eTarn Health Ltd", "direct_financial"),
        ("Husband holds shares in eTarn Health Ltd", "Award to eTarn Health Ltd", "indirect"),
        ("Director of iWeir", "Contract with iWeir Ltd", "direct_financial"),
        ("Wife is head of finance at Tarn Aid Weir & Wold", "Grant to Tarn Aid Weir and Wold", "indirect"),
        ("Volunteer in a shop of Tarn Aid Weir & Wold", "Grant to Tarn Aid Weir and Wold", "non_financial"),
        ("Wife is head of clinical services at Tarn Aid Weir & Wold", "Grant to Tarn Aid Weir and Wold", "indirect"),
    ],
)
def test_a_company_with_a_small_letter_first_and_who_employs_a_head_or_has_a_shop_are_known(
    text, title, relation
) -> None:
    assert [flag.relation.value for flag in screened(text, title).flags] == [relation]


def test_a_company_is_known_by_its_name_without_country_and_legal_form() -> None:
    assert screened("Employed as a pharmacist by Tarnchem", "Application by Tarnchem UK Ltd").flags


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Lives in PC24 4AB", "Variation of the contract with Primary Care 24"),
        ("Director of Primary Care 24", "Primary care: 24 practices reviewed"),
        ("Sessional GP, PC25", "Variation of the contract with Primary Care 24"),
    ],
)
def test_another_figure_or_a_postcode_is_nobody(text: str, title: str) -> None:
    assert not screened(text, title).flags


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Director of Tarn Widgets 3 March 2020", "Tarn Widgets"),
        ("Works at Tarn Widgets 12 hours a week", "Tarn Widgets"),
        ("Shareholder of Tarn Widgets 10 shares", "Tarn Widgets"),
        ("Director of Tarn Widgets 2015", "Tarn Widgets"),
        ("Director of Tarn Care 4 You Ltd", "Tarn Care 4 You Ltd"),
        ("Works for Livefully 365", "Livefully 365"),
    ],
)
def test_a_figure_is_part_of_a_company_s_name_unless_it_measures_or_dates(text: str, name: str) -> None:
    assert [one.name for one in MATCHER.match(text, HERE).organisations] == [name]


def codes(text: str) -> tuple[str, list[str | None]]:
    result = MATCHER.match(text, HERE)
    return result.decision.value, sorted(one.code or "" for one in result.organisations)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Aldow Health, Maryfield - salaried", "Z32005"),
        ("Aldow Health (Maryfield)", "Z32005"),
        ("Aldow Health @ Maryfield", "Z32005"),
        ("Aldow Group - Maryfield", "Z32005"),
        ("GP at Aldow, Maryfield", "Z32005"),
        ("Aldow Health, Queens Fold", "Z32006"),
        ("Aldow Group Practice, Penmarsh", "Z32004"),
        ("Aldow Group Practice - salaried", "Z32004"),
    ],
)
def test_a_second_word_tells_the_site_of_a_group(text: str, code: str) -> None:
    assert codes(text) == ("matched", [code])


@pytest.mark.parametrize("text", ["Bouslow Surgery GP", "Bouslow Surgery", "Partner, Bouslow Surgery"])
def test_a_part_of_a_name_that_is_the_building_s_too_may_be_either_in_it(text: str) -> None:
    assert codes(text) == ("ambiguous", ["Z32007", "Z32008"])


@pytest.mark.parametrize(
    ("text", "code"), [("Bouslow Surgery - Dr Shale", "Z32007"), ("GP at Bouslow - Robens", "Z32008")]
)
def test_whoever_is_named_whole_in_such_a_building_is_meant(text: str, code: str) -> None:
    assert codes(text) == ("matched", [code])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GP partner, St Jodoc's", ("ambiguous", ["Z32009", "Z32010"])),
        ("GP partner, St Jodoc's, Tarnwick", ("matched", ["Z32009"])),
        ("GP partner, St Jodoc's Surgery", ("matched", ["Z32009"])),
        ("GP partner, St Jodoc's House", ("matched", ["Z32010"])),
        ("GP partner, Arkwood", ("matched", ["Z32011"])),
    ],
)
def test_a_name_without_type_or_place_may_be_that_of_a_house_too(text: str, expected: tuple[str, list[str]]) -> None:
    assert codes(text) == expected


def test_a_number_in_a_former_name_counts_as_one_in_a_name_and_a_namesake_in_another_town_is_no_equal() -> None:
    assert codes("Formerly partner at Practice 3, Medical Centre, Loxbridge (retired March 2019)") == (
        "matched",
        ["Z32013"],
    )


def test_a_medical_practice_shortened_in_an_address_is_no_building() -> None:
    assert codes("Spouse is a salaried GP at Spaw Medical Centre") == ("matched", ["Z32015"])
