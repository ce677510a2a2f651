"""Wording of what can be tried out: a draft item, somebody who would come. The address holds the answers; nothing is sent or stored."""

import uuid
from collections.abc import Iterable, Sequence

from wtforms.validators import ValidationError

from coi.committees.details import CLASS_NAMES
from coi.committees.vocabulary import MemberClass
from coi.guidance.functions import FUNCTIONS
from coi.meetings.conflicts.voices.vocabulary import Proposal, TrialDetails
from coi.meetings.forms import RELATIONS, SCOPES, STAGES
from coi.meetings.vocabulary import AffectedDetails, AffectedRelation, ClassScope, Stage
from coi.organisations.picker import OrganisationPicker, PickingForm
from coi.web.fields import ChoiceField, Option, PickField, options_of
from coi.web.forms import TextField

PROPOSALS = {
    Proposal.MEMBER: "A voting member",
    Proposal.DEPUTY: "Deputy for a member",
    Proposal.INVITEE: "A guest, without a vote",
}


class TrialForm(PickingForm):
    """What if: a draft item, a person, or both."""

    class Meta(PickingForm.Meta):
        csrf = False  # it changes nothing

    title = TextField("Title of the draft item (optional)", limit=300)
    first = OrganisationPicker("Which organisation does it concern? (optional)")
    first_relation = PickField(
        "How is it concerned?", coerce=AffectedRelation, blank="Select how", options=options_of(RELATIONS)
    )
    second = OrganisationPicker("Another organisation (optional)")
    second_relation = PickField(
        "How is the other one concerned?", coerce=AffectedRelation, blank="Select how", options=options_of(RELATIONS)
    )
    class_scope = ChoiceField(
        "Does it concern a whole class at once?", options=options_of(SCOPES), coerce=ClassScope, default=ClassScope.NONE
    )
    function_code = PickField(
        "Function (optional)", blank="Not one of these",
        options=tuple(Option(code, each.title) for code, each in FUNCTIONS.items()),
    )  # fmt: skip
    stage = PickField("How far is the matter? (optional)", blank="Not said", coerce=Stage, options=options_of(STAGES))
    committee = PickField("For which committee?", coerce=uuid.UUID)
    person = PickField("Who would come? (optional)", coerce=uuid.UUID, blank="Nobody else")
    proposal = ChoiceField("As what?", options=options_of(PROPOSALS), coerce=Proposal, default=Proposal.INVITEE)
    member_class = PickField(
        "In which class? (members only)", coerce=MemberClass, blank="Select a class",
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
        self.first.area = self.second.area = area

    def validate_first_relation(self, field: PickField) -> None:
        _check_relation(self.first, field)

    def validate_second_relation(self, field: PickField) -> None:
        _check_relation(self.second, field)

    def validate_member_class(self, field: PickField) -> None:
        if self.person.data and self.proposal.data is Proposal.MEMBER and field.data is None:
            raise ValidationError("Select the class in which they would sit")

    def validate_deputy_for(self, field: PickField) -> None:
        if self.person.data and self.proposal.data is Proposal.DEPUTY and field.data is None:
            raise ValidationError("Select the member that they would deputise for")

    def validate_title(self, _field: TextField) -> None:
        if not self.details().has_item and self.person.data is None:
            raise ValidationError("Enter a draft item, or select who would come")

    def details(self) -> TrialDetails:
        named = ((self.first, self.first_relation), (self.second, self.second_relation))
        organisations = tuple(
            AffectedDetails(picker.kept_words, relation.data or AffectedRelation.SUBJECT, picker.data.organisation_id)
            for picker, relation in named
            if picker.data is not None
        )
        return TrialDetails(
            self.title.data or "", organisations, self.class_scope.data or ClassScope.NONE, self.function_code.data or "", self.stage.data,
            self.committee.data, self.person.data, self.proposal.data or Proposal.INVITEE, self.member_class.data, self.deputy_for.data,
        )  # fmt: skip


def _check_relation(picker: OrganisationPicker, relation: PickField) -> None:
    if picker.data is not None and relation.data is None:
        raise ValidationError("Select how it is concerned")
