"""The strict client is strict: each thing that it watches for is found when it happens."""

import re

import pytest
from flask import Response
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from tests.support import elements
from tests.support.client import StrictClient
from tests.support.page import Page
from tests.support.standing_checks import complaints

HEADERS = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Content-Type": "text/html",
}
GOOD = '<!doctype html><html lang="en"><head><title>Plan</title></head><body><main><h1>Plan</h1>{}</main></body></html>'


MARKUP = """<nav aria-label="Places"><ul><li><a href="/x?a=1&amp;b=2" id="x">X &amp; Y</a></li></ul></nav>
<p>One <b>or</b> <em>two</em><br></p><form method="post"><input type="hidden" name="csrf_token" value="1">
<div class="nhsuk-form-group"><label for="a">A</label><input id="a" name="a"></div>
<fieldset><legend>Which?</legend><input id="b" type="radio" name="b" checked><label for="b">B</label></fieldset>
<label for="c">C</label><select id="c" name="c"><option value="1" selected>1</option><option>2</option></select>
<label for="d">D</label><textarea id="d" name="d">&lt;x&gt;</textarea><button class="x">Go</button></form>
<table class="coi-table"><caption>T</caption><thead><tr><th scope="col">H</th></tr></thead>
<tbody><tr><td data-label="H">x</td></tr></tbody></table><dl><dt>K</dt><dd>V</dd></dl>
<details><summary>S</summary>s</details><svg viewBox="0 0 9 9"><path d="M0 0"/><g><title>t</title></g></svg>
<img alt="" src="/x.png"><script src="/x.js"></script>"""
PIECE = re.compile(r"<[^>]*>|[^<]+")
WRONG = [
    "x", "&copy", "&nbsp;", "&", "<", "\x01", "<!-- x -->", "<p>", "</p>", "<div>", "</div>", "<div/>", "<path/>", "</form>",
    "<p></p>", "<p><div></div></p>", "<b><i></b></i>", "<a href='x'>", '<a href="#nowhere">x</a>', '<i id="a"></i>',
    '<p class="x" class="y"></p>', '<p style="x"></p>', "<style></style>", "<script>1</script>", "<h1>x</h1>", "<title>x</title>",
    "<body>", "<head>", '<input name="x">', "<select>", "<button></button>", '<form method="post"></form>', "<li>x</li>",
    "<tr>", "<td>x</td>", "<th>x</th>", "<col>", "<caption>y</caption>", "<table></table>",
]  # fmt: skip
"""What a page of ours does not have, or has elsewhere."""


def page_of(html: str, status: int = 200) -> Page:
    """An answer with this HTML."""
    answer = Response(html, status, HEADERS)
    return Page(TestResponse(answer.response, answer.status, answer.headers, None), "/")  # type: ignore[arg-type]


def found(markup: str, status: int = 200) -> str:
    """What is said of a page with this in its main part."""
    return "; ".join(complaints(page_of(GOOD.format(markup), status)))


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


def test_a_page_of_ways_that_are_known_is_not_parsed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(MARKUP) == ""
    monkeypatch.setattr("html5lib.HTMLParser", None)
    assert found(MARKUP.replace('<td data-label="H">x</td>', '<td data-label="H">Another &amp; more</td>' * 3)) == ""
    with pytest.raises(TypeError):
        found(MARKUP.replace('<td data-label="H">x</td>', '<td data-label="H"><b>x</b></td>'))


@pytest.mark.parametrize(("before", "after"), [("<body>", "<head></head><body>"), ("</body>", "</body><body></body>")])
def test_a_page_has_one_head_and_one_body(before: str, after: str) -> None:
    assert found(MARKUP) == ""
    assert "invalid HTML" in "; ".join(complaints(page_of(GOOD.format(MARKUP).replace(before, after))))


@given(st.data())
def test_whatever_is_changed_on_a_page_the_same_is_found_as_by_the_parser_and_the_whole_tree(
    data: st.DataObject,
) -> None:
    assert found(MARKUP) == ""
    pieces = PIECE.findall(GOOD.format(MARKUP))
    for _time in range(data.draw(st.integers(1, 2))):
        place = data.draw(st.integers(1, len(pieces) - 1))
        taken = data.draw(st.integers(0, 2))
        pieces[place : place + taken] = data.draw(st.lists(st.sampled_from([*WRONG, *pieces]), max_size=2))
    changed = "".join(pieces)
    quick, slow = page_of(changed), page_of(changed)
    slow.elements = elements.taken_from(slow.soup)
    assert sorted(complaints(quick)) == sorted(complaints(slow))


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
