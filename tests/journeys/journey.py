"""What every journey can do in its browser: sign in, open, choose, fill in, send; and the baseline that it ends with."""

import re
from datetime import date

from playwright.sync_api import Locator, Page, expect

from tests.support.baseline import Baseline
from tests.support.live_site import PASSWORD, Site


class Journey:
    """One user's way through the site. Sub-classes are the stories: given, when, then."""

    def __init__(self, page: Page, site: Site, baseline: Baseline) -> None:
        self.page, self.site, self.baseline = page, site, baseline
        self.pages = 0  # that links and buttons have led to

    def given_is_signed_in(self, key: str) -> None:
        self.page.goto(self.site.url("/"))
        self.baseline.look()
        self.page.get_by_label("Email address").fill(self.site.email(key))
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.send("Sign in")

    def when_somebody_else_signs_in(self, key: str) -> None:
        self.page.get_by_role("button", name="Sign out").click()
        self.given_is_signed_in(key)

    def then_the_accessibility_baseline_is_met(self) -> None:
        self.baseline.look()
        assert not self.baseline.complaints, "\n".join(self.baseline.complaints)

    # The browser

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def follow(self, words: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Follows the link of these words, one that looks like a button too, and looks at the page behind it."""
        button = (within or self.main).locator("a").and_(self._exactly("button", words, within))
        with self.page.expect_navigation():
            self._exactly("link", words, within).or_(button).click()
        self.pages += 1
        self.baseline.look()

    def go_to(self, place: str) -> None:
        """Follows a link of the header's menu, which on a phone hides most of itself behind a button."""
        menu = self.page.get_by_role("navigation", name="Menu")
        more = menu.get_by_role("button", name="More")
        if more.is_visible() and not menu.get_by_role("link", name=place, exact=True).is_visible():
            more.click()
        self.follow(place, menu)

    def go_back(self, words: str = "Back") -> None:
        """Follows the way back at the top of the page."""
        self.follow(words, self.page.get_by_role("navigation", name="Back"))

    def send(self, words: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Presses the button of these words and looks at the page that answers."""
        with self.page.expect_navigation():
            self._exactly("button", words, within).click()
        self.pages += 1
        self.baseline.look()

    def fill(self, label: str, text: str) -> None:
        self.main.get_by_label(label, exact=True).fill(text)

    def choose(self, label: str | re.Pattern[str], question: str | None = None) -> None:
        """Marks a radio button or a box, below its question where the same words answer several."""
        within = self.main.get_by_role("group", name=question) if question else self.main
        within.get_by_label(label, exact=isinstance(label, str)).check()

    def pick(self, label: str, option: str | re.Pattern[str]) -> None:
        box = self.main.get_by_label(label, exact=True)
        words = next(each for each in box.locator("option").all_inner_texts() if re.search(option, each))
        box.select_option(label=words)

    def unfold(self, words: str) -> None:
        """Opens what is folded under these words."""
        self.main.locator("summary").filter(has_text=words).click()

    def enter_date(self, question: str, on: date) -> None:
        group = self.main.get_by_role("group", name=question)
        for part, value in (("Day", on.day), ("Month", on.month), ("Year", on.year)):
            group.get_by_label(part, exact=True).fill(str(value))

    def reads(self, words: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Fails unless the page says these words."""
        expect(within or self.main).to_contain_text(words)

    def heading_is(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(words)

    def row(self, words: str) -> Locator:
        """The row of a table or a list that these words stand in."""
        return self.main.locator("tr, li").filter(has_text=words).last

    def _exactly(self, role: str, words: str | re.Pattern[str], within: Locator | None) -> Locator:
        return (within or self.main).get_by_role(role, name=words, exact=isinstance(words, str))  # type: ignore[arg-type]
