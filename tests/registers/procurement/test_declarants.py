"""Bidders, evaluators, moderators and advisers declare by single-use links; what they declare is dealt with and reaches the register."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from coi import clock
from coi.audit.models import AccessLog
from coi.database import db
from coi.errors import EditConflict, RuleBroken
from coi.notifications.models import OutboxMessage
from coi.notifications.vocabulary import MessageStatus
from coi.registers.procurement import declarant_commands as commands
from coi.registers.procurement import declarant_queries, public_queries, queries
from coi.registers.procurement.commands import take_declaration
from coi.registers.procurement.declarant_queries import standing_of
from coi.registers.procurement.declared_vocabulary import Measure, MeasureDetails
from coi.registers.procurement.declaring import Standing, check_bids, with_line
from coi.registers.procurement.models import ProcurementDeclaration
from coi.registers.procurement.vocabulary import NONE_FOUND, DeclarationDetails, Side
from tests.factories.procurement import (
    AT,
    BIDDER,
    CONFLICT,
    EVALUATOR,
    NOTHING,
    SITE,
    SYSTEM,
    a_procurement,
    asked,
    link_of,
    path_in_mail,
)
from tests.support.client import StrictClient

LATER = AT + timedelta(days=1)
HOME = "/mid-marsh/registers/procurement"
SECOND = replace(EVALUATOR, name="Ms Second", email="second@example.org")
OUT = MeasureDetails(Measure.OUT, "She is replaced on the panel", "An evaluator has a part in a bidder")


def test_a_link_is_used_once_and_the_outbox_forgets_it(body) -> None:
    row = a_procurement(body)
    who, path = asked(row)
    assert declarant_queries.standing_of(who).words == "Not declared yet"
    assert "the declaration of 1 who was asked" in queries.row_of(row, AT).gaps
    made = commands.declare_by_link(link_of(path), CONFLICT, at=LATER)
    assert (made.interest, made.people, made.has_conflict) == (
        "Owns a tenth of Elm Ltd\nAnn Oak: None",
        [["Ann Oak", ""]],
        True,
    )
    assert declarant_queries.standing_of(who).waits
    assert "what is done about 1 declared conflict" in queries.row_of(row, LATER).gaps
    with pytest.raises(RuleBroken, match="used already"):
        commands.declare_by_link(link_of(path), CONFLICT, at=LATER)
    assert db.session.scalar(sa.select(sa.func.count(ProcurementDeclaration.id))) == 1
    assert db.session.scalars(sa.select(OutboxMessage.secret)).all() == [None]


def test_a_new_link_ends_the_older_one_and_so_does_taking_no_part_any_more(body) -> None:
    who, first = asked(a_procurement(body))
    with pytest.raises(RuleBroken, match="asked already"):
        asked(who.decision)
    commands.ask_again(who, body, site=SITE, actor=SYSTEM, at=LATER)
    second = path_in_mail(BIDDER.email)
    with pytest.raises(RuleBroken, match="too old"):
        commands.declare_by_link(link_of(first), CONFLICT, at=LATER)
    commands.end_asking(who, actor=SYSTEM, at=LATER)
    with pytest.raises(RuleBroken, match="too old"):
        commands.declare_by_link(link_of(second), CONFLICT, at=LATER)
    assert declarant_queries.panel_of(who.decision) == []


def test_a_conflict_that_is_dealt_with_stands_in_what_the_register_publishes(body) -> None:
    row = a_procurement(body, conflicts="None declared", mitigations="")
    who, path = asked(row, EVALUATOR)
    said = replace(NOTHING, answers={"bidder": "A secret shareholding", "close": "", "other": ""})
    made = commands.declare_by_link(link_of(path), said, at=LATER)
    with pytest.raises(RuleBroken, match="what the register will say"):
        commands.deal_with_conflict(made, replace(OUT, conflict=""), version=1, actor=SYSTEM, at=LATER)
    commands.deal_with_conflict(made, OUT, version=1, actor=SYSTEM, at=LATER)
    (public,) = public_queries.public_rows(body.id, on=date(2026, 8, 1), at=LATER)
    assert public.values["conflicts"] == "An evaluator has a part in a bidder"
    assert (
        public.values["mitigations"]
        == "An evaluator has a part in a bidder: Takes no part in the procurement and sees no bids"
    )
    assert "secret" not in str(public) and "She is replaced" not in str(public)
    assert declarant_queries.standing_of(who).words == "Conflict declared and dealt with"
    with pytest.raises(EditConflict):
        commands.deal_with_conflict(made, OUT, version=1, actor=SYSTEM, at=LATER)


def test_what_turns_out_to_be_no_conflict_is_recorded_and_not_published(body) -> None:
    row = a_procurement(body)
    _who, path = asked(row)
    made = commands.declare_by_link(link_of(path), CONFLICT, at=LATER)
    commands.deal_with_conflict(
        made, MeasureDetails(Measure.NO_CONFLICT, "Sold since", ""), version=1, actor=SYSTEM, at=LATER
    )
    assert len(row.versions) == 1 and queries.row_of(row, LATER).facts.unmanaged == 0


def test_nobody_sees_the_bids_before_they_have_declared_unless_a_reason_is_given(body) -> None:
    row = a_procurement(body)
    asked(row)
    _who, path = asked(row, EVALUATOR)
    with pytest.raises(RuleBroken, match="Rob Reed must declare first"):
        commands.give_out_bids(row, date(2026, 6, 1), "", actor=SYSTEM, at=AT)
    commands.declare_by_link(link_of(path), NOTHING, at=AT)
    commands.give_out_bids(row, date(2026, 6, 1), "", actor=SYSTEM, at=AT)
    assert row.bids_opened_on == date(2026, 6, 1)
    db.session.commit()
    with pytest.raises(EditConflict):  # from a page that showed no day yet
        commands.give_out_bids(row, date(2026, 5, 31), "Urgent", actor=SYSTEM, at=AT)


def test_a_declaration_on_paper_is_of_whoever_was_asked_for_it(body) -> None:
    row = a_procurement(body)
    who, _path = asked(row, EVALUATOR)
    paper = DeclarationDetails(
        Side.EVALUATOR, "Rob Reed", "Marsh Trust", "None", "", date(2026, 6, 1), True, False, asked_id=who.id
    )
    with pytest.raises(RuleBroken, match="was asked as"):
        take_declaration(row, replace(paper, side=Side.BIDDER), actor=SYSTEM, at=AT)
    assert take_declaration(row, paper, actor=SYSTEM, at=AT).declarant is who
    db.session.expire(who)
    assert standing_of(who).has_declared


def test_a_conflict_that_turned_out_to_be_none_leaves_no_empty_place_on_the_register(body) -> None:
    row = a_procurement(body, conflicts="", mitigations="")
    made = commands.declare_by_link(link_of(asked(row, EVALUATOR)[1]), CONFLICT, at=AT)
    commands.deal_with_conflict(made, OUT, version=1, actor=SYSTEM, at=AT + timedelta(hours=1))
    none = MeasureDetails(Measure.NO_CONFLICT, "Sold since", "")
    commands.deal_with_conflict(made, none, version=2, actor=SYSTEM, at=AT + timedelta(hours=2))
    assert row.versions[-1].conflicts == NONE_FOUND
    assert "how the conflicts were managed" not in queries.row_of(row, AT + timedelta(hours=2)).gaps
    commands.deal_with_conflict(made, OUT, version=3, actor=SYSTEM, at=AT + timedelta(hours=3))
    assert row.versions[-1].conflicts == OUT.conflict


def test_a_mail_with_a_link_that_works_no_longer_is_not_sent(body) -> None:
    row = a_procurement(body)
    who, _path = asked(row)
    commands.ask_again(who, body, site=SITE, actor=SYSTEM, at=AT + timedelta(hours=1))
    mails = db.session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.created_at)).all()
    assert [each.status for each in mails] == [MessageStatus.CANCELLED, MessageStatus.WAITING]


def test_what_is_decided_again_takes_the_place_of_what_the_register_said_and_leaves_what_others_declared(body) -> None:
    row = a_procurement(body)
    made, other = (
        commands.declare_by_link(link_of(asked(row, each)[1]), CONFLICT, at=AT) for each in (EVALUATOR, SECOND)
    )
    before = (row.versions[-1].conflicts, row.versions[-1].mitigations)

    def decide(declaration, measure: Measure, hours: int) -> tuple[str, str]:
        said = replace(OUT, measure=measure, conflict="" if measure is Measure.NO_CONFLICT else OUT.conflict)
        commands.deal_with_conflict(
            declaration, said, version=row.versions[-1].number, actor=SYSTEM, at=AT + timedelta(hours=hours)
        )
        return row.versions[-1].conflicts, row.versions[-1].mitigations

    decide(made, Measure.LIMITED, 1)
    _conflicts, managed = decide(made, Measure.OUT, 2)
    assert managed.splitlines()[1:] == [f"{OUT.conflict}: Takes no part in the procurement and sees no bids"]
    decide(other, Measure.OUT, 3)
    assert decide(made, Measure.NO_CONFLICT, 4)[0].splitlines()[1:] == [OUT.conflict]
    assert decide(other, Measure.NO_CONFLICT, 5) == before


def test_nobody_is_taken_off_the_panel_twice(body) -> None:
    who, _path = asked(a_procurement(body), EVALUATOR)
    commands.end_asking(who, actor=SYSTEM, at=AT)
    with pytest.raises(RuleBroken, match="takes no part any more"):
        commands.end_asking(who, actor=SYSTEM, at=LATER)
    assert who.ended_at == AT


BIDS_ON = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("standing", "stops"),
    [
        (Standing("A", Side.EVALUATOR, False), True),
        (Standing("A", Side.MODERATOR, True, True), True),
        (Standing("A", Side.ADVISER, True, True, Measure.OUT), False),
        (Standing("A", Side.ADVISER, True), False),
        (Standing("A", Side.ADVISER, True, declared_on=BIDS_ON), False),
        (Standing("A", Side.ADVISER, True, declared_on=BIDS_ON + timedelta(days=1)), True),
        (Standing("A", Side.BIDDER, False), False),
    ],
)
def test_who_stops_the_bids_from_being_given_out(standing, stops) -> None:
    check_bids([standing], BIDS_ON, "They sit in another room")
    if stops:
        with pytest.raises(RuleBroken):
            check_bids([standing], BIDS_ON, " ")
    else:
        check_bids([standing], BIDS_ON, "")


def test_a_published_statement_takes_one_more_line_and_none_gives_way() -> None:
    assert with_line("None declared", "One") == "One" == with_line("", "One")
    assert with_line("One", "Two") == "One\nTwo" == with_line("One\nTwo", "Two")
    assert with_line("No conflicts of interest were declared.", "One") == "One"


def test_a_published_conflict_is_not_lost_because_its_statement_begins_with_none() -> None:
    said = "None, except that Dr Ash is a partner of a bidder"
    assert with_line(said, "One") == f"{said}\nOne"


def test_mail_scanners_open_a_link_without_harm_and_the_bidder_declares_with_named_people(
    secretary, body, client
) -> None:
    row = a_procurement(body)
    db.session.commit()
    page = secretary.post(
        f"{HOME}/{row.id}/declarants",
        {
            "side": "bidder",
            "name": "Ivy Quill",
            "organisation": "Larkfield Federation",
            "email": "ivy@larkfield.example",
        },
    )
    assert "The email to Ivy Quill is written" in page.text and "Not declared yet" in page.text
    path, anybody = path_in_mail("ivy@larkfield.example"), StrictClient(client.app)
    for _scanner in range(2):
        page = anybody.get(path)
        assert page.status_code == 200 and page.headers["Cache-Control"] == "no-store"
    sent = {
        "has_commissioner": "no",
        "has_rival": "yes",
        "has_other": "no",
        "person_0": "Ann Oak",
        "interest_0": "none",
    }
    page = anybody.post(path, {**sent, "declared_by": "Ivy Quill"})
    assert (
        page.errors == ["Describe it, or select no", "Confirm that this is true and complete"]
        and "Ann Oak" in page.html
    )
    page = anybody.post(path, {**sent, "add": "1"})
    assert "Person 2" in page.text and "Ann Oak" in page.html
    sent |= {
        "text_rival": "Owns a tenth of Elm Ltd",
        "person_1": "Bo Ash",
        "interest_1": "Sister of the finance officer",
    }
    sent |= {"declared_by": "Ivy Quill", "has_undertaken": "y"}
    page = anybody.post(path, sent)
    assert page.errors == ["Select whose interest it is", "Select the type", "Enter since when"]
    sent |= {"nearness_1": "family", "type_1": "financial", **on("since_1", 1, 4, 2020), **on("until_1", 1, 4, 2019)}
    assert anybody.post(path, sent).errors == ["It must end on or after the day it started"]
    page = anybody.post(path, {**sent, **on("until_1", 31, 3, 2026)})
    assert page.heading == "Your declaration was sent" and "Elm" not in page.text
    assert anybody.get(path).status_code == 410
    page = secretary.get(f"{HOME}/{row.id}")
    told = "(of somebody of the family; financial interest; from 1 April 2020 until 31 March 2026)"
    assert f"Bo Ash: Sister of the finance officer {told}" in page.text and "Ann Oak: None" in page.text
    page = secretary.get(page.links["Decide what is done about what Ivy Quill declared"])
    page = secretary.post(
        page.path, {**page.form_fields(), "measure": "information", "explanation": "Papers were withheld"}
    )
    assert "A bidder or contractor declared a conflict: Kept from information" in page.text


def on(name, day, month, year):
    return {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": str(year)}


def test_who_evaluates_tells_the_type_of_an_interest_and_since_when(secretary, body, client) -> None:
    row = a_procurement(body)
    _who, path = asked(row, EVALUATOR, at=clock.now())
    db.session.commit()
    sent = {
        "has_bidder": "no", "has_close": "yes", "text_close": "A cousin works for Elm Ltd", "has_other": "no",
        "declared_by": "Rob Reed", "has_undertaken": "y",
    }  # fmt: skip
    anybody = StrictClient(client.app)
    assert anybody.post(path, sent).errors == ["Select the type", "Enter since when"]
    anybody.post(path, {**sent, "type_close": "financial", **on("since_close", 1, 4, 2020)})
    (made,) = row.declarations
    assert made.interest == "A cousin works for Elm Ltd (financial interest; since 1 April 2020)"
    assert made.answers == {
        "bidder": "", "close": "A cousin works for Elm Ltd", "other": "", "close.type": "financial", "close.since": "2020-04-01",
    }  # fmt: skip


def test_a_link_that_is_too_old_or_never_was_says_so(body, client) -> None:
    _who, path = asked(a_procurement(body), at=AT - timedelta(days=400))
    db.session.commit()
    anybody = StrictClient(client.app)
    page = anybody.get(path)
    assert page.status_code == 410 and page.heading == "This link is too old"
    assert anybody.get(f"{path}x").heading == "This link does not work"


def test_the_page_of_declarants_says_who_has_and_who_has_not_and_sends_again(secretary, body) -> None:
    row = a_procurement(body)
    who, path = asked(row, EVALUATOR)
    asked(row)
    commands.declare_by_link(link_of(path), NOTHING, at=AT)
    db.session.commit()
    page = secretary.get(f"{HOME}/{row.id}/declarants")
    assert "Declared, no conflict" in page.text and "Not declared yet" in page.text
    page = secretary.post(f"{HOME}/{row.id}/declarants/{who.id}", {"again": "1"})
    assert "The email to Rob Reed is written. There is no mail server" in page.text
    mail = secretary.get(page.links["Download the email to Rob Reed"])
    assert path_in_mail(EVALUATOR.email).encode() in mail.data.replace(b"=\r\n", b"")
    assert db.session.scalars(sa.select(AccessLog.what)).all() == ["link to declare"]
    assert len(page.soup.select("input[name=mails]")) == 1
    page = secretary.post(f"{HOME}/{row.id}/declarants/sent-by-hand", {"all": "yes"})
    assert page.notices == ["1 email is marked as sent by you and will not go out again"]
    assert "Download the email to Rob Reed" not in page.links
    page = secretary.post(
        f"{HOME}/{row.id}/bids", {"opened_on-day": "1", "opened_on-month": "6", "opened_on-year": "2026"}
    )
    assert "The panel got the bids on 1 June 2026" in page.text
    page = secretary.post(f"{HOME}/{row.id}/declarants/{who.id}", {"end": "1"})
    assert "No longer takes part" in page.text


def test_whoever_has_not_answered_is_asked_again_in_one_press_and_never_twice_in_a_day(secretary, body) -> None:
    row, other = a_procurement(body), a_procurement(body)
    who, first = asked(row)
    asked(other, EVALUATOR)
    asked(other, SECOND)
    commands.declare_by_link(link_of(path_in_mail(SECOND.email)), NOTHING, at=AT)
    gone, _path = asked(row, replace(SECOND, email="gone@example.org"))
    commands.end_asking(gone, actor=SYSTEM, at=AT)
    db.session.commit()
    address = secretary.get("/mid-marsh/").links["2 people have not declared for a procurement"]
    page = secretary.get(address)
    assert "Ivy Quill" in page.text and "Rob Reed" in page.text and "Ms Second" not in page.text
    assert "to Ivy Quill and Rob Reed is written" in secretary.post(address).text
    assert link_of(first).expires_at <= clock.now() < link_of(path_in_mail(who.email)).expires_at
    mails = sa.select(sa.func.count()).select_from(OutboxMessage)
    before = db.session.scalar(mails)
    page = secretary.post(address)
    assert "Nobody was asked again" in page.text and "You can ask them again tomorrow" in page.text
    assert "Nobody was asked again" in secretary.post(address, {"only": str(row.id)}).text
    assert db.session.scalar(mails) == before


def test_of_two_who_ask_again_at_once_one_does(body) -> None:
    row = a_procurement(body)
    asked(row)
    assert commands.ask_unanswered_again(row, body, site=SITE, actor=SYSTEM, at=AT + timedelta(hours=2)) == []
    assert len(commands.ask_unanswered_again(row, body, site=SITE, actor=SYSTEM, at=LATER)) == 1
    assert commands.ask_unanswered_again(row, body, site=SITE, actor=SYSTEM, at=LATER) == []
