"""What the tests of accounts start from: a body, a person with an account, an administrator."""

import pytest
from flask import Flask

from coi.accounts.models import Account
from coi.database import db
from coi.organisations.models import Body
from coi.permissions.vocabulary import Role
from tests.factories import accounts
from tests.support.rows import a_body, a_person


@pytest.fixture
def body(app: Flask) -> Body:
    return a_body()


@pytest.fixture
def ann(body: Body) -> Account:
    """Ann, a declarant at Northmoor."""
    account = accounts.account_with(a_person("Ann Example").id, "ann@example.nhs.uk", [Role.DECLARANT], body.id)
    db.session.commit()
    return account


@pytest.fixture
def admin(body: Body) -> Account:
    """Adi, the administrator of the installation."""
    account = accounts.account_with(a_person("Adi Keeper").id, "adi@example.nhs.uk", [Role.ADMINISTRATOR], None)
    db.session.commit()
    return account
