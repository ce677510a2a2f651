"""Wording of what can be tried out: a draft item, somebody who would come. The address holds the answers; nothing is sent or stored."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import SubmitField
from wtforms.validators import ValidationError

from coi.committees.details import CLASS_NAMES
from coi.committees.vocabulary import MemberClass
from coi.guidance.functions import FUNCTIONS
from coi.meetings.conflicts.voices.trial_vocabulary import Proposal, TrialDetails
from coi.meetings.forms import SCOPES, STAGES, NetworkForm
from coi.meetings.relations import RELATIONS
from coi.meetings.vocabulary import AffectedDetails, AffectedRelation, ClassScope, Stage
from coi.organisations.picker import OrganisationPicker, PickingForm
from coi.web.fields import ChoiceField, Option, PickField, options_of
from coi.web.forms import TextField

PROPOSALS = {
    Proposal.MEMBER: "A voting member",
    Proposal.DEPUTY: "Deputy for a member",
    Proposal.TEMPORARY: "A temporary member, for this meeting",
    Proposal.INVITEE: "A guest, without a vote",
}


PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
"""The organisations that a draft item may name."""


def _organisation(words: str) -> OrganisationPicker:
    return OrganisationPicker(words, takes_certain=True)


def _relation(words: str) -> PickField:
    return PickField(words, coerce=AffectedRelation, blank="Select how", options=options_of(RELATIONS))


def _another(place: str) -> tuple[OrganisationPicker, PickField]:
    return _organisation(f"A {place} organisation (optional)"), _relation(f"How is the {place} one concerned?")


class TrialForm(NetworkForm, PickingForm):
    """What if: a draft item, a person, or both."""

    class Meta(PickingForm.Meta):
        csrf = False  # it changes nothing

    title = TextField("Title of the draft item (optional)", limit=300)
    first, first_relation = (
        _organisation("Which organisation does it concern? (optional)"),
        _relation("How is it concerned?"),
    )
    second, second_relation = _another("second")
    third, third_relation = _another("third")
    fourth, fourth_relation = _another("fourth")
    fifth, fifth_relation = _another("fifth")
    sixth, sixth_relation = _another("sixth")
    seventh, seventh_relation = _another("seventh")
    eighth, eighth_relation = _another("eighth")
    more = SubmitField("Name another organisation")
    class_scope = ChoiceField(
        "Does it concern a whole class at once?", options=options_of(SCOPES), coerce=ClassScope, default=ClassScope.NONE
    )  # unanswered is no: somebody may be tried without an item
    function_code = PickField(
        "Function (optional)", blank="Not one of these",
        options=tuple(Option(code, each.title) for code, each in FUNCTIONS.items()),
    )  # fmt: skip
    stage = PickField("How far is the matter? (optional)", blank="Not said", coerce=Stage, options=options_of(STAGES))
    committee = PickField("For which committee?", coerce=uuid.UUID)
    person = PickField("Who would come? (optional)", coerce=uuid.UUID, blank="Nobody else")
    proposal = ChoiceField("As what?", options=options_of(PROPOSALS), coerce=Proposal, default=Proposal.INVITEE)
    member_class = PickField(
        "In which class? (members and temporary members only)", coerce=MemberClass, blank="Select a class",
        options=tuple(Option(each, name) for each, name in CLASS_NAMES.items()),
    )  # fmt: skip
    deputy_for = PickField("Deputy for whom? (deputies only)", coerce=uuid.UUID, blank="Select a member")

    def offer(
        self,
        people: Iterable[tuple[uuid.UUID, str]],
        members: Iterable[tuple[str, str]],
        committees: Sequence[tuple[uuid.UUID, str]],
        area: Sequence[str],
    ) -> None:
        self.person.options = tuple(Option(person, name) for person, name in people)
        self.deputy_for.options = tuple(Option(uuid.UUID(person), name) for person, name in members)
        self.committee.options = tuple(Option(committee, name) for committee, name in committees)
        for picker, _ in self.places:
            picker.area = area

    @property
    def places(self) -> list[tuple[OrganisationPicker, PickField]]:
        """The organisations, each with its relation."""
        return [(self[place], self[f"{place}_relation"]) for place in PLACES]

    @property
    def shown(self) -> list[tuple[OrganisationPicker, PickField]]:
        """Those that the page asks for: two, and one more than are named where somebody asks for another."""
        named = max((number for number, (picker, _) in enumerate(self.places, start=1) if picker.text), default=0)
        return self.places[: max(2, named + bool(self.more.data))]

    @property
    def has_room(self) -> bool:
        return len(self.shown) < len(PLACES)

    def validate(self, extra_validators: Any = None) -> bool:
        """Returns whether what is tried out is said well enough: each organisation with how it is concerned."""
        is_right = bool(super().validate(extra_validators))
        for picker, relation in self.places:
            if picker.data is not None and relation.data is None and not relation.errors:
                relation.errors = [*relation.errors, "Select how it is concerned"]
                is_right = False
        return is_right

    def validate_member_class(self, field: PickField) -> None:
        if self.person.data and self.proposal.data in (Proposal.MEMBER, Proposal.TEMPORARY) and field.data is None:
            raise ValidationError("Select the class in which they would sit")

    def validate_deputy_for(self, field: PickField) -> None:
        if self.person.data and self.proposal.data is Proposal.DEPUTY and field.data is None:
            raise ValidationError("Select the member that they would deputise for")

    def validate_title(self, _field: TextField) -> None:
        if not self.details().has_item and self.person.data is None:
            raise ValidationError("Enter a draft item, or select who would come")

    def details(self) -> TrialDetails:
        organisations = tuple(
            AffectedDetails(picker.kept_words, relation.data or AffectedRelation.SUBJECT, picker.data.organisation_id)
            for picker, relation in self.places
            if picker.data is not None
        )
        network, called = self.network_chosen
        return TrialDetails(
            self.title.data or "", organisations, self.class_scope.data or ClassScope.NONE, self.function_code.data or "", self.stage.data,
            self.committee.data, self.person.data, self.proposal.data or Proposal.INVITEE, self.member_class.data, self.deputy_for.data,
            network, called, read=tuple(f"“{each.text}” is read as {each.why}." for each, _ in self.places if each.why),
        )  # fmt: skip
