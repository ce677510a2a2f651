"""What every page owes every reader, whatever it is about: looked at in the browser on each page that a journey visits."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request, Response

AXE_OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
ALLOWED = {
    # The NHS's own script puts aria-expanded on a radio button that uncovers a question. ARIA does not allow it there; the
    # design system keeps it since screen readers do announce it (nhsuk-frontend, radios with conditional content).
    "aria-allowed-attr": re.compile(r'<input[^>]*class="nhsuk-radios__input"[^>]*aria-controls='),
}
EXPECTED_STATUS = re.compile(r"Failed to load resource: the server responded with a status of (404|409|410|422)\b")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LINKS = """() => {
  const seen = {}
  for (const link of document.querySelectorAll('main a[href], .nhsuk-back-link')) {
    if (!link.checkVisibility()) continue
    const words = (link.getAttribute('aria-label') || link.textContent).replace(/\\s+/g, ' ').trim().toLowerCase()
    ;(seen[words] ||= new Set()).add(link.href)
  }
  return Object.entries(seen).filter(([, to]) => to.size > 1).map(([words]) => words)
}"""
_TOO_WIDE = """() => {
  const root = document.documentElement
  if (root.scrollWidth <= root.clientWidth) return []
  const sticksOut = each => each.getBoundingClientRect().right > root.clientWidth + 1 || each.scrollWidth > root.clientWidth
  const found = [...document.querySelectorAll('body *')].filter(sticksOut).reverse().slice(0, 3)
  return [`${root.scrollWidth} pixels: ${found.map(each => each.outerHTML.slice(0, 160)).join(' … ')}`]
}"""


_PARTS = """() => [...new Set([...document.querySelectorAll('main [class]')].flatMap(each => [...each.classList]))].sort().join(' ')"""


class Baseline:
    """Watches one page of a browser and collects complaints. `seen` remembers, across journeys, which pages were held
    against axe at which width: once is enough for a page with the same title and the same parts on it. Axe is a
    script itself, so it cannot look where there are none."""

    def __init__(self, page: Page, host: str, seen: set[tuple[str, ...]], pictures: Path | None, has_axe: bool) -> None:
        self.page, self.host, self.seen, self.pictures, self.has_axe = page, host, seen, pictures, has_axe
        self.complaints: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._complain(f"script error: {error}"))
        page.on("request", self._follow)
        page.on("response", self._answered)

    def look(self) -> None:
        """Holds the page that is open against the baseline."""
        self.complaints += [
            f"{self._where}: two targets for the link “{words}”" for words in self.page.evaluate(_LINKS)
        ]
        self.complaints += [f"{self._where}: wider than the window: {html}" for html in self.page.evaluate(_TOO_WIDE)]
        key = (self._where, self.page.title(), self.page.evaluate(_PARTS), f"{self.page.viewport_size} {self.has_axe}")
        if key not in self.seen:
            self.seen.add(key)
            self._photograph()
            if self.has_axe:
                self._ask_axe()

    @property
    def _where(self) -> str:
        return _UUID.sub("…", urlsplit(self.page.url).path)

    def _ask_axe(self) -> None:
        for found in Axe().run(self.page, options=AXE_OPTIONS).response["violations"]:
            for node in found["nodes"]:
                if not _is_allowed(found["id"], node):
                    self._complain(
                        f"{found['id']}: {found['help']}: {node['html'][:200]} {node['failureSummary'][:300]}"
                    )

    def _photograph(self) -> None:
        if self.pictures is not None and self.page.viewport_size is not None:
            name = re.sub(r"[^a-z0-9]+", "-", f"{self._where}-{self.page.title()}".lower()).strip("-")[:120]
            folder = self.pictures / str(self.page.viewport_size["width"])
            self.page.screenshot(path=folder / f"{len(self.seen):03d}-{name}.png", full_page=True)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not EXPECTED_STATUS.match(message.text):
            self._complain(f"the console says: {message.text}")

    def _follow(self, request: Request) -> None:
        if not request.url.startswith((self.host, "data:", "blob:")):
            self._complain(f"asks another host: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self._complain(f"{response.status} from {response.request.method} {response.url}")

    def _complain(self, what: str) -> None:
        self.complaints.append(f"{self._where}: {what}")


def _is_allowed(rule: str, node: dict[str, Any]) -> bool:
    return rule in ALLOWED and ALLOWED[rule].search(node["html"]) is not None
