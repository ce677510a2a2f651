"""Declaring by a single-use link: nobody needs an account, a mail scanner uses nothing up, and a link shows only what is its person's."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from coi import clock
from coi.audit.models import AccessLog, LedgerLeaf
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.notifications.commands import REMOVED
from coi.notifications.models import OutboxMessage
from coi.notifications.vocabulary import MessageStatus
from coi.permissions.vocabulary import Role
from coi.registers.interests import link_commands, queries
from coi.registers.interests.link_vocabulary import LinkPurpose
from coi.registers.interests.models import Declaration, DeclaringLink
from coi.registers.interests.vocabulary import DeclarationKind
from tests.factories.accounts import account_with
from tests.factories.interests import SYSTEM, an_interest
from tests.factories.organisations import a_body
from tests.factories.people import a_person, an_appointment
from tests.registers.interests.test_views import SIGNED, answer

SITE = "https://localhost"
HOME = "/mid-marsh/registers/interests"
BY_LINK = f"{HOME}/by-link"
GONE = 410


@pytest.fixture
def gp(body):
    person = a_person("Dr Ama Boateng", email="ama@practice.example")
    an_appointment(person, body)
    return person


@pytest.fixture
def later(monkeypatch):
    """Moves the clock forward."""
    real = clock.now

    def move(by):
        monkeypatch.setattr(clock, "now", lambda: real() + by)

    return move


def mailed(person, body, purpose=LinkPurpose.INVITATION):
    """Mails a link, and returns its path."""
    link = link_commands.mail_declaring_link(person, purpose, body, site=SITE, actor=SYSTEM, at=clock.now())
    db.session.commit()
    return link.url.removeprefix(SITE)


def mails():
    return list(db.session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.created_at)))


def started(client, path):
    """Opens a link and presses its button."""
    client.get(path)
    page = client.post(path)
    client._token = ""  # the session is another one from here on
    return page


def test_the_mail_goes_to_the_address_on_file_and_the_ledger_knows_that_it_was_sent(gp, body):
    path = mailed(gp, body)
    (mail,) = mails()
    assert mail.to_address == "ama@practice.example"
    assert path in mail.text
    assert "you do not need an account" in mail.text
    leaf = db.session.scalars(sa.select(LedgerLeaf).order_by(LedgerLeaf.seq.desc()).limit(1)).one()
    assert Event.DECLARING_LINK_ISSUED.encode() in leaf.entry
    assert path.rsplit("/", 1)[-1].encode() not in leaf.entry
    assert path.rsplit("/", 1)[-1] not in {each.token_hash for each in db.session.scalars(sa.select(DeclaringLink))}


def test_a_mail_scanner_that_opens_the_link_uses_nothing_up(client, gp, body):
    path = mailed(gp, body)
    for method in ("GET", "HEAD", "GET"):
        assert client.signed_out()._client.open(path, method=method).status_code == 200
    link = db.session.scalars(sa.select(DeclaringLink)).one()
    assert (link.opened_at, link.used_at) == (None, None)
    assert started(client.signed_out(), path).heading == "Your interests"


def test_a_gp_without_an_account_declares_by_link_and_signs_once(client, gp, body):
    path = mailed(gp, body)
    page = client.get(path)
    assert (page.heading, "Dr Ama Boateng" in page.text) == ("Declare your interests", True)
    page = client.post(path)
    assert page.navigation == []
    page = client.click("Declare an interest")
    assert page.heading == "What do you want to declare?"
    page = answer(client, start=f"{BY_LINK}/declare")
    page = client.post(f"{BY_LINK}/declare/another", {"another": "no"})
    assert page.heading == "Check your answers"
    assert db.session.scalars(sa.select(DeclaringLink)).one().used_at is None
    page = client.post(f"{BY_LINK}/declare/check", SIGNED)
    assert page.heading == "Declaration sent"
    assert "No organisation is matched yet with “Nowhere Surgery”" in page.text
    assert "Every agenda is checked" not in page.text
    declaration = db.session.scalars(sa.select(Declaration)).one()
    assert (declaration.kind, declaration.on_behalf, declaration.entered_by) == (
        DeclarationKind.ON_APPOINTMENT,
        False,
        None,
    )
    assert declaration.entered_by_name == "Dr Ama Boateng"
    assert len(queries.interests_known_at([gp.id], clock.now())) == 1
    assert db.session.scalars(sa.select(DeclaringLink)).one().declaration_id == declaration.id


def test_a_nil_return_is_made_by_link(client, gp, body):
    started(client, mailed(gp, body))
    page = client.click("I have nothing to declare")
    page = client.post(page.path, {"agreed": "y"})
    assert page.heading == "Declaration sent"
    assert db.session.scalars(sa.select(Declaration)).one().kind is DeclarationKind.NIL


def test_a_link_that_was_used_says_when_and_nothing_of_what_was_declared(client, gp, body):
    an_interest(gp)
    path = mailed(gp, body, LinkPurpose.CONFIRMATION)
    started(client, path)
    client.post(f"{BY_LINK}/confirm/1", {"still": "right"})
    client.post(f"{BY_LINK}/declare/check", SIGNED)
    page = client.signed_out().get(path)
    assert (page.status_code, page.heading) == (GONE, "This link was used already")
    assert re.search(r"Its reference is D/\d{4}/\d+", page.text)
    assert "Larkfield" not in page.text
    assert "Boateng" not in page.text
    assert client.get(f"{BY_LINK}/").status_code == GONE
    page = client.post(path)
    assert page.status_code == GONE


def test_the_pages_of_a_link_lead_to_what_was_declared_once_it_is_used(client, gp, body):
    started(client, mailed(gp, body))
    client.post(f"{BY_LINK}/nothing", {"agreed": "y"})
    assert client.get(f"{BY_LINK}/nothing").heading == "Declaration sent"
    page = client.post(f"{BY_LINK}/nothing", {"agreed": "y"})
    assert page.heading == "Declaration sent"
    assert db.session.scalar(sa.select(sa.func.count(Declaration.id))) == 1
    assert client.post(f"{BY_LINK}/close").heading == "You are done"
    assert client.get(f"{BY_LINK}/done").status_code == GONE


def test_two_browsers_with_one_link_sign_once(app, client, gp, body):
    path = mailed(gp, body)
    started(client, path)
    client.get(f"{BY_LINK}/nothing")
    link = db.session.scalars(sa.select(DeclaringLink)).one()
    link_commands.take_link(link.id, at=clock.now())
    with pytest.raises(RuleBroken, match="used already"):
        link_commands.take_link(link.id, at=clock.now())
    db.session.commit()


def test_a_browser_that_only_opened_the_link_before_reads_nothing_of_what_another_signed(app, client, gp, body):
    path = mailed(gp, body)
    other = type(client)(app)
    started(other, path)
    started(client, path)
    client.post(f"{BY_LINK}/nothing", {"agreed": "y"})
    assert client.get(f"{BY_LINK}/done").heading == "Declaration sent"
    for page in ("", "done", "copy"):
        assert other.get(f"{BY_LINK}/{page}").status_code == GONE


def test_a_second_browser_that_sends_by_a_link_used_meanwhile_reads_what_became_of_the_link(app, client, gp, body):
    path = mailed(gp, body)
    other = type(client)(app)
    started(other, path)
    other.get(f"{BY_LINK}/nothing")
    started(client, path)
    client.post(f"{BY_LINK}/nothing", {"agreed": "y"})
    page = other.post(f"{BY_LINK}/nothing", {"agreed": "y"})
    assert (page.status_code, page.heading) == (GONE, "This link was used already")
    assert re.search(r"Its reference is D/\d{4}/\d+", page.text)
    assert "Open the link in your email again" in page.text
    assert not page.soup.select("main form")
    assert other.get(path).soup.select("main form")


def test_a_link_opens_no_other_page_and_no_other_body(client, gp, body):
    a_body("NHS Far Fell ICB", "far-fell")
    started(client, mailed(gp, body))
    for path in ("/mid-marsh/registers/interests/", f"{HOME}/mine", "/mid-marsh/"):
        page = client.get(path, follow=False)
        assert page.status_code in (303, 404), path
    assert client.get("/far-fell/registers/interests/by-link/").status_code == GONE


def test_a_link_that_is_too_old_says_so_and_a_new_one_goes_to_the_address_on_file_alone(client, gp, body, later):
    path = mailed(gp, body)
    later(link_commands.LASTS + timedelta(minutes=1))
    page = client.get(path)
    assert (page.status_code, page.heading) == (GONE, "This link is too old")
    page = client.post(f"{path}/again", {"email": "somebody@else.example"})
    assert page.heading == "Look into your mail"
    assert [each.to_address for each in mails()] == ["ama@practice.example", "ama@practice.example"]
    (fresh,) = re.findall(r"/declare/\S+", mails()[-1].text)
    assert started(client, fresh).heading == "Your interests"


def test_what_was_begun_by_one_link_goes_on_with_the_next(client, gp, body):
    started(client, mailed(gp, body))
    answer(client, start=f"{BY_LINK}/declare")
    page = started(client.signed_out(), mailed(gp, body))
    assert "You started a declaration and have not sent it" in page.text
    assert client.click("Go on with it").heading == "Check your answers"


def test_nobody_is_sent_more_than_three_links_an_hour_and_the_answer_never_tells(client, gp, body):
    path = mailed(gp, body)
    for _ in range(5):
        assert client.post(f"{path}/again").heading == "Look into your mail"
    assert len(mails()) == 3
    assert client.post("/declare/never-issued/again").heading == "Look into your mail"


def test_the_outbox_keeps_no_link_that_was_used(client, gp, body):
    path = mailed(gp, body)
    started(client, path)
    client.post(f"{BY_LINK}/nothing", {"agreed": "y"})
    (mail,) = mails()
    assert path not in mail.text
    assert REMOVED in mail.text
    assert mail.secret is None


def test_somebody_who_has_left_or_has_no_address_is_sent_nothing(body, gp):
    gone, silent = a_person("Mr Gone Away", email="gone@example.org"), a_person("Ms Silent One")
    an_appointment(gone, body, valid_to=date(2024, 3, 31))
    an_appointment(silent, body)
    with pytest.raises(RuleBroken, match="holds no post here"):
        mailed(gone, body)
    with pytest.raises(RuleBroken, match="There is no email address for Ms Silent One"):
        mailed(silent, body)
    assert mails() == []


def test_the_secretary_sends_a_link_and_never_sees_it(client, gp, body):
    secretary = a_person("Sam Scribe")
    an_appointment(secretary, body, "Staff")
    account_with(secretary.id, "sam@example.nhs.uk", [Role.SECRETARY], body.id)
    client.as_("sam@example.nhs.uk")
    page = client.get(f"{HOME}/invite")
    page = client.post(f"{HOME}/invite", {"person_id": str(gp.id), "purpose": "invitation"})
    assert page.notices == [
        "The email to Dr Ama Boateng is written. There is no mail server: download the email and send it yourself"
    ]
    assert "/declare/" not in page.html
    page = client.post(f"{HOME}/invite", {"person_id": str(secretary.id), "purpose": "invitation"})
    assert "no email address for Sam Scribe" in page.error_for("Who is it for?")


def test_opening_a_link_signs_somebody_else_out_and_oneself_not(client, gp, body):
    account_with(gp.id, "gp@example.nhs.uk", [Role.DECLARANT], body.id)
    other = a_person("Dr Other One")
    an_appointment(other, body)
    account_with(other.id, "other@example.nhs.uk", [Role.DECLARANT], body.id)
    path = mailed(gp, body)
    client.as_("gp@example.nhs.uk")
    started(client, path)
    assert client.get(f"{HOME}/mine").heading == "My interests"
    client.as_("other@example.nhs.uk")
    assert "Starting signs you out" in client.get(path).text
    client.post(path)
    assert client.get(f"{HOME}/mine", follow=False).status_code == 303


def test_a_mail_that_no_server_sends_is_downloaded_and_whoever_did_is_noted(client, gp, body):
    secretary = a_person("Sam Scribe")
    account_with(secretary.id, "sam@example.nhs.uk", [Role.SECRETARY], body.id)
    path = mailed(gp, body)
    page = client.as_("sam@example.nhs.uk").get(f"{HOME}/invite")
    mail = client.click("Download the email to Dr Ama Boateng")
    assert path.encode() in mail.data.replace(b"=\r\n", b"")
    assert [each.what for each in db.session.scalars(sa.select(AccessLog))] == ["link to declare"]
    address = page.links["Download the email to Dr Ama Boateng"]
    db.session.scalars(sa.select(DeclaringLink)).one().used_at = clock.now()
    db.session.commit()
    assert client.get(address).status_code == 404
    assert "Written and not sent" not in client.get(f"{HOME}/invite").text


def test_a_link_that_somebody_sent_by_hand_still_works_and_waits_no_longer(client, gp, body):
    secretary = a_person("Sam Scribe")
    account_with(secretary.id, "sam@example.nhs.uk", [Role.SECRETARY], body.id)
    path = mailed(gp, body)
    page = client.as_("sam@example.nhs.uk").get(f"{HOME}/invite")
    (box,) = page.soup.select("input[name=mails]")
    page = client.post(f"{HOME}/invite/sent-by-hand", {"mails": [box["value"]]})
    assert page.notices == ["1 email is marked as sent by you and will not go out again"]
    assert "Written and not sent" not in page.text
    assert [each.status for each in outbox()] == [MessageStatus.BY_HAND]
    assert path.rpartition("/")[2] not in outbox()[0].text
    assert client.signed_out().get(path).status_code == 200


def test_with_a_mail_server_the_link_is_on_its_way_and_nobody_can_read_it(client, gp, body):
    secretary = a_person("Sam Scribe")
    account_with(secretary.id, "sam@example.nhs.uk", [Role.SECRETARY], body.id)
    client.as_("sam@example.nhs.uk")
    config = client.app.config["COI"]
    client.app.config["COI"] = replace(config, smtp_url="smtp://localhost:2525")
    try:
        page = client.post(f"{HOME}/invite", {"person_id": str(gp.id), "purpose": "invitation"})
        assert page.notices == ["A link is on its way to Dr Ama Boateng, ama@practice.example"]
        link = db.session.scalars(sa.select(DeclaringLink)).one()
        assert client.get(f"{HOME}/invite/{link.id}/mail.eml").status_code == 404
    finally:
        client.app.config["COI"] = config


def outbox():
    return db.session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.created_at)).all()


def test_a_newer_link_takes_the_place_of_one_that_nobody_opened(gp, body, client):
    old, new = mailed(gp, body), mailed(gp, body)
    page = client.get(old)
    assert (page.status_code, page.heading) == (GONE, "There is a newer link")
    assert client.get(new).status_code == 200
    assert [each.status for each in outbox()] == [MessageStatus.CANCELLED, MessageStatus.WAITING]
    assert old.rpartition("/")[2] not in outbox()[0].text


def test_no_mail_takes_the_place_of_a_link_that_was_handed_out_in_person(gp, body, client):
    handed = link_commands.issue_declaring_link(
        gp, LinkPurpose.INVITATION, body_id=body.id, site=SITE, actor=SYSTEM, at=clock.now(), by_hand=True
    )
    mailed(gp, body)
    assert client.get(handed.url.removeprefix(SITE)).status_code == 200


def test_a_link_that_was_opened_or_is_for_something_else_or_was_asked_for_by_its_person_stays(gp, body, client):
    opened = mailed(gp, body)
    client.post(opened)
    gift = mailed(gp, body, LinkPurpose.GIFT)
    link_commands.ask_again(db.session.scalars(sa.select(DeclaringLink)).first(), body, site=SITE, at=clock.now())
    mailed(gp, body)
    assert client.get(opened).status_code == 200 and client.get(gift).status_code == 200
    assert not [each for each in db.session.scalars(sa.select(DeclaringLink)) if each.retired_at]


def test_a_second_invitation_on_one_day_waits_until_it_is_asked_for_deliberately(gp, body, client):
    account_with(a_person("Ms Sec Retary").id, "sec@example.nhs.uk", [Role.SECRETARY], body.id)
    db.session.commit()
    client.as_("sec@example.nhs.uk")
    sent = {"person_id": str(gp.id), "purpose": "invitation"}
    client.post(f"{HOME}/invite", sent)
    page = client.post(f"{HOME}/invite", sent)
    assert page.status_code == 422 and "was sent a link for this today" in page.errors[0]
    assert len(outbox()) == 1
    client.post(f"{HOME}/invite", {**sent, "again": "y"})
    assert len(outbox()) == 2
