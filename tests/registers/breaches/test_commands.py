"""Reporting, handling and publishing a breach, use case by use case."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from coi.accounts.commands import end_role
from coi.accounts.handover_commands import hand_over
from coi.accounts.queries import roles_not_over
from coi.accounts.vocabulary import HandoverDetails
from coi.audit.models import LedgerPayload
from coi.database import db
from coi.errors import EditConflict, RuleBroken
from coi.notifications.models import OutboxMessage
from coi.permissions.vocabulary import Actor, Grant, Role
from coi.registers.breaches import commands, public_queries, queries, report_commands, substitute_commands
from coi.registers.breaches.columns import SHAPE
from coi.registers.breaches.models import Breach, BreachReport
from coi.registers.breaches.vocabulary import (
    BreachKind,
    BreachSource,
    BreachState,
    Conclusion,
    NoteDetails,
    NoteKind,
    Part,
    Suspicion,
)
from tests.factories import accounts
from tests.factories.accounts import account_with
from tests.factories.breaches import (
    AT,
    SYSTEM,
    a_closed,
    a_report,
    acting,
    an_investigated,
    assessment,
    codes,
    twin_details,
)
from tests.factories.interests import an_interest, details_of
from tests.factories.organisations import a_body
from tests.factories.people import a_person, an_appointment

TODAY = date(2026, 6, 1)


def somebody(body, name, role):
    person = a_person(name)
    an_appointment(person, body, role.value)
    account_with(person.id, f"{role.value}@example.nhs.uk", [role], body.id)
    return person


def test_a_report_sent_twice_with_one_form_is_one_report(body) -> None:
    first, second = a_report(body), a_report(body)
    assert first is second
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Breach)) == 1


def test_neither_the_ledger_nor_the_mail_says_who_reported_or_about_whom(body) -> None:
    somebody(body, "Mrs Vera Vane", Role.GUARDIAN)
    report = a_report(body, name="Quintus Fastwell", contact="quintus@elsewhere.example")
    db.session.flush()
    held = b"".join(row.body or b"" for row in db.session.scalars(sa.select(LedgerPayload)))
    for secret in (
        "Quintus",
        "Fastwell",
        "quintus@elsewhere.example",
        report.reference,
        report.code_hash,
        report.reporter_salt,
    ):
        assert secret.encode() not in held
    assert report.reporter_digest.encode() in held
    (mail,) = db.session.scalars(sa.select(OutboxMessage)).all()
    assert mail.to_address == "guardian@example.nhs.uk"
    assert "breach" not in f"{mail.subject} {mail.text}".lower()


def test_a_report_that_names_the_guardian_goes_to_whoever_is_named_in_their_place(body) -> None:
    guardian, lay = somebody(body, "Mrs Vera Vane", Role.GUARDIAN), somebody(body, "Mr Lou Lay", Role.LAY_MEMBER)
    substitute_commands.name_substitute(lay, body.id, TODAY, actor=SYSTEM, at=AT)
    breach = a_report(body, "Mrs Vane did not declare her shares").breach
    assert breach.is_about_guardian
    assert queries.seen_by(acting(guardian.id, body), body.id, TODAY) == []
    (seen,) = queries.seen_by(acting(lay.id, body, Role.LAY_MEMBER), body.id, TODAY)
    assert seen.acts
    (mail,) = db.session.scalars(sa.select(OutboxMessage)).all()
    assert mail.to_address == "lay_member@example.nhs.uk"


def test_what_happened_opens_one_suspected_breach_however_often_it_is_asked_for(body) -> None:
    gp = a_person("Dr Gil Grey")
    found = Suspicion(
        BreachSource.IRREGULAR_DECISION, "decision", gp.id, BreachKind.IRREGULAR_DECISION, "Decided", TODAY, (gp.id,)
    )
    first = report_commands.open_suspected_breach(found, body.id, actor=SYSTEM, at=AT)
    again = report_commands.open_suspected_breach(found, body.id, actor=SYSTEM, at=AT)
    assert first is again
    assert queries.complained_of(first) == {gp.id}


def test_naming_the_guardian_takes_the_record_from_them_at_once(body) -> None:
    guardian = somebody(body, "Mrs Vera Vane", Role.GUARDIAN)
    actor = acting(guardian.id, body)
    breach = an_investigated(body, actor=actor)
    commands.name_person(breach, guardian, Part.COMPLAINED_OF, actor=actor, at=AT)
    db.session.expire_all()
    assert queries.seen_by(actor, body.id, TODAY) == []


def test_two_who_put_a_record_right_at_once_notice_each_other(body) -> None:
    breach = an_investigated(body)
    seen = breach.version
    commands.assess(breach, assessment("Another text"), version=seen, actor=SYSTEM, at=AT)
    with pytest.raises(EditConflict):
        commands.assess(breach, assessment("A third text"), version=seen, actor=SYSTEM, at=AT)


def test_a_day_in_the_future_is_refused(body) -> None:
    breach = a_report(body).breach
    with pytest.raises(RuleBroken, match="passed"):
        commands.assess(
            breach, assessment(happened_on=TODAY + timedelta(days=1)), version=breach.version, actor=SYSTEM, at=AT
        )
    with pytest.raises(RuleBroken, match="passed"):
        commands.add_note(breach, NoteDetails(NoteKind.STEP, "Read", TODAY + timedelta(days=1)), actor=SYSTEM, at=AT)


def test_an_incomplete_record_is_closed_only_with_an_explanation(body) -> None:
    breach = an_investigated(body)
    with pytest.raises(RuleBroken, match="a finding of the investigation"):
        commands.close(breach, Conclusion.BREACH, " ", version=breach.version, actor=SYSTEM, at=AT)
    db.session.rollback()
    body = a_body("NHS Other ICB", "other")
    breach = an_investigated(body)
    commands.close(
        breach, Conclusion.BREACH, "The witness left the country", version=breach.version, actor=SYSTEM, at=AT
    )
    assert breach.state is BreachState.CLOSED
    with pytest.raises(RuleBroken, match="closed"):
        commands.add_note(breach, NoteDetails(NoteKind.STEP, "More", TODAY), actor=SYSTEM, at=AT)


def test_a_text_for_the_public_with_a_name_in_it_is_held_until_a_person_has_checked_it(body) -> None:
    """Rule: BRE-01."""
    somebody(body, "Dr Gil Greystoke", Role.MEMBER)
    breach = a_closed(body)
    with pytest.raises(RuleBroken, match="Greystoke"):
        commands.write_twin(breach, twin_details("Dr Greystoke stayed."), actor=SYSTEM, at=AT)
    twin = commands.write_twin(breach, twin_details("Greystoke Road was closed.", is_checked=True), actor=SYSTEM, at=AT)
    assert twin.names_kept


def test_a_record_that_seems_to_say_who_reported_it_is_held_until_a_person_has_checked_it(body) -> None:
    """Rule: BRE-01."""
    breach = a_report(body, name="Penny Farthing", contact="penny@x.example").breach
    told = replace(assessment(), what="She told us. I am his nurse, Penny Farthing")

    with pytest.raises(RuleBroken, match="seems to say who reported it: Penny Farthing"):
        commands.assess(breach, told, version=breach.version, actor=SYSTEM, at=AT)
    commands.assess(breach, assessment(), version=breach.version, actor=SYSTEM, at=AT)
    step = NoteDetails(NoteKind.STEP, "Talked with Mrs Farthing", TODAY)
    with pytest.raises(RuleBroken, match="Penny Farthing"):
        commands.add_note(breach, step, actor=SYSTEM, at=AT)
    assert commands.add_note(breach, replace(step, is_checked=True), actor=SYSTEM, at=AT).number == 1
    with pytest.raises(RuleBroken, match="Penny Farthing"):
        commands.close(
            breach, Conclusion.CANNOT_TELL, "Farthing withdrew it", version=breach.version, actor=SYSTEM, at=AT
        )


def test_a_text_for_the_public_that_names_whoever_reported_it_is_held_too(body) -> None:
    """Rule: BRE-01."""
    report = a_report(body, name="Penny Farthing", contact="penny@x.example")
    breach = report.breach
    commands.assess(breach, assessment(), version=breach.version, actor=SYSTEM, at=AT)
    commands.close(breach, Conclusion.BREACH, "All said", version=breach.version, actor=SYSTEM, at=AT)
    for nature in ("A nurse, Penny Farthing, told us", "Write to penny@x.example"):
        with pytest.raises(RuleBroken, match="seems to name"):
            commands.write_twin(breach, replace(twin_details(), nature=nature), actor=SYSTEM, at=AT)


@pytest.mark.parametrize(
    "text",
    ["A partner of Larkfield Surgery stayed.", "The partners of larkfield were paid.", "A bid of Brindle Diagnostics was read."],
)  # fmt: skip
def test_a_text_for_the_public_that_names_what_somebody_declared_is_held_too(body, text) -> None:
    member = somebody(body, "Dr Gil Greystoke", Role.MEMBER)
    an_interest(member)
    an_interest(member, details_of("Brindle Diagnostics Ltd"))
    an_interest(a_person("Dr Nell Nowhere"), details_of("Quarry Bank Surgery"))
    breach = a_closed(body)
    with pytest.raises(RuleBroken, match=r"seems to name (Larkfield|Brindle)"):
        commands.write_twin(breach, twin_details(text), actor=SYSTEM, at=AT)


def test_only_a_breach_that_was_found_is_published(body) -> None:
    with pytest.raises(RuleBroken, match="Close the record first"):
        commands.write_twin(an_investigated(body), twin_details(), actor=SYSTEM, at=AT)
    cleared = a_closed(body, key="two", conclusion=Conclusion.NO_BREACH)
    with pytest.raises(RuleBroken, match="Close the record first"):
        commands.write_twin(cleared, twin_details(), actor=SYSTEM, at=AT)


def rows(body, on):
    return [row.values["nature"] for row in public_queries.public_rows(body.id, on=on, at=AT + timedelta(days=400))]


def test_a_text_is_public_from_its_day_until_it_is_withdrawn_and_then_in_no_edition(body) -> None:
    twin = commands.write_twin(a_closed(body), twin_details(publish_on=date(2026, 7, 1)), actor=SYSTEM, at=AT)
    assert rows(body, date(2026, 6, 30)) == []
    assert rows(body, date(2026, 7, 1)) == ["Somebody with a conflict stayed."]
    assert public_queries.withheld_fields(body.id, at=AT) == {}
    commands.withdraw_twin(twin, "A name was in it", actor=SYSTEM, at=AT + timedelta(days=40))
    assert rows(body, date(2026, 7, 30)) == []
    assert public_queries.withheld_fields(body.id, at=AT + timedelta(days=41)) == {
        twin.reference: frozenset(SHAPE.names)
    }
    better = commands.write_twin(twin.breach, twin_details("Better."), actor=SYSTEM, at=AT + timedelta(days=41))
    assert better.reference != twin.reference


def test_the_public_row_has_a_value_for_each_column_and_nothing_of_the_private_record(body) -> None:
    breach = a_closed(body)
    commands.write_twin(breach, twin_details(), actor=SYSTEM, at=AT)
    (row,) = public_queries.public_rows(body.id, on=date(2026, 8, 1), at=AT)
    assert set(row.values) == set(SHAPE.names)
    assert breach.reference not in str(row)


def test_a_year_without_breaches_is_stated_by_a_person_once_it_is_over(body) -> None:
    guardian = somebody(body, "Mrs Vera Vane", Role.GUARDIAN)
    actor = acting(guardian.id, body)
    with pytest.raises(RuleBroken, match="not over"):
        commands.state_no_breaches(body.id, 2026, actor=actor, at=AT)
    stated = commands.state_no_breaches(body.id, 2025, actor=actor, at=AT)
    assert rows(body, TODAY) == ["No breaches in 2025/26"]
    with pytest.raises(RuleBroken, match="already"):
        commands.state_no_breaches(body.id, 2025, actor=actor, at=AT)
    commands.withdraw_statement(stated, actor=actor, at=AT + timedelta(days=1))
    assert rows(body, TODAY) == []
    assert public_queries.withheld_fields(body.id, at=AT + timedelta(days=2)).keys() == {stated.reference}
    breach = an_investigated(body)
    breach = commands.assess(
        breach, replace(assessment(), happened_on=date(2025, 5, 1)), version=breach.version, actor=actor, at=AT
    )
    with pytest.raises(RuleBroken, match=breach.reference):
        commands.state_no_breaches(body.id, 2025, actor=actor, at=AT)


def test_only_a_lay_member_or_the_governance_lead_acts_in_place_of_the_guardian(body) -> None:
    guardian, gp = somebody(body, "Mrs Vera Vane", Role.GUARDIAN), somebody(body, "Dr Gil Grey", Role.MEMBER)
    for wrong in (guardian, gp):
        with pytest.raises(RuleBroken, match="lay member"):
            substitute_commands.name_substitute(wrong, body.id, TODAY, actor=SYSTEM, at=AT)
    lead = somebody(body, "Mr Len Lead", Role.GOVERNANCE_LEAD)
    lay = somebody(body, "Mr Lou Lay", Role.LAY_MEMBER)
    named = substitute_commands.name_substitute(lead, body.id, TODAY, actor=SYSTEM, at=AT)
    substitute_commands.name_substitute(lay, body.id, TODAY, actor=SYSTEM, at=AT)
    substitute_commands.end_substitute(named, actor=SYSTEM, at=AT)
    assert queries.office_of(body.id, TODAY + timedelta(days=1)).substitutes == {lay.id}


def test_a_naming_that_has_not_begun_ends_before_it_begins(body) -> None:
    lead, lay = somebody(body, "Mr Len Lead", Role.GOVERNANCE_LEAD), somebody(body, "Mr Lou Lay", Role.LAY_MEMBER)
    starts = TODAY + timedelta(days=30)
    later = substitute_commands.name_substitute(lead, body.id, starts, actor=SYSTEM, at=AT)
    with pytest.raises(RuleBroken, match="somebody else first"):
        substitute_commands.end_substitute(later, actor=SYSTEM, at=AT)
    substitute_commands.name_substitute(lay, body.id, TODAY, actor=SYSTEM, at=AT)
    substitute_commands.end_substitute(later, actor=SYSTEM, at=AT)
    assert later.valid_to == starts - timedelta(days=1)
    assert queries.office_of(body.id, starts).substitutes == {lay.id}


def test_a_guardian_between_the_opening_and_now_is_taken_out_too(body) -> None:
    lay = somebody(body, "Mr Lou Lay", Role.LAY_MEMBER)
    substitute_commands.name_substitute(lay, body.id, TODAY, actor=SYSTEM, at=AT)
    breach = an_investigated(body)
    then = AT + timedelta(days=10)
    for_a_week = a_person("Mrs Vera Vane")
    accounts.role(
        for_a_week.id, Role.GUARDIAN, body.id, valid_from=TODAY + timedelta(days=8), valid_to=TODAY + timedelta(days=15)
    )
    commands.pass_on(breach, is_about_guardian=True, actor=SYSTEM, at=then)
    db.session.expire_all()
    assert queries.complained_of(breach) == {for_a_week.id}
    commands.pass_on(breach, is_about_guardian=False, actor=SYSTEM, at=AT + timedelta(days=40))
    db.session.expire_all()
    assert queries.complained_of(breach) == frozenset()


def test_the_wrong_code_opens_nothing(body) -> None:
    report = a_report(body)
    right = codes()
    found = queries.report_by_codes(body.id, right.reference, report_commands.hash_of_code(right.code))
    assert found is report
    assert queries.report_by_codes(body.id, right.reference, report_commands.hash_of_code("WRONG")) is None
    assert queries.report_by_codes(a_body("NHS Far ICB", "far").id, right.reference, report.code_hash) is None
    assert isinstance(report, BreachReport)


def test_nobody_names_themselves_and_no_guardian_ends_who_acts_in_their_place(body) -> None:
    guardian, lead = somebody(body, "Mrs Vera Vane", Role.GUARDIAN), somebody(body, "Mr Len Lead", Role.GOVERNANCE_LEAD)
    with pytest.raises(RuleBroken, match="Somebody else"):
        substitute_commands.name_substitute(
            lead, body.id, TODAY, actor=acting(lead.id, body, Role.GOVERNANCE_LEAD), at=AT
        )
    named = substitute_commands.name_substitute(lead, body.id, TODAY, actor=SYSTEM, at=AT)
    with pytest.raises(RuleBroken, match="cannot end this"):
        substitute_commands.end_substitute(named, actor=acting(guardian.id, body), at=AT)
    assert named.valid_to is None


def test_the_guardian_of_the_time_stays_barred_and_the_next_one_is_not(body) -> None:
    guardian, lay = somebody(body, "Mrs Vera Vane", Role.GUARDIAN), somebody(body, "Mr Lou Lay", Role.LAY_MEMBER)
    substitute_commands.name_substitute(lay, body.id, TODAY, actor=SYSTEM, at=AT)
    breach = a_report(body, is_about_guardian=True).breach
    commands.assess(breach, assessment(), version=breach.version, actor=acting(lay.id, body, Role.LAY_MEMBER), at=AT)
    later = TODAY + timedelta(days=60)
    (grant,) = roles_not_over(guardian.id, TODAY)
    end_role(grant, TODAY + timedelta(days=30), actor=SYSTEM, at=AT)
    new = a_person("Dr Nia New")
    accounts.role(new.id, Role.GUARDIAN, body.id, valid_from=TODAY + timedelta(days=31))
    for role in (Role.AUDITOR, Role.GOVERNANCE_LEAD, Role.GUARDIAN):
        assert queries.seen_by(acting(guardian.id, body, role), body.id, later) == []
    (seen,) = queries.seen_by(acting(new.id, body), body.id, later)
    assert seen.acts
    (seen,) = queries.seen_by(acting(lay.id, body, Role.LAY_MEMBER), body.id, later)
    assert seen.acts


def test_passed_on_it_is_kept_from_the_guardian_of_the_day_until_it_is_said_not_to_be_about_them(body) -> None:
    guardian, lay = somebody(body, "Mrs Vera Vane", Role.GUARDIAN), somebody(body, "Mr Lou Lay", Role.LAY_MEMBER)
    substitute_commands.name_substitute(lay, body.id, TODAY, actor=SYSTEM, at=AT)
    breach = an_investigated(body)
    commands.pass_on(breach, is_about_guardian=True, actor=acting(guardian.id, body), at=AT)
    db.session.expire_all()
    assert queries.complained_of(breach) == {guardian.id}
    commands.pass_on(breach, is_about_guardian=False, actor=acting(lay.id, body, Role.LAY_MEMBER), at=AT)
    db.session.expire_all()
    assert queries.complained_of(breach) == frozenset()
    (seen,) = queries.seen_by(acting(guardian.id, body), body.id, TODAY)
    assert seen.acts


@pytest.mark.parametrize("role", [Role.LAY_MEMBER, Role.AUDITOR])
def test_a_report_that_names_whoever_would_act_in_place_or_read_it_is_kept_from_them_too(body, role) -> None:
    guardian, other = somebody(body, "Mrs Vera Vane", Role.GUARDIAN), somebody(body, "Mr Lou Latimer", role)
    if role is Role.LAY_MEMBER:
        substitute_commands.name_substitute(other, body.id, TODAY, actor=SYSTEM, at=AT)
    breach = a_report(body, who="Mr Latimer").breach
    commands.assess(breach, assessment(), version=breach.version, actor=acting(guardian.id, body), at=AT)
    assert queries.seen_by(acting(other.id, body, role), body.id, TODAY) == []
    (seen,) = queries.seen_by(acting(guardian.id, body), body.id, TODAY)
    assert seen.acts and not breach.is_about_guardian


def test_nobody_complained_of_is_taken_out_of_a_closed_record(body) -> None:
    breach = a_closed(body, gp=somebody(body, "Dr Gil Grey", Role.MEMBER))
    with pytest.raises(RuleBroken, match="closed"):
        commands.remove_person(breach.people[0], actor=SYSTEM, at=AT)
    with pytest.raises(RuleBroken, match="closed"):
        commands.pass_on(breach, is_about_guardian=True, actor=SYSTEM, at=AT)


def test_references_of_records_cannot_be_counted(body) -> None:
    found = {a_report(body, key=key).breach.reference for key in ("one", "two", "three")}
    assert len(found) == 3
    for each in found:
        assert re.fullmatch(r"B/2026-27/[2-9A-Z]{5}", each)


def test_the_last_who_acts_in_place_of_the_guardian_stays_until_somebody_else_is_named(body) -> None:
    lead, lay = somebody(body, "Mr Len Lead", Role.GOVERNANCE_LEAD), somebody(body, "Mr Lou Lay", Role.LAY_MEMBER)
    named = substitute_commands.name_substitute(lead, body.id, TODAY, actor=SYSTEM, at=AT)
    (grant,) = roles_not_over(lead.id, TODAY)
    over = HandoverDetails(lay.id, TODAY + timedelta(days=1))
    with pytest.raises(RuleBroken, match="names somebody else first"):
        substitute_commands.end_substitute(named, actor=SYSTEM, at=AT)
    with pytest.raises(RuleBroken, match="names somebody else first"):
        end_role(grant, TODAY, actor=SYSTEM, at=AT)
    with pytest.raises(RuleBroken, match="names somebody else first"):
        hand_over([grant], over, body_id=body.id, actor=SYSTEM, at=AT)
    assert named.valid_to is None and grant.valid_to is None


def test_somebody_else_named_or_another_role_lets_a_role_end(body) -> None:
    lead, lay = somebody(body, "Mr Len Lead", Role.GOVERNANCE_LEAD), somebody(body, "Mr Lou Lay", Role.LAY_MEMBER)
    substitute_commands.name_substitute(lead, body.id, TODAY, actor=SYSTEM, at=AT)
    (grant,) = roles_not_over(lead.id, TODAY)
    other = accounts.role(lead.id, Role.LAY_MEMBER, body.id)
    end_role(grant, TODAY, actor=SYSTEM, at=AT)
    with pytest.raises(RuleBroken, match="names somebody else first"):
        end_role(other, TODAY, actor=SYSTEM, at=AT)
    substitute_commands.name_substitute(lay, body.id, TODAY, actor=SYSTEM, at=AT)
    end_role(other, TODAY, actor=SYSTEM, at=AT)
    assert queries.office_of(body.id, TODAY + timedelta(days=1)).substitutes == {lay.id}


def test_what_was_reported_had_happened_by_then_or_words_say_how_it_was_known_before(body) -> None:
    breach = a_report(body).breach
    later = AT + timedelta(days=9)
    after = assessment(happened_on=TODAY + timedelta(days=2))
    with pytest.raises(RuleBroken, match="It was reported on 1 June 2026"):
        commands.assess(breach, after, version=breach.version, actor=SYSTEM, at=later)
    said = replace(after, happened_words="It was announced the week before")
    commands.assess(breach, said, version=breach.version, actor=SYSTEM, at=later)
    assert breach.happened_on == TODAY + timedelta(days=2)


def test_a_governance_lead_for_one_committee_reads_no_record_of_the_body(body) -> None:
    an_investigated(body)
    lead = somebody(body, "Mr Len Lead", Role.GOVERNANCE_LEAD)
    for committee_id, count in ((None, 1), (body.id, 0)):
        actor = Actor("Somebody", person_id=lead.id, grants=(Grant(Role.GOVERNANCE_LEAD, body.id, committee_id),))
        assert len(queries.seen_by(actor, body.id, TODAY)) == count
