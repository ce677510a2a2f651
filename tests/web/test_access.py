"""Access: deny by default, and forbidden looks like missing."""

import re

import pytest
from flask import Flask

from coi.organisations.models import Body
from coi.permissions.vocabulary import Role
from coi.web.access import AccessUndeclared, refuse_undeclared, safe_next
from tests.factories import accounts
from tests.support.client import StrictClient
from tests.support.rows import a_body, a_person


def without_token(html: str) -> str:
    """A page without the form token, which is another each second."""
    return re.sub(r'(name="csrf_token" value=)"[^"]*"', r"\1", html)


def test_the_application_refuses_to_start_on_a_route_that_says_nothing() -> None:
    app = Flask("small")
    app.add_url_rule("/forgotten", "forgotten", lambda: "open to everybody")
    with pytest.raises(AccessUndeclared, match="forgotten"):
        refuse_undeclared(app)


def test_every_route_of_the_product_declares_who_may_use_it(application: Flask) -> None:
    refuse_undeclared(application)


def test_somebody_signed_out_is_taken_to_sign_in_and_then_to_the_page(client: StrictClient, body: Body) -> None:
    accounts.account_with(a_person().id, "ann@example.nhs.uk", [Role.SECRETARY], body.id)
    page = client.get("/northmoor/trial/show/Plan?text=a+b")
    assert page.heading == "Sign in"
    sent = {**page.form_fields(), "email": "Ann@Example.NHS.uk ", "password": accounts.PASSWORD}
    page = client.post("/sign-in", sent)
    assert (page.heading, page.path) == ("Plan", "/northmoor/trial/show/Plan?text=a+b")


def test_a_page_of_another_body_looks_like_a_page_that_does_not_exist(secretary: StrictClient) -> None:
    a_body("southmoor", "NHS Southmoor ICB")
    forbidden = secretary.get("/southmoor/trial/show/Plan")
    missing = secretary.get("/nowhere/trial/show/Plan")
    assert (forbidden.status_code, missing.status_code) == (404, 404)
    assert without_token(forbidden.html) == without_token(missing.html)
    assert "Southmoor" not in forbidden.html


def test_a_page_that_a_role_may_not_use_looks_like_one_that_does_not_exist(client: StrictClient, body: Body) -> None:
    accounts.account_with(a_person().id, "aud@example.nhs.uk", [Role.AUDITOR], body.id)
    client.as_("aud@example.nhs.uk")
    forbidden = client.get("/northmoor/trial/show/Plan")
    missing = client.get("/northmoor/trial/nothing")
    assert (forbidden.status_code, forbidden.heading) == (404, "Page not found")
    assert missing.heading == forbidden.heading
    assert client.post("/northmoor/trial/count", {"name": "x"}).status_code == 404


def test_signed_out_nobody_learns_which_bodies_there_are(client: StrictClient, body: Body) -> None:
    there = client.get("/northmoor/trial/show/Plan", follow=False)
    not_there = client.get("/nowhere/trial/show/Plan", follow=False)
    assert there.status_code == not_there.status_code == 303
    assert there.headers["Location"].replace("northmoor", "nowhere") == not_there.headers["Location"]


def test_a_public_page_needs_no_account(client: StrictClient, body: Body) -> None:
    assert client.get("/trial/public").heading == "For everybody"
    assert client.get("/northmoor/trial/public").heading == "For everybody here"
    assert client.get("/nowhere/trial/public").status_code == 404


def test_a_role_that_has_ended_opens_nothing(client: StrictClient, body: Body) -> None:
    person = a_person()
    accounts.account(person.id, "was@example.nhs.uk")
    accounts.role(person.id, Role.SECRETARY, body.id, valid_to=accounts.FROM)
    assert client.as_("was@example.nhs.uk").get("/northmoor/trial/show/Plan").status_code == 404


def test_templates_ask_what_the_actor_may_do(secretary: StrictClient) -> None:
    assert "May plan" in secretary.get("/northmoor/trial/show/Plan").text
    assert "May plan" not in secretary.get("/nowhere/trial/show/Plan").text


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example", "https://evil.example", "http:///evil.example",
        "javascript:alert(1)", "/%0d%0a\r\nSet-Cookie: a=b", "@evil.example", " /x", "/\t/evil.example", "///evil.example", "", None,
        "evil.example/x", "/x\x00", "/x y",
    ],
)  # fmt: skip
def test_nobody_is_sent_to_another_site_after_sign_in(target: str | None) -> None:
    assert safe_next(target) is None


@pytest.mark.parametrize("target", ["/", "/northmoor/meetings", "/northmoor/meetings?page=2", "/a/@b"])
def test_a_page_of_this_site_is_a_good_next(target: str) -> None:
    assert safe_next(target) == target
