"""Adding a user from the command line: the person, the account and the role, and nothing where something is wrong."""

import json

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from coi.accounts import passwords
from coi.accounts.models import Account, RoleGrant
from coi.cli.users import add_user, link, person_of
from coi.database import db
from coi.errors import BadInput
from coi.people.models import Person
from coi.permissions.vocabulary import Role
from tests.factories.committees import a_committee
from tests.factories.organisations import a_body


def add(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(add_user, list(arguments))


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Dr Siân Ŵyn-Jones", ("Dr", "Siân", "Ŵyn-Jones")),
        ("de Vries, Dr Jan", ("Dr", "Jan", "de Vries")),
        ("Ms Suharti", ("Ms", "Suharti", "")),
        ("Suharti", ("", "Suharti", "")),
        ("Mary Jo O'Dornan", ("", "Mary Jo", "O'Dornan")),
    ],
)
def test_a_name_is_taken_apart_as_it_is_written(name: str, parts: tuple[str, str, str]) -> None:
    details = person_of(name, "somebody@example.org")
    assert (details.title, details.given_names, details.family_name) == parts


def test_the_user_can_sign_in_with_the_printed_password_and_has_the_role_for_the_committee(app: Flask) -> None:
    committee = a_committee(a_body())
    db.session.commit()
    done = add(
        app, "Jan.DeVries@example.org", "--name", "de Vries, Dr Jan", "--role", "lay-member", "--body", "mid-marsh",
        "--committee", "PCCC", "--json",
    )  # fmt: skip
    printed = json.loads(done.output)
    account = db.session.scalars(sa.select(Account)).one()
    grant = db.session.scalars(sa.select(RoleGrant)).one()
    assert (account.email, printed["name"]) == ("jan.devries@example.org", "Dr Jan de Vries")
    assert passwords.matches(account.password_hash, printed["password"])
    assert (grant.role, grant.committee_id, grant.person_id) == (Role.LAY_MEMBER, committee.id, account.person_id)


def test_the_password_is_printed_once(app: Flask) -> None:
    a_body()
    db.session.commit()
    done = add(app, "a@example.org", "--name", "Ama Boateng", "--role", "secretary", "--body", "mid-marsh")
    (line,) = [line for line in done.output.splitlines() if line.startswith("Password")]
    assert done.output.count(line.rsplit(" ", 1)[-1]) == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--role", "secretary", "--body", "nowhere"), "There is no body"),
        (("--role", "member", "--body", "mid-marsh", "--committee", "NONE"), "has no committee"),
        (("--role", "member", "--committee", "PCCC"), "Say whose committee"),
        (("--role", "secretary"), "Select the organisation"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_stored(app: Flask, arguments: tuple[str, ...], says: str) -> None:
    a_body()
    db.session.commit()
    done = add(app, "a@example.org", "--name", "Ama Boateng", *arguments)
    db.session.rollback()
    assert says in str(done.exception)
    assert not db.session.scalars(sa.select(Person)).all()


def test_a_namesake_is_added_only_when_that_is_meant(app: Flask) -> None:
    a_body()
    db.session.commit()
    role = ("--role", "secretary", "--body", "mid-marsh")
    add(app, "a@example.org", "--name", "Ama Boateng", *role)
    refused = add(app, "b@example.org", "--name", "Ama Boateng", *role)
    db.session.rollback()
    assert "--namesake" in str(refused.exception)
    assert add(app, "b@example.org", "--name", "Ama Boateng", "--namesake", *role).exit_code == 0


def test_a_link_to_set_a_password_is_printed_for_an_account_and_refused_for_nobody(app: Flask) -> None:
    a_body()
    db.session.commit()
    add(app, "a@example.org", "--name", "Ama Boateng", "--role", "secretary", "--body", "mid-marsh")
    done = app.test_cli_runner().invoke(link, ["A@example.org"])
    address = done.output.split()[-1]
    assert app.test_client().get(address, base_url="https://localhost").status_code == 200
    refused = app.test_cli_runner().invoke(link, ["nobody@example.org"])
    assert isinstance(refused.exception, BadInput)
