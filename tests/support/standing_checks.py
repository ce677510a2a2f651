"""What holds for every page of the product: valid HTML, one heading that is the title, labelled fields, no inline
code, safe headers."""

import re
from collections import Counter
from collections.abc import Iterator

import html5lib
from bs4 import Tag

from tests.support.page import Page, tidy

_PARSER_NOISE: set[str] = set()
_UNLABELLED = {"hidden", "submit", "button", "image", "reset"}


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
    parser = html5lib.HTMLParser()
    parser.parse(page.html)
    lines = page.html.splitlines()
    for (line, _column), code, details in parser.errors:
        if code not in _PARSER_NOISE:
            yield f"invalid HTML: {code} {details} near {lines[line - 1].strip()[:120]!r}"


def _heading_is_title(page: Page) -> Iterator[str]:
    headings = page.soup.find_all("h1")
    if len(headings) != 1:
        yield f"{len(headings)} h1 on the page"
        return
    has_summary = page.soup.select_one(".nhsuk-error-summary") is not None
    wanted = ("Error: " if has_summary else "") + page.heading
    if not page.heading or not page.title.startswith(wanted):
        yield f"the title {page.title!r} does not begin with {wanted!r}"
    if has_summary and page.status_code != 422:
        yield f"a page with errors has status {page.status_code}"


def _unique_ids(page: Page) -> Iterator[str]:
    ids = Counter(str(each["id"]) for each in page.soup.find_all(id=True))
    yield from (f"id {name!r} stands {count} times" for name, count in ids.items() if count > 1)
    for each in page.soup.find_all(True):
        for attribute in ("aria-describedby", "aria-labelledby", "aria-controls", "data-aria-controls", "for"):
            for name in str(each.get(attribute, "")).split():
                if name not in ids:
                    yield f"{attribute} names {name!r}, which is not there"
        href = str(each.get("href", ""))
        if href.startswith("#") and href[1:] not in ids:
            yield f"a link leads to {href}, which is not there"


def _labelled(page: Page) -> Iterator[str]:
    labels = {str(each.get("for")): tidy(each.get_text()) for each in page.soup.find_all("label")}
    for each in page.soup.find_all(["input", "select", "textarea"]):
        if each.get("type") in _UNLABELLED:
            continue
        if not labels.get(str(each.get("id", ""))) and not each.get("aria-label") and not each.get("aria-labelledby"):
            yield f"a field without a label: {each.get('name')!r}"
        if each.get("type") == "radio" and not _legend_of(each):
            yield f"radio buttons without a legend: {each.get('name')!r}"
    for each in page.soup.find_all(["a", "button"]):
        if not tidy(each.get_text()) and not each.get("aria-label"):
            yield f"a {each.name} without words: {str(each)[:120]}"


def _legend_of(control: Tag) -> str:
    fieldset = control.find_parent("fieldset")
    return tidy(fieldset.legend.get_text()) if fieldset and fieldset.legend else ""


def _no_inline_code(page: Page) -> Iterator[str]:
    for each in page.soup.find_all(True):
        bad = [name for name in each.attrs if name == "style" or name.startswith("on")]
        if bad:
            yield f"inline {', '.join(bad)} on {each.name}"
        if each.name == "style" or (each.name == "script" and not each.get("src")):
            yield f"inline {each.name}"
        for name in ("href", "src", "action"):
            if re.match(r"\s*(javascript|data|vbscript):", str(each.get(name, "")), re.IGNORECASE):
                yield f"{name} with a script: {each[name]!r}"
        if each.name in ("script", "link", "img") and re.match(
            r"(https?:)?//", str(each.get("src") or each.get("href") or "")
        ):
            yield f"something from another site: {each}"


def _forms(page: Page) -> Iterator[str]:
    for form in page.soup.find_all("form"):
        has_token = form.find("input", attrs={"name": "csrf_token"}) is not None
        if (str(form.get("method", "get")).lower() == "post") != has_token:
            yield f"a form {form.get('method')} {form.get('action', '')} with token: {has_token}"


def _tables(page: Page) -> Iterator[str]:
    for table in page.soup.find_all("table"):
        name = tidy(table.caption.get_text()) if table.caption else ""
        if not name:
            yield "a table without a caption"
        if any(not each.get("scope") for each in table.find_all("th")):
            yield f"a heading without scope in the table {name!r}"
        if "coi-table" in table.get("class", []) and any(
            not cell.get("data-label")
            for cell in table.find_all("td")
            if tidy(cell.get_text()) and not cell.get("colspan")
        ):
            yield f"a cell without data-label in the table {name!r}, which becomes cards on a phone"


_HTML_CHECKS = (_valid, _heading_is_title, _unique_ids, _labelled, _no_inline_code, _forms, _tables)
