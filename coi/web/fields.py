"""Fields to choose an answer: radio buttons, lists, checkboxes, yes or no. Dates and times stand in time_fields.py."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from wtforms import Field
from wtforms.fields.choices import Choice
from wtforms.validators import ValidationError

from coi.web.time_fields import DatePartsField as DatePartsField
from coi.web.time_fields import TimeField as TimeField
from coi.web.time_fields import read_time as read_time


@dataclass(frozen=True)
class Option:
    """One answer to choose. `hint` explains it; `group` puts it under a heading in a long list."""

    value: Any
    label: str
    hint: str = ""
    group: str = ""


def options_of(labels: Mapping[StrEnum, str], hints: Mapping[StrEnum, str] | None = None) -> tuple[Option, ...]:
    """Returns the options for the members of a StrEnum, in the order of `labels`."""
    return tuple(Option(member, label, (hints or {}).get(member, "")) for member, label in labels.items())


Options = Iterable[Option]


class ChoiceField(Field):
    """One of several answers, shown as radio buttons; `PickField` shows a list to pick from. `data` is what `coerce`
    makes of the answer (a StrEnum's class, uuid.UUID, str), None where nothing was chosen. `options` may be set in
    the view."""

    shape = "radios"

    def __init__(
        self,
        label: str | None = None,
        validators: Sequence[Any] = (),
        *,
        options: Options | Callable[[], Options] = (),
        coerce: Callable[[Any], Any] = str,
        message: str = "Select one of the options",
        inline: bool = False,
        **others: Any,
    ) -> None:
        self.subject: str | None = others.pop("subject", None)
        self.options: tuple[Option, ...] = tuple(options() if callable(options) else options)
        self.coerce = coerce
        self.message = message
        self.inline = inline
        super().__init__(label, list(validators), **others)

    def process_formdata(self, valuelist: list[str]) -> None:
        sent = valuelist[0] if valuelist else ""
        self.data = None if sent == "" else self._coerced(sent)

    def pre_validate(self, _form: Any) -> None:
        if (
            self.data is not None
            and not self.process_errors
            and str(self.data) not in {str(each.value) for each in self.options}
        ):
            raise ValidationError(self.message)

    def iter_choices(self) -> Iterator[Choice]:
        """Yields the options as the macros show them, the chosen one marked."""
        for each in self.options:
            yield Choice(
                str(each.value), each.label, self._is_chosen(each.value), {"hint": each.hint, "group": each.group}
            )

    def _coerced(self, sent: str) -> Any:
        try:
            return self.coerce(sent)
        except ValueError:
            raise ValueError(self.message) from None

    def _is_chosen(self, value: Any) -> bool:
        return self.data is not None and str(value) == str(self.data)


class PickField(ChoiceField):
    """One of many answers, picked from a list. `blank` is the words of the empty first line."""

    shape = "select"

    def __init__(
        self, label: str | None = None, validators: Sequence[Any] = (), *, blank: str = "", **others: Any
    ) -> None:
        self.blank = blank
        super().__init__(label, validators, **others)


class SeveralField(ChoiceField):
    """Any number of answers, shown as checkboxes. `data` is a list in the order of the options."""

    shape = "checkboxes"

    def process_data(self, value: Any) -> None:
        self.data = list(value or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = [self._coerced(sent) for sent in dict.fromkeys(valuelist) if sent]

    def pre_validate(self, _form: Any) -> None:
        if not {str(each) for each in self.data or ()} <= {str(each.value) for each in self.options}:
            raise ValidationError(self.message)

    def _is_chosen(self, value: Any) -> bool:
        return str(value) in {str(each) for each in self.data or ()}


def _yes_or_no(sent: Any) -> bool:
    if isinstance(sent, bool):
        return sent
    if sent not in ("yes", "no"):
        raise ValueError
    return bool(sent == "yes")


class YesNoField(ChoiceField):
    """Yes or no. `data` is True, False or None."""

    def __init__(
        self,
        label: str | None = None,
        validators: Sequence[Any] = (),
        *,
        hints: Mapping[bool, str] | None = None,
        **others: Any,
    ) -> None:
        said = hints or {}
        options = (Option("yes", "Yes", said.get(True, "")), Option("no", "No", said.get(False, "")))
        super().__init__(
            label, validators, options=options, coerce=_yes_or_no, **{"message": "Select yes or no", **others}
        )

    @property
    def is_answered(self) -> bool:
        return self.data is not None

    def pre_validate(self, _form: Any) -> None:
        """Nothing but yes and no gets through the coercion."""

    def _is_chosen(self, value: Any) -> bool:
        return self.data is not None and value == ("yes" if self.data else "no")
