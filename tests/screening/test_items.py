"""What an agenda item's wording says."""

import pytest

from coi.screening.items import (
    cut_short,
    function_of,
    quieted,
    read_item,
    relation_at,
    shared_types,
    stage_of,
    without_lead_in,
)
from coi.screening.vocabulary import Affected


@pytest.mark.parametrize(
    "title",
    [
        "Local enhanced service: diabetes, offered to all Marlow practices",
        "DES and LES update",
        "PMS review: reinvestment of the premium",
        "Winter access payments to every practice",
        "Locally commissioned services 2025/26",
        "GMS contract uplift 2026/27",
        "Additional roles reimbursement: all PCNs",
        "Resilience funding for general practices",
        "Practice-level quality payments",
        "Enhanced services 2026/27",
        "Proactive care, every surgery in Marlow",
    ],
)
def test_a_scheme_for_all_practices_concerns_the_class(title: str) -> None:
    assert read_item(title).is_class


@pytest.mark.parametrize(
    "title",
    [
        "Minutes of the last meeting",
        "Pharmacy services update",
        "Finance report",
        "Direct access diagnostics for practices",
        "Access to general practice: survey results",
        "Practice list sizes",
    ],
)
def test_ordinary_business_concerns_no_class(title: str) -> None:
    assert not read_item(title).is_class


def test_networks_that_share_their_word_are_named_one_by_one() -> None:
    assert shared_types("PCN DES: Phoenix, Chelmer and Aegros PCNs") == ("Phoenix PCN", "Chelmer PCN", "Aegros PCN")


def test_an_item_that_names_a_practice_is_about_the_class_only_if_it_says_so() -> None:
    assert not read_item("PMS contract of Quillbrook Surgery", names_someone=True).is_class
    assert read_item("Offer by Quillbrook Surgery to all practices", names_someone=True).is_class


def test_patients_move_when_a_list_is_dispersed_but_not_when_they_stay() -> None:
    assert read_item("Dispersal of the list of Quillbrook Surgery").moves_patients
    assert not read_item("Branch surgery closure: Quillbrook", "Patients stay on the list").moves_patients
    assert not read_item("Premises grant, Quillbrook").moves_patients


@pytest.mark.parametrize(
    ("text", "name", "in_title", "relation"),
    [
        ("Bids from Tarn Care and Marlow Health", "Marlow Health", False, Affected.BIDDER),
        ("Contract award to Tarn Care Ltd", "Tarn Care", True, Affected.BENEFICIARY),
        ("If it closes, patients go to Osterleigh", "Osterleigh", False, Affected.NEIGHBOUR),
        ("Boundary change: Quillbrook Surgery", "Quillbrook", True, Affected.SUBJECT),
        ("The unsuccessful bidder Tarn Care", "Tarn Care", False, Affected.COMPETITOR),
    ],
)
def test_the_words_before_a_name_say_how_it_stands_to_the_item(
    text: str, name: str, in_title: bool, relation: Affected
) -> None:
    assert relation_at(text, text.index(name), in_title=in_title) is relation


def test_the_words_of_the_business_are_no_names() -> None:
    text = "Application to merge Quillbrook Surgery with all Marlow practices"
    assert "Quillbrook Surgery" in quieted(text)
    assert "Application" not in quieted(text)
    assert "Marlow" not in quieted(text)
    assert len(quieted(text)) == len(text)


def test_names_may_share_one_type_word() -> None:
    assert shared_types("Contracts: Tarnwick, Penmarsh and Loxbridge health centres") == (
        "Tarnwick Health Centre",
        "Penmarsh Health Centre",
        "Loxbridge Health Centre",
    )


def test_an_item_for_noting_is_not_for_decision() -> None:
    assert not read_item("Pharmacy services", "For noting").for_decision
    assert function_of("Notional rent review") == "premises_rent"


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Primary care strategy 2026 to 2030", "strategy"),
        ("Redesign of the diabetes pathway", "design"),
        ("Dermatology service: specification", "specification"),
        ("Evaluation of bids for the walk-in centre", "evaluation"),
        ("APMS procurement: contract award", "award"),
        ("Quarterly contract review, Quillbrook Surgery", "monitoring"),
        ("Boundary change: Quillbrook Surgery", ""),
    ],
)
def test_the_wording_says_how_far_a_matter_is(text: str, stage: str) -> None:
    assert stage_of(text) == stage


def test_a_network_s_number_is_part_of_its_name() -> None:
    assert quieted("Tarnwick 1w PCN") == "Tarnwick 1w PCN"


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("Urgent AOB: rent, Quillbrook Surgery", "rent, Quillbrook Surgery"),
        ("Urgent AOB: Quillbrook Surgery", "Quillbrook Surgery"),
        ("PRIVATE SESSION Quillbrook Surgery, breach notice", "Quillbrook Surgery, breach notice"),
        ("Part B - Quillbrook Surgery", "Quillbrook Surgery"),
        ("Any other business", "Any other business"),
        ("Private Lane Surgery: lease", "Private Lane Surgery: lease"),
        ("Public questions", "Public questions"),
    ],
)
def test_where_an_item_stands_in_the_agenda_is_none_of_its_names(title: str, left: str) -> None:
    assert without_lead_in(title) == left


def test_a_name_may_be_cut_short_before_a_colon() -> None:
    assert cut_short("Hollin Lane: extension of the building") == "Hollin Lane"
    assert cut_short("Hollin Lane Surgery: extension") == ""
