"""What each row of a register of procurement decisions states, with what was assumed and what has to be corrected. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from coi.registers.importing.cell_rows import MONTH, Line, days_in, is_total
from coi.registers.importing.faults import of_formulas, too_long
from coi.registers.importing.procurement import telling
from coi.registers.importing.procurement.headings import asks_whether_existing
from coi.registers.importing.procurement.outcomes import outcome_in
from coi.registers.importing.procurement.vocabulary import DECISION_MEANING_WORDS, StatedDecision
from coi.screening.cells import dates_of, is_ticked
from coi.screening.interest_text import is_nil, read_date
from coi.wording import day, shortened

MOST_OF_TITLE = 300
BY_HAND = "You corrected this row"
_TEXTS = {
    "description": "description", "lead": "clinical_lead", "manager": "contract_manager", "process": "process", "committee": "committee",
    "involved": "involved", "mitigations": "mitigations", "justification": "justification", "reasons": "route_reasons", "cpv": "cpv",
    "notice": "notice_reference", "representations": "representations", "comments": "comments",
}  # fmt: skip
"""Columns whose words are taken as they are, and the field of the register."""
_NONE = re.compile(
    r"\W*(?:nil|none|no)(?: new)?(?: (?:procurements?|contracts?|decisions?|awards?|entries|returns?))+(?: (?:was|were|has|have|to"
    r"|made|taken|awarded|agreed|in|for|during|this|since|at|by|within|recorded|entered|declared|report(?:ed)?)\b.*)?\W*",
    re.IGNORECASE | re.DOTALL,
)
_HEADING = re.compile(
    rf".*:\s*|(?:[\W\d_]|\b(?:q[1-4]|quarter|year|financial|fy|to|and|of|the|section|part|lot|appendix|{MONTH})\b)*",
    re.IGNORECASE,
)
"""What stands alone in a row that divides a table: a year, a month, a quarter, a section, words with a colon."""
_VALUES = frozenset({"title", "value_total", "value_body"})
_DOUBTED = "It may be a heading or a total. Correct the row if it is a decision, or leave it out"
_NO = re.compile(r"^\W*no?\W*$", re.IGNORECASE)
_MANAGED = re.compile(r"manag|mitigat|action", re.IGNORECASE)
_WITH_CONFLICTS = "Said with the conflicts noted"
_DIVIDES = "It looks like a heading or a note between the rows"
_NONE_TAKEN = "It says that there was no decision"
_NO_DAY = "“{}” does not give the day of the decision. It counts as its last day, or that of the register where that is earlier"
_NOT_A_DAY = "“{}” is not a date. Enter dates such as 31/01/2024 or 01/2024"


def stated_in(
    lines: Sequence[Line], headings: Mapping[str, str], *, today: date, by_hand: frozenset[str] = frozenset()
) -> Iterator[StatedDecision]:
    """Yields what each row states. `headings` are those of the table, by meaning; `by_hand` the rows that somebody corrected. A row without
    a title names a further supplier of the decision above it, and nothing else."""
    before: StatedDecision | None = None
    waiting: list[StatedDecision] = []  # the rows that belong to `before`, after it
    for line in lines:
        stated = _stated(line, headings, today, is_corrected=str(line.row) in by_hand)
        if (
            before is not None
            and stated.title == ""
            and stated.supplier
            and not before.problems
            and not stated.is_heading
        ):
            before = _with_supplier(before, line)
            told = f"It gives no title, and adds a supplier to row {before.line}"
            waiting.append(replace(stated, adds_to=before.line, problems=(), notes=(told,)))
            continue
        yield from _released(before, waiting)
        before, waiting = (None, []) if stated.is_heading else (stated, [])
        if stated.is_heading:
            yield stated
    yield from _released(before, waiting)


def _released(before: StatedDecision | None, waiting: list[StatedDecision]) -> Iterator[StatedDecision]:
    if before is not None:
        yield before
        yield from waiting


def _with_supplier(before: StatedDecision, line: Line) -> StatedDecision:
    """A decision with one more supplier, written as they are entered: name, address, what they get."""
    cells = line.cells
    value = telling.sum_in(cells.get("value_total", ""))
    parts = (cells.get("supplier", ""), cells.get("address", ""), f"£{value:,.2f}" if value is not None else "")
    told = ", ".join(" ".join(part.split()) for part in parts if not telling.is_blank(part))
    if before.supplier is None:
        first, others = telling.suppliers_in(cells.get("supplier", ""), cells.get("address", ""), cells.get("code", ""))
        return replace(before, said={**before.said, "supplier": first, "other_suppliers": others})
    return replace(before, said={**before.said, "other_suppliers": (*before.said.get("other_suppliers", ()), told)})


def _stated(line: Line, headings: Mapping[str, str], today: date, *, is_corrected: bool) -> StatedDecision:
    cells = line.cells
    title, more = _title_in(cells)
    plain = StatedDecision(line.row, line.line, title, cells.get("reference", "")[:200], cells=cells)
    if not is_corrected and (reason := _divides(cells, headings)):
        return replace(
            plain, title=title or next(cell for cell in cells.values() if cell)[:200], is_heading=True, notes=(reason,)
        )
    if reason := too_long(cells.values()):
        return replace(plain, cells={name: text[:200] for name, text in cells.items()}, problems=(reason,))
    reading = _Reading(cells, headings, today)
    said = {"title": title, **more, **reading.said()}
    problems = [*of_formulas(cells.values()), *reading.problems]
    if not title:
        problems.insert(0, "The row gives no title of a contract or service")
    if not is_corrected and _is_doubtful(cells):
        problems.append(_DOUBTED)
    above = "; ".join(
        DECISION_MEANING_WORDS[each] for each in line.from_above
    )  # not what it says, which may be a name that is not kept
    notes = [
        *reading.notes,
        *([f"It says “as above”, which is read as what stands there. Columns: {above}"] if above else ()),
    ]
    return replace(
        plain, said={name: value for name, value in said.items() if value not in ("", None, ())},
        notes=(BY_HAND, *notes) if is_corrected else tuple(notes), problems=tuple(problems),
        code=cells.get("code", "").upper(), earliest=reading.earliest,
        latest=reading.latest,
    )  # fmt: skip


def _title_in(cells: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The title, and the description where the title alone was too long for one."""
    told = " ".join(cells.get("title", "").split())
    if len(told) <= MOST_OF_TITLE:
        return told, {}
    given = cells.get("description", "")
    return shortened(told, MOST_OF_TITLE), {
        "description": given if given and not is_nil(given) else cells["title"].strip()
    }


def _divides(cells: Mapping[str, str], headings: Mapping[str, str]) -> str:
    """Why a row is no decision: the headings again, one text across the table or in it alone, a total, or that there was none."""
    filled = {meaning: cell.casefold() for meaning, cell in cells.items() if cell.strip()}
    if not filled:
        return _DIVIDES
    texts = set(filled.values())
    told = {filled["title"]} if "title" in filled else texts  # "No contract awarded" for a supplier is of a decision
    if len(texts) < 3 and any(map(_NONE.fullmatch, told)):
        return _NONE_TAKEN
    repeats = len(filled) > 1 and all(
        cell in headings.get(meaning, "").casefold().split(" – ") for meaning, cell in filled.items()
    )
    is_alone = len(texts) == 1 and "supplier" not in filled and (len(filled) > 1 or not _may_be_decision(filled))
    total = is_total(filled.get("title", "")) and not filled.keys() & {"supplier", "conflicts"}
    return _DIVIDES if repeats or is_alone or total else ""


def _may_be_decision(filled: Mapping[str, str]) -> bool:
    """Whether a row of which only the title is filled in may be a decision: it is no year, and ends with no colon."""
    return "title" in filled and not _HEADING.fullmatch(filled["title"])


def _is_doubtful(cells: Mapping[str, str]) -> bool:
    """Whether a row says so little that only a person knows what it is: a title alone, or beginning like a total, with nothing but a
    value."""
    filled = {meaning for meaning, cell in cells.items() if cell.strip()}
    return filled == {"title"} or (filled <= _VALUES and cells.get("title", "").strip().casefold().startswith("total"))


class _Reading:
    """The fields of one row, with what was taken for what (`notes`) and what is wrong (`problems`)."""

    def __init__(self, cells: Mapping[str, str], headings: Mapping[str, str], today: date) -> None:
        self._cells, self._headings, self._today = cells, headings, today
        self._beside: list[str] = []  # what no field holds, for the comments
        self.notes: list[str] = []
        self.problems: list[str] = []
        self.earliest: date | None = None
        self.latest: date | None = None

    def said(self) -> dict[str, Any]:
        """Returns what the row says, by the field of the register."""
        first, others = telling.suppliers_in(self._get("supplier"), self._get("address"), self._get("code").upper())
        said: dict[str, Any] = {
            field: "" if telling.is_blank(self._get(meaning)) else self._get(meaning).strip() for meaning, field in _TEXTS.items()
        }  # fmt: skip
        said |= {
            "conflicts": telling.conflicts_in(self._get("conflicts")),
            "supplier": first,
            "other_suppliers": others,
        }
        for line in telling.of_nobody(self._get("supplier")):
            self.notes.append(f"“{shortened(line)}” names no supplier. Its words stand in the comments")
            self._beside.append(f"{DECISION_MEANING_WORDS['supplier']}: {line}")
        if self._says_both(said["conflicts"]):
            said["mitigations"] = _WITH_CONFLICTS
        said |= {**self._outcome(has_supplier=first is not None), **self._type_and_route(said["process"])}
        said |= {**self._decided(said), **self._term(), **self._values()}
        said["comments"] = "\n".join(part for part in (said["comments"], *self._beside) if part)
        return said

    def _get(self, meaning: str) -> str:
        return self._cells.get(meaning, "")

    def _says_both(self, conflicts: str) -> bool:
        """Whether one column says the conflicts and how they were managed, as the guidance words it."""
        told = self._headings.get("conflicts", "")
        return bool(conflicts) and "mitigations" not in self._cells and bool(_MANAGED.search(told))

    def _outcome(self, *, has_supplier: bool) -> dict[str, Any]:
        cell = self._get("existing")
        if asks_whether_existing(self._headings.get("existing", "")) and (is_ticked(cell) or _NO.match(cell)):
            known = "the existing one" if is_ticked(cell) else "a new one"
            return {"outcome_details": f"The provider is {known}"}
        outcome, details = outcome_in(cell, has_supplier=has_supplier)
        if details and outcome is None:
            self.notes.append(f"“{shortened(cell)}” does not say for certain what was decided. Its words are kept")
        return {"outcome": outcome, "outcome_details": details[:500]}

    def _type_and_route(self, process: str) -> dict[str, Any]:
        arrangement, details = telling.arrangement_in(self._get("type"))
        route = telling.route_in(self._get("route"))
        if arrangement is None and route is None and (route := telling.route_in(details)):
            details = ""
        if details and arrangement is None:
            self.notes.append(
                f"“{shortened(details)}” does not say for certain whose procurement it is. Its words are kept"
            )
        told = "" if route or telling.is_blank(self._get("route")) else self._get("route").strip()
        if told:
            self.notes.append(
                f"“{shortened(told)}” is none of the routes. Its words stand in the decision-making process"
            )
            process = ". ".join(part for part in (process.rstrip("."), f"Procurement route: {told}") if part)
        return {"arrangement": arrangement, "arrangement_details": details[:300], "route": route, "process": process}

    def _decided(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """The day of the decision: of its column, or the only one that the words about it name. A month or year counts as its last day."""
        cell = self._get("decided")
        if not telling.is_blank(cell):
            last = self._day("decided", at_end=True)
            if last and last != (first := read_date(cell)):
                self.earliest, self.latest = first, last
                self.notes.append(_NO_DAY.format(cell))
                return {"decided_on": last, "decided_on_or_before": True}
            return {"decided_on": last}
        days = days_in(f"{said['committee']} {said['process']}")
        on = days.pop() if len(days) == 1 else None
        if on and on <= self._today:
            self.notes.append(f"The day of the decision, {day(on)}, is read from the words about how it was taken")
            return {"decided_on": on}
        return {}

    def _term(self) -> dict[str, Any]:
        cells = {"from": self._get("starts"), "to": self._get("ends"), "date": self._get("period")}
        told = dict(zip(("starts", "ends"), dates_of(cells), strict=True))
        if (
            not (cells["from"] or cells["to"])
            and cells["date"]
            and (read_date(told["starts"]) is None or not told["ends"])
        ):
            if not telling.is_blank(cells["date"]):
                self._beside.append(f"{DECISION_MEANING_WORDS['period'].split(',')[0]}: {cells['date'].strip()}")
            return {}
        found = {f"{name}_on": self._day(name, text, at_end=name == "ends") for name, text in told.items()}
        for name, text in told.items():
            on = found[f"{name}_on"]
            if on and read_date(text) != read_date(text, at_end=True):
                self.notes.append(f"“{text}” does not give the day. It is entered as {day(on)}")
        return found

    def _day(self, meaning: str, text: str | None = None, *, at_end: bool = False) -> date | None:
        text = self._get(meaning) if text is None else text
        if telling.is_blank(text):
            return None
        found = read_date(text, at_end=at_end)
        if found is None:
            self.problems.append(_NOT_A_DAY.format(text[:60]))
        return found

    def _values(self) -> dict[str, Any]:
        found = {}
        for meaning in ("value_total", "value_body"):
            cell = self._get(meaning)
            found[meaning] = telling.sum_in(cell)
            if found[meaning] is None and not telling.is_blank(cell):
                self.notes.append(f"“{shortened(cell)}” is not one sum. It stands in the comments")
                self._beside.append(f"{DECISION_MEANING_WORDS[meaning]}: {' '.join(cell.split())}")
        return found
