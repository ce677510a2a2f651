"""Posts beside a name: what somebody is there is no part of what the place is called, however it is shortened."""

import pytest

from coi.screening.interest_text import read_interest
from coi.screening.matcher import Matcher
from coi.screening.matching_vocabulary import ReferenceOrganisation
from coi.screening.vocabulary import Role
from tests.screening.invented import HERE, ORGANISATIONS, practice

_TRUST = ReferenceOrganisation("ZT9", "TERNSEYSIDE CARE NHS FOUNDATION TRUST", "trust", geography="QZZ")
_NAMED_SO = (practice("Z30001", "PORTER BROOK MEDICAL CENTRE"), practice("Z30002", "FENDALE CNS SURGERY"))
_MATCHER = Matcher((*ORGANISATIONS, _TRUST, *_NAMED_SO))


def codes(text: str) -> list[str | None]:
    return [one.code for one in _MATCHER.match(text, HERE).organisations]


@pytest.mark.parametrize(
    "text",
    [
        "Spouse works as a CPN for Ternseyside Care",
        "CPN, Ternseyside Care",
        "Ternseyside Care (community psychiatric nurse)",
        "Ternseyside Care - Occupational Therapist",
        "Ternseyside Care (Health Visitor)",
        "Psychiatrist at Ternseyside Care",
        "Wife: Physio, Ternseyside Care",
        "Daughter is an OT at Ternseyside Care",
        "Son, ST3 at Ternseyside Care",
        "Sister is a QXZ at Ternseyside Care",
        "Doctor at Ternseyside Care",
        "RMN Ternseyside Care",
        "Nurse at Ternseyside Care",
    ],
)
def test_a_trust_is_named_by_its_own_words_beside_any_post(text: str) -> None:
    assert codes(text) == ["ZT9"]


@pytest.mark.parametrize(
    "text",
    [
        "Chair PPG Quillbrook Medical Centre",
        "PPG chair, Quillbrook Medical Centre",
        "Member PPG Quillbrook Medical Centre",
        "Secretary of Quillbrook Medical Centre PPG",
        "Quillbrook Medical Centre (PPG member)",
        "Patient Participation Group Quillbrook Medical Centre",
        "Chair Patient Participation Group Quillbrook Medical Centre",
        "Patient Reference Group Quillbrook Medical Centre",
        "Patient group, Quillbrook Medical Centre",
        "Vice chair, Patients Group Quillbrook Medical Centre",
        "PRG member Quillbrook Medical Centre",
    ],
)
def test_a_patient_group_is_that_of_the_practice_beside_it_in_any_order(text: str) -> None:
    assert codes(text) == ["Z10001"]


def test_a_post_that_names_bear_too_stays_in_a_name() -> None:
    assert codes("Porter Brook Medical Centre") == ["Z30001"]
    assert codes("Nurse at Fendale CNS Surgery") == ["Z30002"]


@pytest.mark.parametrize("text", ["CPN, Ternseyside Care", "Physio at Ternseyside Care", "Surgeon, Ternseyside Care"])
def test_a_post_in_a_trust_is_that_of_somebody_employed(text: str) -> None:
    assert read_interest(text).role is Role.EMPLOYEE


def test_whoever_directs_a_company_is_no_employee_for_their_profession() -> None:
    assert read_interest("Psychiatrist and director of Tarn Care Ltd").role is Role.DIRECTOR
