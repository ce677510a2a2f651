"""The strict client is strict: each thing that it watches for is found when it happens."""

import pytest
from flask import Response
from werkzeug.test import TestResponse

from tests.support.client import StrictClient
from tests.support.page import Page
from tests.support.standing_checks import complaints

HEADERS = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Content-Type": "text/html",
}
GOOD = '<!doctype html><html lang="en"><head><title>Plan</title></head><body><main><h1>Plan</h1>{}</main></body></html>'


def found(markup: str, status: int = 200) -> str:
    """What is said of a page with this in its main part."""
    answer = Response(GOOD.format(markup), status, HEADERS)
    return "; ".join(complaints(Page(TestResponse(answer.response, answer.status, answer.headers, None), "/")))  # type: ignore[arg-type]


def test_a_good_page_is_good() -> None:
    assert found('<form><label for="a">A</label><input id="a" name="a"></form><a href="#a">A</a>') == ""


@pytest.mark.parametrize(
    ("markup", "complaint"),
    [
        ("<p><div></p>", "invalid HTML"),
        ("<h1>Another</h1>", "2 h1"),
        ('<i id="a"></i><i id="a"></i>', "stands 2 times"),
        ('<input name="a">', "without a label"),
        ('<label for="a"></label><input id="a" name="a">', "without a label"),
        ('<label for="a">A</label><input id="a" type="radio" name="a">', "without a legend"),
        ('<p style="color: red">x</p>', "inline style"),
        ('<p onclick="x()">x</p>', "inline onclick"),
        ("<script>x()</script>", "inline script"),
        ('<a href="javascript:x()">x</a>', "with a script"),
        ('<a href="#nowhere">x</a>', "#nowhere"),
        ('<a href="/x"></a>', "without words"),
        ('<img alt="" src="https://elsewhere.example/x.png">', "from another site"),
        ('<form method="post"></form>', "with token: False"),
        ('<form><input type="hidden" name="csrf_token"></form>', "with token: True"),
        ('<p aria-describedby="b">x</p>', "names 'b'"),
        ("<table><tr><td>x</td></tr></table>", "without a caption"),
        ('<table class="coi-table"><caption>T</caption><tr><td>x</td></tr></table>', "without data-label"),
        ('<div class="nhsuk-error-summary"></div>', "does not begin with 'Error: Plan'"),
    ],
)
def test_a_page_that_is_not_as_it_must_be_is_found(markup: str, complaint: str) -> None:
    assert complaint in found(markup)


@pytest.mark.parametrize("flushed", ["", "?flushed=1"])
def test_a_view_that_forgets_to_commit_is_found(secretary: StrictClient, flushed: str) -> None:
    with pytest.raises(AssertionError, match="left uncommitted"):
        secretary.get(f"/northmoor/trial/careless{flushed}")


def test_a_page_with_too_many_queries_is_found(secretary: StrictClient) -> None:
    with pytest.raises(AssertionError, match="queries, at most 1"):
        secretary.get("/northmoor/trial/show/Plan", queries=1)


def test_a_plain_page_costs_four_queries(secretary: StrictClient) -> None:
    """The session, the account, the roles, the body."""
    secretary.get("/northmoor/trial/show/Plan")  # the first page after sign-in stores the form token
    secretary.get("/northmoor/trial/show/Plan", queries=4)


def test_a_wrong_password_is_found(secretary: StrictClient) -> None:
    with pytest.raises(AssertionError, match="could not sign in"):
        secretary.as_("sam@example.nhs.uk", "not the password at all")
