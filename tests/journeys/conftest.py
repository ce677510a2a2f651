"""A browser, a site with the demo's data that each journey has for itself, and the two widths."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser

from tests.journeys.journey import Journey
from tests.support import chromium, live_site
from tests.support.baseline import Baseline

WIDTHS = {"desk": (1280, 900), "phone": (375, 812)}
LIMIT_MS = 30_000
AnyJourney = TypeVar("AnyJourney", bound=Journey)
Begin = Callable[..., AnyJourney]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with chromium.launched() as running:
        yield running


@pytest.fixture(scope="session")
def demo_data(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, loaded once; not where there is no browser to look at it."""
    return live_site.load_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="session")
def pages_seen() -> set[tuple[str, ...]]:
    """The pages that axe has looked at."""
    return set()


@pytest.fixture(params=WIDTHS)
def width(request: pytest.FixtureRequest) -> str:
    """A desk's width and a phone's: every story is told at both."""
    return str(request.param)


@pytest.fixture
def begin(
    browser: Browser, demo_data: Path, pages_seen: set[tuple[str, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Begin]:
    """Begins a journey: begin(JourneyClass, width, at=instant, javascript=True)."""
    served: list[tuple[object, object]] = []

    def start(kind: type[AnyJourney], width: str, *, at: datetime, javascript: bool = True) -> AnyJourney:
        running = live_site.served(demo_data, tmp_path / "site", at, monkeypatch)
        site = running.__enter__()
        across, down = WIDTHS[width]
        context = browser.new_context(
            viewport={"width": across, "height": down}, java_script_enabled=javascript, has_touch=width == "phone",
            locale="en-GB", timezone_id="Europe/London", accept_downloads=True,
        )  # fmt: skip
        context.set_default_timeout(LIMIT_MS)
        served.append((running, context))
        page = context.new_page()
        return kind(page, site, Baseline(page, site.address, pages_seen, _pictures(), has_axe=javascript))

    yield start
    for running, context in served:
        context.close()
        running.__exit__(None, None, None)


def _pictures() -> Path | None:
    """Where pictures of the pages are kept, if anybody wants them."""
    folder = os.environ.get("COI_JOURNEY_PICTURES")
    return Path(folder) if folder else None
