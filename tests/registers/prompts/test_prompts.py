"""Lists from outside become questions to members: what is read of them, who is asked, and what speaks for it."""

import json
from dataclasses import replace
from datetime import date

import pytest

from coi import clock
from coi.cli import loaded
from coi.database import db
from coi.errors import BadInput
from coi.organisations.vocabulary import OrganisationStatus, RelationKind
from coi.people.vocabulary import PersonDetails
from coi.registers.prompts.matching import about_closed, declared_suppliers, prompts_from
from coi.registers.prompts.queries import members_of
from coi.registers.prompts.reading import MOST_BYTES, read_outside
from coi.registers.prompts.vocabulary import Declared, Member, Tie
from tests.factories.interests import an_interest, details_of
from tests.factories.organisations import a_body, a_relation, an_organisation
from tests.factories.people import a_person, an_appointment

TODAY = date(2026, 11, 23)
OFFICERS = (
    b"Officer name,Company name,Company number,Appointed,Resigned,Postcode\n"
    b'"BOATENG, Ama Louise",Elm Care Ltd,01234567,2024-03-01,,ZZ1 1ZZ\n'
    b'"BOATENG, Ama",Far Away Baking Ltd,07654321,2020-01-01,2021-01-01,\n'
    b'"STONE, Peter",Other Ltd,09999999,2020-01-01,,\n'
)
API = {
    "items": [
        {"name": "BOATENG, Ama", "appointed_on": "2024-03-01", "officer_role": "director", "date_of_birth": {"year": 1970, "month": 2},
         "address": {"postal_code": "ZZ1 1ZZ"}, "appointed_to": {"company_name": "Elm Care Ltd", "company_number": "01234567"}},
        {"name": "BOATENG, Ama", "appointed_on": "2023-03-01", "date_of_birth": {"year": 1985, "month": 7},
         "links": {"company": "/company/07654321"}},
    ]
}  # fmt: skip
OCDS = {
    "releases": [
        {
            "ocid": "ocds-zz-1",
            "tender": {"title": "Phlebotomy"},
            "parties": [{"name": "Elm Care Ltd", "roles": ["supplier"], "contactPoint": {"name": "Ama Boateng"}}],
            "awards": [{"date": "2026-10-01T00:00:00Z", "suppliers": [{"name": "Elm Care Limited"}]}],
        }
    ]
}


def ama(*interests: Declared, given: str = "Ama") -> Member:
    return Member("Dr Ama Boateng", PersonDetails(given, "Boateng", "Dr"), interests)


def prompts(data: object, filename: str, *members: Member):
    content = data if isinstance(data, bytes) else json.dumps(data).encode()
    return prompts_from(read_outside(content, filename), members, on=TODAY)


def test_an_officer_of_the_same_name_is_a_question_and_says_that_a_name_is_little():
    (found,) = prompts(OFFICERS, "officers.csv", ama())
    assert found.question == (
        "A public list names somebody of this name as director of Elm Care Ltd (01234567) since 1 March 2024. Is this you?"
    )
    assert (found.is_weak, found.why) == (True, "Only the name is the same, and other people may bear it.")


def test_the_postcode_of_a_practice_that_they_declared_speaks_for_it():
    (found,) = prompts(OFFICERS, "officers.csv", ama(Declared("I/2026/0001", "Elm Surgery", "ZZ11ZZ")))
    assert (found.is_weak, found.why) == (False, "The same name, at the postcode of Elm Surgery in I/2026/0001.")


@pytest.mark.parametrize("declared", ["Elm Care Limited", "ELM CARE LTD"])
def test_what_is_on_the_register_already_is_not_asked(declared):
    assert prompts(OFFICERS, "officers.csv", ama(Declared("I/2026/0001", declared))) == []


def test_an_initial_is_said_to_be_weak_and_another_name_is_nobody():
    (found,) = prompts(OFFICERS, "officers.csv", ama(given="A"))
    assert found.why == "Only the family name and an initial are the same."
    assert prompts(OFFICERS, "officers.csv", ama(given="Peter")) == []


def test_the_interface_of_companies_house_is_read_and_several_births_are_said():
    found = prompts(API, "officers.json", ama())
    assert [each.why for each in found] == ["Only the name is the same, and the list has 2 people who bear it."] * 2
    assert "company 07654321" in found[1].question


def test_awards_ask_for_contacts_and_for_interests_that_were_said_to_have_ended():
    ended = Declared("I/2025/0003", "Elm Care Ltd", ended_on=date(2026, 2, 1))
    questions = [each.question for each in prompts(OCDS, "awards.json", ama(ended))]
    assert questions == [
        "A public list names somebody of this name as contact of Elm Care Ltd. Is this you?",
        "Elm Care Limited was awarded a contract on 1 October 2026: Phlebotomy. Has your interest in it ended?",
    ]
    awards = b"Supplier,Title,Award date\nElm Care Ltd,Phlebotomy,2026-10-01\n"
    assert len(prompts(awards, "awards.csv", ama(ended))) == 1


def test_an_award_asks_whoever_declared_an_organisation_that_is_tied_to_the_supplier():
    tie = Tie("Elm Care Ltd", "Elm Surgery is shareholder in Elm Care Ltd")
    partner = Declared("I/2026/0001", "Elm Surgery", ties=(tie,))
    awards = b"Supplier,Title,Award date\nElm Care Limited,Phlebotomy,2026-10-01\n"
    (found,) = prompts(awards, "awards.csv", ama(partner))
    assert found.question == (
        "Elm Care Limited was awarded a contract on 1 October 2026: Phlebotomy. Have you an interest in it?"
    )
    assert found.why == (
        "I/2026/0001 names Elm Surgery. Elm Surgery is shareholder in Elm Care Ltd, which no entry of yours names."
    )
    assert found.is_weak
    declared = Declared("I/2026/0002", "Elm Care Ltd")
    assert prompts(awards, "awards.csv", ama(partner, declared)) == []
    assert prompts(awards, "awards.csv", ama(replace(partner, ended_on=date(2026, 2, 1)))) == []
    read = read_outside(awards, "awards.csv")
    assert declared_suppliers(read, [ama(declared)]) == ("Elm Care Limited",)
    assert declared_suppliers(read, [ama(replace(declared, ended_on=date(2026, 2, 1)))]) == ()


def test_ties_are_those_of_the_day_from_either_end(body):
    elm, owner, care = (an_organisation(name) for name in ("Elm Surgery", "Elm Holdings Ltd", "Elm Care Ltd"))
    a_relation(elm, RelationKind.SHAREHOLDER_IN, care)
    a_relation(owner, RelationKind.OWNED_BY, elm)
    a_relation(
        elm,
        RelationKind.SHAREHOLDER_IN,
        an_organisation("Past Ltd"),
        valid_from=date(2015, 4, 1),
        valid_to=date(2020, 3, 31),
    )
    person = a_person("Dr Ama Boateng")
    an_appointment(person, body)
    an_interest(person, details_of(elm))
    (member,) = members_of(body.id, clock.now())
    assert {(each.organisation, each.words) for each in member.interests[0].ties} == {
        ("Elm Holdings Ltd", "Elm Holdings Ltd is owned by Elm Surgery"),
        ("Elm Care Ltd", "Elm Surgery is shareholder in Elm Care Ltd"),
    }


@pytest.mark.parametrize(
    ("data", "filename", "says"),
    [
        (b"", "officers.csv", "empty"),
        (b"Fruit,Colour\nApple,Red\n", "officers.csv", "neither a list of officers nor of awarded contracts"),
        (b'{"items": [{"name": "BOAT', "officers.json", "cut off"),
        (b"[" * 100_000, "officers.json", "cut off"),
        (b'{"weather": "fine"}', "officers.json", "neither"),
        (b"[1, null, {}]", "officers.json", "neither"),
        (b" " * (31 * 1024**2), "officers.csv", "larger than 30 MB"),
        (b"[" + b"{}," * 100_001 + b"{}]", "officers.json", "says too much"),
    ],
    ids=["empty", "columns", "cut off", "deep", "other", "odd", "huge", "huge JSON"],
)  # fmt: skip
def test_a_file_that_is_no_such_list_is_refused_in_words(data, filename, says):
    with pytest.raises(BadInput, match=says):
        read_outside(data, filename)


def test_somebody_with_one_name_is_found_by_it_and_by_nobody_elses() -> None:
    data = b'Officer name,Company name\nSUHARTI,Elm Care Ltd\nMs Suharti,Oak Ltd\n"SUHARTI, Dewi",Ash Ltd\nElm,\n'
    read = read_outside(data, "officers.csv")
    assert (len(read.people), read.skipped_rows) == (3, (5,))
    for who in (PersonDetails("Suharti", "", "Ms"), PersonDetails("", "Suharti", "Ms")):
        found = prompts_from(read, [Member("Ms Suharti", who)], on=TODAY)
        assert [each.about.organisation for each in found] == ["Elm Care Ltd", "Oak Ltd"]
        assert found[0].why == "Only the name is the same, and other people may bear it."


def test_a_list_without_one_whole_row_is_told_what_its_rows_lack() -> None:
    with pytest.raises(BadInput, match="no row has both a name and an organisation"):
        read_outside(b"Officer name,Company name\nSUHARTI,\n", "officers.csv")


def test_a_practice_that_has_merged_is_a_question_while_the_interest_stands():
    gone = Declared(
        "I/2026/0001", "Elm Surgery", closed_on=date(2026, 4, 1), has_closed=True, successors=("Oak Surgery",)
    )
    (found,) = about_closed([ama(gone)])
    assert found.question.startswith("Elm Surgery closed on 1 April 2026, and was succeeded by Oak Surgery.")
    ended = Declared("I/2026/0001", "Elm Surgery", ended_on=date(2026, 4, 1), has_closed=True)
    assert about_closed([ama(ended)]) == []


def test_a_secretary_runs_it_and_nothing_is_stored(app, tmp_path):
    body, person = a_body("NHS Mid Marsh ICB", "mid-marsh"), a_person("Dr Ama Boateng")
    an_appointment(person, body)
    elm = an_organisation("Elm Surgery")
    elm.status = OrganisationStatus.CLOSED
    a_relation(elm, RelationKind.SUCCEEDED_BY, an_organisation("Oak Surgery"))
    an_interest(person, details_of(elm))
    db.session.commit()
    (tmp_path / "officers.csv").write_bytes(OFFICERS)
    run = app.test_cli_runner().invoke
    done = run(loaded("registers"), ["questions", str(tmp_path / "officers.csv")])
    assert done.exit_code == 0, done.output
    assert "Dr Ama Boateng: A public list names somebody of this name as director of Elm Care Ltd" in done.output
    closed = run(loaded("registers"), ["questions", "--json"])
    assert [each["weak"] for each in json.loads(closed.output)] == [False]
    assert "Oak Surgery" in closed.output
    (tmp_path / "bad.csv").write_bytes(b"Fruit\nApple\n")
    assert run(loaded("registers"), ["questions", str(tmp_path / "bad.csv")]).exit_code == 2


def test_a_file_of_more_than_thirty_megabytes_is_not_read():
    with pytest.raises(BadInput, match="larger than 30 MB"):
        read_outside(b" " * (MOST_BYTES + 1), "officers.csv")


def test_entries_without_a_name_or_a_company_are_counted_in_each_kind_of_file():
    data = json.dumps({"items": [*API["items"], {"officer_role": "director"}]}).encode()
    assert read_outside(data, "officers.json").skipped == 1
    assert read_outside(OFFICERS + b",Nobody Ltd,1,,,\n", "officers.csv").skipped == 1
