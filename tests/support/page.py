"""A page as a user sees it: heading, text, links, errors beside their fields, tables by caption."""

import re
from functools import cached_property

from bs4 import BeautifulSoup, Tag
from werkzeug.test import TestResponse

from tests.support import elements
from tests.support.elements import Elements


def tidy(text: str) -> str:
    """Returns text with its white space as a browser shows it."""
    return re.sub(r"\s+", " ", text.replace("\xa0", " ")).strip()


class Page:
    """An answer of the application. `path` is where the user ended up; `came_by` are the addresses on the way there."""

    def __init__(self, response: TestResponse, path: str, came_by: tuple[str, ...] = ()) -> None:
        self.response = response
        self.path = path
        self.came_by = came_by
        self.status_code = response.status_code
        self.headers = response.headers
        self.data = response.data

    @property
    def is_html(self) -> bool:
        return self.response.mimetype == "text/html"

    @property
    def html(self) -> str:
        return self.response.text

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.html, "html.parser")

    @cached_property
    def elements(self) -> Elements:
        """What is on it, for the checks of every page; cheaper than `soup`."""
        return elements.read(self.html) or elements.taken_from(self.soup)

    @property
    def title(self) -> str:
        return tidy(self.soup.title.get_text()) if self.soup.title else ""

    @property
    def heading(self) -> str:
        found = self.soup.find("h1")
        return tidy(found.get_text()) if found else ""

    @property
    def text(self) -> str:
        """What stands in the main part of the page."""
        return tidy((self.soup.find("main") or self.soup).get_text(" "))

    @property
    def notices(self) -> list[str]:
        """What the banners at the top say."""
        return [tidy(each.get_text()) for each in self.soup.select(".nhsuk-notification-banner__content")]

    @property
    def errors(self) -> list[str]:
        """The lines of the error summary, in order."""
        return [tidy(each.get_text()) for each in self.soup.select(".nhsuk-error-summary__list li")]

    @property
    def links(self) -> dict[str, str]:
        """Link text to address. Where a text stands twice, the first counts."""
        found: dict[str, str] = {}
        for link in self.soup.find_all("a", href=True):
            found.setdefault(tidy(link.get_text()), str(link["href"]))
        return found

    @property
    def navigation(self) -> list[str]:
        """The places in the header."""
        return [tidy(each.get_text()) for each in self.soup.select(".nhsuk-header__navigation-link[href]")]

    def error_for(self, label: str) -> str | None:
        """Returns the error beside the field with this label or legend; None where the field has none."""
        message = self.group(label).select_one(".nhsuk-error-message")
        return None if message is None else tidy(message.get_text()).removeprefix("Error:").strip()

    def value_of(self, label: str) -> str | list[str]:
        """Returns what a field holds: its text, the label of the chosen option, or, with several boxes, the list of
        texts."""
        group = self.group(label)
        ticked = [tidy(self._label_of(each)) for each in group.select("input[checked]")]
        if ticked or group.select_one("input[type=radio]"):
            return ticked[0] if len(ticked) == 1 else ticked
        if chosen := group.select_one("option[selected]"):
            return tidy(chosen.get_text())
        if area := group.select_one("textarea"):
            return area.get_text().removeprefix("\n")
        texts = [str(each.get("value", "")) for each in group.select("input:not([type=checkbox], [type=hidden])")]
        return texts[0] if len(texts) == 1 else texts

    def group(self, label: str) -> Tag:
        """Returns the form group of the field with this label or legend. Raises LookupError where there is none."""
        for name in self.soup.find_all(["legend", "label"]):
            if tidy(name.get_text()) == label and (group := name.find_parent(class_="nhsuk-form-group")):
                return group
        raise LookupError(f"No field is labelled {label!r}")

    def table(self, caption: str) -> list[dict[str, str]]:
        """Returns the rows of the table with this caption, each from column heading to text. Raises LookupError."""
        for table in self.soup.find_all("table"):
            if table.caption and tidy(table.caption.get_text()) == caption:
                columns = [tidy(each.get_text()) for each in table.thead.find_all("th")]
                rows = table.tbody.find_all("tr")
                return [
                    dict(zip(columns, (tidy(cell.get_text(" ")) for cell in row.find_all(["th", "td"])), strict=False))
                    for row in rows
                ]
        raise LookupError(f"No table is headed {caption!r}")

    def summary(self) -> dict[str, str]:
        """Returns every line of the page's summary lists, from key to value."""
        keys = self.soup.select(".nhsuk-summary-list__key")
        return {tidy(key.get_text()): tidy(key.find_next_sibling("dd").get_text(" ")) for key in keys}

    def form_fields(self, action: str = "") -> dict[str, str]:
        """Returns what a browser would send with the form that posts to `action` ("" for the page's own), untouched."""
        for form in self.soup.select("main form"):
            if str(form.get("action", "")) == action:
                return _fields_in(form)
        raise LookupError(f"No form posts to {action!r}")

    def _label_of(self, control: Tag) -> str:
        label = self.soup.find("label", attrs={"for": control.get("id")})
        return label.get_text() if label else ""


def _fields_in(form: Tag) -> dict[str, str]:
    sent: dict[str, str] = {}
    for control in form.select("input[name], textarea[name], select[name]"):
        name, kind = str(control["name"]), control.get("type", "")
        if control.name == "select":
            chosen = control.select_one("option[selected]") or control.select_one("option")
            sent[name] = str(chosen.get("value", "")) if chosen else ""
        elif control.name == "textarea":
            sent[name] = control.get_text().removeprefix("\n")
        elif kind not in ("radio", "checkbox", "file") or control.has_attr("checked"):
            sent[name] = str(control.get("value", ""))
    return sent
