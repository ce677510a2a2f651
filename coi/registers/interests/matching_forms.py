"""The forms that say which organisation a declarant's words mean, there and wherever else the same words stand."""

import uuid
from collections.abc import Collection

from wtforms import BooleanField, HiddenField

from coi.organisations.forms import OrganisationPicker
from coi.organisations.vocabulary import PickedOrganisation
from coi.registers.aliases.remembering import RememberingForm
from coi.registers.interests.forms import VersionForm
from coi.web.forms import Form, Required


class TwinsForm(Form):
    """Offers the other interests with the same words. It carries which ones its reader was told of, each with the version read: one that
    came or changed later is not matched unseen."""

    twins = HiddenField()
    also = BooleanField("", description="You can still change each of them afterwards")

    def offer_twins(self, keys: Collection[str]) -> None:
        """Takes the interests, as `twin_key` names them, that have the same words now. Takes the box away where there are none."""
        if not self.is_submitted() or not self.twins.data:
            self.twins.data = " ".join(sorted(keys))
        many = len(self._told_of())
        if not many:
            del self.also, self.twins
            return
        interests = "other interest" if many == 1 else f"other {many} interests"
        self.also.label.text = f"Match the {interests} with exactly these words too"

    def forget_twins(self) -> None:
        """Offers them anew: the page is about other words now."""
        if "also" in self:
            self.also.data, self.twins.data = False, ""

    def chosen_twins(self) -> frozenset[str]:
        """Returns the interests that are to be matched too; none where the box was not ticked."""
        return self._told_of() if "also" in self and self.also.data else frozenset()

    def _told_of(self) -> frozenset[str]:
        return frozenset((self.twins.data or "").split())


class MatchForm(VersionForm, TwinsForm, RememberingForm):
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
