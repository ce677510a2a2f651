"""The pages of the register of breaches as their users meet them, and what each of them never sees."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from coi import clock
from coi.accounts.guardians import DOUBT_IN_PLACE
from coi.accounts.models import LoginAttempt
from coi.audit.models import AccessLog, LedgerLeaf
from coi.audit.queries import entries_about
from coi.database import db
from coi.permissions.vocabulary import Role
from coi.registers.breaches import commands, substitute_commands
from coi.registers.breaches.models import Breach, BreachTwin
from coi.registers.breaches.report_commands import add_message, open_suspected_breach
from coi.registers.breaches.substitute_queries import substitutes_of
from coi.registers.breaches.vocabulary import (
    BreachKind,
    BreachSource,
    BreachState,
    NoteDetails,
    NoteKind,
    Part,
    Sender,
    Suspicion,
)
from coi.web.models import IdempotencyKey
from tests.factories.accounts import account_with
from tests.factories.breaches import (
    AT,
    SYSTEM,
    TOLD,
    a_closed,
    a_report,
    an_investigated,
    assessment,
    codes,
    twin_details,
)
from tests.factories.gifts import a_gift
from tests.factories.interests import an_interest, details_of
from tests.factories.organisations import an_organisation
from tests.factories.people import a_person, an_appointment
from tests.support.client import StrictClient

HOME = "/mid-marsh/registers/breaches"
NAMES = {
    Role.GUARDIAN: "Mrs Vera Vane", Role.GOVERNANCE_LEAD: "Mr Len Lead", Role.AUDITOR: "Ms Ada Auckland",
    Role.LAY_MEMBER: "Mr Lou Lay", Role.SECRETARY: "Ms Sue Scribe", Role.MEMBER: "Dr Gil Greystoke",
}  # fmt: skip


@pytest.fixture
def people(body):
    """One person for each role, signed in under its name."""
    found = {}
    for role, name in NAMES.items():
        found[role] = a_person(name)
        an_appointment(found[role], body, role.value.replace("_", " "))
        account_with(found[role].id, f"{role.value}@example.nhs.uk", [role], body.id)
    return found


def by(client, role):
    return client.as_(f"{role.value}@example.nhs.uk")


def test_a_record_is_shown_as_it_was_known_at_an_earlier_instant(client, body, people, monkeypatch) -> None:
    """Rule: BRE-01."""
    breach = a_report(body).breach
    day = timedelta(days=1)
    gp = people[Role.MEMBER]
    commands.assess(breach, assessment("First thought"), version=breach.version, actor=SYSTEM, at=AT + day)
    named = commands.name_person(breach, gp, Part.WITNESS, actor=SYSTEM, at=AT + 2 * day)
    commands.add_note(
        breach, NoteDetails(NoteKind.FINDING, "She had left the room", AT.date()), actor=SYSTEM, at=AT + 3 * day
    )
    commands.remove_person(named, actor=SYSTEM, at=AT + 4 * day)
    commands.assess(breach, assessment("What it was"), version=breach.version, actor=SYSTEM, at=AT + 5 * day)
    db.session.commit()
    monkeypatch.setattr(clock, "now", lambda: AT + 10 * day)
    url = f"{HOME}/{breach.id}"
    page = by(client, Role.GUARDIAN).get(url)
    assert "What it was" in page.text and "She had left the room" in page.text and "Dr Gil Greystoke" not in page.text
    page = client.get(f"{url}?known=2026-06-03T12:00")
    assert "First thought" in page.text and "What it was" not in page.text
    assert "Dr Gil Greystoke" in page.text and "She had left the room" not in page.text
    assert "As it was known at 3 June 2026" in page.text and TOLD in page.text
    assert (
        not {"Add to the record", "Put the record right", "Close it", "Write to the reporter", "Name somebody"}
        & page.links.keys()
    )
    page = client.get(f"{url}?known=2026-06-01T12:00")
    assert "First thought" not in page.text and TOLD in page.text and "Take it up" not in page.links
    assert client.get(f"{url}?known=2026-05-30").status_code == 404
    assert client.get(f"{url}?known=2027-05-30").status_code == 422
    found = client.get(f"{HOME}/?known=2026-06-03T12:00")
    assert "known=2026-06-03T12:00" in found.links[breach.reference]
    assert breach.reference not in client.get(f"{HOME}/?known=2026-05-30").links
    by(client, Role.AUDITOR)
    page = client.get(f"{url}?known=2026-06-03T12:00")
    assert "First thought" in page.text and TOLD not in page.text
    assert client.get(f"{url}?known=2026-06-01T12:00").status_code == 404, "nobody but whoever acts read it then"
    assert breach.reference not in client.get(f"{HOME}/?known=2026-06-01T12:00").links
    assert by(client, Role.MEMBER).get(f"{url}?known=2026-06-03T12:00").status_code == 404


def test_anybody_reports_without_an_account_and_comes_back_with_the_code(client, body, people) -> None:
    page = client.get(f"{HOME}/report")
    assert "You do not need an account" in page.text
    page = client.post(f"{HOME}/report", {"what": "A GP decided on her own contract"})
    assert page.heading == "Your report is with us"
    assert "no-store" in page.headers["Cache-Control"]
    reference, code = (each.text for each in page.soup.select(".nhsuk-summary-list__value strong"))
    breach = db.session.scalars(sa.select(Breach)).one()

    by(client, Role.GUARDIAN)
    client.post(f"{HOME}/{breach.id}/ask", {"text": "Which meeting was it?"})
    client.signed_out().get(f"{HOME}/follow-up")
    page = client.post(f"{HOME}/follow-up", {"reference": reference, "code": code.lower()})
    assert "Which meeting was it?" in page.text
    assert "decided on her own contract" not in page.text
    page = client.post(f"{HOME}/follow-up", {"reference": reference, "code": code, "text": "The one in May"})
    assert "Your message is sent" in page.text
    assert "The one in May" in by(client, Role.GUARDIAN).get(f"{HOME}/{breach.id}").text


def test_a_wrong_code_and_a_report_that_never_was_get_the_same_answer(client, body) -> None:
    report = a_report(body)
    db.session.commit()
    told = [
        client.post(f"{HOME}/follow-up", {"reference": reference, "code": "2222-3333-4444-5555-6666"}).errors
        for reference in (report.reference, "2222-2222")
    ]
    assert told[0] == told[1] != []


def test_too_many_wrong_codes_have_to_wait(client, body) -> None:
    wrong = {"reference": "2222-2222", "code": "2222-3333-4444-5555-6666"}
    answers = [client.post(f"{HOME}/follow-up", wrong).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]


def test_a_form_sent_twice_is_one_report_with_the_same_codes(client, body) -> None:
    client.get(f"{HOME}/report")
    key = str(client.page.soup.find("input", attrs={"name": "form_key"})["value"])
    first = client.post(f"{HOME}/report", {"what": "Once", "form_key": key})
    again = client.post(f"{HOME}/report", {"what": "Once", "form_key": key})
    assert first.soup.select_one("main").text == again.soup.select_one("main").text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Breach)) == 1


def test_whoever_goes_back_and_sends_the_same_again_gets_the_same_codes_and_other_words_are_another_report(
    client, body
) -> None:
    said = {"what": "Once", "who": "The chair"}
    first = client.get(f"{HOME}/report") and client.post(f"{HOME}/report", said)
    cookie = first.headers["Set-Cookie"]
    assert all(
        each in cookie for each in ("HttpOnly", "Secure", "SameSite=Strict", f"Path={HOME}/report", "Max-Age=3600")
    )
    again = client.get(f"{HOME}/report") and client.post(f"{HOME}/report", said)
    assert codes_on(again) == codes_on(first)
    other = client.get(f"{HOME}/report") and client.post(f"{HOME}/report", {"what": "Another"})
    assert codes_on(other) != codes_on(first)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Breach)) == 2


def test_somebody_else_who_sends_the_same_words_learns_no_codes_of_others(client, body) -> None:
    first = client.get(f"{HOME}/report") and client.post(f"{HOME}/report", {"what": "Once"})
    stranger = StrictClient(client._client.application)
    stranger.get(f"{HOME}/report")
    assert codes_on(stranger.post(f"{HOME}/report", {"what": "Once"})) != codes_on(first)


def test_the_reporter_comes_back_to_the_number_under_which_the_public_reads_of_it(client, body) -> None:
    breach = a_closed(body)
    given = {"reference": breach.reports[0].reference, "code": codes().code}
    db.session.commit()
    page = client.get(f"{HOME}/follow-up") and client.post(f"{HOME}/follow-up", given)
    assert "It was found that there was a breach." in page.text
    twin = commands.write_twin(breach, twin_details(), actor=SYSTEM, at=AT)
    db.session.commit()
    page = client.post(f"{HOME}/follow-up", given)
    assert twin.reference in page.text and breach.reference not in page.html
    assert page.links["See the public register of breaches"] == "/mid-marsh/public/breaches"
    commands.withdraw_twin(twin, "A name was in it", actor=SYSTEM, at=AT)
    db.session.commit()
    assert twin.reference not in client.post(f"{HOME}/follow-up", given).html


def codes_on(page) -> list[str]:
    return [each.text for each in page.soup.select(".nhsuk-summary-list__value strong")]


def test_a_message_sent_twice_is_one_message_and_the_page_says_how_far_it_is(client, body, people) -> None:
    page = client.post(f"{HOME}/report", {"what": "Once"})
    reference, code = (each.text for each in page.soup.select(".nhsuk-summary-list__value strong"))
    page = client.post(f"{HOME}/follow-up", {"reference": reference, "code": code})
    assert "It was received." in page.text
    key = str(page.soup.find("input", attrs={"name": "form_key"})["value"])
    for _ in range(2):
        page = client.post(
            f"{HOME}/follow-up", {"reference": reference, "code": code, "text": "In May", "form_key": key}
        )
        assert "Your message is sent" in page.text
    assert page.text.count("In May") == 1


def test_nothing_kept_says_that_somebody_who_was_signed_in_reported(client, body, people) -> None:
    by(client, Role.SECRETARY).get(f"{HOME}/report")
    before = db.session.scalar(sa.select(sa.func.count()).select_from(IdempotencyKey))
    page = client.post(f"{HOME}/report", {"what": "The Guardian knew", "is_about_guardian": "yes"})
    assert page.heading == "Your report is with us"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(IdempotencyKey)) == before
    newest = db.session.scalars(sa.select(LedgerLeaf).order_by(LedgerLeaf.seq.desc())).first()
    assert b'"id":null' in newest.entry.replace(b" ", b"")
    tried = db.session.scalars(sa.select(LoginAttempt)).all()
    assert tried and all(each.address != "127.0.0.1" for each in tried)


def test_an_empty_report_is_asked_for_again_with_everything_typed_kept(client, body) -> None:
    page = client.post(f"{HOME}/report", {"what": " ", "who": "Somebody"})
    assert page.status_code == 422
    assert page.errors == ["Say what happened"]
    assert "Somebody" in page.html


def test_only_whoever_acts_sees_the_reporter_and_the_report(client, body, people) -> None:
    breach = a_report(body, name="Quintus Fastwell").breach
    db.session.commit()
    page = by(client, Role.GUARDIAN).get(f"{HOME}/{breach.id}")
    assert "Quintus Fastwell" in page.text and TOLD in page.text
    assert by(client, Role.GOVERNANCE_LEAD).get(f"{HOME}/{breach.id}").status_code == 404
    commands.assess(breach, assessment(), version=breach.version, actor=SYSTEM, at=AT)
    for role in (Role.GOVERNANCE_LEAD, Role.AUDITOR):
        page = by(client, role).get(f"{HOME}/{breach.id}")
        assert page.status_code == 200
        assert "Quintus" not in page.text and TOLD not in page.text
    for role in (Role.SECRETARY, Role.MEMBER, Role.LAY_MEMBER):
        assert by(client, role).get(f"{HOME}/{breach.id}").status_code == 404


def test_whoever_it_is_about_sees_nothing_in_lists_counts_and_ledger(client, body, people) -> None:
    breach = an_investigated(body)
    lead = people[Role.GOVERNANCE_LEAD]
    db.session.commit()
    by(client, Role.GOVERNANCE_LEAD)
    assert breach.reference in client.get(f"{HOME}/").text
    assert "1 record" in client.page.text
    assert client.get(f"/mid-marsh/ledger/about/breach/{breach.id}").status_code == 200

    commands.name_person(breach, lead, Part.COMPLAINED_OF, actor=SYSTEM, at=AT)
    db.session.commit()
    page = client.get(f"{HOME}/")
    assert breach.reference not in page.text and "There is nothing here that you may read" in page.text
    assert client.get(f"{HOME}/{breach.id}").status_code == 404
    assert client.get(f"/mid-marsh/ledger/about/breach/{breach.id}").status_code == 404
    ledger = client.get("/mid-marsh/ledger/")
    assert "suspected breach" not in ledger.text
    assert "suspected breach" not in client.get("/mid-marsh/ledger/?kind=breaches").text
    assert breach.reference in by(client, Role.AUDITOR).get(f"{HOME}/").text


def test_the_ledger_shows_a_report_and_its_messages_to_whoever_acts_alone(client, body, people) -> None:
    breach = an_investigated(body)
    by(client, Role.GUARDIAN)
    client.post(f"{HOME}/{breach.id}/ask", {"text": "Which meeting was it?"})
    mine = client.get(f"/mid-marsh/ledger/about/breach/{breach.id}").text
    assert "A suspected breach was reported in confidence" in mine
    assert "A message about a suspected breach" in mine
    theirs = by(client, Role.AUDITOR).get(f"/mid-marsh/ledger/about/breach/{breach.id}").text
    assert "in confidence" not in theirs
    assert "A suspected breach was taken up" in theirs
    numbers = [
        leaf.seq for leaf in db.session.scalars(sa.select(LedgerLeaf)) if b"registers:breach:reported" in leaf.entry
    ]
    assert client.get(f"/mid-marsh/ledger/{numbers[0]}").status_code == 404


def test_the_reporter_is_on_no_page_of_the_ledger(client, body, people) -> None:
    a_report(body, name="Quintus Fastwell", contact="quintus@elsewhere.example")
    db.session.commit()
    by(client, Role.GUARDIAN)
    numbers = [leaf.seq for leaf in db.session.scalars(sa.select(LedgerLeaf)) if b"breach:reported" in leaf.entry]
    page = client.get(f"/mid-marsh/ledger/{numbers[0]}")
    assert page.status_code == 200
    assert "Quintus" not in page.html and "quintus@" not in page.html


def test_where_it_is_about_the_guardian_a_named_substitute_acts_and_the_guardian_sees_nothing(
    client, body, people
) -> None:
    substitute_commands.name_substitute(people[Role.LAY_MEMBER], body.id, clock.today(), actor=SYSTEM, at=AT)
    breach = a_report(body, is_about_guardian=True).breach
    db.session.commit()
    by(client, Role.GUARDIAN)
    assert client.get(f"{HOME}/{breach.id}").status_code == 404
    assert breach.reference not in client.get(f"{HOME}/").text
    assert "suspected breach" not in client.get("/mid-marsh/").text
    by(client, Role.LAY_MEMBER)
    assert "1 suspected breach to take up" in client.get("/mid-marsh/").text
    assert TOLD in client.get(f"{HOME}/{breach.id}").text
    client.post(f"{HOME}/{breach.id}/pass-on", {})
    assert client.get(f"{HOME}/{breach.id}").status_code == 404
    assert TOLD in by(client, Role.GUARDIAN).get(f"{HOME}/{breach.id}").text


def test_each_view_of_a_record_is_logged(client, body, people) -> None:
    breach = an_investigated(body)
    by(client, Role.AUDITOR).get(f"{HOME}/{breach.id}")
    read = db.session.scalars(sa.select(AccessLog).where(AccessLog.subject_table == "breach")).all()
    assert [each.subject_id for each in read] == [str(breach.id)]


def test_the_guardian_takes_a_report_up_investigates_closes_and_publishes(client, body, people) -> None:
    """Rule: BRE-01."""
    breach = a_report(body).breach
    url = f"{HOME}/{breach.id}"
    by(client, Role.GUARDIAN)
    page = client.get(f"{url}/assess")
    assert TOLD in page.html
    page = client.post(
        f"{url}/assess",
        {"version": "1", "what": "A member stayed", "kind": "not_managed", "happened_on-day": "20", "happened_on-month": "5",
         "happened_on-year": "2026", "severity": "low", "is_material": "no", "investigator": "Head of audit"},
    )  # fmt: skip
    assert "is saved" in page.text
    on = {"on-day": "1", "on-month": "6", "on-year": "2026"}
    for kind, party in (("finding", ""), ("review", ""), ("action", ""), ("lesson", ""), ("informed", "counter_fraud")):
        page = client.post(f"{url}/note", {"kind": kind, "party": party, "text": f"The {kind}", **on})
        assert f"The {kind}" in page.text
    page = client.post(f"{url}/people", {"person_id": str(people[Role.MEMBER].id), "part": "complained_of"})
    assert "Dr Gil Greystoke" in page.text
    db.session.expire_all()
    page = client.post(f"{url}/close", {"version": str(breach.version), "conclusion": "breach", "note": ""})
    assert "There was a breach" in page.text
    texts = {
        "event": "May 2026", "nature": "Dr Greystoke stayed", "control": "Rulings", "investigation": "By audit",
        "learning": "Ask", "actions": "Again", "publish_on-day": "1", "publish_on-month": "7", "publish_on-year": "2026",
    }  # fmt: skip
    assert "Greystoke" not in client.get(f"{url}/publish").html
    page = client.post(f"{url}/publish", texts)
    assert page.status_code == 422
    assert "seems to name Dr Gil Greystoke" in page.text
    page = client.post(f"{url}/publish", {**texts, "nature": "Somebody stayed"})
    twin = db.session.scalars(sa.select(BreachTwin)).one()
    assert f"The public will read it as {twin.reference}" in page.text
    page = client.post(f"{url}/publish/{twin.id}/withdraw", {"because": "Too precise"})
    assert "Too precise" in page.text


def test_a_record_put_right_by_two_at_once_shows_both_texts(client, body, people) -> None:
    breach = an_investigated(body)
    by(client, Role.GUARDIAN)
    page = client.post(
        f"{HOME}/{breach.id}/assess",
        {"version": "1", "what": "Mine", "kind": "other", "severity": "low", "is_material": "no", "investigator": "Me"},
    )
    assert page.status_code == 409
    assert "Mine" in page.text and "A member stayed" in page.text


def test_the_guardian_states_a_year_and_names_a_substitute(client, body, people) -> None:
    by(client, Role.GUARDIAN)
    assert "Nobody is named to act" in client.get(f"{HOME}/").text
    assert "Name who acts in place of the Guardian" in client.get("/mid-marsh/").text
    page = client.post(f"{HOME}/years", {"year": "2025"})
    assert page.status_code == 422
    page = client.post(f"{HOME}/years", {"year": "2025", "agreed": "y"})
    assert "No breaches in 2025/26" in page.text
    starts = {"starts-day": "1", "starts-month": "4", "starts-year": "2026"}
    page = client.post(f"{HOME}/substitutes", {"person_id": str(people[Role.LAY_MEMBER].id), **starts})
    assert "Mr Lou Lay, from 1 April 2026" in page.text
    assert "Nobody is named to act" not in client.get(f"{HOME}/").text


def test_somebody_with_interests_in_providers_acts_in_place_of_the_guardian_only_with_a_reason_that_is_kept(
    client, body, people
) -> None:
    """RULEBOOK §9: provided no provider interests."""
    lay = people[Role.LAY_MEMBER]
    an_interest(lay, details=details_of(an_organisation("Elm Surgery")))
    by(client, Role.GOVERNANCE_LEAD)
    page = client.get(f"{HOME}/substitutes")
    assert "Why is it right" not in page.text
    sent = {"person_id": str(lay.id), "starts-day": "1", "starts-month": "4", "starts-year": "2026"}
    page = client.post(page.path, sent)
    assert page.error_for("Why is it right all the same?") == DOUBT_IN_PLACE
    assert "Elm Surgery" not in page.text and substitutes_of(body.id) == []
    page = client.post(page.path, {**sent, "because": "Nobody else is independent"})
    assert "Mr Lou Lay, from 1 April 2026" in page.text
    (named,) = substitutes_of(body.id)
    about = entries_about("guardian_substitute", named.id)
    assert [each.note for each in about] == [{"because": "Nobody else is independent"}]


def test_the_filter_stands_in_the_address(client, body, people) -> None:
    closed, open_one = a_closed(body), an_investigated(body, key="two")
    by(client, Role.GUARDIAN)
    page = client.get(f"{HOME}/?show=closed")
    assert closed.reference in page.text and open_one.reference not in page.text
    assert open_one.reference in client.get(f"{HOME}/?find={open_one.reference}").text
    assert "Nothing fits" in client.get(f"{HOME}/?find=zebra").text
    commands.write_twin(closed, twin_details(), actor=SYSTEM, at=AT)
    assert closed.reference in client.get(f"{HOME}/?show=published").text


def test_the_answer_of_a_reporter_waits_on_the_first_page(client, body, people) -> None:
    breach = an_investigated(body)
    add_message(breach.reports[0], Sender.REPORTER, "In May", actor=SYSTEM, site="", at=AT)
    assert f"The reporter of {breach.reference} has answered" in by(client, Role.GUARDIAN).get("/mid-marsh/").text
    assert breach.state is BreachState.INVESTIGATING


def test_a_record_leads_to_the_offer_that_it_was_opened_from(client, body, people) -> None:
    """Rule: BRE-01. It named the entry in its words alone."""
    gift = a_gift(body, people[Role.MEMBER])
    found = Suspicion(BreachSource.GIFT_ACCEPTED, "gift", gift.id, BreachKind.GIFT, "Wine was kept", AT.date())
    breach = open_suspected_breach(found, body.id, actor=SYSTEM, at=AT)
    db.session.commit()
    browser = by(client, Role.GUARDIAN)
    page = browser.get(f"{HOME}/{breach.id}")
    assert "What it concerns" in page.text
    assert browser.click(f"Register of gifts and hospitality: {gift.reference}").heading.endswith(gift.reference)
    other = a_report(body).breach
    db.session.commit()
    assert "What it concerns" not in browser.get(f"{HOME}/{other.id}").text
