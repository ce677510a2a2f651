"""Forms of an import: the file, what its columns hold, the answers to single rows."""

from collections.abc import Container, Mapping, Sequence
from datetime import date
from typing import Any

from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField

from coi.registers.importing.correcting import NEW_INTEREST, Correction
from coi.registers.importing.words import WORDS
from coi.registers.interests.vocabulary import ROLE_WORDS, TYPE_WORDS, VIA_WORDS, InterestRole, InterestType, Via
from coi.registers.vocabulary import RegisterKind
from coi.web.fields import ChoiceField, DatePartsField, Option, PickField, options_of
from coi.web.forms import Form, Optional, Required, TextField, cleaned

LONGEST_WHY = 200


class UploadForm(Form):
    """A register as a spreadsheet, and the day on which it was right."""

    file = FileField(
        "The register",
        [Required("Select a file")],
        description="An Excel workbook (.xlsx) or a CSV file, smaller than 30 MB",
    )
    as_at = DatePartsField(
        "On which day was it right?", [Optional()], subject="The day",
        description="Leave this out only where the title of the register gives the day. You are asked where it does not",
    )  # fmt: skip

    def details(self) -> tuple[str, bytes, date | None]:
        return self.file.data.filename or "", self.file.data.read(), self.as_at.data


class SeenForm(Form):
    """A button that stands on what was shown: `version` says which preview that was."""

    version = HiddenField()

    def seen_version(self) -> int:
        return int(self.version.data) if (self.version.data or "").isdigit() else 0


class RowForm(SeenForm):
    """A row as somebody says it instead of the file."""

    name = TextField(
        "Name", [Required("Enter the name of the person")], description="With the title, such as Dr Ama Boateng"
    )
    position = TextField("Position", [Optional()])
    is_nil = ChoiceField(
        "What does the row say?", [Required("Select what the row says")],
        options=(Option("no", "An interest"), Option("yes", "That there is nothing to declare")),
    )  # fmt: skip
    organisation = TextField("Organisation", [Optional()], description="As the file names it")
    nature = TextField("What the interest is", [Optional()], description="For example: GP partner")
    type = PickField("Type of interest", options=options_of(TYPE_WORDS), coerce=InterestType)
    via = PickField("Whose interest is it?", [Optional()], options=options_of(VIA_WORDS), coerce=Via, blank="Their own")
    role = PickField(
        "Role in the organisation", [Optional()], options=options_of(ROLE_WORDS), coerce=InterestRole,
        blank="Read it from the words",
    )  # fmt: skip
    arose_on = TextField(
        "From", [Optional()], description="For example 11/2015 or 31 March 2024. Leave empty if nobody knows"
    )
    ended_on = TextField("To", [Optional()], description="Leave empty while the interest stands")
    mitigation = TextField(
        "Action taken to mitigate risk", [Optional()], description="As the file says it. Leave empty if it names none"
    )
    same_as = PickField("Is it one of those on the register?", [Optional()], blank="Let the import find out")

    def offer(self, alike: Sequence[Sequence[str]]) -> None:
        """Takes the interests on the register that it may be."""
        known = tuple(Option(value, words) for value, words in alike)
        self.same_as.options = (*known, Option(NEW_INTEREST, "A new interest"))

    def details(self) -> Correction:
        return Correction(
            self.name.data or "", self.position.data or "", self.is_nil.data == "yes", self.organisation.data or "",
            self.nature.data or "", self.type.data or InterestType.FINANCIAL, self.via.data, self.arose_on.data or "",
            self.ended_on.data or "", self.same_as.data or "", self.mitigation.data or "", self.role.data,
        )  # fmt: skip


def as_shown(shown: Mapping[str, Any]) -> dict[str, Any]:
    """Returns what a row says now, as the fields of `RowForm`."""
    return {
        "name": shown["name"], "position": shown["position"], "is_nil": "yes" if shown.get("is_nil") else "no",
        "organisation": "" if shown.get("is_nil") else shown["organisation"], "nature": shown["nature"] or "",
        "type": InterestType(shown["type"] or InterestType.FINANCIAL), "via": Via(shown["via"]) if shown.get("via") else None,
        "arose_on": shown["from"] or "", "ended_on": shown["to"] or "", "same_as": shown.get("same_as", ""),
        "mitigation": shown.get("mitigation", ""),
        "role": InterestRole(shown["role_said"]) if shown.get("role_said") else None,
    }  # fmt: skip


class ColumnsForm(SeenForm):
    """What each column holds, as `column-<number>` fields, and the day on which the register was right."""

    as_at = DatePartsField("On which day was the register right?", [Required("Enter the day")], subject="The day")


def columns_in(sent: MultiDict[str, str], numbers: Sequence[int], meanings: Container[str]) -> dict[str, int]:
    """Returns the column of each meaning that was chosen; the first, where two columns were said to hold the same."""
    chosen: dict[str, int] = {}
    for number in numbers:
        meaning = sent.get(f"column-{number}", "")
        if meaning in meanings:
            chosen.setdefault(meaning, number)
    return chosen


def sheet_in(sent: MultiDict[str, str], sheets: Sequence[str]) -> str:
    """Returns the sheet that was chosen, of those that can be; empty for none."""
    return sent.get("sheet", "") if sent.get("sheet", "") in sheets else ""


def register_in(sent: MultiDict[str, str]) -> RegisterKind | None:
    """Returns which register somebody said that a file is, of those that can be imported."""
    return next((each for each in WORDS if each.value == sent.get("register")), None)


def why_in(sent: MultiDict[str, str]) -> str:
    """Returns why rows are left out, as somebody typed it."""
    return (cleaned(sent.get("why")) or "")[:LONGEST_WHY]


def positions_in(sent: MultiDict[str, str]) -> set[int]:
    """Returns the rows that stood on the page with the answers."""
    return {int(each) for each in sent.getlist("shown") if each.isascii() and each.isdigit() and len(each) < 7}


def twins_in(sent: MultiDict[str, str], rows: Mapping[int, Mapping[str, Any]]) -> dict[str, str]:
    """Returns, by the key of the row, which interest somebody said that a row is: the one that it looks like, or a new one."""
    said = {shown["key"]: (sent.get(f"same-{position}", ""), shown.get("twin")) for position, shown in rows.items()}
    return {key: value for key, (value, twin) in said.items() if twin and value in (twin[0], NEW_INTEREST)}


def reveals_in(sent: MultiDict[str, str], rows: Mapping[int, Mapping[str, Any]]) -> dict[str, bool]:
    """Returns, by the key of the row, whether somebody said that a row reveals health or belief, where that differs from what was shown."""
    said = {shown["key"]: (f"reveals-{position}" in sent, shown) for position, shown in rows.items()}
    return {
        key: is_ticked
        for key, (is_ticked, shown) in said.items()
        if shown.get("can_reveal") and is_ticked != shown["reveals"]
    }


def answers_in(
    sent: MultiDict[str, str], rows: Mapping[int, Mapping[str, Any]], left_out: Sequence[int]
) -> tuple[dict[str, str], set[int]]:
    """Returns who the names of these rows mean, as far as somebody chose another of those offered than was shown, and every row that stays
    out: one who stands in several rows is changed in any of them."""
    people: dict[str, str] = {}
    out = set(left_out)
    for position, shown in rows.items():
        who = sent.get(f"who-{position}", "")
        if who != shown.get("who", "") and who in {value for value, _ in shown["choices"]}:
            people[shown["holder"]] = who
        if f"out-{position}" in sent:
            out.add(shown["row"])
        else:
            out.discard(shown["row"])
    return people, out
