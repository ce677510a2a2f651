"""The system's Chromium, driven by Playwright. It brings no browser of its own."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip


def executable() -> str | None:
    """Returns the path of Chromium: what CHROMIUM names, else the system's; None where there is none."""
    for each in (
        os.environ.get("CHROMIUM"),
        "/usr/bin/chromium",
        shutil.which("chromium"),
        shutil.which("chromium-browser"),
    ):
        if each and Path(each).exists():
            return each
    return None


@contextmanager
def launched() -> Iterator[Browser]:
    """Yields a running browser. Skips the test where the machine has none."""
    found = executable()
    if found is None:
        pytest.skip("no Chromium on this machine (set CHROMIUM to its path, or install the package chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        yield browser
        browser.close()
