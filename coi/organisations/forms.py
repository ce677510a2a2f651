"""Forms about organisations: enter one, its relations, its successor. The picker itself stands in picker.py."""

import re

from wtforms import BooleanField

from coi.organisations.picker import OrganisationPicker as OrganisationPicker
from coi.organisations.picker import PickingForm as PickingForm
from coi.organisations.vocabulary import (
    BODY_KIND_WORDS,
    KIND_WORDS,
    BodyDetails,
    BodyKind,
    OrganisationDetails,
    OrganisationKind,
    RelationDetails,
    RelationKind,
)
from coi.web.fields import ChoiceField, DatePartsField, options_of
from coi.web.forms import Form, Optional, Required, TextField

RELATION_WORDS = {
    RelationKind.SHAREHOLDER_IN: "It is a shareholder in the other one, for example in a federation",
    RelationKind.MEMBER_OF_PCN: "It is a member of the other one, a primary care network",
    RelationKind.OWNED_BY: "It is owned by the other one",
    RelationKind.COMPETITOR_OF: "It competes with the other one, in an area or for a contract",
    RelationKind.LANDLORD_OF: "It is the landlord of the other one",
    RelationKind.PART_OF: "It is a part of the other one",
    RelationKind.COMMISSIONED_BY: "It is commissioned by the other one",
}


class OrganisationForm(Form):
    """An organisation that no published file has."""

    name = TextField("Name of the organisation", [Required("Enter the name of the organisation")])
    kind = ChoiceField(
        "What kind of organisation is it?", [Required("Select what kind of organisation it is")],
        options=options_of(KIND_WORDS), coerce=OrganisationKind,
    )  # fmt: skip
    code = TextField(
        "ODS code", limit=10, width="10", description="For example F81022. Leave this empty if it has none"
    )
    town = TextField("Town", limit=80)
    postcode = TextField("Postcode", limit=10, width="10")
    is_another = BooleanField("It is another one: add it all the same")

    def details(self) -> OrganisationDetails:
        """Returns the organisation as entered."""
        return OrganisationDetails(
            name=self.name.data,
            kind=self.kind.data,
            code=(self.code.data or "").upper().replace(" ", ""),
            town=self.town.data or "",
            postcode=(self.postcode.data or "").upper(),
            is_another=bool(self.is_another.data),
        )


class BodyForm(Form):
    """A commissioning body that uses this installation."""

    name = TextField("Name of the body", [Required("Enter the name of the body")])
    kind = ChoiceField(
        "What kind of body is it?", [Required("Select what kind of body it is")], options=options_of(BODY_KIND_WORDS),
        coerce=BodyKind,
    )  # fmt: skip
    slug = TextField(
        "Start of its web address", [Required("Enter the start of its web address")], limit=40, width="20",
        description="Small letters, numbers and hyphens, like mid-marsh. It cannot be changed later",
    )  # fmt: skip
    ods_code = TextField("ODS code", limit=10, width="10", description="Leave this empty if it has none")
    area_codes = TextField(
        "Commissioner codes of its area",
        description="The practices of these commissioners are offered first. Separate codes with commas, like 06Q, 07G",
    )
    contact = TextField("Contact about the register", description="A team and its email address or telephone number")

    def details(self) -> BodyDetails:
        """Returns the body as entered."""
        codes = [code.strip() for code in re.split("[,;]", (self.area_codes.data or "").upper())]
        return BodyDetails(
            self.name.data, self.kind.data, (self.slug.data or "").lower(), (self.ods_code.data or "").upper(),
            tuple(code for code in codes if code), self.contact.data or "",
        )  # fmt: skip


class RelationForm(PickingForm):
    """How an organisation stands to another."""

    other = OrganisationPicker(
        "The other organisation", [Required("Enter the name of the other organisation")], needs_organisation=True
    )
    kind = ChoiceField(
        "How does it stand to the other organisation?", [Required("Select how it stands to the other organisation")],
        options=options_of(RELATION_WORDS), coerce=RelationKind,
    )  # fmt: skip
    valid_from = DatePartsField("When did this begin?", [Optional()], subject="The date it began")
    valid_to = DatePartsField(
        "When did this end?", [Optional()], ongoing="It has not ended", subject="The date it ended"
    )
    detail = TextField(
        "What is particular about it? (optional)", limit=200,
        description="For example: lot 3 of urgent care, the coast, or a dormant share. Flags say it",
    )  # fmt: skip
    stated_in = TextField(
        "Where does it say so? (optional)",
        limit=200,
        description="For example: Companies House, 3 May 2026, or the tender report",
    )
    is_circle = BooleanField("It is right: each of them belongs to the other")

    def details(self) -> RelationDetails:
        """Returns the relation as entered."""
        return RelationDetails(
            self.kind.data, self.valid_from.data, self.valid_to.data, self.detail.data or "", self.stated_in.data or "",
            is_circle=bool(self.is_circle.data),
        )  # fmt: skip


class EndRelationForm(Form):
    """The last day of a relation."""

    valid_to = DatePartsField("When did this end?", [Required("Enter the date it ended")], subject="The date it ended")


class SuccessorForm(PickingForm):
    """Who came after an organisation."""

    other = OrganisationPicker(
        "Which organisation came after it?", [Required("Enter the name of the organisation that came after it")],
        needs_organisation=True,
    )  # fmt: skip
    succeeded_on = DatePartsField("When did the other one take over?", [Optional()], subject="The date it took over")
