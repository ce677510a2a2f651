"""Disposal: what is due, what is erased on the register and in the ledger, and what neither the application nor a page may do."""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from coi.audit import checkpoint, log
from coi.audit.models import LedgerPayload
from coi.audit.verify import verify
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.jobs.models import Job
from coi.notifications.models import OutboxMessage
from coi.organisations.models import Body
from coi.organisations.policy_commands import set_policy
from coi.organisations.policy_queries import rules_of
from coi.organisations.vocabulary import PolicyDetails
from coi.people.commands import appoint
from coi.people.vocabulary import AppointmentDetails
from coi.permissions.vocabulary import Actor, Grant, Role, system_actor
from coi.publication.storing import forget
from coi.registers.breaches.commands import write_twin
from coi.registers.breaches.models import BreachPerson
from coi.registers.breaches.public_queries import public_rows as breach_rows
from coi.registers.breaches.public_queries import withheld_fields as breach_fields
from coi.registers.breaches.queries import seen_by
from coi.registers.breaches.report_commands import CORRECTED, ask_to_note_correction
from coi.registers.breaches.vocabulary import Part
from coi.registers.disposal import commands, queries
from coi.registers.gifts.commands import withdraw_gift
from coi.registers.interests.commands import end_interest
from coi.registers.interests.models import Interest
from coi.registers.interests.queries import interest as interest_of
from coi.registers.interests.redaction_commands import decide_redaction
from coi.registers.procurement import public_queries as procurements
from coi.registers.procurement.vocabulary import Outcome, Route
from coi.registers.prompts.commands import ask
from coi.registers.retention import Periods, longest
from tests.factories.accounts import account, account_with, role
from tests.factories.breaches import AT, TOLD, a_closed, acting, twin_details
from tests.factories.gifts import a_gift
from tests.factories.interests import SYSTEM, an_interest, details_of
from tests.factories.organisations import a_body
from tests.factories.people import a_person, an_appointment
from tests.factories.procurement import EVALUATOR, a_procurement, asked
from tests.factories.publication import a_page, an_edition
from tests.factories.questions import SOURCE, a_prompt
from tests.support.client import StrictClient

DUE = "/mid-marsh/registers/disposal/"
WHEN = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)
THEN = datetime(2017, 6, 1, 10, 0, tzinfo=UTC)
WHY = "Yearly review of the records"


@pytest.fixture
def old(body: Body) -> Interest:
    """An interest that ended more than six years ago, withheld by the Guardian for a reason."""
    gp = a_person("Dr Carys Gp")
    an_appointment(gp, body, valid_from=date(2016, 4, 1))
    details = details_of(
        "Larkfield Surgery", nature="Quintessence", arose_on=date(2016, 5, 1), ended_on=date(2017, 5, 1),
        keep_private_because="Somebody threatened Quintessence",
    )  # fmt: skip
    made = an_interest(gp, details, at=THEN)
    (request,) = queries.requests_about([made.id])
    decide_redaction(request, granted=True, reason="Quintessence is at risk", actor=SYSTEM, at=THEN, body_id=body.id)
    return made


@pytest.fixture
def lead(body: Body, client: StrictClient) -> StrictClient:
    person = a_person("Mr Kwabena Lead")
    an_appointment(person, body, "Governance lead")
    account(person.id, "lead@example.nhs.uk")
    role(person.id, Role.GOVERNANCE_LEAD, body.id)
    return client.as_("lead@example.nhs.uk")


def due(body: Body, at: datetime = WHEN) -> dict[str, str]:
    return {each.reference: each.why for each in queries.due_records(body.id, actor=SYSTEM, at=at)}


def dispose(body: Body, *interests: Interest) -> None:
    commands.dispose(body, [each.id for each in interests], WHY, actor=a_lead(body), at=WHEN)


def a_lead(body: Body) -> Actor:
    return Actor("Mr Kwabena Lead", grants=(Grant(Role.GOVERNANCE_LEAD, body.id),))


def report_of(app: Flask) -> object:
    config = app.config["COI"]
    vkey = checkpoint.vkey(config.ledger_name, checkpoint.load_or_make_key(config.ledger_key_file))
    return verify(db.session.connection(), vkey=vkey, log_name=config.ledger_name)


def test_what_somebody_declared_elsewhere_after_they_left_is_not_disposed_of_where_they_left(body: Body) -> None:
    """Rules: REG-01, REG-04."""
    person, there = a_person("Dr Ama Gone"), a_body("NHS High Fen ICB", "high-fen")
    an_appointment(person, body, valid_from=date(2016, 4, 1), valid_to=date(2017, 5, 31))
    an_appointment(person, there, valid_from=date(2016, 4, 1), valid_to=date(2018, 3, 31))
    here = an_interest(person, details_of("Here Ltd", arose_on=date(2016, 5, 1)), at=THEN - timedelta(days=30))
    an_interest(person, details_of("There Ltd", arose_on=date(2017, 5, 1)), at=THEN)
    actor = Actor("Lead", grants=(Grant(Role.GOVERNANCE_LEAD, body.id),))
    assert [each.reference for each in queries.due_records(body.id, actor=actor, at=WHEN)] == [here.reference]
    assert len(queries.due_records(there.id, actor=actor, at=WHEN)) == 2


figures = st.builds(Periods, st.none() | st.integers(0, 24), st.none() | st.integers(0, 20))


@given(st.lists(figures, min_size=1, max_size=5))
def test_what_several_bodies_keep_is_kept_as_long_as_any_of_them_asks(periods: list[Periods]) -> None:
    found = longest(periods)
    years = [each.private_years for each in periods]
    assert found.private_years is None if None in years else found.private_years == max(years)
    assert all(each.public_months is None or each.public_months <= found.public_months for each in periods)


def test_only_what_was_kept_for_its_years_is_due_and_the_list_says_why(body: Body, old: Interest) -> None:
    gp = old.person
    last, kept = (
        an_interest(gp, details_of("Kept Ltd", ended_on=ended, arose_on=date(2016, 5, 1)), at=THEN.replace(year=2021))
        for ended in (date(2020, 11, 9), date(2020, 11, 10))
    )
    an_interest(gp, details_of("Open Ltd"))
    assert due(body) == {
        old.reference: "It had to be kept until 1 May 2023", last.reference: "It had to be kept until 9 November 2026",
    }  # fmt: skip
    assert kept.reference not in due(body)


def test_the_interests_of_somebody_who_left_are_due_years_after_their_last_day(body: Body) -> None:
    gone, elsewhere = a_person("Dr Ama Gone"), a_person("Dr Bea Elsewhere")
    other = a_body("NHS Far Fell ICB", "far-fell")
    for person in (gone, elsewhere):
        an_appointment(person, body, valid_from=date(2016, 4, 1), valid_to=date(2018, 3, 31))
    an_appointment(elsewhere, other, valid_from=date(2018, 4, 1))
    left = an_interest(gone, details_of("Gone Ltd", arose_on=date(2016, 5, 1)), at=THEN)
    an_interest(elsewhere, details_of("There Ltd", arose_on=date(2016, 5, 1)), at=THEN)
    assert due(body) == {left.reference: "It had to be kept until 31 March 2024"}


def test_what_it_said_is_gone_everywhere_and_the_fact_and_the_dates_stay(app: Flask, body: Body, old: Interest) -> None:
    other = an_interest(old.person, details_of("Still Here Ltd", nature="A partner"))
    before = db.session.scalars(
        sa.select(LedgerPayload.commitment).order_by(LedgerPayload.seq, LedgerPayload.section)
    ).all()
    dispose(body, old)
    db.session.commit()
    db.session.expire_all()
    (version,) = interest_of(old.id).versions
    assert (version.nature, version.mitigation, version.via) == ("Disposed of on 10 November 2026", "", None)
    assert [(each.text, each.organisation_id) for each in version.organisations] == [("Disposed of", None)]
    assert (version.interest.reference, version.ended_on, version.arose_on) == (
        old.reference,
        date(2017, 5, 1),
        date(2016, 5, 1),
    )
    (request,) = queries.requests_about([old.id])
    assert {request.reason, request.decisions[0].reason} == {"Disposed of on 10 November 2026"}
    kept = db.session.scalars(sa.select(LedgerPayload).order_by(LedgerPayload.seq, LedgerPayload.section)).all()
    assert [each.commitment for each in kept][: len(before)] == before
    bodies = b"".join(each.body for each in kept if each.body)
    assert b"Quintessence" not in bodies
    assert b"Still Here Ltd" in bodies
    assert other.versions[0].nature == "A partner"
    assert due(body) == {}


def test_a_question_about_what_was_disposed_of_says_it_no_more(body: Body, old: Interest) -> None:
    prompt = a_prompt(old.person, "Larkfield Surgery")
    prompt = replace(prompt, about=replace(prompt.about, interest_id=old.id))
    old.person.email = "carys@practice.example"
    ask(old.person_id, [prompt], SOURCE, body, site="https://localhost", actor=SYSTEM, at=WHEN)
    dispose(body, old)
    db.session.commit()
    assert "Larkfield" not in everything_stored()
    assert "Larkfield" not in db.session.scalars(sa.select(OutboxMessage.text)).one()


def test_the_ledger_verifies_and_names_the_erasures_with_their_entry(app: Flask, body: Body, old: Interest) -> None:
    dispose(body, old)
    report = report_of(app)
    assert report.problems == []
    tables = sorted(each.table for each in report.erased)
    assert tables == [
        "interest_organisation",
        "interest_version",
        "redaction_decision",
        "redaction_request",
        "redaction_request",
    ]
    newest = db.session.scalar(sa.select(sa.func.max(LedgerPayload.seq)))
    assert {each.by for each in report.erased} == {newest}


def test_an_offer_is_due_after_its_years_and_what_it_said_is_gone(app: Flask, body: Body, lead: StrictClient) -> None:
    gp = a_person("Dr Carys Gp")
    an_appointment(gp, body, valid_from=date(2016, 4, 1))
    given = {"offered_on": date(2018, 2, 1), "received_on": date(2018, 2, 2), "offeror": "Family Quintessence"}
    old = a_gift(body, gp, at=THEN.replace(year=2018), keep_private_because="Quintessence follows me", **given)
    young = a_gift(body, gp)
    page = lead.get(DUE)
    assert f"Gift or hospitality {old.reference}, Dr Carys Gp" in page.text
    assert "It had to be kept until 1 June 2024" in page.text and young.reference not in page.text
    page = lead.post(DUE, {"records": str(old.id)})
    assert "what was offered, by whom, its worth" in page.text and "the action to reduce the risk" not in page.text
    assert f"Disposed of: {old.reference}" in lead.post(page.path, {"reason": WHY}).text
    shown = lead.get(f"/mid-marsh/registers/gifts/{old.id}")
    assert "was disposed of on" in shown.text and "1 February 2018" in shown.text
    assert "Quintessence" not in shown.text and "Put it right" not in shown.text
    db.session.expire_all()
    assert (old.versions[0].pence, old.redactions[0].reason[:11]) == (0, "Disposed of")
    bodies = b"".join(each for each in db.session.scalars(sa.select(LedgerPayload.body)) if each)
    assert b"Quintessence" not in bodies
    assert report_of(app).problems == []
    with pytest.raises(RuleBroken, match="was disposed of"):
        withdraw_gift(old, "By mistake", version=1, actor=a_lead(body), at=WHEN)


@pytest.mark.parametrize("reason", ["", "   "])
def test_nothing_is_disposed_of_without_a_reason(body: Body, old: Interest, reason: str) -> None:
    with pytest.raises(RuleBroken, match="Enter why"):
        commands.dispose(body, [old.id], reason, actor=a_lead(body), at=WHEN)


def test_the_installation_disposes_of_nothing_by_itself(body: Body, old: Interest) -> None:
    for actor in (SYSTEM, system_actor("job")):
        with pytest.raises(RuleBroken, match="Ask somebody"):
            commands.dispose(body, [old.id], WHY, actor=actor, at=WHEN)


def test_nothing_is_disposed_of_that_is_not_due_or_a_second_time(body: Body, old: Interest) -> None:
    young = an_interest(old.person, details_of("Young Ltd"))
    with pytest.raises(RuleBroken, match="not due any more"):
        dispose(body, young)
    dispose(body, old)
    with pytest.raises(RuleBroken, match="not due any more"):
        dispose(body, old)


def test_the_application_erases_nothing_that_the_newest_entry_does_not_name(
    app: Flask, body: Body, old: Interest
) -> None:
    db.session.commit()
    dispose(body, old)
    named = db.session.execute(
        sa.select(LedgerPayload.seq, LedgerPayload.section).where(LedgerPayload.body.is_(None)).limit(1)
    ).one()
    other = db.session.execute(
        sa.select(LedgerPayload.seq, LedgerPayload.section).where(
            LedgerPayload.seq == named.seq, LedgerPayload.section == 0
        )
    ).one()
    db.session.commit()
    with db.engine.connect() as connection, pytest.raises(sa.exc.DBAPIError, match="only be erased, under an entry"):
        connection.exec_driver_sql(
            f"UPDATE ledger_payload SET salt = NULL, body = NULL WHERE seq = {other.seq} AND section = {other.section}"
        )


def test_a_person_ticks_checks_gives_a_reason_and_disposes(
    app: Flask, body: Body, old: Interest, lead: StrictClient
) -> None:
    page = lead.get(DUE)
    assert page.heading == "Due for disposal"
    assert "Ended on 1 May 2017. It had to be kept until 1 May 2023. Due since 2 May 2023" in page.text
    assert lead.post(DUE, {}).status_code == 422
    page = lead.post(DUE, {"records": str(old.id)})
    assert page.heading == "Check what you dispose of"
    assert "It cannot be brought back" in page.text
    assert "No sealed file" in page.text
    page = lead.post(f"{DUE}check", {"reason": ""})
    assert page.status_code == 422
    assert "Enter why they are disposed of" in page.text
    page = lead.post(f"{DUE}check", {"reason": WHY})
    assert f"Disposed of: {old.reference}" in page.text
    assert "Nothing is due for disposal" in page.text
    assert WHY in page.text
    shown = lead.get(f"/mid-marsh/registers/interests/{old.id}")
    assert "was disposed of on" in shown.text
    assert "Quintessence" not in shown.text
    assert "Larkfield" not in shown.text
    listed = lead.get("/mid-marsh/registers/interests/")
    assert "Disposed of on" in listed.text
    assert "Larkfield" not in listed.text
    assert "Unmatched" not in listed.text


def test_the_check_page_lists_the_sealed_files_that_hold_a_record(app: Flask, body: Body, lead: StrictClient) -> None:
    gp = a_person("Dr Carys Gp")
    appoint(gp, body, AppointmentDetails("GP", date(2016, 4, 1), None), actor=SYSTEM, at=THEN.replace(year=2016))
    old = an_interest(gp, details_of(arose_on=date(2016, 5, 1), ended_on=date(2017, 5, 1)), at=THEN)
    an_edition(body, at=datetime(2017, 7, 1, 10, 0, tzinfo=UTC))
    page = lead.post(DUE, {"records": str(old.id)})
    assert "This sealed file of the register holds what was published then" in page.text
    assert "Register of interests, edition 1, as at 1 July 2017" in page.text


def test_what_the_last_edition_took_for_current_leaves_every_edition_when_it_is_disposed_of(
    app: Flask, body: Body
) -> None:
    gp = a_person("Dr Carys Gp")
    appoint(gp, body, AppointmentDetails("GP", date(2016, 4, 1), None), actor=SYSTEM, at=THEN.replace(year=2016))
    made = an_interest(gp, details_of(arose_on=date(2016, 5, 1)), at=THEN)
    an_edition(body, at=THEN)
    end_interest(made, date(2017, 7, 1), version=1, actor=SYSTEM, at=WHEN - timedelta(days=1))
    assert len(a_page(body, at=WHEN).rows) == 1
    dispose(body, made)
    job = db.session.scalars(sa.select(Job).where(Job.kind == "publication.forget")).one()
    forget(job.payload["references"], WHEN.date())
    assert a_page(body, at=WHEN).rows == ()


def test_nobody_disposes_of_their_own_interests(app: Flask, body: Body, lead: StrictClient) -> None:
    person = a_person("Ms Rhoda Guard")
    an_appointment(person, body, "Guardian", valid_from=date(2016, 4, 1))
    account(person.id, "guardian@example.nhs.uk")
    role(person.id, Role.GUARDIAN, body.id)
    own = an_interest(person, details_of(arose_on=date(2016, 5, 1), ended_on=date(2017, 5, 1)), at=THEN)
    guardian = lead.as_("guardian@example.nhs.uk")
    page = guardian.get(DUE)
    assert f"Your own records are disposed of by somebody else: {own.reference}" in page.text
    assert guardian.post(DUE, {"records": str(own.id)}).heading == "Due for disposal"
    actor = Actor("Ms Rhoda Guard", person_id=person.id, grants=(Grant(Role.GUARDIAN, body.id),))
    with pytest.raises(RuleBroken, match="Somebody else"):
        commands.dispose(body, [own.id], WHY, actor=actor, at=WHEN)


def keeps(body: Body, name: str, years: int, since: date = date(2013, 4, 1)) -> None:
    details = PolicyDetails(name, years, since, "Records policy, section 4", "It was so before, on paper")
    set_policy(body, details, version=0, actor=SYSTEM, at=WHEN)


@pytest.mark.parametrize("name", ["procurement_retention_years", "breach_retention_years"])
def test_a_body_says_itself_how_long_it_keeps_what_the_guidance_has_no_figure_for_and_never_below_the_rest(
    body: Body, name: str
) -> None:
    assert rules_of(body, WHEN.date()).number(name) is None
    with pytest.raises(RuleBroken, match="6 years or higher"):
        keeps(body, name, 5, date(2026, 11, 10))
    keeps(body, name, 7)
    assert rules_of(body, WHEN.date()).number(name) == 7


def test_a_procurement_decision_is_due_years_after_its_contract_and_what_it_said_is_gone(body: Body) -> None:
    row = a_procurement(
        body, title="Quintessence of surgery", outcome=Outcome.AWARDED, route=Route.SINGLE_TENDER,
        decided_on=date(2014, 3, 1), public_from=date(2014, 3, 1),
        starts_on=date(2014, 4, 1), ends_on=date(2016, 3, 31), intended_on=None, award_noticed_on=None, at=THEN,
    )  # fmt: skip
    asked(row, replace(EVALUATOR, name="Quintessa Reed"), at=THEN)
    a_procurement(
        body, route=Route.SINGLE_TENDER, decided_on=date(2014, 3, 1), public_from=date(2014, 3, 1), starts_on=date(2014, 4, 1),
        ends_on=None, intended_on=None, award_noticed_on=None,
    )  # fmt: skip
    guardian = acting(a_person("Ms Gaia Guardian").id, body)
    assert queries.due_records(body.id, actor=guardian, at=WHEN) == []
    keeps(body, "procurement_retention_years", 10)
    (due,) = queries.due_records(body.id, actor=guardian, at=WHEN)
    assert (due.reference, due.ended_on, due.since) == (row.reference, date(2016, 3, 31), date(2026, 4, 1))
    commands.dispose(body, [row.id], WHY, actor=guardian, at=WHEN)
    db.session.commit()
    assert "uintess" not in everything_stored()
    rows = procurements.public_rows(body.id, on=WHEN.date(), at=WHEN)
    assert row.reference not in {each.key for each in rows}
    assert procurements.withheld_fields(body.id, at=WHEN)[row.reference] >= {"title", "suppliers"}
    with pytest.raises(RuleBroken, match="disposed of"):
        asked(row)
    assert queries.due_records(body.id, actor=guardian, at=WHEN) == []


def test_a_breach_is_due_years_after_it_was_closed_to_whoever_acts_on_it_and_the_reporter_is_gone(body: Body) -> None:
    breach = a_closed(body)
    breach_twin = write_twin(breach, twin_details(), actor=SYSTEM, at=AT)
    guardian, lead = a_person("Ms Gaia Guardian"), a_person("Mr Lee Lead")
    account_with(guardian.id, "gaia@example.org", [Role.GUARDIAN], body.id)
    acts, reads = acting(guardian.id, body), acting(lead.id, body, Role.GOVERNANCE_LEAD)
    keeps(body, "breach_retention_years", 6)
    late = datetime(2032, 12, 1, 12, 0, tzinfo=UTC)
    assert queries.due_records(body.id, actor=acts, at=WHEN) == [] == queries.due_records(body.id, actor=reads, at=late)
    (due,) = queries.due_records(body.id, actor=acts, at=late)
    assert due.reference == breach.reference
    report, accused = breach.reports[0], a_person("Dr Acc Used")
    for named in (accused, a_person("Dr Not Them")):
        db.session.add(BreachPerson(breach=breach, person_id=named.id, part=Part.COMPLAINED_OF, recorded_at=AT))
    breach.people[-1].removed_at = AT
    breach.subject_table, breach.subject_id = "meeting_declaration", uuid.uuid4()
    ask_to_note_correction(breach.subject_id, "Dr Acc Used said it at the item", actor=SYSTEM, at=AT)
    log.record(Event.BREACH_PERSON_NAMED, subject=breach, actor=SYSTEM, at=AT, body_id=body.id)
    db.session.commit()
    commands.dispose(body, [breach.id], WHY, actor=acts, at=late)
    db.session.commit()
    assert (report.reporter_name, report.code_hash, breach_twin.withdrawn_at) == ("", "", late)
    assert TOLD not in everything_stored() and list(breach_rows(body.id, on=late.date(), at=late)) == []
    assert [each.person_id for each in db.session.scalars(sa.select(BreachPerson))] == [None, None]
    told = db.session.scalars(sa.select(Job.payload).where(Job.kind == CORRECTED)).all()
    assert [each["said"] for each in told] == [""]
    erased = db.session.scalars(sa.select(LedgerPayload.body).where(LedgerPayload.subject_table == "breach_person"))
    assert not any(str(accused.id).encode() in (each or b"") for each in erased)
    [seen] = seen_by(acting(accused.id, body, Role.GOVERNANCE_LEAD), body.id, late.date())
    assert seen.breach.people == []  # nothing is left to keep from anybody
    assert breach_fields(body.id, at=late).keys() == {breach_twin.reference}


def everything_stored() -> str:
    """Every text and every section that the database holds."""
    return "".join(
        str(value) if not isinstance(value, bytes) else value.decode("utf-8", "replace")
        for table in db.metadata.sorted_tables
        if table.name not in ("outbox_message", "job")
        for row in db.session.execute(sa.select(table)).all()
        for value in row
    )
