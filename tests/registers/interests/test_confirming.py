"""The yearly confirmation: line by line, in one signed act; what was begun is kept; by link and signed in."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from coi import clock
from coi.audit.models import LedgerLeaf
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import EditConflict, RuleBroken
from coi.registers.interests import commands, confirming_commands, queries, review_commands
from coi.registers.interests.models import Declaration, InterestConfirmation
from coi.registers.interests.vocabulary import ConfirmationDetails, DeclarationKind, DeclaredOn, StandingAnswer, Still
from tests.factories.interests import SYSTEM, a_nil_return, actor_of, an_interest, details_of
from tests.registers.interests.test_views import answer

HOME = "/mid-marsh/registers/interests"
GP = "gp@example.nhs.uk"


def said(interest, still, **more):
    return StandingAnswer(interest.id, interest.versions[-1].number, still, **more)


def confirmed(person, *standing, new=(), at=None):
    details = ConfirmationDetails("Signed", tuple(standing), tuple(new))
    return confirming_commands.confirm_register(person, details, actor=actor_of(person), at=at or clock.now())


def test_one_declaration_says_what_is_right_changed_ended_and_new(gp, at):
    right, changed, over = (an_interest(gp, details_of(name)) for name in ("Ash Surgery", "Beech Ltd", "Cedar Trust"))
    declaration = confirmed(
        gp, said(right, Still.RIGHT), said(over, Still.ENDED, ended_on=date(2026, 11, 1)),
        said(changed, Still.CHANGED, details=details_of("Beech Ltd", nature="Now a third")), new=[details_of("Elm Ltd")], at=at,
    )  # fmt: skip
    _, versions = queries.declaration_of(declaration.id)
    assert [(each.organisations[0].text, each.number) for each in versions] == [
        ("Beech Ltd", 2), ("Cedar Trust", 2), ("Elm Ltd", 1),
    ]  # fmt: skip
    assert declaration.kind is DeclarationKind.ANNUAL
    assert queries.last_confirmed_on([right.id, changed.id], at) == {right.id: date(2026, 11, 10)}
    assert queries.last_declared([gp.id], at) == {gp.id: DeclaredOn(date(2026, 11, 10))}
    leaf = db.session.scalars(sa.select(LedgerLeaf).order_by(LedgerLeaf.seq.desc()).limit(1)).one()
    assert Event.DECLARATION_SUBMITTED.encode() in leaf.entry
    db.session.commit()


def test_what_is_new_in_a_confirmation_and_stands_on_the_register_already_is_told_before_it_is_signed(as_gp, gp):
    """Rule: DECL-01. A line that is said to have ended is no double of what takes its place."""
    an_interest(gp, details_of("Nowhere Surgery"))
    db.session.commit()
    as_gp.get(f"{HOME}/declare/confirm")
    as_gp.post(f"{HOME}/declare/confirm/1", {"still": "right"})
    answer(as_gp, 1)
    page = as_gp.get(f"{HOME}/declare/check")
    assert "Interest 1, Nowhere Surgery , looks like I/2026/0001" in page.text
    ended = {"still": "ended", "ended_on-day": "1", "ended_on-month": "11", "ended_on-year": "2026"}
    as_gp.post(f"{HOME}/declare/confirm/1", ended)
    assert "looks like" not in as_gp.get(f"{HOME}/declare/check").text


def test_where_everything_has_ended_the_confirmation_is_a_nil_return(gp, at):
    only = an_interest(gp)
    assert confirmed(gp, said(only, Still.ENDED, ended_on=date(2026, 11, 1)), at=at).kind is DeclarationKind.NIL
    assert queries.standing_of(gp.id, at) == []
    db.session.commit()


def test_each_line_is_answered_for_and_nothing_else(gp, at):
    one, _other = an_interest(gp), an_interest(gp, details_of("Beech Ltd"))
    with pytest.raises(RuleBroken, match="another interest of yours"):
        confirmed(gp, said(one, Still.RIGHT), at=at)
    db.session.rollback()


def test_nothing_can_be_confirmed_where_nothing_stands(gp, at):
    a_nil_return(gp)
    with pytest.raises(RuleBroken, match="no interest on the register"):
        confirmed(gp, at=at)
    db.session.rollback()


def test_a_mitigation_that_was_agreed_meanwhile_is_no_conflict_and_a_change_is(gp, at):
    interest = an_interest(gp)
    seen = said(interest, Still.RIGHT)
    review_commands.agree_mitigation(interest, "Leaves the room", version=1, actor=SYSTEM, at=at)
    confirmed(gp, seen, at=at + timedelta(minutes=1))
    stale = said(interest, Still.RIGHT)
    commands.change_interest(
        interest, details_of(nature="Another share"), version=2, actor=SYSTEM, at=at + timedelta(minutes=2)
    )
    db.session.commit()
    with pytest.raises(EditConflict):
        confirmed(gp, stale, at=at + timedelta(minutes=3))
    db.session.rollback()


def test_a_change_that_changes_nothing_is_a_confirmation(gp, at):
    interest = an_interest(gp)
    confirmed(gp, said(interest, Still.CHANGED, details=details_of()), at=at)
    assert db.session.scalar(sa.select(sa.func.count(InterestConfirmation.id))) == 1
    assert len(interest.versions) == 1
    db.session.commit()


def test_a_gp_confirms_line_by_line(as_gp, gp):
    an_interest(gp, details_of("Ash Surgery"))
    an_interest(gp, details_of("Beech Ltd"))
    as_gp.get(f"{HOME}/mine")
    page = as_gp.click("Confirm what is here")
    assert page.heading == "Ash Surgery"
    assert "1 of 2" in page.soup.select_one("main").get_text()
    page = as_gp.post(page.path)
    assert page.errors == ["Select whether this is still right"]
    page = as_gp.post(f"{HOME}/declare/confirm/1", {"still": "right"})
    assert page.heading == "Beech Ltd"
    assert "You started a declaration" in as_gp.get(f"{HOME}/mine").text
    page = as_gp.post(f"{HOME}/declare/confirm/2", {"still": "ended"})
    assert page.error_for("When did it end?") == "Enter the date it ended"
    ended = {"still": "ended", "ended_on-day": "1", "ended_on-month": "6", "ended_on-year": "2026"}
    page = as_gp.post(f"{HOME}/declare/confirm/2", ended)
    assert page.heading == "Is there anything new?"
    assert page.summary() == {"Ash Surgery": "Still right", "Beech Ltd": "Ended on 1 June 2026"}
    page = as_gp.post(f"{HOME}/declare/another", {"another": "no"})
    assert page.heading == "Check your answers"
    page = as_gp.post(f"{HOME}/declare/check")
    assert page.heading == "Declaration sent"
    assert [each.organisations[0].text for each in queries.standing_of(gp.id, clock.now())] == ["Ash Surgery"]


def test_a_line_that_has_changed_is_put_right_answer_by_answer(as_gp, gp):
    interest = an_interest(gp)
    page = as_gp.post(f"{HOME}/declare/confirm/1", {"still": "changed"})
    assert page.heading == "What has changed?"
    page = as_gp.get(next(href for text, href in page.links.items() if "what it is" in text))
    assert page.value_of("Describe the interest in your own words") == "Partner in the practice"
    page = as_gp.post(page.path, {"nature": "Partner with a half share"})
    assert page.heading == "What has changed?"
    page = as_gp.click("Continue")
    as_gp.post(f"{HOME}/declare/another", {"another": "no"})
    as_gp.post(f"{HOME}/declare/check")
    db.session.refresh(interest)
    assert [each.nature for each in interest.versions] == ["Partner in the practice", "Partner with a half share"]
    declarations = db.session.scalars(sa.select(Declaration).order_by(Declaration.reference)).all()
    assert [each.kind for each in declarations][-1] is DeclarationKind.ANNUAL


def test_a_change_that_is_taken_back_leaves_no_entry(as_gp, gp):
    an_interest(gp)
    as_gp.post(f"{HOME}/declare/confirm/1", {"still": "changed"})
    assert as_gp.post(f"{HOME}/declare/1/remove").status_code == 404
    page = as_gp.post(f"{HOME}/declare/confirm/1", {"still": "right"})
    assert page.heading == "Is there anything new?"
    page = as_gp.post(f"{HOME}/declare/another", {"another": "yes"})
    assert page.heading == "What do you want to declare?"
    page = answer(as_gp)
    assert page.heading == "You have added 1 interest"


@pytest.mark.parametrize(
    ("year", "error"),
    [
        ("2010", "The date the interest ended must be the same as or after the date it started, 20 May 2026"),
        ("2199", "The date the interest ended must be today or in the past"),
    ],
)
def test_an_end_before_the_start_or_in_the_future_is_refused_beside_the_date(as_gp, gp, year, error):
    an_interest(gp)
    answers = {"still": "ended", "ended_on-day": "1", "ended_on-month": "6", "ended_on-year": year}
    page = as_gp.post(f"{HOME}/declare/confirm/1", answers)
    assert page.error_for("When did it end?") == error


def test_an_interest_that_came_since_it_was_begun_is_asked_for_too(as_gp, gp):
    an_interest(gp)
    as_gp.post(f"{HOME}/declare/confirm/1", {"still": "right"})
    an_interest(gp, details_of("Zest Ltd"))
    page = as_gp.get(f"{HOME}/declare/check")
    assert page.heading == "Zest Ltd"


def test_without_an_interest_the_nil_return_is_offered(as_gp):
    assert as_gp.get(f"{HOME}/declare/confirm").heading == "I have nothing to declare"
