"""What each row of a register of gifts and hospitality states, with what was assumed and what has to be corrected. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from coi.organisations.naming import folded
from coi.registers.gifts.vocabulary import (
    KIND_WORDS,
    RESPONSE_WORDS,
    SPONSORSHIP,
    Approval,
    OfferSource,
    Response,
)
from coi.registers.importing.cell_rows import Line, is_total
from coi.registers.importing.consenting import refusal_in
from coi.registers.importing.faults import of_formulas, too_long
from coi.registers.importing.gifts import telling
from coi.registers.importing.gifts.approvals import approval_in
from coi.registers.importing.gifts.vocabulary import GIFT_MEANING_WORDS, StatedGift
from coi.registers.importing.names import names_nobody, names_two, read_name
from coi.screening.interest_text import read_date
from coi.wording import day, in_sentence, shortened

BY_HAND = "You corrected this row"
_TEXTS = {"details": "description", "business": "business", "reason": "reason", "comments": "comments"}
"""Columns whose words are taken as they are, and the field of the register."""
_APPROVED = ("approved", "approved_on")
_NONE = re.compile(
    r"^\W*(?:nil|none|no (?:gifts?|hospitality|offers?|declarations?|entries|items?)|nothing)\b(?:.{0,60})$",
    re.IGNORECASE,
)
_DIVIDES = "It looks like a heading or a note between the rows"
_NONE_TAKEN = "It says that there was no offer"
_NO_DAY = (
    "“{}” does not give the day of the offer. It counts as its last day, or that of the register where that is earlier"
)
_NOT_A_DAY = "“{}” is not a date. Enter dates such as 31/01/2024 or 01/2024"
_NAMES_A_PATIENT = "It names somebody who may be a patient. Correct the row so that nobody but the recipient is named"
_EITHER = "“{}” may be a patient or an organisation. Correct it to “Patient”, or to the organisation with its legal form, such as “Ltd”"
_NO_APPROVAL = (
    "“{}” does not say plainly that somebody else approved it. It stands in the comments until the approval is recorded on the page of the"
    " offer"
)
_NO_RESPONSE = "The row does not say whether it was accepted or declined. Correct the row"


def stated_in(
    lines: Iterable[Line], headings: Mapping[str, str], *, today: date, by_hand: frozenset[str] = frozenset()
) -> Iterator[StatedGift]:
    """Yields what each row states. `headings` are those of the table, by meaning; `by_hand` the rows that somebody corrected. A row without
    a name is of whoever stands above it."""
    above: Mapping[str, str] = {}
    for line in lines:
        is_corrected = str(line.row) in by_hand
        if not is_corrected and (reason := _divides(line.cells, headings)):
            said = next((cell for cell in line.cells.values() if cell), "")[:200]
            yield StatedGift(
                line.row, line.line, said, read_name(said), cells=line.cells, is_heading=True, notes=(reason,)
            )
            continue
        cells = line.cells
        if not (cells.get("person") or cells.get("first")):
            cells = {**cells, **above}
        above = {each: cells[each] for each in ("person", "first", "position") if each in cells}
        yield _stated(replace(line, cells=cells), headings, today, is_corrected=is_corrected)


def _divides(cells: Mapping[str, str], headings: Mapping[str, str]) -> str:
    """Why a row is no offer: the headings again, one text across the table or alone in it, a total, or that there was none."""
    filled = {meaning: cell.casefold() for meaning, cell in cells.items() if cell.strip()}
    if not filled:
        return _DIVIDES
    told = filled.get("details", "")
    says_more = any(not telling.is_blank(filled.get(each, "")) for each in ("offeror", "value"))
    if (told and _NONE.match(told) and not says_more) or (
        len(set(filled.values())) == 1 and _NONE.match(next(iter(filled.values())))
    ):
        return _NONE_TAKEN
    repeats = len(filled) > 1 and all(
        cell in headings.get(meaning, "").casefold().split(" – ") for meaning, cell in filled.items()
    )
    is_alone = len(set(filled.values())) == 1
    titles = (next(iter(filled.values())), *(filled.get(each, "") for each in ("person", "first", "details")))
    return _DIVIDES if repeats or is_alone or any(map(is_total, titles)) else ""


def _stated(line: Line, headings: Mapping[str, str], today: date, *, is_corrected: bool) -> StatedGift:
    cells = line.cells
    name = " ".join(part for part in (cells.get("first", ""), cells.get("person", "")) if part)
    plain = StatedGift(
        line.row, line.line, name, replace(read_name(name[:200]), email=cells.get("email", "").lower()),
        position=" ".join(cells.get("position", "").split()), cells=cells,
    )  # fmt: skip
    if reason := too_long(cells.values()):
        short = {meaning: text[:200] for meaning, text in cells.items()}
        return replace(plain, name=name[:200], cells=short, problems=(reason,))
    reading = _Reading(cells, headings, today, is_corrected=is_corrected)
    said = reading.said()
    problems = [*_problems_of_name(name), *of_formulas(cells.values()), *reading.problems]
    above = "; ".join(
        GIFT_MEANING_WORDS[each] for each in line.from_above
    )  # not what it says, which may be a name that is not kept
    notes = [
        *reading.notes,
        *([f"It says “as above”, which is read as what stands there. Columns: {above}"] if above else ()),
    ]
    return replace(
        plain, said={field: value for field, value in said.items() if value not in ("", None)},
        notes=(BY_HAND, *notes) if is_corrected else tuple(notes), problems=tuple(problems),
        code=cells.get("code", "").upper(), earliest=reading.earliest, keep_private_because=refusal_in(cells, headings, today),
    )  # fmt: skip


def _problems_of_name(name: str) -> Iterator[str]:
    if not name.strip():
        yield "The row does not say to whom it was offered, and there is no name above it"
    elif not any(letter.isalpha() for letter in name) or names_nobody(name):
        yield f"“{name[:60]}” is not a name. Correct it, or leave the row out"
    elif names_two(name):
        yield f"“{name[:60]}” names two people. Correct the row to one of them, and enter it once more for the other"


class _Reading:
    """The fields of one row, with what was taken for what (`notes`) and what is wrong (`problems`)."""

    def __init__(
        self, cells: Mapping[str, str], headings: Mapping[str, str], today: date, *, is_corrected: bool
    ) -> None:
        self._cells, self._headings, self._today, self._is_corrected = cells, headings, today, is_corrected
        self._family = folded(read_name(cells.get("person", "")[:200]).family_name)
        self._beside: list[str] = []  # what no field holds, for the comments
        self.notes: list[str] = []
        self.problems: list[str] = []
        self.earliest: date | None = None

    def said(self) -> dict[str, Any]:
        """Returns what the row says, by the field of the register."""
        said: dict[str, Any] = {
            field: "" if telling.is_blank(self._get(meaning)) else self._get(meaning).strip() for meaning, field in _TEXTS.items()
        }  # fmt: skip
        if not said["description"]:
            self.problems.append("The row does not say what was offered")
        said |= {**self._kind(), **self._offeror(), **self._worth(), **self._days()}
        said["response"] = self._response(said)
        said["approval"] = self._approval(said["response"])
        if not telling.is_blank(cell := self._get("previous")):
            self._beside.append(f"{GIFT_MEANING_WORDS['previous']}: {' '.join(cell.split())}")
        said["comments"] = "\n".join(part for part in (said["comments"], *self._beside) if part)
        if not self._is_corrected and self._names_a_patient(said):
            self.problems.append(_NAMES_A_PATIENT)
        return said

    def _names_a_patient(self, said: Mapping[str, Any]) -> bool:
        """Whether a text that is kept names somebody, or repeats the name by which a patient stands as the one who made the offer."""
        texts = [str(said.get(field) or "") for field in ("description", "reason", "business", "comments")]
        if any(map(telling.names_somebody, texts)):
            return True
        recipient = f"{self._get('first')} {self._get('person')}"
        is_patient = said["source"] is OfferSource.PATIENT
        return is_patient and telling.repeats_a_name(self._get("offeror"), texts, recipient)

    def _get(self, meaning: str) -> str:
        return self._cells.get(meaning, "")

    def _kind(self) -> dict[str, Any]:
        told = self._get("kind")
        kind = telling.kind_in(told, self._get("details"))
        if kind is None:
            self.notes.append("It does not say whether it is a gift or hospitality. It is entered as a gift")
        elif not telling.is_blank(told) and telling.kind_in(told, "") is not kind:
            self.notes.append(f"By its words it is entered as: {in_sentence(KIND_WORDS[kind])}")
        return {"kind": kind}

    def _offeror(self) -> dict[str, Any]:
        """Who offered it. A patient is not named here either: the number of the entry stands in the place of their name."""
        told = "" if telling.is_blank(self._get("offeror")) else " ".join(self._get("offeror").split())
        source = telling.source_in(self._get("source"), told, self._get("business"))
        if not told:
            self.problems.append("The row does not say who offered it. Correct the row, such as to “Patient”")
        elif telling.is_either(self._get("source"), told, self._get("business")):
            self.problems.append(_EITHER.format(told[:60]))
        if source is OfferSource.PATIENT:
            if telling.names_somebody(told):
                self.notes.append(
                    "Who offered it is named like a person, and taken for a patient or their family, who are not named"
                )
            told = telling.A_PATIENT
        return {"offeror": told[:300], "source": source}

    def _worth(self) -> dict[str, Any]:
        worth = telling.worth_in(self._get("value"))
        if worth.note:
            self.notes.append(worth.note)
        if worth.is_open:
            self.notes.append(f"“{shortened(self._get('value'))}” is not one sum in pounds. It stands in the comments")
            self._beside.append(f"{GIFT_MEANING_WORDS['value']}: {' '.join(self._get('value').split())}")
        asks = bool(re.search(r"estimat|approx", self._headings.get("value", ""), re.IGNORECASE))
        return {"value": worth.value, "is_estimate": None if worth.value is None else worth.is_estimate or asks}

    def _days(self) -> dict[str, Any]:
        """The days of a row. An offer without one was made at the latest when it was received or declared."""
        received = self._day("received")[0]
        declared, is_whole = self._day("declared", at_end=True)
        found: dict[str, Any] = {"received_on": received, "declared_on": declared}
        if declared and not is_whole:
            found["declared_on_or_before"] = True
        offered, is_whole = self._day("offered", at_end=True)
        if offered and not is_whole:
            self.earliest = read_date(self._get("offered"))
            offered = min(offered, received or offered)
            self.notes.append(_NO_DAY.format(self._get("offered")))
            return found | {"offered_on": offered, "offered_on_or_before": True}
        if offered is None and (latest := received or declared):
            told = "received" if received else "declared"
            self.notes.append(
                f"It gives no day of the offer, which was made on or before {day(latest)}, when it was {told}"
            )
            return found | {"offered_on": latest, "offered_on_or_before": True}
        return found | {"offered_on": offered}

    def _day(self, meaning: str, *, at_end: bool = False) -> tuple[date | None, bool]:
        """The day that a cell gives, and whether it gives it whole."""
        text = self._get(meaning)
        if telling.is_blank(text):
            return None, True
        found, first = read_date(text, at_end=at_end), read_date(text)
        if found is None:
            if meaning == "received" and telling.response_in(text) is Response.DECLINED:
                return None, True
            self.problems.append(_NOT_A_DAY.format(text[:60]))
            return None, True
        is_whole = first == read_date(text, at_end=True)
        if found > self._today and is_whole:
            self.problems.append(f"{GIFT_MEANING_WORDS[meaning]}: {day(found)} is in the future")
        return found, is_whole

    def _response(self, said: Mapping[str, Any]) -> Response | None:
        """What became of it: of its column, else by the day on which it was received, or by the words about it."""
        told = self._get("response")
        found = telling.response_in(told, self._headings.get("response", ""), self._get("declined"))
        if found is None and telling.is_blank(told):
            found = self._response_beside(said)
            if found is not None:
                was = "declined" if found is Response.DECLINED else "accepted"
                self.notes.append(f"It does not say what became of the offer. By its other cells it was {was}")
        if found is None:
            unread = f"“{shortened(told)}” does not say whether it was accepted or declined. Correct the row"
            self.problems.append(_NO_RESPONSE if telling.is_blank(told) else unread)
        if found is Response.PASSED_ON and not telling.names_the_body(
            told
        ):  # the register's own word is kept beside it
            self.notes.append(
                f"“{shortened(told)}” is entered as: {in_sentence(RESPONSE_WORDS[found])}. It stands in the comments"
            )
            self._beside.append(f"{GIFT_MEANING_WORDS['response']}: {' '.join(told.split())}")
        return found

    def _approval(self, response: Response | None) -> Approval | None:
        """What the row says of an approval. What it does not say plainly stands in the comments, and so does who saw that an offer was
        declined, which needs no approval."""
        told_of = {meaning: self._get(meaning) for meaning in _APPROVED}
        cells = {
            meaning: cell for meaning, cell in told_of.items() if not telling.is_blank(cell) or telling.is_refusal(cell)
        }
        if not cells:
            return None
        told = " ".join(", ".join(cells.values()).split())
        found = approval_in(told, self._headings.get(next(iter(cells)), ""), self._today)
        is_own = self._family in folded(told).split()
        if found is not None and not is_own and response is not Response.DECLINED:
            return found
        if response is not Response.DECLINED:
            self.notes.append(_NO_APPROVAL.format(shortened(told)))
        self._beside.append(f"{GIFT_MEANING_WORDS['approved']}: {told}")
        return None

    def _response_beside(self, said: Mapping[str, Any]) -> Response | None:
        if said["received_on"] or said["kind"] in SPONSORSHIP:
            return Response.KEPT
        beside = (each for each in (said["reason"], self._get("received")) if each)
        return telling.response_beside(". ".join(beside))
