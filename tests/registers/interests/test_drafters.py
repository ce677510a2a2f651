"""A practice manager drafts, the GP signs: who names whom, what the one who drafts reaches, and that it ends at once."""

import pytest
import sqlalchemy as sa

from coi import clock
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.notifications.models import OutboxMessage
from coi.permissions.vocabulary import Role
from coi.registers.interests import drafter_commands, drafter_queries, queries
from coi.registers.interests.course import SITTING
from coi.registers.interests.draft_queries import draft_row
from tests.factories.accounts import account_with
from tests.factories.interests import SYSTEM, an_interest, details_of
from tests.factories.organisations import a_body
from tests.factories.people import a_person, an_appointment
from tests.registers.interests.test_commands import last_event
from tests.registers.interests.test_views import SIGNED, answer

HOME = "/mid-marsh/registers/interests"
GP, MANAGER, SECRETARY = "gp@example.nhs.uk", "manager@practice.example", "sam@example.nhs.uk"


def somebody(body, name, email, role, *, has_post=True):
    person = a_person(name, email=email)
    if has_post:
        an_appointment(person, body)
    account_with(person.id, email, [role], body.id)
    return person


@pytest.fixture
def gp(body):
    return somebody(body, "Dr Ama Boateng", GP, Role.DECLARANT)


@pytest.fixture
def manager(body):
    return somebody(body, "Pat Manager", MANAGER, Role.DECLARANT, has_post=False)


@pytest.fixture
def named(gp, manager, body, at):
    found = drafter_commands.name_drafter(gp, MANAGER, body_id=body.id, actor=SYSTEM, at=at)
    db.session.commit()
    return found


def pages_of(person):
    """The pages on which somebody drafts for a person."""
    return [f"{HOME}/enter/{person.id}/{each}" for each in ("1/what", "another", "1/remove", "check")]


def test_a_gp_lets_her_practice_manager_draft_and_takes_it_back(client, gp, manager, body):
    db.session.commit()
    client.as_(GP).get(f"{HOME}/mine")
    client.click("Let somebody draft for you")
    page = client.post(f"{HOME}/mine/drafter", {"email": MANAGER})
    assert page.notices == ["Pat Manager may draft for Dr Ama Boateng from now on"]
    assert "Only you can sign them" in page.text
    assert last_event() == Event.DRAFTER_NAMED
    (named,) = drafter_queries.drafters_to_keep(SYSTEM, body.id, clock.today())
    page = client.post(f"{HOME}/drafters/{named.id}/end")
    assert page.notices == ["Pat Manager no longer drafts for Dr Ama Boateng"]
    assert drafter_queries.drafter_of(gp.id, body.id) is None
    assert last_event() == Event.DRAFTER_ENDED


def test_the_practice_manager_drafts_and_the_gp_alone_signs(client, gp, manager, named):
    client.as_(MANAGER)
    page = client.get(f"{HOME}/mine")
    assert "You may draft for Dr Ama Boateng" in page.text
    client.click("Draft a declaration for Dr Ama Boateng")
    answer(client, start=f"{HOME}/enter/{gp.id}")
    check = f"{HOME}/enter/{gp.id}/check"
    assert client.get(client.get(f"{HOME}/mine").links["Go on with the draft for Dr Ama Boateng"]).path == check
    waits = client.get("/mid-marsh/").links
    assert waits["Finish the declaration that you draft for Dr Ama Boateng, and send it to be signed"] == check
    assert client.post(check).status_code == 404
    assert queries.declarations_of(gp.id) == []
    page = client.post(f"{HOME}/enter/{gp.id}/hand-over")
    assert page.notices == ["Dr Ama Boateng was sent a link to read the draft and sign it"]
    assert "Pat Manager" in db.session.scalars(sa.select(OutboxMessage)).one().text
    assert "Dr Ama Boateng has not signed yet what was prepared for them" in client.get("/mid-marsh/").text
    assert "They have not signed yet" in client.get(f"{HOME}/mine").text
    client.as_(GP)
    assert "Pat Manager prepared a declaration for you to sign" in client.get("/mid-marsh/").text
    assert "Pat Manager prepared a declaration for you to sign" in client.get(f"{HOME}/mine").text
    assert "Pat Manager prepared this for you" in client.get(f"{HOME}/declare").text
    client.post(f"{HOME}/declare/1/nature", {"nature": "Partner with a third"})
    client.post(f"{HOME}/declare/check", SIGNED)
    (declaration,) = queries.declarations_of(gp.id)
    assert (declaration.on_behalf, declaration.drafted_by_name) == (False, "Pat Manager")
    (interest,) = queries.interests_known_at([gp.id], clock.now())
    assert interest.nature == "Partner with a third"


def test_the_gp_throws_a_draft_away(client, gp, manager, named):
    client.as_(MANAGER)
    answer(client, start=f"{HOME}/enter/{gp.id}")
    client.post(f"{HOME}/enter/{gp.id}/hand-over")
    client.as_(GP)
    page = client.post(f"{HOME}/declare")
    assert "that Pat Manager prepared for you" in page.text
    client.post(f"{HOME}/declare", {"sure": "yes"})
    assert draft_row(gp.id, SITTING) is None
    assert queries.declarations_of(gp.id) == []


def test_whoever_drafts_sees_nothing_else_of_the_person(client, gp, manager, named):
    interest = an_interest(gp, details_of(nature="Owns the Larkfield premises"))
    declaration_id = interest.versions[0].declaration_id
    db.session.commit()
    client.as_(MANAGER)
    answer(client, start=f"{HOME}/enter/{gp.id}")
    for page in (client.get(each) for each in (*pages_of(gp), f"{HOME}/mine")):
        assert page.status_code == 200
        assert "Larkfield" not in page.text
    for path in (
        "", str(interest.id), f"mine/{interest.id}", f"declared/{declaration_id}", f"declared/{declaration_id}/copy",
        f"entered/{declaration_id}", f"{interest.id}/change", "enter", "drafters",
    ):  # fmt: skip
        assert client.get(f"{HOME}/{path}").status_code == 404, path


def test_what_was_taken_back_ends_at_once_with_an_open_draft(client, gp, manager, named, at):
    client.as_(MANAGER)
    answer(client, start=f"{HOME}/enter/{gp.id}")
    drafter_commands.end_drafter(db.session.merge(named), actor=SYSTEM, at=at)
    db.session.commit()
    assert [client.get(each).status_code for each in pages_of(gp)] == [404] * 4
    assert client.post(f"{HOME}/enter/{gp.id}/hand-over").status_code == 404
    assert client.post(f"{HOME}/enter/{gp.id}/1/nature", {"nature": "Other"}).status_code == 404
    assert draft_row(gp.id, SITTING) is None
    assert "You may draft" not in client.get(f"{HOME}/mine").text


def test_nobody_drafts_for_whoever_did_not_name_them_or_at_another_body(client, gp, manager, named, body, at):
    other, away = a_person("Dr Other One"), a_body("NHS Far Fell ICB", "far-fell")
    an_appointment(other, body)
    an_appointment(gp, away)
    account_with(a_person("Somebody Far").id, "far@example.nhs.uk", [Role.DECLARANT], away.id)
    db.session.commit()
    client.as_(MANAGER)
    assert [client.get(each).status_code for each in pages_of(other)] == [404] * 4
    with pytest.raises(RuleBroken, match="Nobody who could draft here"):
        drafter_commands.name_drafter(gp, MANAGER, body_id=away.id, actor=SYSTEM, at=at)
    db.session.rollback()


def test_the_secretary_names_somebody_for_the_gp_who_reads_who_did(client, gp, manager, body):
    somebody(body, "Sam Scribe", SECRETARY, Role.SECRETARY)
    db.session.commit()
    client.as_(SECRETARY)
    page = client.post(f"{HOME}/drafters", {"person_id": str(gp.id), "email": MANAGER})
    assert page.notices == ["Pat Manager may draft for Dr Ama Boateng from now on"]
    page = client.post(f"{HOME}/drafters", {"person_id": str(gp.id), "email": SECRETARY})
    assert page.status_code == 422
    assert "Pat Manager may draft for Dr Ama Boateng already" in page.errors[0]
    assert "as Sam Scribe recorded" in client.as_(GP).get(f"{HOME}/mine/drafter").text
    named = drafter_queries.drafter_of(gp.id, body.id)
    assert client.as_(MANAGER).post(f"{HOME}/drafters/{named.id}/end").status_code == 404


@pytest.mark.parametrize(
    ("email", "words"),
    [("nobody@example.nhs.uk", "Nobody who could draft here"), (GP, "Enter somebody else"), ("", "Enter the email")],
)
def test_whoever_cannot_be_named_is_said_beside_the_field(client, gp, body, email, words):
    db.session.commit()
    client.as_(GP)
    page = client.post(f"{HOME}/mine/drafter", {"email": email})
    assert page.status_code == 422
    assert words in page.errors[0]


def test_the_first_page_says_whose_declaration_waits_to_be_drafted_until_it_is_made(client, body, gp, named, at):
    page = client.as_(MANAGER).get("/mid-marsh/")
    assert "Dr Ama Boateng has not declared yet. Draft the declaration for them to sign" in page.text
    an_interest(gp, at=at)
    db.session.commit()
    page = client.as_(MANAGER).get("/mid-marsh/")
    assert "Draft the declaration" not in page.text and "Nothing waits for you" in page.text
    assert page.links["Draft a declaration for Dr Ama Boateng"] == pages_of(gp)[0]


def test_an_unsent_declaration_is_on_the_first_page_and_whoever_drafts_is_told_before_typing(
    client, gp, manager, named
):
    answer(client.as_(GP), start=f"{HOME}/declare")
    page = client.get("/mid-marsh/")
    assert "Finish your declaration and send it" in page.text and "You have not declared yet" in page.text
    assert "say that you have none" not in page.text, "one line, not two"
    client.as_(MANAGER)
    begun = "has begun a declaration of their own"
    assert f"Dr Ama Boateng {begun} and not sent it. Remind them" in client.get("/mid-marsh/").text
    assert "A draft can be sent to them once they have sent or deleted theirs" in client.get(f"{HOME}/mine").text
    assert f"Dr Ama Boateng {begun}" in client.get(f"{HOME}/enter/{gp.id}/1/what").text
    answer(client, start=f"{HOME}/enter/{gp.id}")
    page = client.get(f"{HOME}/enter/{gp.id}/check")
    assert begun in page.text and "hand-over" not in str(page.soup)
    assert "This is later than it should be. Send it to be signed all the same" in page.text
