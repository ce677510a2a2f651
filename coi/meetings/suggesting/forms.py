"""Which suggestion is taken over or declined."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from wtforms import HiddenField

from coi.meetings.forms import version_in
from coi.meetings.relations import RELATIONS
from coi.meetings.suggesting.vocabulary import SuggestedDetail, SuggestedOrganisation, Suggestion
from coi.meetings.vocabulary import AffectedRelation
from coi.web.fields import PickField, options_of
from coi.web.forms import Form

EVERY, HOW, NONE_OF = "*", "how_", "none of "


class SuggestionForm(Form):
    """One suggestion, or all of them, against the version of the item that the page showed."""

    version = HiddenField()
    key = HiddenField()

    @classmethod
    def about(cls, offered: Sequence[Suggestion], version: str | None = None) -> "SuggestionForm":
        """Returns the form with a list for each organisation that is suggested: how it is concerned, as the wording has it."""
        fields = {
            f"{HOW}{each.key}": PickField(
                f"How is {each.text} concerned?", coerce=AffectedRelation, options=options_of(RELATIONS), default=each.relation,
                message="Select how it is concerned",
            )
            for each in offered
            if each.relation is not None
        }  # fmt: skip
        made = type("OfferedSuggestionForm", (cls,), fields)
        form: SuggestionForm = made() if version is None else made(formdata=None, version=version)
        return form

    def chosen(self, offered: Iterable[Suggestion]) -> list[Suggestion]:
        """Returns those of the suggestions that are meant, organisations with the relation that was selected. What is no longer suggested
        is left out. Choices between which the wording leaves a doubt are meant one by one, or all where none is; what the item is about
        only by itself."""
        return [
            self._related(each)
            for each in offered
            if self.key.data == each.key
            or (not isinstance(each, SuggestedDetail) and self.key.data == (f"{NONE_OF}{each.doubt}" if each.doubt else EVERY))
        ]  # fmt: skip

    def _related(self, each: Suggestion) -> Suggestion:
        how = self[f"{HOW}{each.key}"].data if f"{HOW}{each.key}" in self else None
        return replace(each, relation=how) if isinstance(each, SuggestedOrganisation) and how else each

    def how(self, each: Suggestion) -> PickField | None:
        """Returns the list of relations of a suggestion; None for a class, which has none."""
        found: PickField | None = self[f"{HOW}{each.key}"] if each.relation is not None else None
        return found

    @staticmethod
    def in_doubt(offered: Sequence[Suggestion]) -> list[tuple[str, list[Suggestion]]]:
        """Returns the words of which it is not sure whom they mean, each with its choices."""
        doubtful = [each for each in offered if each.doubt]
        return [(doubt, list(choices)) for doubt, choices in groupby(doubtful, lambda each: each.doubt)]

    def seen_version(self) -> int:
        """Returns the version of the item that the page showed."""
        return version_in(self.version)
