"""The pages of the register as their users meet them, with a browser that has no JavaScript."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from coi import clock
from coi.audit.models import AccessLog
from coi.database import db
from coi.organisations.vocabulary import OrganisationKind, RelationKind
from coi.people.commands import change_person, end_appointment
from coi.people.models import Person
from coi.people.vocabulary import PersonDetails
from coi.permissions.vocabulary import Role
from coi.registers.interests import commands, queries, review_commands
from coi.registers.interests.models import Declaration, Interest, RedactionRequest
from coi.registers.interests.vocabulary import InterestStatus, RedactionState
from coi.wording import day
from tests.factories.accounts import account_with
from tests.factories.interests import SYSTEM, a_nil_return, actor_of, an_interest, details_of
from tests.factories.organisations import a_body, a_relation, an_organisation
from tests.factories.people import a_person, an_appointment

HOME = "/mid-marsh/registers/interests"
GP, SECRETARY, LEAD, GUARDIAN, AUDITOR = (
    f"{name}@example.nhs.uk" for name in ("gp", "secretary", "lead", "guardian", "auditor")
)


@pytest.fixture
def gp(body):
    return somebody(body, "Dr Ama Boateng", GP, Role.DECLARANT)


def somebody(body, name, email, *roles, post="GP partner member"):
    person = a_person(name)
    an_appointment(person, body, post)
    account_with(person.id, email, roles, body.id)
    return person


def others(body, client, *wanted):
    """Signs in as somebody with another role."""
    people = {
        SECRETARY: ("Sam Scribe", Role.SECRETARY),
        LEAD: ("Gwen Price", Role.GOVERNANCE_LEAD),
        GUARDIAN: ("Hugh Vane", Role.GUARDIAN),
        AUDITOR: ("Ada Audit", Role.AUDITOR),
    }
    for email in wanted:
        somebody(body, people[email][0], email, people[email][1], post="Staff")
    db.session.commit()
    return client.as_(wanted[0])


ANSWERS = (
    ("what", {"what": "other", "whose": "direct"}),
    ("kind", {"kind": "financial"}),
    ("organisation", {"organisation-text": "Nowhere Surgery", "organisation-asked": "Nowhere Surgery"}),
    (
        "about",
        {
            "role": "partner",
            "nature": "Partner with a one-fifth share",
            "arose_on-day": "1",
            "arose_on-month": "4",
            "arose_on-year": "2019",
        },
    ),
)
SIGNED = {"has_reason": "no"}


def answer(client, number=1, start=f"{HOME}/declare", privacy=None, **changes):
    """Answers every question about an interest, and returns the page that follows the last."""
    page = None
    for step, answers in (*ANSWERS, *((("privacy", privacy),) if privacy else ())):
        page = client.post(f"{start}/{number}/{step}", {**answers, **changes.get(step, {})})
        assert page.status_code == 200, (step, page.errors)
    return page


def test_whoever_has_neither_a_post_nor_a_seat_owes_no_declaration(client, body):
    account_with(a_person("Dr Lefft Already").id, "left@example.nhs.uk", [Role.DECLARANT], body.id)
    db.session.commit()
    client.as_("left@example.nhs.uk")
    assert "You have not declared yet. Declare" not in client.get("/mid-marsh/").text


def test_a_gp_declares_an_interest_question_by_question(as_gp, gp):
    page = as_gp.get(f"{HOME}/mine")
    assert "You have not declared yet" in page.text
    page = as_gp.click("Declare an interest")
    assert page.heading == "What do you want to declare?"
    page = answer(as_gp)
    assert page.heading == "You have added 1 interest"
    page = as_gp.post(f"{HOME}/declare/another", {"another": "no"})
    assert page.heading == "Check your answers"
    assert page.summary()["Organisation"] == "Nowhere Surgery (in your own words)"
    assert page.summary()["Dates"] == "Started 1 April 2019, has not ended"
    assert any("dates of Nowhere Surgery" in text for text in page.links)
    page = as_gp.post(f"{HOME}/declare/check", SIGNED)
    assert page.heading == "Declaration sent"
    assert "D/" in page.text
    assert "I/" in page.text
    page = as_gp.get(f"{HOME}/mine")
    assert "Submitted" in page.text
    assert "later than the guidance asks" in page.text
    assert "Declare again by" in page.text


def test_several_interests_are_declared_in_one_sitting_and_one_can_be_removed(as_gp, gp):
    answer(as_gp)
    page = as_gp.post(f"{HOME}/declare/another", {"another": "yes"})
    assert page.heading == "What do you want to declare?"
    answer(as_gp, 2, about={"nature": "Landlord of the premises"})
    page = answer(as_gp, 3, about={"nature": "Put in by mistake"})
    assert page.heading == "You have added 3 interests"
    page = as_gp.post(f"{HOME}/declare/3/remove")
    assert "Put in by mistake" not in page.text
    as_gp.post(f"{HOME}/declare/check", SIGNED)
    assert [each.nature for each in queries.interests_known_at([gp.id], clock.now())] == [
        "Partner with a one-fifth share",
        "Landlord of the premises",
    ]


def test_the_relation_is_asked_of_somebody_elses_interest_alone_and_never_the_name(as_gp):
    """Rule: DECL-05."""
    page = as_gp.post(f"{HOME}/declare/1/what", {"what": "partnership", "whose": "indirect"})
    assert page.error_for("Who are they to you?") == "Select who they are to you"
    assert "Do not enter anybody’s name" in page.text
    page = as_gp.post(f"{HOME}/declare/1/what", {"what": "partnership", "whose": "indirect", "via": "spouse"})
    assert page.heading == "Which organisation is the interest in?"


def test_what_was_answered_is_there_when_one_goes_back(as_gp):
    answer(as_gp)
    assert as_gp.get(f"{HOME}/declare/1/kind").value_of("What kind of interest is it?") == "Financial interest"
    page = as_gp.get(f"{HOME}/declare/1/about")
    assert page.value_of("Describe the interest in your own words") == "Partner with a one-fifth share"
    assert page.value_of("What is your role there?") == "Partner"
    assert page.group("When did it start?").select_one("[name=arose_on-year]")["value"] == "2019"
    assert "not sent" in as_gp.get(f"{HOME}/declare").heading


def test_a_changed_answer_leads_back_to_the_answers_to_check(as_gp):
    answer(as_gp)
    page = as_gp.post(f"{HOME}/declare/1/nature?return=check", {"nature": "Salaried"})
    assert (page.heading, page.summary()["What it is"]) == ("Check your answers", "Salaried")
    theirs = {"what": "other", "whose": "indirect", "via": "child"}
    page = as_gp.post(f"{HOME}/declare/1/what?return=check", theirs)
    assert page.summary()["Whose interest"] == "Child or grandchild (indirect)"
    page = as_gp.post(f"{HOME}/declare/1/what?return=check", {**theirs, "whose": "direct"})
    assert page.summary()["Whose interest"] == "Own interest (direct)"
    page = as_gp.post(f"{HOME}/declare/1/what?return=check", {"what": "private_practice", "whose": "direct"})
    assert page.heading == "About Nowhere Surgery"


def test_the_reason_not_to_publish_is_asked_once_for_all_and_told_of_those_that_have_one(as_gp, gp):
    answer(as_gp)
    answer(as_gp, 2, about={"nature": "Landlord of the premises"})
    page = as_gp.post(f"{HOME}/declare/check")
    assert page.errors == ["Select yes if there is a reason not to publish any of this"]
    page = as_gp.post(f"{HOME}/declare/check", {"has_reason": "yes"})
    assert page.errors == ["Select which of them should not be published"]
    page = as_gp.post(f"{HOME}/declare/check", {"has_reason": "yes", "which": ["2"]})
    assert page.path.endswith("/declare/2/privacy?return=check")
    page = as_gp.post(page.path, {"has_reason": "yes", "reason": "Threats"})
    assert page.heading == "Check your answers"
    assert "Is there a reason not to publish anything else?" in page.text
    as_gp.post(f"{HOME}/declare/check", SIGNED)
    open_one, kept = queries.interests_known_at([gp.id], clock.now())
    assert set(queries.redactions_of([open_one.interest_id, kept.interest_id])) == {kept.interest_id}


def test_who_declares_late_is_told_before_and_after_signing_and_may_say_when_they_learned_of_it(as_gp, gp):
    """Rules: DECL-01, DECL-02."""
    answer(as_gp)
    page = as_gp.get(f"{HOME}/declare/check")
    assert "This is later than it should be. Send it all the same" in page.text
    assert "later than the 28 days that there are to declare it" in page.text
    assert "Where a decision was already taken that it touches, a person looks at that decision again." in page.text
    assert "nothing else follows" not in page.text
    page = as_gp.get(next(href for text, href in page.links.items() if text.startswith("Say when you learned of it")))
    today = clock.today()
    learned = {"aware_on-day": today.day, "aware_on-month": today.month, "aware_on-year": today.year}
    page = as_gp.post(page.path, {**ANSWERS[-1][1], **learned})
    assert "by that it is in time" in page.text
    page = as_gp.post(f"{HOME}/declare/check", SIGNED)
    assert "This came later than it should have" in page.text


def test_who_declares_in_time_reads_nothing_of_lateness(as_gp, gp):
    today = clock.today()
    answer(as_gp, about={"arose_on-day": today.day, "arose_on-month": today.month, "arose_on-year": today.year})
    assert "later than" not in as_gp.get(f"{HOME}/declare/check").text
    assert "later than" not in as_gp.post(f"{HOME}/declare/check", SIGNED).text


def test_the_organisation_is_found_by_name_and_picked(as_gp):
    organisation = an_organisation("Larkfield Surgery", town="Marshton")
    page = as_gp.post(f"{HOME}/declare/1/organisation", {"organisation-text": "larkfield", "organisation-find": "1"})
    assert "Larkfield Surgery" in page.text
    assert page.errors == []
    page = as_gp.post(
        f"{HOME}/declare/1/organisation",
        {
            "organisation-text": "larkfield",
            "organisation-asked": "larkfield",
            "organisation-choice": str(organisation.id),
        },
    )
    assert page.heading == "About Larkfield Surgery"


def test_whoever_types_the_full_name_of_one_practice_of_the_area_is_not_asked_which_and_sees_it_to_check(as_gp):
    here = an_organisation("NHS Mid Marsh ICB", OrganisationKind.COMMISSIONER, code="99Z")
    practice = an_organisation("Larkfield Surgery", code="Z99001", town="MARSHTON")
    a_relation(practice, RelationKind.COMMISSIONED_BY, here)
    elsewhere = an_organisation("Fernhouse Surgery", code="Z99002")
    db.session.commit()
    page = answer(as_gp, organisation={"organisation-text": "larkfield surgery", "organisation-asked": ""})
    assert page.heading == "You have added 1 interest"
    told = as_gp.get(f"{HOME}/declare/check").summary()["Organisation"]
    assert told == "Larkfield Surgery (GP practice in Marshton, Z99001: found by its full name or code)"
    page = as_gp.post(f"{HOME}/declare/2/organisation", {"organisation-text": elsewhere.name})
    assert "Which organisation do you mean?" in page.text  # of no commissioner of this body
    an_organisation("Larkfield Surgery", code="Z99003")
    db.session.commit()
    page = as_gp.post(f"{HOME}/declare/2/organisation", {"organisation-text": "Larkfield Surgery"})
    assert "Which organisation do you mean?" in page.text
    page = as_gp.post(f"{HOME}/declare/2/organisation", {"organisation-text": "z99003"})
    assert page.heading == "About Larkfield Surgery"


@pytest.mark.parametrize(
    ("step", "answers", "label", "error"),
    [
        ("kind", {}, "What kind of interest is it?", "Select what kind of interest it is"),
        ("what", {"what": "other"}, "Whose is it?", "Select whose interest it is"),
        (
            "what",
            {"what": "other", "whose": "indirect", "via": "aunt"},
            "Who are they to you?",
            "Select who they are to you",
        ),
        ("organisation", {}, "Which organisation is the interest in?", "Enter the name of the organisation"),
        ("about", {}, "What is your role there?", "Select the role"),
        (
            "about",
            {**ANSWERS[-1][1], "role": "other", "nature": " "},
            "Describe the interest in your own words",
            "Describe the interest",
        ),
        ("nature", {"nature": "  "}, "Describe the interest in your own words", "Describe the interest"),
        (
            "about",
            {**ANSWERS[-1][1], "arose_on-day": "31", "arose_on-month": "2"},
            "When did it start?",
            "The date it started must be a real date",
        ),
        (
            "about",
            {**ANSWERS[-1][1], "arose_on-year": "2199"},
            "When did it start?",
            "The date the interest started must be in the past, unless you are still pursuing it",
        ),
        (
            "privacy",
            {},
            "Is there a reason not to publish this?",
            "Select yes if there is a reason not to publish this",
        ),
        ("privacy", {"has_reason": "yes"}, "What is the reason?", "Enter the reason not to publish this"),
    ],
)
def test_a_wrong_answer_says_what_to_put_right_and_stores_nothing(as_gp, step, answers, label, error):
    page = as_gp.post(f"{HOME}/declare/1/{step}", answers)
    assert page.status_code == 422
    assert page.error_for(label) == error
    assert "not sent" not in as_gp.get(f"{HOME}/mine").text


def test_an_interest_that_ended_before_it_started_says_so_beside_the_end(as_gp):
    wrong = {"ended_on-day": "1", "ended_on-month": "1", "ended_on-year": "2018"}
    page = as_gp.post(f"{HOME}/declare/1/about", {**ANSWERS[-1][1], **wrong})
    assert "1 April 2019" in page.error_for("When did it end? (optional)")
    assert page.group("When did it end? (optional)").select_one("[name=ended_on-year]")["value"] == "2018"


def test_the_same_declaration_sent_twice_is_made_once(as_gp, gp):
    answer(as_gp)
    key = as_gp.get(f"{HOME}/declare/check").form_fields()["form_key"]
    first = as_gp.post(f"{HOME}/declare/check", {"form_key": key, **SIGNED})
    second = as_gp.post(f"{HOME}/declare/check", {"form_key": key, **SIGNED})
    assert first.path == second.path
    third = as_gp.post(f"{HOME}/declare/check", SIGNED)  # another window, with a key of its own
    assert third.heading == "My interests" and "Nothing was sent twice" in third.notices[0]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Interest)) == 1


def test_an_incomplete_declaration_cannot_be_sent(as_gp):
    as_gp.post(f"{HOME}/declare/1/what", {"what": "other", "whose": "direct"})
    as_gp.post(f"{HOME}/declare/1/kind", {"kind": "financial"})
    page = as_gp.post(f"{HOME}/declare/check")
    assert page.heading == "Which organisation is the interest in?"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Declaration)) == 0


def test_a_declaration_that_was_begun_can_be_deleted(as_gp):
    as_gp.post(f"{HOME}/declare/1/kind", {"kind": "financial"})
    assert "not sent" in as_gp.get(f"{HOME}/mine").text
    asked = as_gp.post(f"{HOME}/declare")
    assert asked.heading == "Delete what you have entered?"
    assert "Keep it and go on" in asked.links
    assert "not sent" in as_gp.get(f"{HOME}/mine").text
    as_gp.post(f"{HOME}/declare", asked.form_fields())
    assert "not sent" not in as_gp.get(f"{HOME}/mine").text


def test_questions_that_are_not_there_are_not_found(as_gp):
    assert as_gp.get(f"{HOME}/declare/1/nonsense").status_code == 404
    assert as_gp.get(f"{HOME}/declare/7/kind").status_code == 404
    assert as_gp.get(f"{HOME}/declare/0/kind").status_code == 404


def test_nothing_to_declare_is_ticked_and_confirmed_with_a_reference(as_gp, gp):
    page = as_gp.post(f"{HOME}/declare/nothing")
    assert page.errors == ["Select the statement to confirm that you have nothing to declare"]
    page = as_gp.post(f"{HOME}/declare/nothing", {"agreed": "y"})
    assert page.heading == "Declaration sent"
    assert "No interests declared, confirmed on" in page.text
    assert "no interests declared, confirmed on" in as_gp.get(f"{HOME}/mine").text


def test_nothing_to_declare_is_refused_beside_a_standing_interest_with_what_to_do(as_gp, gp):
    an_interest(gp)
    page = as_gp.post(f"{HOME}/declare/nothing", {"agreed": "y"})
    assert page.status_code == 422
    assert "end each of them first" in page.errors[0]


def test_an_overdue_declaration_is_said_in_words(as_gp, gp):
    an_interest(gp, declared_on=date(2024, 1, 31))
    assert "You should have declared again by 31 January 2025" in as_gp.get(f"{HOME}/mine").text


def change_of(page, **changes):
    return {**page.form_fields(), **changes}


def test_a_gp_changes_an_interest_and_the_history_shows_what_was_said_before(as_gp, gp):
    interest = an_interest(gp)
    page = as_gp.get(f"{HOME}/mine/{interest.id}/change")
    page = as_gp.post(page.path, change_of(page, nature="Partner and landlord", note="New lease"))
    assert page.heading == f"Interest {interest.reference}"
    assert "Partner in the practice is now Partner and landlord" in page.text
    assert "New lease" in page.text


def test_a_change_that_asks_not_to_publish_names_the_parts(as_gp, gp):
    interest = an_interest(gp)
    page = as_gp.get(f"{HOME}/mine/{interest.id}/change")
    as_gp.post(page.path, change_of(page, reason="I was threatened", parts=["nature"]))
    assert [each.fields for each in db.session.scalars(sa.select(RedactionRequest))] == [["nature"]]


def test_two_editors_of_an_interest_are_told_of_each_other(as_gp, gp):
    interest = an_interest(gp)
    page = as_gp.get(f"{HOME}/mine/{interest.id}/change")
    commands.change_interest(interest, details_of(nature="Locum"), version=1, actor=SYSTEM, at=clock.now())
    page = as_gp.post(page.path, change_of(page, nature="Salaried GP"))
    assert page.status_code == 409
    assert "Locum" in page.text
    assert "Salaried GP" in page.text
    assert [each.nature for each in db.session.get(Interest, interest.id).versions][-1] == "Locum"


def test_a_gp_says_that_an_interest_ended(as_gp, gp):
    interest = an_interest(gp)
    page = as_gp.get(f"{HOME}/mine/{interest.id}/end")
    bad = as_gp.post(page.path, change_of(page))
    assert bad.error_for("When did it end?") == "Enter the date the interest ended"
    today = clock.today()
    good = change_of(page, **{"ended_on-day": today.day, "ended_on-month": today.month, "ended_on-year": today.year})
    page = as_gp.post(page.path, good)
    assert page.heading == "My interests"
    assert f"ended on {day(today)}" in page.text


def test_an_interest_that_ended_long_ago_is_said_to_leave_the_public_register_with_the_next_edition(as_gp, gp):
    interest = an_interest(gp, details_of("Nowhere Surgery", arose_on=date(2020, 1, 1)))
    page = as_gp.get(f"{HOME}/mine/{interest.id}/end")
    assert "If its months are over already, the next edition has it no more." in page.text
    long_ago = {"ended_on-day": "1", "ended_on-month": "6", "ended_on-year": "2025"}
    asked = as_gp.post(page.path, change_of(page, **long_ago))
    assert asked.status_code == 422
    assert "This is later than it should be. Tell it all the same" in asked.text
    assert "Its time on the public register was over on 1 December 2025. The next edition has it no more." in asked.text
    assert asked.error_for("It ended on that day. I have read what follows from it")
    (said,) = as_gp.post(page.path, change_of(asked, **long_ago, is_sure="y")).notices
    assert "Its time on the public register was over on" in said and "This was told late" in said
    shown = as_gp.get(f"{HOME}/mine/{interest.id}")
    assert "later than the 28 days that there are to tell of a change" in shown.text
    assert "It never was: no edition of the register has it." in shown.text


def test_a_change_that_brings_an_end_of_long_ago_is_sent_only_knowingly(as_gp, gp):
    interest = an_interest(gp, details_of("Nowhere Surgery", arose_on=date(2020, 1, 1)))
    page = as_gp.get(f"{HOME}/mine/{interest.id}/change")
    said = {"ended_on-day": "1", "ended_on-month": "6", "ended_on-year": "2025", "ended_on-ongoing": ""}
    asked = as_gp.post(page.path, change_of(page, **said))
    assert asked.status_code == 422 and "Tell it all the same" in asked.text
    assert "was declared" in as_gp.post(page.path, change_of(asked, **said, is_sure="y")).notices[0]


def test_the_register_marks_an_end_that_was_told_late_and_no_other(client, body, gp):
    late, in_time, with_it = (
        an_interest(gp, details_of("Nowhere Surgery", arose_on=date(2020, 1, 1), ended_on=ended))
        for ended in (None, None, date(2021, 1, 1))
    )
    told = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
    commands.end_interest(late, date(2026, 3, 1), version=1, actor=SYSTEM, at=told)
    commands.end_interest(in_time, date(2026, 6, 3), version=1, actor=SYSTEM, at=told)
    page = others(body, client, SECRETARY).get(f"{HOME}/?find=nowhere")
    told_late = [cell.get_text() for cell in page.soup.select("tbody tr") if "End told" in cell.get_text()]
    assert len(told_late) == 1 and late.reference in told_late[0]
    assert "Partner in the practice" in page.text and "Partner. Partner" not in page.text
    assert page.text.count("Nowhere Surgery") == 3 and in_time.reference in page.text and with_it.reference in page.text


def test_nobody_opens_the_interest_or_declaration_of_another_as_their_own(as_gp, body):
    other = somebody(body, "Dr Bo Lind", "bo@example.nhs.uk", Role.DECLARANT)
    interest = an_interest(other)
    declaration = interest.versions[0].declaration_id
    for address in (
        f"mine/{interest.id}", f"mine/{interest.id}/change", f"mine/{interest.id}/end", f"declared/{declaration}", f"{interest.id}",
        "", "enter", "redactions",
    ):  # fmt: skip
        assert as_gp.get(f"{HOME}/{address}").status_code == 404, address


def test_the_secretary_enters_a_paper_on_behalf_and_the_record_says_so(body, client, gp):
    secretary = others(body, client, SECRETARY)
    page = secretary.get(f"{HOME}/enter")
    sent = {"person_id": str(gp.id), "declared_on-day": "1", "declared_on-month": "6", "declared_on-year": "2026"}
    page = secretary.post(page.path, {**sent, "content": "interests"})
    assert page.heading == "What do you want to declare?"
    assert "mean Dr Ama Boateng" in page.text
    answer(secretary, start=f"{HOME}/enter/{gp.id}")
    page = secretary.get(f"{HOME}/enter/{gp.id}/check")
    assert "Sam Scribe entered this on behalf of Dr Ama Boateng" in page.text
    page = secretary.post(page.path, SIGNED)
    assert page.heading == "Declaration entered"
    version = queries.interests_known_at([gp.id], clock.now())[0]
    assert (version.declaration.on_behalf, version.declared_on) == (True, date(2026, 6, 1))
    page = secretary.get(f"{HOME}/{version.interest_id}")
    assert "by Sam Scribe, on behalf of Dr Ama Boateng" in page.text


def test_the_secretary_enters_that_a_paper_declares_nothing(body, client, gp):
    secretary = others(body, client, SECRETARY)
    sent = {"person_id": str(gp.id), "declared_on-day": "1", "declared_on-month": "6", "declared_on-year": "2026"}
    page = secretary.post(f"{HOME}/enter", {**sent, "content": "nothing"})
    assert page.heading == "Declaration entered"
    assert "confirmed on 1 June 2026" in secretary.get(f"{HOME}/").text


def test_the_last_declaration_of_somebody_who_left_is_entered_and_asked_for_by_link(body, client):
    gone, email = a_person("Ms Olga Wrzos", email="olga@example.org"), SECRETARY
    an_appointment(gone, body, valid_from=date(2024, 4, 1), valid_to=clock.today() - timedelta(days=3))
    secretary, on = others(body, client, email), clock.today()
    page = secretary.get(f"{HOME}/enter?person={gone.id}")
    assert f"Ms Olga Wrzos, left {day(on - timedelta(days=3))}" in page.text
    sent = {
        "person_id": str(gone.id),
        "declared_on-day": on.day,
        "declared_on-month": on.month,
        "declared_on-year": on.year,
    }
    secretary.post(f"{HOME}/enter", {**sent, "content": "interests"})
    answer(secretary, start=f"{HOME}/enter/{gone.id}")
    page = secretary.post(f"{HOME}/enter/{gone.id}/check", SIGNED)
    assert page.heading == "Declaration entered"
    version = queries.interests_known_at([gone.id], clock.now())[0]
    assert version.declaration.is_leaving
    page = secretary.get(f"{HOME}/?find=Wrzos")
    assert version.interest.reference in page.text and f"Left {day(on - timedelta(days=3))}" in page.text
    page = secretary.get(f"{HOME}/{version.interest_id}")
    assert f"Ms Olga Wrzos left {body.name} on {day(on - timedelta(days=3))}" in page.text
    assert "while it lasts" not in page.text, "it is public for the months after they left"
    page = secretary.post(f"{HOME}/invite", {"person_id": str(gone.id), "purpose": "leaving"})
    assert "The email to Ms Olga Wrzos is written" in page.notices[0]
    assert "olga@example.org" in page.text  # it waits here to be downloaded


def test_a_paper_from_the_future_is_refused_beside_its_date(body, client, gp):
    secretary = others(body, client, SECRETARY)
    later = clock.today() + timedelta(days=2)
    sent = {"declared_on-day": later.day, "declared_on-month": later.month, "declared_on-year": later.year}
    for content in ("nothing", "interests"):
        page = secretary.post(f"{HOME}/enter", {**sent, "person_id": str(gp.id), "content": content})
        assert page.error_for("What is the date on it?") == "The date on the declaration must be today or in the past"


def test_nobody_enters_for_people_of_another_body(body, client):
    elsewhere = a_body("NHS High Fen ICB", "high-fen")
    stranger = somebody(elsewhere, "Dr Bo Lind", "bo@example.nhs.uk", Role.DECLARANT)
    interest = an_interest(stranger)
    secretary = others(body, client, SECRETARY)
    page = secretary.post(f"{HOME}/enter", {"person_id": str(stranger.id), "content": "nothing"})
    assert page.error_for("Whose declaration is it?") == "Select a person from the list"
    for address in (
        f"enter/{stranger.id}/1/kind",
        f"enter/{stranger.id}/check",
        f"{interest.id}",
        f"{interest.id}/change",
    ):
        assert secretary.get(f"{HOME}/{address}").status_code == 404, address


def test_the_register_lists_interests_nil_returns_and_people_without_a_declaration(body, client, gp):
    """Rule: REG-01."""
    an_interest(gp, details_of("Nowhere Surgery", arose_on=date(2026, 1, 1)))
    quiet = somebody(body, "Ann Young", "ann@example.nhs.uk", Role.DECLARANT)
    a_nil_return(quiet)
    secretary = others(body, client, SECRETARY)
    page = secretary.get(f"{HOME}/")
    caption = page.soup.caption.get_text()
    assert caption.startswith("Register as at ")
    first, scribe, young = page.table(caption)
    assert first["Name"] == "Dr Ama Boateng"
    assert "Nowhere Surgery , I/2026/0001 Unmatched" in first["Declared interest"]
    assert "late by the guidance" in first["Declared interest"]
    assert (first["Type"], first["Direct or indirect"], first["To"]) == ("Financial", "Direct", "Ongoing")
    assert scribe["Declared interest"] == "No declaration on file"
    assert young["Declared interest"] == "No interests declared, confirmed on 1 June 2026"


def test_the_register_as_known_at_an_earlier_instant_is_asked_for_in_the_address(body, client, gp):
    an_interest(gp)
    auditor = others(body, client, AUDITOR)
    assert "Partner in the practice" not in auditor.get(f"{HOME}/?known=2026-06-01T10:59").text
    page = auditor.get(f"{HOME}/?known=2026-06-01T11:01&find=boateng")
    assert "Partner in the practice" in page.text
    assert "This is what the register said at 1 June 2026, 11:01am" in page.text
    commands.change_interest(
        queries.interests_known_at([gp.id], clock.now())[0].interest, details_of(nature="Locum"), version=1, actor=SYSTEM, at=clock.now()
    )  # fmt: skip
    link = next(href for text, href in page.links.items() if "I/2026/0001" in text)
    page = auditor.get(link)
    assert "As the register knew it at 1 June 2026, 11:01am" in page.text
    assert "Locum" not in page.text
    assert "Locum" in auditor.get(link.split("?")[0]).text
    married = PersonDetails("Ama", "Adjei", "Prof", "gp@example.nhs.uk")
    change_person(gp, married, seen_version=gp.version, actor=SYSTEM, at=clock.now())
    db.session.commit()
    assert "Dr Ama Boateng" in auditor.get(link).text and "Adjei" not in auditor.get(link).text
    assert "Prof Ama Adjei" in auditor.get(link.split("?")[0]).text
    then = auditor.get(f"{HOME}/?known=2026-06-01T11:01").text
    assert "Dr Ama Boateng" in then and "Adjei" not in then
    assert "Prof Ama Adjei" in auditor.get(f"{HOME}/").text
    page = auditor.get(f"{link.split('?')[0]}?known=soon")
    assert (page.status_code, page.errors) == (422, ["Enter a date and time like 2026-11-01T12:00"])


@pytest.mark.parametrize(
    "known", ["nonsense", "2026-13-01", "2199-01-01T00:00", "2026-03-29T01:30", "2026-10-25T01:30"]
)
def test_an_impossible_instant_says_so_and_shows_the_register_as_it_is_now(body, client, gp, known):
    secretary = others(body, client, SECRETARY)
    page = secretary.get(f"{HOME}/?known={known}")
    assert page.status_code == 422
    assert page.errors
    assert "Dr Ama Boateng" in page.text


def test_the_register_comes_in_pages_that_keep_what_was_asked(body, client, gp):
    commands.declare_interests(
        gp, [details_of(nature=f"Number {each}") for each in range(101)], actor=SYSTEM, at=clock.now()
    )
    secretary = others(body, client, SECRETARY)
    page = secretary.get(f"{HOME}/?find=number&show=waiting", queries=16)
    assert "Rows 1 to 100 of 101" in page.text
    following = page.soup.select_one("a[rel=next]")["href"]
    assert "find=number" in following
    assert "Rows 101 to 101 of 101" in secretary.get(following).text


def test_the_governance_lead_agrees_the_mitigation(body, client, gp):
    interest = an_interest(gp)
    lead = others(body, client, LEAD)
    page = lead.get(f"{HOME}/{interest.id}")
    page = lead.click("Agree the action to reduce the risk")
    page = lead.post(page.path, change_of(page, mitigation="Leaves for items about Larkfield"))
    assert "Leaves for items about Larkfield Agreed by Gwen Price" in page.summary()["Action to reduce the risk"]
    assert db.session.get(Interest, interest.id).versions[-1].status is InterestStatus.AGREED


def test_the_slower_of_two_reviewers_finds_the_action_that_they_typed_beside_what_stands(body, client, gp):
    interest = an_interest(gp)
    lead = others(body, client, LEAD)
    page = lead.get(f"{HOME}/{interest.id}/mitigation")
    guardian = a_person("Hugh Vane")
    review_commands.agree_mitigation(
        interest, "Leaves the room", version=1, actor=actor_of(guardian), at=clock.now(), body_id=body.id
    )
    db.session.commit()
    page = lead.post(page.path, change_of(page, mitigation="Receives no papers\nand leaves"))
    assert page.status_code == 409
    assert page.table("The two versions")[-1] == {
        "Part": "Action to reduce the risk",
        "Saved now": "Leaves the room",
        "What you entered": "Receives no papers and leaves",
    }


def test_nobody_agrees_the_mitigation_of_their_own_interest(body, client):
    lead = others(body, client, LEAD)
    own = an_interest(db.session.scalars(sa.select(Person).where(Person.name == "Gwen Price")).one())
    page = lead.get(f"{HOME}/{own.id}")
    assert "Agree the action to reduce the risk" not in page.links
    page = lead.get(f"{HOME}/{own.id}/mitigation")
    page = lead.post(page.path, change_of(page, mitigation="I stay"))
    assert page.status_code == 422
    assert "Ask a colleague" in page.errors[0]


def test_an_unmatched_organisation_is_matched_and_the_words_are_kept(body, client, gp):
    interest = an_interest(gp, details_of("larkfield"))
    organisation = an_organisation("Larkfield Surgery")
    lead = others(body, client, LEAD)
    page = lead.get(f"{HOME}/{interest.id}/organisations/1")
    assert "Larkfield Surgery" in page.text
    sent = {
        "organisation-text": "larkfield",
        "organisation-asked": "larkfield",
        "organisation-choice": str(organisation.id),
    }
    page = lead.post(page.path, change_of(page, **sent))
    assert page.summary()["Organisation"].startswith("larkfield Larkfield Surgery")
    assert lead.get(f"{HOME}/{interest.id}/organisations/9").status_code == 404


def test_the_guardian_decides_a_request_not_to_publish_and_others_cannot(body, client, gp):
    interest = an_interest(gp, details_of(keep_private_because="My address would be known"))
    request = queries.redactions_of([interest.id])[interest.id]
    lead = others(body, client, LEAD, GUARDIAN)
    assert lead.get(f"{HOME}/redactions").status_code == 404
    assert lead.get(f"{HOME}/redactions/{request.id}").status_code == 404
    assert "My address" not in lead.get(f"{HOME}/{interest.id}").text
    guardian = client.as_(GUARDIAN)
    page = guardian.get(f"{HOME}/redactions")
    page = guardian.click("Decide about I/2026/0001")
    assert "My address would be known" in page.text
    page = guardian.post(page.path, {"decision": "granted"})
    assert page.error_for("Reason for the decision") == "Enter the reason for the decision"
    day = {"review_on-day": "1", "review_on-month": "6", "review_on-year": "2199"}
    page = guardian.post(
        page.path, {"decision": "granted", "reason": "A real risk", "fields": ["name", "nature"], **day}
    )
    assert page.table("Decided")[0]["Decision"].startswith("Granted")
    assert queries.redactions_of([interest.id])[interest.id].state is RedactionState.GRANTED


def readings():
    rows = db.session.execute(sa.select(AccessLog.what, AccessLog.subject_id)).all()
    return [(row.what, row.subject_id) for row in rows]


def test_what_whoever_left_changed_elsewhere_is_neither_shown_nor_acted_on_where_they_left(body, client, gp):
    """Rules: REG-01, REG-06."""
    today = clock.today()
    asked = details_of("Nowhere Surgery", keep_private_because="I was threatened")
    gone = a_person("Ms Olga Wrzos")
    post = an_appointment(gone, body, "Clerk")
    interest = an_interest(gone, asked, at=clock.now() - timedelta(days=40))
    an_appointment(gone, a_body("NHS High Fen ICB", "high-fen"))
    end_appointment(post, today - timedelta(days=30), actor=SYSTEM, at=clock.now() - timedelta(days=30))
    elsewhere = details_of(
        "Elsewhere Ltd", nature="Adviser to a bidder at High Fen", keep_private_because="I was threatened"
    )
    commands.change_interest(interest, elsewhere, version=1, actor=SYSTEM, at=clock.now() - timedelta(days=10))
    request = queries.redactions_of([interest.id])[interest.id]
    guardian = others(body, client, GUARDIAN, LEAD)
    page = guardian.get(f"{HOME}/redactions/{request.id}")
    assert "Nowhere Surgery" in page.text and "Elsewhere Ltd" not in page.text and "High Fen" not in page.text
    page = guardian.get(f"{HOME}/{interest.id}")
    assert "Nowhere Surgery" in page.text and "Agree the action to reduce the risk" not in page.links
    assert "Decide the request" in page.links
    assert guardian.get(f"{HOME}/{interest.id}/mitigation").status_code == 404
    lead = client.as_(LEAD)
    for path in ("change", "end", "organisations/1"):
        assert lead.get(f"{HOME}/{interest.id}/{path}").status_code == 404


def test_reading_an_interest_that_is_asked_not_to_be_published_leaves_a_trace_unless_it_is_ones_own(body, client, gp):
    restricted = an_interest(gp, details_of(keep_private_because="Risk of harm"))
    open_one = an_interest(gp)
    lead = others(body, client, LEAD)
    lead.get(f"{HOME}/{open_one.id}")
    client.as_(GP).get(f"{HOME}/mine/{restricted.id}")
    assert readings() == []
    lead = client.as_(LEAD)
    lead.get(f"{HOME}/{restricted.id}")
    lead.get(f"{HOME}/")
    assert readings() == [("interest", str(restricted.id))] * 2
    request = queries.redactions_of([restricted.id])[restricted.id]
    review_commands.decide_redaction(request, granted=False, reason="No", actor=SYSTEM, at=clock.now())
    lead.get(f"{HOME}/{restricted.id}")
    assert len(readings()) == 2


def test_scenario_55_everything_on_record_about_one_person_since_a_day_is_a_file_without_what_is_withheld(
    body, client, gp
):
    """RULEBOOK §23 scenario 55. Rules: REG-04, REG-06."""
    kept = details_of("Heron Ltd", nature="Adviser", keep_private_because="I was threatened")
    an_interest(gp, details_of("Old Ltd", arose_on=date(2026, 2, 1)), at=datetime(2026, 3, 1, 9, 0, tzinfo=UTC))
    changed = an_interest(gp, details_of("Nowhere Surgery"))
    an_interest(gp, replace(kept, keep_private_fields=("nature",)))
    an_interest(gp, details_of("Quarry Ltd", keep_private_because="I was threatened"))
    later = clock.now() - timedelta(days=1)
    commands.change_interest(changed, details_of("Nowhere Surgery", nature="Locum"), version=1, actor=SYSTEM, at=later)
    auditor = others(body, client, AUDITOR)
    auditor.get(f"{HOME}/{changed.id}")
    assert "Everything on record about Dr Ama Boateng, as a file" in auditor.get(f"{HOME}/{changed.id}").text
    got = auditor.get(f"{HOME}/people/{gp.id}/record.csv?since=2026-06-01")
    assert got.headers["Content-Disposition"] == 'attachment; filename="record-boateng-ama.csv"'
    told = list(csv.DictReader(io.StringIO(got.data.decode("utf-8-sig"), newline="")))
    assert [(each["What happened"], each["Declared interest"], each["Nature of interest"]) for each in told] == [
        ("Declared", "Nowhere Surgery", "Partner in the practice"), ("Declared", "Heron Ltd", "Withheld"),
        ("Changed", "Nowhere Surgery", "Partner. Locum"),
    ]  # fmt: skip
    assert told[1]["Withheld from the public"] == "Nature of interest"
    assert [each.what for each in db.session.scalars(sa.select(AccessLog))][-1:] == ["record of a person as a file"]
    assert b"Old Ltd" in auditor.get(f"{HOME}/people/{gp.id}/record.csv").data
    assert auditor.get(f"{HOME}/people/{gp.id}/record.csv?since=soon").status_code == 422
    assert auditor.get(f"{HOME}/people/{a_person('Dr Bo Lind').id}/record.csv").status_code == 404


PAPER = {"declared_on-day": "1", "declared_on-month": "6", "declared_on-year": "2026"}


def test_a_paper_that_was_entered_is_not_entered_again_unseen(body, client, gp):
    secretary = others(body, client, SECRETARY)
    sent = {"person_id": str(gp.id), "content": "interests", **PAPER}
    for _ in range(2):
        secretary.post(f"{HOME}/enter", sent)
        answer(secretary, start=f"{HOME}/enter/{gp.id}")
        page = secretary.post(f"{HOME}/enter/{gp.id}/check", SIGNED)
    assert page.status_code == 422
    assert "This looks the same as I/" in page.text and "entered by" in page.text
    assert len(queries.interests_known_at([gp.id], clock.now())) == 1
    page = secretary.post(f"{HOME}/enter/{gp.id}/check", {"is_another": "y", **SIGNED})
    assert page.heading == "Declaration entered"
    assert len(queries.interests_known_at([gp.id], clock.now())) == 2


def test_a_nil_return_on_paper_is_entered_once(body, client, gp):
    secretary = others(body, client, SECRETARY)
    sent = {"person_id": str(gp.id), "content": "nothing", **PAPER}
    secretary.post(f"{HOME}/enter", sent)
    page = secretary.post(f"{HOME}/enter", sent)
    assert page.status_code == 422
    assert "a nil return of this date" in page.text


def test_of_several_interests_the_one_that_is_on_the_register_is_named_and_removed_alone(as_gp, gp):
    answer(as_gp)
    as_gp.post(f"{HOME}/declare/check", SIGNED)
    (stands,) = queries.interests_known_at([gp.id], clock.now())
    answer(as_gp, 1, organisation={"organisation-text": "Elsewhere Ltd", "organisation-asked": "Elsewhere Ltd"})
    answer(as_gp, 2)
    page = as_gp.get(f"{HOME}/declare/check")
    assert f"looks like {stands.interest.reference}" in page.text and "Remove interest 1" not in page.text
    assert "Remove what is the same. The others stay" in page.text and "leave this page" not in page.text
    page = as_gp.post(page.path, SIGNED)
    assert page.error_for("Interest 2 is not the same. Put it on the register as well").startswith("Some look the same")
    as_gp.post(as_gp.click("Remove interest 2").path)
    page = as_gp.post(f"{HOME}/declare/check", SIGNED)
    assert len(queries.interests_known_at([gp.id], clock.now())) == 2


def test_an_interest_that_is_entered_twice_in_one_sitting_is_told_before_it_is_signed(as_gp, gp):
    """Rule: DECL-01."""
    answer(as_gp, 1)
    answer(as_gp, 2, about={"nature": "Partner, on Mondays alone"})
    assert "You have entered this twice" not in as_gp.get(f"{HOME}/declare/check").text
    answer(as_gp, 3)
    page = as_gp.get(f"{HOME}/declare/check")
    assert "You have entered this twice" in page.text
    assert "Interest 3, Nowhere Surgery , says the same as interest 1" in page.text
    page = as_gp.post(page.path, SIGNED)
    said = page.error_for("Interest 3 is not the same. Put it on the register as well")
    assert said.startswith("Some look the same as each other: interest 3, Nowhere Surgery, as interest 1")
    assert queries.interests_known_at([gp.id], clock.now()) == []
    as_gp.post(as_gp.click("Remove interest 3").path)
    as_gp.post(f"{HOME}/declare/check", SIGNED)
    assert len(queries.interests_known_at([gp.id], clock.now())) == 2


def test_several_interests_are_checked_in_short_and_each_opens_to_its_answers(as_gp):
    for number in range(1, 4):
        answer(as_gp, number)
    page = as_gp.get(f"{HOME}/declare/check")
    said = "Partner with a one-fifth share. Started 1 April 2019, has not ended. Direct."
    assert page.text.count(said) == 3
    folded = page.soup.select(".coi-entry details")
    assert len(folded) == 3
    assert all(each.select(".nhsuk-summary-list__actions a") for each in folded)
    assert page.soup.select(".coi-entry details a[href*='/declare/3/about']")
