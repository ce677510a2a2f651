"""What holds for every page of the product: valid HTML, one heading that is the title, labelled fields, no inline
code, safe headers."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import html5lib

from tests.support.elements import Element, way
from tests.support.page import Page, tidy

_UNLABELLED = {"hidden", "submit", "button", "image", "reset"}
_REFERRING = {"aria-describedby", "aria-labelledby", "aria-controls", "data-aria-controls", "for"}
_ADDRESSES = {"href", "src", "action"}
_SCRIPT = re.compile(r"\s*(javascript|data|vbscript):", re.IGNORECASE)
_ELSEWHERE = re.compile(r"(https?:)?//")
_sound: set[int] = set()
"""The ways down that stand on pages without a fault."""


def complaints(page: Page) -> list[str]:
    """Returns what is wrong with an answer, in words; an empty list where nothing is."""
    return (
        [*_headers(page), *(each for check in _HTML_CHECKS for each in check(page))]
        if page.is_html
        else [*_headers(page)]
    )


def _headers(page: Page) -> Iterator[str]:
    policy = page.headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy:
        yield f"Content-Security-Policy is missing or loose: {policy!r}"
    if page.headers.get("X-Content-Type-Options") != "nosniff":
        yield "X-Content-Type-Options is missing"


def _valid(page: Page) -> Iterator[str]:
    """What a parser complains of. Where every tag is closed where it should be, it goes by nothing but the elements that are open: a page
    on which each way down is known from pages without a fault has none, and need not be parsed again."""
    ways = page.elements.ways
    if ways is not None and ways <= _sound:
        return
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(page.html)
    lines = page.html.splitlines()
    for (line, _column), code, details in parser.errors:
        yield f"invalid HTML: {code} {details} near {lines[line - 1].strip()[:120]!r}"
    if (
        ways is not None
        and not parser.errors
        and Counter(_ways_in(tree)) == Counter(each.way for each in page.elements.each)
    ):
        _sound.update(ways)


def _ways_in(tree: Any, above: int = 0) -> Iterator[int]:
    """The way to each element that the parser has seen."""
    if isinstance(tree.tag, str):
        here = way(above, tree.tag.rpartition("}")[2])
        yield here
        for each in tree:
            yield from _ways_in(each, here)


def _heading_is_title(page: Page) -> Iterator[str]:
    headings = list(page.elements.named("h1"))
    if len(headings) != 1:
        yield f"{len(headings)} h1 on the page"
        return
    title = next((tidy(each.text) for each in page.elements.named("title")), "")
    heading = tidy(headings[0].text)
    has_summary = any("nhsuk-error-summary" in each.attrs.get("class", "").split() for each in page.elements.each)
    wanted = ("Error: " if has_summary else "") + heading
    if not heading or not title.startswith(wanted):
        yield f"the title {title!r} does not begin with {wanted!r}"
    if has_summary and page.status_code != 422:
        yield f"a page with errors has status {page.status_code}"


def _unique_ids(page: Page) -> Iterator[str]:
    ids = Counter(each.attrs["id"] for each in page.elements.each if "id" in each.attrs)
    yield from (f"id {name!r} stands {count} times" for name, count in ids.items() if count > 1)
    for each in page.elements.each:
        for attribute in _REFERRING & each.attrs.keys():
            for name in each.attrs[attribute].split():
                if name not in ids:
                    yield f"{attribute} names {name!r}, which is not there"
        href = each.attrs.get("href", "")
        if href.startswith("#") and href[1:] not in ids:
            yield f"a link leads to {href}, which is not there"


def _labelled(page: Page) -> Iterator[str]:
    labels = {each.attrs.get("for"): tidy(each.text) for each in page.elements.named("label")}
    for each in page.elements.named("input", "select", "textarea"):
        told = each.attrs
        if told.get("type") in _UNLABELLED:
            continue
        if not labels.get(told.get("id", "")) and not told.get("aria-label") and not told.get("aria-labelledby"):
            yield f"a field without a label: {told.get('name')!r}"
        if told.get("type") == "radio" and not _legend_of(each, page):
            yield f"radio buttons without a legend: {told.get('name')!r}"
    for each in page.elements.named("a", "button"):
        if not each.attrs.get("aria-label") and not tidy(each.text):
            yield f"a {each.name} without words: {dict(each.attrs)}"


def _legend_of(control: Element, page: Page) -> str:
    fieldset = control.around("fieldset")
    legends = (each for each in page.elements.inside(fieldset) if each.name == "legend") if fieldset else iter(())
    return next((tidy(each.text) for each in legends), "")


def _no_inline_code(page: Page) -> Iterator[str]:
    for each in page.elements.each:
        told = each.attrs
        bad = [name for name in told if name == "style" or name.startswith("on")]
        if bad:
            yield f"inline {', '.join(bad)} on {each.name}"
        if each.name == "style" or (each.name == "script" and not told.get("src")):
            yield f"inline {each.name}"
        for name in _ADDRESSES & told.keys():
            if _SCRIPT.match(told[name]):
                yield f"{name} with a script: {told[name]!r}"
        if each.name in ("script", "link", "img") and _ELSEWHERE.match(told.get("src") or told.get("href") or ""):
            yield f"something from another site: {each.name} {dict(told)}"


def _forms(page: Page) -> Iterator[str]:
    for form in page.elements.named("form"):
        inside = page.elements.inside(form)
        has_token = any(each.name == "input" and each.attrs.get("name") == "csrf_token" for each in inside)
        if (form.attrs.get("method", "get").lower() == "post") != has_token:
            yield f"a form {form.attrs.get('method')} {form.attrs.get('action', '')} with token: {has_token}"


def _tables(page: Page) -> Iterator[str]:
    for table in page.elements.named("table"):
        inside = page.elements.inside(table)
        name = next((tidy(each.text) for each in inside if each.name == "caption"), "")
        if not name:
            yield "a table without a caption"
        if any(each.name == "th" and not each.attrs.get("scope") for each in inside):
            yield f"a heading without scope in the table {name!r}"
        if "coi-table" in table.attrs.get("class", "").split() and any(
            each.name == "td" and not each.attrs.get("data-label") and not each.attrs.get("colspan") and tidy(each.text)
            for each in inside
        ):
            yield f"a cell without data-label in the table {name!r}, which becomes cards on a phone"


_HTML_CHECKS = (_valid, _heading_is_title, _unique_ids, _labelled, _no_inline_code, _forms, _tables)
