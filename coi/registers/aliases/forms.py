"""Wording of a name that is taught, and of its end."""

from wtforms import BooleanField

from coi.organisations.picker import OrganisationPicker
from coi.registers.aliases.vocabulary import AliasDetails
from coi.registers.interests.organisation_forms import OrganisationOrNoneForm
from coi.web.forms import Form, Required, TextField


class AliasForm(OrganisationOrNoneForm):
    """What a name means."""

    text = TextField(
        "What do people write?", [Required("Enter the name as people write it")], limit=200,
        description="The name alone, without the role. For example: Longfield Docs",
    )  # fmt: skip
    organisation = OrganisationPicker(
        "Which organisation do they mean?", [Required("Enter the organisation, or select that it is none of them")],
        needs_organisation=True,
    )  # fmt: skip
    no_organisation = BooleanField(
        "None of the organisations in the lists",
        description="For example a company or a club that sounds like a practice. It is then never matched, and no longer asked about",
    )
    why = TextField(
        "How do you know?", [Required("Enter how you know what it means")], limit=300,
        description="For example: the practice uses this name on its website",
    )  # fmt: skip

    def details(self) -> AliasDetails:
        """Returns the name as taught."""
        picked = None if self.is_in_none else self.organisation.data.organisation_id
        return AliasDetails(self.text.data, picked, self.why.data)


class EndAliasForm(Form):
    """Why a name no longer means what it was taught to mean."""

    because = TextField(
        "Why does it no longer count?", [Required("Enter why it no longer counts")], limit=300, subject="The reason"
    )
