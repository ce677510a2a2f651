"""A register that a secretary uploads, looks through and imports in the browser, for the tests of each kind of register."""

import io
from datetime import UTC, datetime

from flask import Flask

from tests.registers.importing.by_upload import work
from tests.registers.importing.registers_seen import Rows, as_csv
from tests.support.client import StrictClient
from tests.support.page import Page

AT = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)
HOME = "/mid-marsh/registers/import"
SECRETARY = "secretary@example.nhs.uk"


def upload(browser: StrictClient, rows: Rows | bytes, name: str = "register.csv", **day: str) -> Page:
    """Sends a file, and returns the page of the upload before it is read."""
    data = rows if isinstance(rows, bytes) else as_csv(rows)
    return browser.post(f"{HOME}/", {"file": (io.BytesIO(data), name), **day})


def read(app: Flask, browser: StrictClient, rows: Rows | bytes, name: str = "register.csv", **day: str) -> Page:
    """Sends a file, and returns the page of the upload once it is read."""
    page = upload(browser, rows, name, **day)
    work(app)
    return browser.get(page.path)


def press(browser: StrictClient, page: Page, action: str, **data: str) -> Page:
    """Presses a button of a preview, with what stands on it."""
    where = page.path.partition("?")[0]
    version = page.soup.find("input", attrs={"name": "version"})
    shown = [str(each["value"]) for each in page.soup.select("input[name=shown]")]
    return browser.post(f"{where}/{action}", {"version": str(version["value"]), "shown": shown, **data})


def send(app: Flask, browser: StrictClient, page: Page, action: str, **data: str) -> Page:
    """Presses a button of a preview, and returns the preview once the work is done."""
    press(browser, page, action, **data)
    work(app)
    return browser.get(page.path.partition("?")[0])
