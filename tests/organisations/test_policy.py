"""A body's own policy: stricter figures, dated, never overwritten; and the rules that apply with it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from coi.audit.queries import entries
from coi.database import db
from coi.errors import EditConflict, RuleBroken
from coi.organisations.models import Body
from coi.organisations.policy_commands import set_policy
from coi.organisations.policy_queries import policy_history, rulebook_of, rules_of, strictest_of
from coi.organisations.vocabulary import BodyKind, PolicyDetails
from coi.permissions.vocabulary import Role, system_actor
from tests.factories import accounts
from tests.factories.organisations import a_body
from tests.factories.people import a_person
from tests.support.client import StrictClient

AT = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 10)
SYSTEM = system_actor("cli")


def a_policy(
    body: Body,
    value: int | Decimal | None,
    *,
    name: str = "gift_declare_over",
    since: date = TODAY,
    version: int = 0,
    at: datetime = AT,
) -> None:
    late_because = "Adopted then" if at > AT else ""
    details = PolicyDetails(name, value, since, "Standards of business conduct 4.2", late_because)
    set_policy(body, details, version=version, actor=SYSTEM, at=at)


def test_without_a_policy_the_guidance_applies(body: Body) -> None:
    assert rules_of(body, TODAY).amount("gift_declare_over") == Decimal(50)
    assert rules_of(body.id, TODAY).code == "icb-2024"


def test_a_stricter_figure_counts_from_its_day(body: Body) -> None:
    a_policy(body, Decimal(25))
    assert rules_of(body, TODAY).amount("gift_declare_over") == Decimal(25)
    assert rules_of(body, TODAY - timedelta(days=1)).amount("gift_declare_over") == Decimal(50)
    assert rules_of(a_body("NHS Far Fell ICB", "far-fell"), TODAY).amount("gift_declare_over") == Decimal(50)


def test_a_change_keeps_what_was_recorded_before(body: Body) -> None:
    a_policy(body, Decimal(25))
    later = AT + timedelta(days=1)
    a_policy(body, Decimal(20), version=1, at=later)
    assert [each.value for each in policy_history(body.id)] == ["25", "20"]
    assert rules_of(body, TODAY).amount("gift_declare_over") == Decimal(20)
    assert rules_of(body, TODAY, known_at=AT).amount("gift_declare_over") == Decimal(25)


def test_a_body_goes_back_to_the_guidance_by_a_record_without_a_figure(body: Body) -> None:
    a_policy(body, 14, name="declare_days")
    a_policy(body, None, name="declare_days", since=TODAY + timedelta(days=30), version=1)
    assert rules_of(body, TODAY).declare_days == 14
    assert rules_of(body, TODAY + timedelta(days=30)).declare_days == 28


@pytest.mark.parametrize(
    ("name", "value", "since", "source", "field", "told"),
    [
        ("gift_declare_over", Decimal(51), TODAY, "4.2", "value", "£50 or lower"),
        ("public_after_expiry_months", 5, TODAY, "4.2", "value", "6 months or higher"),
        ("refresh_months", 9, date(2017, 1, 1), "4.2", "value", "6 months or lower"),
        ("training_pass_percent", 101, TODAY, "4.2", "value", "100% or lower"),
        ("private_retention_years", 2026, TODAY, "4.2", "value", "100 years or lower"),
        ("lay_title", 1, TODAY, "4.2", None, "cannot set this figure"),
        ("gift_declare_over", Decimal(20), TODAY, " ", "source", "Enter where your policy says so"),
        ("gift_declare_over", Decimal(20), date(2013, 3, 31), "4.2", "valid_from", "1 April 2013 or later"),
        ("gift_declare_over", None, TODAY, "4.2", "value", "no figure of your own"),
    ],
)
def test_what_cannot_be_a_policy_is_refused_in_words(
    body: Body, name: str, value: int | Decimal | None, since: date, source: str, field: str | None, told: str
) -> None:
    with pytest.raises(RuleBroken, match=told) as refused:
        set_policy(body, PolicyDetails(name, value, since, source), version=0, actor=SYSTEM, at=AT)
    assert refused.value.field == field
    assert policy_history(body.id) == []


def test_a_figure_for_a_past_day_needs_a_reason_which_everybody_reads(body: Body) -> None:
    past = TODAY - timedelta(days=1)
    with pytest.raises(RuleBroken, match="in the past") as refused:
        a_policy(body, Decimal(25), since=past)
    assert refused.value.field == "valid_from"
    details = PolicyDetails("gift_declare_over", Decimal(25), past, "Conduct 4.2", "The board adopted it then")
    set_policy(body, details, version=0, actor=SYSTEM, at=AT)
    (kept,) = policy_history(body.id)
    assert kept.source == "Conduct 4.2. Entered after its first day, because: The board adopted it then"
    assert rules_of(body, past, known_at=AT - timedelta(hours=1)).amount("gift_declare_over") == Decimal(50)


def test_two_people_who_change_one_figure_do_not_undo_each_other(body: Body) -> None:
    a_policy(body, Decimal(25))
    with pytest.raises(EditConflict) as conflict:
        a_policy(body, Decimal(30))
    assert (conflict.value.theirs["Figure"], conflict.value.yours["Figure"]) == ("£25", "£30")


def test_a_figure_of_the_policy_is_in_the_ledger(body: Body) -> None:
    a_policy(body, Decimal(25))
    db.session.commit()
    assert entries(1)[0].event == "organisations:policy:set"


def test_somebody_who_serves_several_bodies_is_held_to_the_strictest(body: Body) -> None:
    quarterly = a_body("NHS Far Fell ICB", "far-fell")
    a_policy(quarterly, 3, name="refresh_months")
    both = [rulebook_of(body), rulebook_of(quarterly)]
    assert strictest_of(both, TODAY, "refresh_months") == 3
    assert strictest_of(both, date(2013, 3, 31), "refresh_months") is None
    assert strictest_of([], TODAY, "refresh_months") is None


def test_a_ccg_and_a_board_go_by_rules_of_their_own(body: Body) -> None:
    group = a_body("NHS Old Fen CCG", "old-fen", kind=BodyKind.CCG)
    assert rules_of(group, date(2016, 12, 1)).refresh_months == 6
    assert rules_of(group, date(2020, 1, 1)).flag("member_practices")
    assert not rules_of(body, TODAY).flag("member_practices")


@pytest.fixture
def lead(client: StrictClient, body: Body) -> StrictClient:
    accounts.account_with(a_person("Lea Lead").id, "lea@example.nhs.uk", [Role.GOVERNANCE_LEAD], body.id)
    accounts.account_with(a_person("Deb Declarant").id, "deb@example.nhs.uk", [Role.DECLARANT], body.id)
    db.session.commit()
    return client.as_("lea@example.nhs.uk")


def test_the_page_says_what_applies_here_today(lead: StrictClient) -> None:
    page = lead.get("/mid-marsh/rules")
    assert page.heading == "Rules that apply here today"
    assert "28 days" in page.text and "£50" in page.text and "NHS Act 2006 s.14Z30(3)" in page.text
    assert "DECL-01: NHS Act 2006 s.14Z30(3)" in page.text
    assert "Rules for ICBs from September 2024" in page.text


def test_a_governance_lead_sets_a_stricter_figure_and_everybody_reads_it(lead: StrictClient) -> None:
    lead.get("/mid-marsh/rules")
    page = lead.get("/mid-marsh/rules/gift_declare_over/change")
    assert page.heading == "Take a gift only for the organisation, and declare it, over"
    sent = {
        "value": "£25",
        "valid_from-day": "1",
        "valid_from-month": "4",
        "valid_from-year": "2026",
        "late_because": "Adopted in April",
        "source": "Conduct policy 6",
    }
    page = lead.post(page.path, sent | {"version": "0"})
    assert page.path == "/mid-marsh/rules"
    page = lead.as_("deb@example.nhs.uk").get("/mid-marsh/rules")
    assert "£25 since 1 April 2026" in page.text and "Conduct policy 6" in page.text
    assert "Set our own" not in page.text


def test_a_laxer_figure_is_refused_beside_its_field_with_what_was_typed(lead: StrictClient) -> None:
    sent = {
        "value": "75",
        "valid_from-day": "1",
        "valid_from-month": "4",
        "valid_from-year": "2026",
        "late_because": "Adopted in April",
        "source": "Conduct",
        "version": "0",
    }
    page = lead.post("/mid-marsh/rules/gift_declare_over/change", sent)
    assert page.status_code == 422
    assert "£50 or lower" in (page.error_for("Your own figure, in pounds") or "")
    assert page.value_of("Your own figure, in pounds") == "75"


def test_a_figure_that_nobody_can_set_has_no_page(lead: StrictClient) -> None:
    assert lead.get("/mid-marsh/rules/lay_title/change").status_code == 404
    assert lead.get("/mid-marsh/rules/nonsense/change").status_code == 404


def test_the_rules_of_another_day_are_shown_when_asked_for(lead: StrictClient) -> None:
    page = lead.get("/mid-marsh/rules?on=2016-12-01")
    assert page.heading == "Rules that apply here on 1 December 2016"
    assert "6 months" in page.text and "Statutory guidance for CCGs, June 2016" in page.text
    for wrong, told in (("2012-01-01", "1 April 2013"), ("soon", "real date")):
        page = lead.get(f"/mid-marsh/rules?on={wrong}")
        assert page.status_code == 422 and told in page.text


def test_the_page_of_a_figure_that_is_left_to_the_body_says_how_low_it_may_go(lead: StrictClient) -> None:
    page = lead.get("/mid-marsh/rules/breach_retention_years/change")
    assert "leaves this figure to each body. Ours can be 6 years or more, as for ended interests" in page.text
