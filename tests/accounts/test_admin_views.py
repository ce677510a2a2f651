"""Pages of an administrator: accounts, links, roles, and what an administrator must not do."""

import re
import uuid

import pytest
import sqlalchemy as sa
from flask import Flask

from coi import clock
from coi.accounts import queries
from coi.accounts.models import Account, RoleGrant
from coi.audit.models import LedgerLeaf
from coi.audit.vocabulary import Event
from coi.database import db
from coi.organisations.models import Body
from coi.people.commands import enter_person
from coi.people.models import Person
from coi.people.vocabulary import PersonDetails
from coi.permissions.vocabulary import Role, system_actor
from tests.factories import accounts
from tests.factories.committees import a_committee, a_member
from tests.factories.organisations import a_body
from tests.factories.people import a_person, an_appointment
from tests.support.client import StrictClient
from tests.support.page import Page

KEEPER = "kit@example.nhs.uk"
NEW = "eleven lamps upon a hill"
ACCOUNTS = "/mid-marsh/accounts"


@pytest.fixture
def marsh(app: Flask) -> Body:
    return a_body()


@pytest.fixture
def keeper(client: StrictClient, marsh: Body) -> StrictClient:
    """Signed in as the administrator of Mid Marsh."""
    person = a_person("Kit Keeper")
    an_appointment(person, marsh, "Governance officer")
    accounts.account_with(person.id, KEEPER, [Role.ADMINISTRATOR], marsh.id)
    db.session.commit()
    return client.as_(KEEPER)


@pytest.fixture
def ama(marsh: Body) -> Person:
    """A GP of Mid Marsh without account and role."""
    person = a_person("Dr Ama Boateng", email="ama@example.nhs.uk")
    an_appointment(person, marsh)
    db.session.commit()
    return person


def page_of(person: Person) -> str:
    return f"{ACCOUNTS}/{person.id}"


def link_on(page: Page) -> str:
    """The path of the link that a page shows."""
    return re.search(r"/set-password/\S+", page.text)[0]  # type: ignore[index]


def role_of(person: Person, role: Role) -> RoleGrant:
    return db.session.scalars(
        sa.select(RoleGrant).where(RoleGrant.person_id == person.id, RoleGrant.role == role)
    ).one()


def events() -> list[str]:
    """What the ledger says happened, in order."""
    leaves = db.session.scalars(sa.select(LedgerLeaf).order_by(LedgerLeaf.seq))
    return [event for leaf in leaves for event in Event if f'"{event}"'.encode() in leaf.entry]


def test_the_list_shows_everybody_of_the_body_with_account_and_present_roles(
    keeper: StrictClient, ama: Person, marsh: Body
) -> None:
    a_committee(marsh)
    committee = a_committee(marsh, "Audit Committee", "AUD")
    accounts.role(ama.id, Role.CHAIR, marsh.id, committee.id)
    accounts.role(ama.id, Role.SECRETARY, marsh.id, valid_to=accounts.FROM)
    elsewhere = a_body("NHS South Marsh ICB", "south-marsh")
    an_appointment(a_person("Dr Sol Elsewhere"), elsewhere)
    page = keeper.get(ACCOUNTS)
    assert "Accounts" in page.navigation
    assert page.table("People of NHS Mid Marsh ICB") == [
        {"Name": "Dr Ama Boateng", "Account": "No account", "Roles": "Chair, Audit Committee from 1 April 2020"},
        {"Name": "Kit Keeper", "Account": "Active", "Roles": "Administrator from 1 April 2020"},
    ]


def test_whoever_another_body_entered_or_seats_is_not_looked_after_here(keeper: StrictClient, marsh: Body) -> None:
    elsewhere = a_body("NHS South Marsh ICB", "south-marsh")
    seated = a_person("Dr Sam Seated")
    a_member(a_committee(elsewhere), seated)
    entered = enter_person(
        PersonDetails("Ent", "Ered"), body_id=elsewhere.id, actor=system_actor("cli"), at=clock.now()
    )
    ours = enter_person(PersonDetails("Our", "Own"), body_id=marsh.id, actor=system_actor("cli"), at=clock.now())
    page = keeper.get(ACCOUNTS)
    assert ours.name in page.text and seated.name not in page.text and entered.name not in page.text
    for each in (seated, entered):
        assert keeper.get(page_of(each)).status_code == 404
        assert keeper.get(f"{page_of(each)}/open").status_code == 404


def test_the_list_takes_as_many_queries_however_many_people_there_are(keeper: StrictClient, marsh: Body) -> None:
    keeper.get(ACCOUNTS)
    few = keeper.get(ACCOUNTS).queries  # type: ignore[attr-defined]
    for number in range(20):
        person = a_person(f"Dr Pat Number{number}")
        an_appointment(person, marsh)
        accounts.role(person.id, Role.DECLARANT, marsh.id)
    assert keeper.get(ACCOUNTS).queries == few  # type: ignore[attr-defined]


def test_an_account_is_made_with_a_link_that_is_shown_once_and_lets_its_owner_in(
    app: Flask, keeper: StrictClient, ama: Person
) -> None:
    keeper.get(ACCOUNTS)
    keeper.click("Dr Ama Boateng")
    page = keeper.click("Make an account")
    assert page.value_of("Email address to sign in with") == "ama@example.nhs.uk"
    page = keeper.post(page.path, {"email": "ama@example.nhs.uk"})
    path = link_on(page)
    assert page.heading == "Link for Dr Ama Boateng"
    assert "password" not in " ".join(page.form_fields("") if page.soup.select("main form") else [])
    page = keeper.get(page_of(ama))
    assert page.summary()["Account"] == "Invited"
    assert path not in page.html
    owner = StrictClient(app)
    assert owner.post(path, {"new": NEW}).notices == ["Your password was set. You are signed in"]
    assert keeper.get(page_of(ama)).summary()["Account"] == "Active"


def test_a_form_sent_twice_makes_one_account_and_leads_to_the_person(keeper: StrictClient, ama: Person) -> None:
    sent = {"email": "ama@example.nhs.uk", "form_key": str(uuid.uuid4())}
    assert keeper.post(f"{page_of(ama)}/open", sent).heading == "Link for Dr Ama Boateng"
    page = keeper.post(f"{page_of(ama)}/open", sent)
    assert (page.heading, page.path) == ("Dr Ama Boateng", page_of(ama))
    assert events().count(Event.ACCOUNT_CREATED) == 2  # Kit's and Ama's


def test_an_email_address_that_is_taken_is_refused_beside_its_field(keeper: StrictClient, ama: Person) -> None:
    page = keeper.post(f"{page_of(ama)}/open", {"email": KEEPER})
    assert "already" in (page.error_for("Email address to sign in with") or "")


def test_a_lost_link_is_made_anew_and_recorded(app: Flask, keeper: StrictClient, ama: Person) -> None:
    keeper.post(f"{page_of(ama)}/open", {"email": "ama@example.nhs.uk"})
    page = keeper.get(page_of(ama))
    assert "has not set a password yet" in page.text
    page = keeper.post(f"{page_of(ama)}/link")
    assert StrictClient(app).get(link_on(page)).heading == "Set your password"
    assert events()[-1] == Event.ACCOUNT_LINK_ISSUED


def test_the_link_of_somebody_who_uses_the_account_is_not_shown(keeper: StrictClient, ama: Person) -> None:
    accounts.account(ama.id, "ama@example.nhs.uk")
    page = keeper.post(f"{page_of(ama)}/link")
    assert page.notices == ["A link to set a new password is on its way to ama@example.nhs.uk"]
    assert "/set-password/" not in page.html


def test_a_role_is_given_for_a_committee_from_a_day_on_and_counts_at_once(
    app: Flask, keeper: StrictClient, ama: Person, marsh: Body
) -> None:
    committee = a_committee(marsh)
    accounts.account(ama.id, "ama@example.nhs.uk")
    owner = StrictClient(app).as_("ama@example.nhs.uk")
    assert owner.get("/mid-marsh/meetings").status_code == 404
    page = keeper.get(f"{page_of(ama)}/roles/new")
    sent = page.form_fields() | {"role": "member", "committee": str(committee.id), "valid_to-ongoing": "yes"}
    page = keeper.post(page.path, sent)
    assert page.notices == ["Dr Ama Boateng was given the role Member"]
    today = clock.today()
    (row,) = page.table("Roles at NHS Mid Marsh ICB")
    assert row["Role"] == "Member, Primary Care Commissioning Committee"
    assert row["First day"] == f"{today.day} {today:%B %Y}"
    assert owner.get("/mid-marsh/meetings").status_code == 200
    assert events()[-1] == Event.ROLE_GRANTED


def test_a_role_needs_an_answer_and_a_first_day(keeper: StrictClient, ama: Person) -> None:
    page = keeper.post(f"{page_of(ama)}/roles/new", {})
    assert page.errors == ["Select a role", "Enter the first day of the role"]


def test_a_committee_of_another_body_cannot_be_chosen(keeper: StrictClient, ama: Person) -> None:
    other = a_committee(a_body("NHS South Marsh ICB", "south-marsh"))
    page = keeper.get(f"{page_of(ama)}/roles/new")
    page = keeper.post(page.path, page.form_fields() | {"role": "chair", "committee": str(other.id)})
    assert page.error_for("For which committee?") == "Select one of the options"


def test_an_administrator_looks_after_the_whole_body(keeper: StrictClient, ama: Person, marsh: Body) -> None:
    committee = a_committee(marsh)
    page = keeper.get(f"{page_of(ama)}/roles/new")
    page = keeper.post(page.path, page.form_fields() | {"role": "administrator", "committee": str(committee.id)})
    assert "Do not select a committee" in page.errors[0]


def test_nobody_gives_a_role_to_themselves(keeper: StrictClient, marsh: Body) -> None:
    own = queries.account_by_email(KEEPER)
    assert own is not None
    page = keeper.get(f"{ACCOUNTS}/{own.person_id}")
    assert "Give a role" not in page.links
    assert "Disable the account" not in page.links
    page = keeper.get(f"{ACCOUNTS}/{own.person_id}/roles/new")
    page = keeper.post(page.path, page.form_fields() | {"role": "guardian"})
    assert page.errors == ["You cannot give yourself a role. Ask another administrator"]


def test_a_role_that_ends_at_once_is_gone_with_the_next_page(
    app: Flask, keeper: StrictClient, ama: Person, marsh: Body
) -> None:
    accounts.account_with(ama.id, "ama@example.nhs.uk", [Role.SECRETARY], marsh.id)
    owner = StrictClient(app).as_("ama@example.nhs.uk")
    assert owner.get("/mid-marsh/people").status_code == 200
    keeper.get(page_of(ama))
    page = keeper.click("End the role Secretary from 1 April 2020")
    assert keeper.post(page.path, {}).errors == ["Select when the role ends"]
    assert keeper.post(page.path, {"when": "on-a-day"}).errors == ["Enter the last day of the role"]
    page = keeper.post(page.path, {"when": "at-once"})
    assert page.notices == ["The end of the role was saved"]
    assert owner.get("/mid-marsh/people").status_code == 404
    assert events()[-1] == Event.ROLE_ENDED


def test_a_role_given_today_can_be_taken_back_today(keeper: StrictClient, ama: Person, marsh: Body) -> None:
    grant = accounts.role(ama.id, Role.SECRETARY, marsh.id, valid_from=clock.today())
    page = keeper.post(f"{ACCOUNTS}/roles/{grant.id}/end", {"when": "at-once"})
    (row,) = page.table("Roles at NHS Mid Marsh ICB")
    assert (row["Last day"], row["State"]) == ("Taken back before it began", "Ended")


def test_a_role_ends_on_the_day_that_was_entered(keeper: StrictClient, ama: Person, marsh: Body) -> None:
    grant = accounts.role(ama.id, Role.SECRETARY, marsh.id)
    sent = {"when": "on-a-day", "valid_to-day": "31", "valid_to-month": "3", "valid_to-year": "2199"}
    page = keeper.post(f"{ACCOUNTS}/roles/{grant.id}/end", sent)
    (row,) = page.table("Roles at NHS Mid Marsh ICB")
    assert row["Last day"] == "31 March 2199"


def test_the_last_administrator_stays_until_another_has_set_a_password(
    app: Flask, keeper: StrictClient, ama: Person, marsh: Body
) -> None:
    own = queries.account_by_email(KEEPER)
    assert own is not None
    grant = db.session.scalars(sa.select(RoleGrant).where(RoleGrant.person_id == own.person_id)).one()
    end = f"{ACCOUNTS}/roles/{grant.id}/end"
    page = keeper.post(f"{page_of(ama)}/open", {"email": "ama@example.nhs.uk"})
    path = link_on(page)
    accounts.role(ama.id, Role.ADMINISTRATOR, marsh.id)
    assert "only administrator" in keeper.post(end, {"when": "at-once"}).errors[0]
    StrictClient(app).post(path, {"new": NEW})
    assert keeper.post(end, {"when": "at-once"}).status_code == 404  # the page that follows is for administrators
    assert keeper.get(ACCOUNTS).status_code == 404


def test_an_administrator_whose_role_ends_soon_does_not_replace_one_who_stays(
    keeper: StrictClient, ama: Person, marsh: Body
) -> None:
    accounts.account(ama.id, "ama@example.nhs.uk")
    accounts.role(ama.id, Role.ADMINISTRATOR, marsh.id, valid_to=clock.today().replace(year=clock.today().year + 1))
    own = queries.account_by_email(KEEPER)
    assert own is not None
    grant = db.session.scalars(sa.select(RoleGrant).where(RoleGrant.person_id == own.person_id)).one()
    page = keeper.post(f"{ACCOUNTS}/roles/{grant.id}/end", {"when": "at-once"})
    assert "only administrator" in page.errors[0]


def test_a_disabled_account_is_out_with_the_next_page_and_can_be_let_in_again(
    app: Flask, keeper: StrictClient, ama: Person, marsh: Body
) -> None:
    accounts.account_with(ama.id, "ama@example.nhs.uk", [Role.SECRETARY], marsh.id)
    owner = StrictClient(app).as_("ama@example.nhs.uk")
    keeper.get(page_of(ama))
    page = keeper.click("Disable the account")
    page = keeper.post(page.path)
    assert page.notices == ["Dr Ama Boateng can no longer sign in"]
    assert page.summary()["Account"] == "Disabled"
    assert owner.get("/mid-marsh/people").heading == "Sign in"
    page = keeper.post(f"{page_of(ama)}/enable")
    assert page.notices == ["Dr Ama Boateng can sign in again"]
    assert owner.as_("ama@example.nhs.uk").get("/mid-marsh/people").status_code == 200
    assert events()[-2:] == [Event.ACCOUNT_DISABLED, Event.ACCOUNT_ENABLED]


def test_somebody_with_a_role_elsewhere_is_looked_after_by_the_installation_alone(
    keeper: StrictClient, ama: Person, marsh: Body
) -> None:
    account = accounts.account_with(ama.id, "ama@example.nhs.uk", [Role.DECLARANT], marsh.id)
    accounts.role(ama.id, Role.CHAIR, a_body("NHS South Marsh ICB", "south-marsh").id)
    page = keeper.get(page_of(ama))
    assert "Ask an administrator of the installation" in page.text
    assert "Disable the account" not in page.links
    assert "South Marsh" not in page.text
    for action in ("disable", "link"):
        assert keeper.post(f"{page_of(ama)}/{action}").status_code == 422
    assert not db.session.get_one(Account, account.id).is_disabled


def test_people_and_roles_of_another_body_are_not_found(keeper: StrictClient, marsh: Body) -> None:
    south = a_body("NHS South Marsh ICB", "south-marsh")
    person = a_person("Dr Sol Elsewhere")
    an_appointment(person, south)
    grant = accounts.role(person.id, Role.CHAIR, south.id)
    for path in ("", "/open", "/roles/new"):
        assert keeper.get(f"{page_of(person)}{path}").status_code == 404
    assert keeper.get(f"{ACCOUNTS}/roles/{grant.id}/end").status_code == 404
    assert keeper.get("/south-marsh/accounts").status_code == 404


def test_only_administrators_open_these_pages(client: StrictClient, ama: Person, marsh: Body) -> None:
    roles = [each for each in Role if each is not Role.ADMINISTRATOR]
    accounts.account_with(ama.id, "ama@example.nhs.uk", roles, marsh.id)
    client.as_("ama@example.nhs.uk")
    for path in (ACCOUNTS, page_of(ama), f"{page_of(ama)}/roles/new"):
        page = client.get(path)
        assert page.status_code == 404
        assert "Accounts" not in page.navigation
