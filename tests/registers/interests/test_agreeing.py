"""Before and after signing: the notice, what the public will see, the declarant's copy, the scanned form, and who agrees for whom."""

import io
import re
import uuid
from datetime import date

import pytest
import sqlalchemy as sa

from coi import clock
from coi.database import db
from coi.documents.vocabulary import text_of
from coi.errors import RuleBroken
from coi.notifications.models import OutboxMessage
from coi.permissions.vocabulary import Role
from coi.registers.interests import agreer_queries, commands, queries, review_commands, rules
from coi.registers.interests.annex import document_of
from coi.registers.interests.annex_queries import annex_of
from coi.registers.interests.draft_commands import SITTING, hand_over_draft, save_draft
from coi.registers.interests.form_queries import forms_of
from coi.registers.interests.link_vocabulary import LinkPurpose
from coi.registers.interests.vocabulary import Declaring
from tests.factories.accounts import account_with
from tests.factories.committees import a_committee, a_member
from tests.factories.interests import SYSTEM, actor_of, an_interest, details_of
from tests.factories.people import a_person, an_appointment
from tests.files.made_files import pdf as a_pdf
from tests.registers.interests.test_links import mailed, started
from tests.registers.interests.test_views import SIGNED, answer

HOME = "/mid-marsh/registers/interests"
GP, SECRETARY, LEAD = "gp@example.nhs.uk", "sam@example.nhs.uk", "lead@example.nhs.uk"


def somebody(body, name, email, role):
    person = a_person(name)
    an_appointment(person, body)
    account_with(person.id, email, [role], body.id)
    return person


@pytest.fixture
def gp(body):
    return somebody(body, "Dr Ama Boateng", GP, Role.DECLARANT)


def test_the_notice_and_what_the_public_will_see_stand_before_the_signature(client, gp):
    """Rule: REG-08."""
    db.session.commit()
    client.as_(GP)
    answer(client)
    page = client.get(f"{HOME}/declare/check")
    assert "NHS Mid Marsh ICB decides how it is used" in page.text
    assert "Questions: governance@example.nhs.uk" in page.text
    assert "what ended stays public for at least 6 months after its end, and is kept for at least 6 years" in page.text
    seen = page.soup.select_one("details").get_text(" ", strip=True)
    assert "What the public will see" in seen
    assert "Nowhere Surgery" in seen
    assert "NHS Mid Marsh ICB decides how it is used" in client.get(f"{HOME}/declare/nothing").text


def test_what_waits_for_the_guardian_is_shown_as_nothing(client, gp):
    db.session.commit()
    client.as_(GP)
    answer(client, privacy={"has_reason": "yes", "reason": "Threats"})
    seen = client.get(f"{HOME}/declare/check").soup.select_one("details").get_text(" ", strip=True)
    assert "nothing, until the Conflicts of Interest Guardian has decided" in seen


def test_the_declarant_keeps_a_copy_in_the_layout_of_the_national_form(client, gp, body):
    db.session.commit()
    client.as_(GP)
    answer(client)
    page = client.post(f"{HOME}/declare/check", SIGNED)
    copy = client.get(page.links["Keep a copy (PDF)"])
    assert copy.data.startswith(b"%PDF")
    assert "declaration-D-" in copy.headers["Content-Disposition"]
    declaration = queries.declarations_of(gp.id)[0]
    text = text_of(document_of(annex_of(declaration, body)))
    for words in (
        "Nowhere Surgery. Partner with a one-fifth share",
        "1 April 2019 – goes on",
        "Signed by\tDr Ama Boateng",
    ):
        assert words in text


def test_nobody_gets_the_copy_of_another(client, gp, body):
    other = an_interest(a_person("Dr Other One"))
    db.session.commit()
    client.as_(GP)
    assert client.get(f"{HOME}/declared/{other.versions[0].declaration_id}/copy").status_code == 404


def test_the_scanned_form_is_kept_with_the_entry_and_read_by_who_may_read_it(client, gp, body):
    secretary = somebody(body, "Sam Scribe", SECRETARY, Role.SECRETARY)
    interest = an_interest(gp, actor=actor_of(secretary))
    declaration_id = interest.versions[0].declaration_id
    db.session.commit()
    client.as_(SECRETARY)
    page = client.post(f"{HOME}/entered/{declaration_id}/form", {"file": (io.BytesIO(b"MZ not a pdf"), "form.pdf")})
    assert page.status_code == 422
    scanned = a_pdf()
    page = client.post(f"{HOME}/entered/{declaration_id}/form", {"file": (io.BytesIO(scanned), "form.pdf")})
    assert page.notices == ["The scanned form is with the declaration"]
    page = client.post(f"{HOME}/entered/{declaration_id}/form", {"file": (io.BytesIO(scanned), "again.pdf")})
    assert page.errors == ["This file is with the declaration already, as “form.pdf”"]
    (scan,) = forms_of([declaration_id])
    page = client.get(f"{HOME}/{interest.id}")
    assert client.get(page.links["form.pdf"]).data == scanned
    client.as_(GP)
    assert client.get(f"{HOME}/forms/{scan.form.id}").status_code == 404


def test_a_form_goes_with_a_paper_and_not_with_what_somebody_sent_themself(gp, body, at):
    declaration = commands.declare_interests(gp, [details_of()], actor=actor_of(gp), at=at)
    with pytest.raises(RuleBroken, match="made by the person"):
        commands.attach_form(declaration, "a.pdf", a_pdf(), actor=SYSTEM, at=at, body_id=body.id, largest=1_000_000)
    db.session.rollback()


def test_whoever_the_body_named_agrees_and_nobody_for_themself():
    """Rule: DECL-07."""
    holder, named, other = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    rules.check_agreer(agreer_id=named, holder_id=holder, named_id=named)
    rules.check_agreer(agreer_id=other, holder_id=holder, named_id=None)
    rules.check_agreer(agreer_id=other, holder_id=named, named_id=named)
    with pytest.raises(RuleBroken, match="your own interest"):
        rules.check_agreer(agreer_id=named, holder_id=named, named_id=named)
    with pytest.raises(RuleBroken, match="Ms Judge agrees this"):
        rules.check_agreer(agreer_id=other, holder_id=holder, named_id=named, named="Ms Judge")


def test_the_governance_lead_names_who_agrees_for_members(client, gp, body):
    lead = somebody(body, "Gwen Price", LEAD, Role.GOVERNANCE_LEAD)
    guardian = somebody(body, "Hugh Vane", "hugh@example.nhs.uk", Role.GUARDIAN)
    a_member(a_committee(body), gp)
    interest = an_interest(gp)
    db.session.commit()
    assert agreer_queries.group_of(gp.id, body.id, clock.today()) is Declaring.MEMBERS
    assert agreer_queries.group_of(guardian.id, body.id, clock.today()) is Declaring.GUARDIAN
    client.as_(LEAD)
    page = client.post(f"{HOME}/agreers", {"of_whom": "members", "agreer_id": str(guardian.id)})
    assert page.summary()["Members of committees"] == "Hugh Vane"
    page = client.post(f"{HOME}/{interest.id}/mitigation", {"version": "1", "mitigation": "Leaves the room"})
    assert "Hugh Vane agrees this" in page.errors[0]
    assert lead.id != guardian.id


def test_only_somebody_whose_role_allows_it_is_named(gp, body, at):
    with pytest.raises(RuleBroken, match="has no role"):
        review_commands.name_agreer(Declaring.CHAIR, gp, body_id=body.id, actor=SYSTEM, at=at)
    assert agreer_queries.agreers_of(body.id) == {}
    assert date(2026, 11, 10) == at.date()


def test_a_draft_that_somebody_prepared_is_signed_by_the_person_alone(client, body):
    gp = a_person("Dr Ama Boateng", email="ama@practice.example")
    an_appointment(gp, body)
    somebody(body, "Sam Scribe", SECRETARY, Role.SECRETARY)
    db.session.commit()
    client.as_(SECRETARY)
    today = clock.today()
    on = {"declared_on-day": str(today.day), "declared_on-month": str(today.month), "declared_on-year": str(today.year)}
    client.post(f"{HOME}/enter", {"person_id": str(gp.id), "content": "interests", **on})
    answer(client, start=f"{HOME}/enter/{gp.id}")
    page = client.post(f"{HOME}/enter/{gp.id}/hand-over")
    assert "The email to Dr Ama Boateng is written" in page.notices[0]
    assert "Download the email to Dr Ama Boateng" in page.links
    assert queries.declarations_of(gp.id) == []
    (path,) = re.findall(r"/declare/\S+", db.session.scalars(sa.select(OutboxMessage)).one().text)
    page = started(client.signed_out(), path)
    assert "Sam Scribe prepared a declaration for you" in page.text
    page = client.click("Go on with it")
    assert "Sam Scribe prepared this for you" in page.text
    page = client.post(page.path, SIGNED)
    assert "Sam Scribe prepared it" in page.text
    (declaration,) = queries.declarations_of(gp.id)
    assert (declaration.on_behalf, declaration.drafted_by_name) == (False, "Sam Scribe")


def test_a_declaration_that_the_person_began_is_never_overwritten(gp, at):
    save_draft(gp.id, SITTING, {"entries": []}, at=at)
    with pytest.raises(RuleBroken, match="has begun a declaration of their own"):
        hand_over_draft(gp, {"entries": []}, actor=SYSTEM, at=at)
    db.session.rollback()


def test_a_last_declaration_says_that_it_was_made_on_leaving(client, body):
    gp = a_person("Dr Ama Boateng", email="ama@practice.example")
    an_appointment(gp, body)
    page = started(client, mailed(gp, body, LinkPurpose.LEAVING))
    assert "You are leaving NHS Mid Marsh ICB" in page.text
    page = client.post(f"{HOME}/by-link/nothing", {"agreed": "y"})
    assert "Made on leaving" in page.text
