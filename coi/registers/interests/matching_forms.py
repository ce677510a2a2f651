"""The forms that say which organisation a declarant's words mean, there and wherever else the same or similar words stand."""

import uuid
from collections.abc import Sequence
from typing import Any

from coi.organisations.forms import OrganisationPicker
from coi.organisations.vocabulary import PickedOrganisation
from coi.registers.aliases.remembering import RememberingForm
from coi.registers.interests.forms import VersionForm
from coi.registers.interests.matching_queries import wait_key
from coi.registers.interests.models import InterestOrganisation
from coi.web.fields import Option, SeveralField
from coi.web.forms import Form, Required


class AlongsideField(SeveralField):
    """Words that wait beside others. One that changed since the page was read is no mistake: whoever answers is told that it was left."""

    def pre_validate(self, _form: Any) -> None:
        """Nothing is refused."""


class AlongsideForm(Form):
    """Offers the words elsewhere that may mean the same: ticked where they are the same words. Each is named with the version read, so that
    one that came or changed later is not answered unseen."""

    also = AlongsideField(
        "Answer the same for these words",
        description="The same words are ticked already. Tick similar words only where they mean the same. You can still change each "
        "afterwards",
    )

    def offer_alongside(self, text: str, others: Sequence[InterestOrganisation]) -> None:
        """Takes what waits beside `text`. Takes the boxes away where there is nothing, and none was ticked."""
        self.also.options = tuple(Option(wait_key(each), f"“{each.text}”", _whose(each)) for each in others)
        if not self.is_submitted():
            self.also.data = [wait_key(each) for each in others if each.text == text]
        if not others and not self.also.data:
            del self.also

    def forget_alongside(self) -> None:
        """Unticks them: the page is about other words now."""
        if "also" in self:
            self.also.data = []

    @property
    def ticked(self) -> frozenset[str]:
        """What is to be answered the same, as `wait_key` names it."""
        return frozenset(self.also.data if "also" in self else ())


def _whose(named: InterestOrganisation) -> str:
    interest = named.version.interest
    return f"{interest.person.name}, {interest.reference}"


class MatchForm(VersionForm, AlongsideForm, RememberingForm):
    """Which organisation the declarant's words mean."""

    organisation = OrganisationPicker(
        "Which organisation is it?",
        [Required("Enter the name of the organisation")],
        needs_organisation=True,
        asks_near=True,
    )

    @classmethod
    def of(cls, text: str, number: int, *, is_matched: bool) -> "MatchForm":
        """Returns the form for these words; where they are matched already, it can be said that they mean none of those known."""
        form = cls(version=str(number), organisation=PickedOrganisation(text))
        form.organisation.needs_organisation = not is_matched
        form.only_for(text)
        return form

    def details(self) -> uuid.UUID | None:
        return self.organisation.data.organisation_id
