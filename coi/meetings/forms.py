"""Wording and shape of what is entered when a meeting is planned."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import Self

from wtforms import BooleanField, HiddenField, ValidationError

from coi.committees.models import Committee
from coi.errors import EditConflict
from coi.guidance.functions import FUNCTIONS
from coi.meetings.matters.vocabulary import EarlierItem
from coi.meetings.models import AgendaItem, Meeting
from coi.meetings.relations import HINTS, RELATIONS, usual_relation
from coi.meetings.versions import OF_NETWORK, PARTS, PURPOSES, SCOPES, STAGES, all_practices_of
from coi.meetings.vocabulary import (
    AffectedDetails,
    AffectedRelation,
    ClassScope,
    ItemDetails,
    MeetingDetails,
    Part,
    Purpose,
    Stage,
)
from coi.organisations.models import Organisation
from coi.organisations.picker import OrganisationPicker, PickingForm
from coi.screening.names import spoken
from coi.web.fields import ChoiceField, DatePartsField, Option, PickField, SeveralField, TimeField, options_of
from coi.web.forms import Form, LongTextField, Required, TextField


@dataclass(frozen=True)
class Move:
    """An item, how many places down (negative: up), and the agenda's version on the page."""

    item: uuid.UUID
    places: int
    version: int


class MeetingForm(Form):
    """When and where a meeting is held, and which committees meet."""

    committees = SeveralField(
        "Which committee meets?",
        [Required("Select the committee that meets")],
        description="Select all that meet in common",
    )
    held_on = DatePartsField("Date of the meeting", [Required("Enter the date of the meeting")])
    starts_at = TimeField("Start time", [Required("Enter the start time")], description="For example, 2pm")
    venue = TextField("Place", description="For example, Boardroom and online", limit=300)
    title = TextField("Title (optional)", description="Leave empty to use the committee's name", limit=200)
    second_that_day = BooleanField("This is another meeting on the same day")

    def offer(self, committees: Sequence[Committee]) -> None:
        self.committees.options = tuple(Option(committee.id, committee.name) for committee in committees)
        if len(committees) == 1 and not self.committees.data:
            self.committees.data = [str(committees[0].id)]

    def details(self, committees: Sequence[Committee]) -> MeetingDetails:
        chosen = {str(each) for each in self.committees.data or ()}
        return MeetingDetails(
            held_on=self.held_on.data,
            starts_at=self.starts_at.data or time(),
            venue=self.venue.data or "",
            title=self.title.data or "",
            committee_ids=tuple(committee.id for committee in committees if str(committee.id) in chosen),
            second_that_day=bool(self.second_that_day.data),
        )


class MeetingChangeForm(MeetingForm):
    """The day, time and place of a meeting that is planned already."""

    committees = None
    seen = HiddenField()

    def over(self, meeting: Meeting, conflict: EditConflict) -> None:
        """Puts what was entered over what somebody else saved meanwhile, to be sent again."""
        self.show_conflict(conflict)
        now = MeetingDetails(meeting.held_on, meeting.starts_at, meeting.venue, meeting.title)
        self.seen.data = now.mark

    @classmethod
    def of(cls, meeting: Meeting) -> "MeetingChangeForm":
        now = MeetingDetails(meeting.held_on, meeting.starts_at, meeting.venue, meeting.title)
        return cls(seen=now.mark, held_on=now.held_on, starts_at=now.starts_at, venue=now.venue, title=now.title)

    def details(self, committees: Sequence[Committee] = ()) -> MeetingDetails:  # noqa: ARG002 - the committees stay
        return MeetingDetails(
            self.held_on.data, self.starts_at.data, self.venue.data or "", self.title.data or "",
            second_that_day=bool(self.second_that_day.data),
        )  # fmt: skip


class CallOffForm(Form):
    """Why a meeting is called off."""

    because = LongTextField(
        "Why is the meeting called off?", [Required("Enter why the meeting is called off")], rows=3, limit=1000
    )


KEEP_MATTER = uuid.UUID(int=0)
"""The choice to leave an item with the matter that it belongs to, whose other items she may not read."""


class NetworkForm(Form):
    """Which class an item concerns, where the practices of one primary care network can be it."""

    class_scope = ChoiceField(
        "Does it concern a whole class at once?", [Required("Select whether it concerns all practices")], options=options_of(SCOPES),
        coerce=ClassScope, description="For example, a scheme that is offered to all practices",
    )  # fmt: skip
    network = PickField(
        "Primary care network",
        coerce=uuid.UUID,
        blank="Select a network",
        description="Its practices on the day of the meeting",
    )

    def offer_networks(self, networks: Sequence[Organisation], item: AgendaItem | None = None) -> Self:
        """Lets one of the area's primary care networks be the class; the item's own stays, whatever became of it."""
        self.network.options = tuple(Option(each.id, spoken(each.name)) for each in networks)
        own = uuid.UUID(item.class_area[0]) if item and item.class_scope is ClassScope.PCN and item.class_area else None
        if item and own and own not in {each.id for each in networks}:
            self.network.options += (Option(own, item.class_place or "The network chosen before"),)
        if self.network.options:
            self.class_scope.options += options_of(OF_NETWORK)
        return self

    def validate_network(self, field: PickField) -> None:
        """Asks which network where the practices of one are the class."""
        if self.class_scope.data is ClassScope.PCN and not field.data:
            raise ValidationError("Select the primary care network")

    @property
    def network_chosen(self) -> tuple[uuid.UUID | None, str]:
        """The network whose practices are the class, and what it is called; None where another class is selected."""
        network = self.network.data if self.class_scope.data is ClassScope.PCN else None
        called = (each.label for each in self.network.options if each.value == network)
        return network, next(called, "") if network else ""


class ItemForm(NetworkForm):
    """An item of the agenda. The organisations that it concerns are added on its own page."""

    version = HiddenField()
    title = TextField("Title of the item", [Required("Enter the title of the item")], limit=300)
    purpose = ChoiceField("What is the committee asked to do?", [Required("Select what the committee is asked to do")],
                          options=options_of(PURPOSES), coerce=Purpose)  # fmt: skip
    function_code = PickField(
        "Function (optional)", options=tuple(Option(code, f"{each.title}{' (kept by NHS England)' if each.reserved else ''}")
                                             for code, each in FUNCTIONS.items()),
        blank="Not one of these", description="From the delegation agreement",
    )  # fmt: skip
    stage = PickField(
        "How far is the matter? (optional)", options=tuple(Option(each, said) for each, said in STAGES.items()),
        blank="Not said", coerce=Stage,
        description="Clinicians may help to design what they may not award, so this changes what is suggested",
    )  # fmt: skip
    continues = PickField(
        "Does it continue an earlier item? (optional)", coerce=uuid.UUID, blank="No, it is new",
        description="Who worked on it, and what was declared on it, then follows it to this meeting",
    )  # fmt: skip
    part = ChoiceField(
        "Part of the meeting", [Required("Select the part of the meeting")], options=options_of(PARTS), coerce=Part
    )
    private_reason = TextField(
        "Reason for taking it in private",
        limit=300,
        description="The resolution to exclude the public states this reason",
    )
    presenter = TextField("Presented by (optional)", limit=200)
    description = LongTextField("Summary (optional)", rows=4, description="What the committee will read on the agenda")

    @classmethod
    def of(cls, item: AgendaItem) -> "ItemForm":
        form = cls(
            version=str(item.version), title=item.title, purpose=item.purpose, class_scope=item.class_scope, part=item.part,
            function_code=item.function_code, private_reason=item.private_reason, presenter=item.presenter, description=item.description,
            stage=item.stage,
        )  # fmt: skip
        if item.class_place and item.class_scope is ClassScope.ALL_PRACTICES:
            form.class_scope.options = options_of(
                {**SCOPES, ClassScope.ALL_PRACTICES: all_practices_of(item.class_place)}
            )
        if item.class_scope is ClassScope.PCN and not form.is_submitted():
            form.network.data = next((uuid.UUID(each) for each in item.class_area), None)
        return form

    def over(self, item: AgendaItem, conflict: EditConflict) -> None:
        """Puts what was entered over what somebody else saved meanwhile, to be sent again."""
        self.show_conflict(conflict)
        self.version.data = str(item.version)

    def offer(self, earlier: Sequence[EarlierItem], matter_id: uuid.UUID | None = None) -> "ItemForm":
        """Lists the earlier items that it may continue. The one of its own matter is chosen until somebody chooses another; where none is
        listed, since it is older or not for whoever edits, the choice is to keep the matter."""
        own = (
            next((each.item_id for each in earlier if each.matter_id == matter_id), KEEP_MATTER) if matter_id else None
        )
        keep = (Option(KEEP_MATTER, "Keep: the matter it belongs to"),) if own == KEEP_MATTER else ()
        self.continues.options = (*keep, *(Option(each.item_id, each.label) for each in earlier))
        if not self.is_submitted() and own is not None:
            self.continues.data = own
        return self

    def seen_version(self) -> int:
        """Returns the version of the item that the page showed; 0, which matches none, where it was tampered with."""
        return version_in(self.version)

    def details(self) -> ItemDetails:
        network, called = self.network_chosen
        return ItemDetails(
            title=self.title.data, pcn_id=network, pcn_name=called,
            purpose=self.purpose.data, part=self.part.data, description=self.description.data or "",
            presenter=self.presenter.data or "", function_code=self.function_code.data or "", class_scope=self.class_scope.data,
            private_reason=self.private_reason.data or "", stage=self.stage.data or None, keeps_matter=self.continues.data == KEEP_MATTER,
            continues=self.continues.data if self.continues.data != KEEP_MATTER else None,
        )  # fmt: skip


class AffectedForm(PickingForm):
    """An organisation that an item concerns."""

    version = HiddenField()
    organisation = OrganisationPicker(
        "Which organisation does it concern?", [Required("Enter the organisation")], asks_unfound=True
    )
    relation = ChoiceField(
        "How is it concerned?",
        [Required("Select how it is concerned")],
        options=options_of(RELATIONS, HINTS),
        coerce=AffectedRelation,
    )

    @classmethod
    def about(cls, item: AgendaItem) -> "AffectedForm":
        """Returns the form with the relation chosen that is usual for such an item."""
        usual = usual_relation(item.stage, item.function_code, [row.relation for row in item.affected])
        return cls(version=str(item.version), relation=usual)

    def over(self, item: AgendaItem, conflict: EditConflict) -> None:
        """Puts what was entered over what somebody else saved meanwhile, to be sent again."""
        self.show_conflict(conflict)
        self.version.data = str(item.version)

    def details(self) -> AffectedDetails:
        picked = self.organisation.data
        return AffectedDetails(self.organisation.kept_words, self.relation.data, picked.organisation_id)


class MoveForm(Form):
    """One step up or down for an item, against the agenda's version that the page showed."""

    version = HiddenField()
    item = HiddenField()
    places = HiddenField()

    def wanted(self) -> "Move | None":
        """Returns the move that was asked for; None where the hidden fields were tampered with."""
        try:
            return Move(uuid.UUID(self.item.data or ""), int(self.places.data or ""), int(self.version.data or ""))
        except ValueError:
            return None


class RemoveForm(Form):
    """Nothing but the button, and the version of the item that the page showed."""

    version = HiddenField()


def version_in(field: HiddenField) -> int:
    """Returns the version that a hidden field holds; 0, which matches none, where it was tampered with."""
    return int(field.data) if (field.data or "").isdecimal() and len(field.data) < 10 else 0
