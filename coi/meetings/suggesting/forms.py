"""Which suggestion is taken over or declined."""

from collections.abc import Iterable

from wtforms import HiddenField

from coi.meetings.forms import version_in
from coi.meetings.suggesting.vocabulary import Suggestion
from coi.web.forms import Form

EVERY = "*"


class SuggestionForm(Form):
    """One suggestion, or all of them, against the version of the item that the page showed."""

    version = HiddenField()
    key = HiddenField()

    def chosen(self, offered: Iterable[Suggestion]) -> list[Suggestion]:
        """Returns those of the suggestions that are meant. What is no longer suggested is left out."""
        return [each for each in offered if self.key.data in (EVERY, each.key)]

    def seen_version(self) -> int:
        """Returns the version of the item that the page showed."""
        return version_in(self.version)
