"""The fields that ask which organisation an interest is in, or whether it is in none at all."""

from typing import Any

from wtforms import BooleanField

from coi.organisations.forms import OrganisationPicker, PickingForm
from coi.registers.interests.subtypes import SUBTYPES, Subtype, may_lack_organisation
from coi.registers.interests.vocabulary import InterestSubtype, NamedOrganisation
from coi.web.forms import Required


class OrganisationOrNoneForm(PickingForm):
    """Asks for an organisation. Where the type of interest can be in none, there is a box to tick for that."""

    organisation = OrganisationPicker("Organisation", [Required("Enter the name of the organisation")], asks_near=True)
    no_organisation = BooleanField(Subtype.none, description=Subtype.none_hint)

    def offer_none(self, subtype: str | None) -> None:
        """Words the box as the type needs it; takes it away where interests of this type are always in an organisation."""
        if not may_lack_organisation(subtype):
            del self.no_organisation
        elif subtype:
            facts = SUBTYPES[InterestSubtype(subtype)]
            self.no_organisation.label.text, self.no_organisation.description = facts.none, facts.none_hint

    @property
    def is_in_none(self) -> bool:
        return "no_organisation" in self and bool(self.no_organisation.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """Wants one of the two, never both. Rule: DECL-05."""
        is_right = bool(super().validate(extra_validators))
        if not self.is_in_none:
            return is_right
        self.organisation.errors = ()
        if self.organisation.text:
            self.no_organisation.errors = ["Either enter an organisation, or select that there is none"]
        return not self.errors

    def named(self) -> tuple[NamedOrganisation, ...]:
        """Returns the organisation as it is kept; none where there is none."""
        if self.is_in_none:
            return ()
        return (NamedOrganisation(self.organisation.kept_words, self.organisation.data.organisation_id),)
