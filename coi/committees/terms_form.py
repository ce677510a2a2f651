"""The form for a version of the terms of reference. The quorum is chosen in words; the expression behind it is for experts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wtforms import BooleanField, Field, HiddenField

from coi.committees.details import CLASS_NAMES, MODEL_NAMES, SeatGroup, TermsDetails
from coi.committees.models import TermsOfReference
from coi.committees.presets import PRESETS, ParameterKind, PresetParameter
from coi.committees.vocabulary import CommissioningModel, MemberClass
from coi.errors import RuleBroken
from coi.guidance.functions import FUNCTIONS
from coi.web.fields import ChoiceField, DatePartsField, Option, SeveralField, YesNoField, options_of
from coi.web.forms import Form, LongTextField, Required, TextField, WholeNumberField

EXPRESSION = "expression"
NO_TERMS = "none"
MOST_SEATS = 50
_EXAMPLE = (
    'As JSON. For example, half of those in post, among them the chair and one independent member: {"all": [{"at_least_fraction": "1/2", '
    '"of": {}, "base": "in_post"}, {"office": ["chair", "vice_chair"]}, {"at_least": 1, "of": {"attr": ["independent"]}}]}'
)


@dataclass(frozen=True)
class SeatLine:
    """One line of the composition: a class with its two numbers."""

    name: str
    voting: Field
    non_voting: Field


class TermsForm(Form):
    """A version of the terms of reference."""

    valid_from = DatePartsField("Date these terms start", [Required("Enter the date these terms start")])
    primary_care = YesNoField(
        "Does it commission primary care?", [Required("Select yes if it commissions primary care")],
        hints={True: "Then it is checked for a lay chair and vice chair, a majority of lay members and executives, and standing invitees."},
    )  # fmt: skip
    model = ChoiceField(
        "Commissioning model", [Required("Select the commissioning model")], options=options_of(MODEL_NAMES),
        coerce=CommissioningModel,
    )  # fmt: skip
    preset = ChoiceField(
        "When is the committee quorate?", [Required("Select a quorum rule")],
        options=(*(Option(each.code, each.words) for each in PRESETS.values()), Option(EXPRESSION, "Another rule (for experts)")),
    )  # fmt: skip
    expression = LongTextField("Rule", rows=8, limit=10_000, description=_EXAMPLE)
    settings = LongTextField("Settings", rows=4, limit=2000, description="As JSON. Leave this empty for the usual ones")
    functions = SeveralField(
        "Functions in scope", [Required("Select at least one function")],
        options=tuple(Option(each.code, each.title) for each in FUNCTIONS.values() if not each.reserved),
    )  # fmt: skip
    casting_vote = BooleanField("The chair has a casting vote")
    deputies_allowed = BooleanField("Members can send deputies, who count towards the quorum")
    temporary_allowed = BooleanField("Temporary members can be invited to one meeting, to keep the quorum")
    urgent_power = LongTextField(
        "Who can take an urgent decision between meetings? (optional)", rows=2, limit=1000,
        description="The clause that gives the power. The form for an urgent decision begins with it.",
    )  # fmt: skip
    composition = HiddenField()  # where errors on the composition as a whole belong
    seen_terms = HiddenField(default=NO_TERMS)

    @classmethod
    def start(cls, terms: TermsOfReference | None) -> "TermsForm":
        """Returns the form, starting from the present terms, or from the usual ones for a new committee."""
        if terms is None:
            return cls(
                casting_vote=True, model=CommissioningModel.DELEGATED, preset=next(iter(PRESETS)),
                functions=[each.code for each in FUNCTIONS.values() if not each.reserved],
            )  # fmt: skip
        seats = {
            seat_name(MemberClass(group["class"]), voting=group["voting"]): group["seats"]
            for group in terms.composition
        }
        expert = not terms.quorum_preset
        figures = {
            figure_name(terms.quorum_preset, name): "\n".join(value) if isinstance(value, list) else value
            for name, value in terms.quorum_figures.items()
        }
        return cls(
            primary_care=terms.primary_care, model=terms.model, preset=EXPRESSION if expert else terms.quorum_preset,
            expression=json.dumps(terms.quorum, indent=2) if expert else "",
            settings=json.dumps(terms.quorum_settings, indent=2) if expert else "",
            functions=terms.functions, casting_vote=terms.casting_vote, deputies_allowed=terms.deputies_allowed,
            temporary_allowed=terms.temporary_allowed, urgent_power=terms.urgent_power, seen_terms=str(terms.id), **seats, **figures,
        )  # fmt: skip

    @property
    def seat_lines(self) -> list[SeatLine]:
        """The composition, a class a line."""
        return [
            SeatLine(name, self[seat_name(kind, voting=True)], self[seat_name(kind, voting=False)])
            for kind, name in CLASS_NAMES.items()
        ]

    @property
    def figures_by_preset(self) -> Mapping[str, list[Field]]:
        """The fields that each quorum rule asks for."""
        return {
            code: [self[figure_name(code, each.name)] for each in preset.parameters] for code, preset in PRESETS.items()
        }

    @property
    def has_composition_error(self) -> bool:
        return bool(self.composition.errors)

    def details(self) -> TermsDetails:
        """Returns the terms as entered."""
        expert = self.preset.data == EXPRESSION
        preset = PRESETS.get("" if expert else self.preset.data)
        figures = (
            {each.name: self[figure_name(preset.code, each.name)].data for each in preset.parameters} if preset else {}
        )
        return TermsDetails(
            valid_from=self.valid_from.data,
            model=self.model.data,
            composition=self._composition(),
            functions=tuple(self.functions.data),
            preset="" if expert else self.preset.data,
            figures={name: value for name, value in figures.items() if value is not None},
            expression=self.expression.data or "{}" if expert else "",
            settings=self.settings.data if expert else "",
            casting_vote=bool(self.casting_vote.data),
            deputies_allowed=bool(self.deputies_allowed.data),
            temporary_allowed=bool(self.temporary_allowed.data),
            urgent_power=self.urgent_power.data or "",
            primary_care=self.primary_care.data,
        )

    def _composition(self) -> tuple[SeatGroup, ...]:
        groups = [
            SeatGroup(kind, self[seat_name(kind, voting=voting)].data or 0, voting)
            for kind in CLASS_NAMES
            for voting in (True, False)
        ]
        return tuple(group for group in groups if group.seats)

    def show(self, broken: RuleBroken) -> None:
        """Puts a refusal beside its field: a figure of the chosen quorum rule has its own name here."""
        figure = figure_name(str(self.preset.data), broken.field or "")
        field = figure if figure in self._fields else broken.field
        super().show(RuleBroken(broken.reason, field=field, rule=broken.rule, options=broken.options))


def seat_name(kind: MemberClass, *, voting: bool) -> str:
    """Returns the name of the field for the seats of a class."""
    return f"{kind.value}_{'voting' if voting else 'non_voting'}"


def figure_name(preset: str, parameter: str) -> str:
    """Returns the name of the field for a figure of a quorum rule."""
    return f"{preset}__{parameter}"


def _figure(parameter: PresetParameter) -> Any:
    default = parameter.default
    if parameter.kind is ParameterKind.NUMBER:
        return WholeNumberField(parameter.label, default=default, least=parameter.least, most=MOST_SEATS)
    if parameter.kind is ParameterKind.WORDS:
        lines = "\n".join(default) if isinstance(default, tuple) else str(default)
        return LongTextField(
            parameter.label, default=lines, rows=5 if parameter.hint else 3, limit=1000, description=parameter.hint or "One on each line",
        )  # fmt: skip
    return TextField(
        parameter.label, default=default, limit=10, width="5", description="A fraction, for example 1/2 or 2/3"
    )


for _kind, _name in CLASS_NAMES.items():
    for _voting, _words in ((True, "with a vote"), (False, "without a vote")):
        setattr(
            TermsForm,
            seat_name(_kind, voting=_voting),
            WholeNumberField(f"{_name}, {_words}", most=MOST_SEATS, width="2"),
        )
for _preset in PRESETS.values():
    for _parameter in _preset.parameters:
        setattr(TermsForm, figure_name(_preset.code, _parameter.name), _figure(_parameter))
