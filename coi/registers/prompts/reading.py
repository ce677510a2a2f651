"""Public lists as people bring them: officers of companies (CSV, a workbook, or JSON as the interface of Companies House gives it) and
awarded contracts (Open Contracting JSON, or CSV). Pure."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import PurePath
from typing import Any

from coi.documents.spreadsheets import read_table
from coi.errors import BadInput
from coi.people.vocabulary import PersonDetails
from coi.registers.people_sheets import NAME_COLUMNS, person_in, recognise
from coi.registers.prompts.vocabulary import Award, OutsideFile, Outsider
from coi.screening.interest_text import read_date

MOST_BYTES, MOST_LINES = 30 * 1024**2, 50_000
PAGE_BYTES = 5 * 1024**2
"""What a page reads: a web worker keeps little memory, and a table takes seven times its size. The command reads more."""
MOST_OBJECTS = 100_000
NO_LIST = (
    "This is neither a list of officers nor of awarded contracts. It needs columns such as officer name and company name, or supplier "
    "and title; or the JSON of Companies House or of Open Contracting"
)
NO_ROW = "The columns are there, but no row has both a name and an organisation, or both a supplier and a title. Fill them in"
CUT_OFF = "The file is cut off, or is no JSON. Download it again"
_OFFICERS: Mapping[str, tuple[str, ...]] = {
    **NAME_COLUMNS,
    "name": (*NAME_COLUMNS["name"], "officer name", "officer", "director name", "director", "person name"),
    "company": ("company name", "company", "organisation", "organisation name"),
    "number": ("company number", "number", "registered number"),
    "role": ("officer role", "role", "position", "appointment type"),
    "since": ("appointed", "appointed on", "appointment date", "date of appointment", "from"),
    "until": ("resigned", "resigned on", "resignation date", "date of resignation", "to"),
    "postcode": ("postcode", "post code", "postal code", "address postal code"),
    "born": ("date of birth", "born", "month of birth", "partial date of birth"),
}
_AWARDS: Mapping[str, tuple[str, ...]] = {
    "name": (
        "supplier",
        "supplier name",
        "awarded supplier",
        "awarded to",
        "supplier name address ref type ref number is sme is vcse",
    ),
    "title": ("title", "contract title", "tender title", "description"),
    "on": ("award date", "awarded date", "awarded on", "date awarded", "contract award date"),
}
_DAYS = {"since": "day of an appointment", "until": "day of a resignation", "on": "day of an award"}
_NUMBER = re.compile(r"\d{8}|[1-9]\d{4,6}|[A-Z]{2}\d{6}|[A-Z]{2}\d{5}R|R\d{7}")
"""How Companies House numbers companies; a spreadsheet cuts the noughts that a number begins with."""
_COMPANY = re.compile(r"/company/([A-Za-z0-9]{4,10})")


def read_outside(data: bytes, filename: str, most_bytes: int = MOST_BYTES) -> OutsideFile:
    """Returns what a file from outside holds. Raises BadInput, in words, for one that is neither list, is cut off, or too long."""
    if len(data) > most_bytes:
        raise BadInput(f"The file is larger than {most_bytes // 1024**2} MB. Split it")
    if not data.strip():
        raise BadInput("The file is empty")
    is_json = PurePath(filename).suffix.lower() == ".json"
    if is_json and data.count(b"{") > MOST_OBJECTS:
        raise BadInput("The JSON file says too much to be read as a whole. Split it, or save it as CSV")
    found = _of_json(data) if is_json else _of_table(data, filename)
    if not found.people and not found.awards:
        raise BadInput(NO_ROW if found.skipped_rows else NO_LIST)
    if len(found.people) + len(found.awards) > MOST_LINES:
        raise BadInput(f"The file has more than {MOST_LINES:,} entries. Split it")
    return found


def _of_table(data: bytes, filename: str) -> OutsideFile:
    rows = next((sheet.rows for sheet in read_table(data, filename)), ())
    try:
        officers = recognise(rows, _OFFICERS, {"company": "the company name"})
    except BadInput as wrong:
        try:
            awards = recognise(rows, _AWARDS, {"title": "the title of the contract"})
        except BadInput:
            raise BadInput(f"{NO_LIST}. {wrong}") from wrong
        made = {
            number: Award(row.get("name", ""), row.get("title", ""), read_date(row.get("on", "")))
            for number, row in awards.rows
        }
        nameless = tuple(number for number, each in made.items() if not each.supplier)
        kept = tuple(each for each in made.values() if each.supplier)
        doubted = tuple(_doubted(awards.rows))
        return OutsideFile(
            awards=kept, skipped=len(nameless), unread=awards.unread, skipped_rows=nameless, doubted=doubted
        )
    people = {number: _officer(person_in(row), row) for number, row in officers.rows}
    found = {number: each for number, each in people.items() if each.company and _is_named(each.who)}
    skipped = tuple(number for number in people if number not in found)
    return OutsideFile(
        tuple(found.values()), skipped=len(skipped), unread=officers.unread, skipped_rows=skipped,
        doubted=tuple(_doubted((number, row) for number, row in officers.rows if number in found)),
    )  # fmt: skip


def _doubted(rows: Iterable[tuple[int, Mapping[str, str]]]) -> Iterator[str]:
    """The cells that hold a day that there is not, or what is no number of a company. Words such as "current" are no day, and no slip."""
    for number, row in rows:
        for meaning, what in _DAYS.items():
            cell = row.get(meaning, "")
            if any(letter.isdigit() for letter in cell) and read_date(cell) is None:
                yield f"row {number}: “{cell[:40]}” is no {what}"
        company = row.get("number", "").replace(" ", "").upper()
        if company and not _NUMBER.fullmatch(company):
            yield f"row {number}: “{company[:40]}” is no company number"


def _is_named(who: PersonDetails) -> bool:
    """Whether a row names somebody: people with one name are named too."""
    return bool(who.family_name or who.given_names)


def _officer(who: PersonDetails, row: Mapping[str, str]) -> Outsider:
    return Outsider(
        who, row.get("company", ""), row.get("number", ""), row.get("role", ""), read_date(row.get("since", "")),
        read_date(row.get("until", ""), at_end=True), row.get("postcode", ""), row.get("born", "")[:20],
    )  # fmt: skip


def _of_json(data: bytes) -> OutsideFile:
    try:
        said = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as wrong:
        raise BadInput(CUT_OFF) from wrong
    releases = list(_releases(said))
    if releases:
        return OutsideFile(tuple(_contacts(releases)), tuple(_awards(releases)))
    found = tuple(_appointments(said))
    return OutsideFile(found, skipped=sum(1 for _ in _entries(said)) - len(found))


def _releases(said: Any) -> Iterator[Mapping[str, Any]]:
    for package in said if isinstance(said, list) else [said]:
        if isinstance(package, dict):
            if "ocid" in package:
                yield package
            yield from _dicts(package.get("releases"))
            yield from (each["compiledRelease"] for each in _dicts(package.get("records")) if "compiledRelease" in each)


def _awards(releases: list[Mapping[str, Any]]) -> Iterator[Award]:
    for release in releases:
        tender = release.get("tender")
        for award in _dicts(release.get("awards")):
            title = _text(award, "title") or (_text(tender, "title") if isinstance(tender, dict) else "")
            for supplier in _dicts(award.get("suppliers")):
                if name := _text(supplier, "name"):
                    yield Award(name, title, _day(award, "date"))


def _contacts(releases: list[Mapping[str, Any]]) -> Iterator[Outsider]:
    for release in releases:
        for party in _dicts(release.get("parties")):
            contact = party.get("contactPoint")
            roles = party.get("roles")
            is_supplier = isinstance(roles, list) and bool({"supplier", "tenderer"} & {str(each) for each in roles})
            if is_supplier and isinstance(contact, dict) and (name := _text(contact, "name")):
                address = party.get("address")
                who = person_in({"name": name})
                if _is_named(who):
                    place = _text(address, "postalCode") if isinstance(address, dict) else ""
                    yield Outsider(who, _text(party, "name"), role="contact", postcode=place)


def _appointments(said: Any) -> Iterator[Outsider]:
    """Officers as the interface gives them: the list of one company, of one officer's appointments, or several of these in a list."""
    for page, each in _entries(said):
        who = person_in({"name": _text(each, "name") or _text(page, "name")})
        to, address = each.get("appointed_to"), each.get("address")
        links = each.get("links")
        found = _COMPANY.search(str(links)) if isinstance(links, dict) else None
        number = (
            _text(to, "company_number")
            if isinstance(to, dict)
            else found[1]
            if found
            else _text(page, "company_number")
        )
        company = (
            _text(to, "company_name")
            if isinstance(to, dict)
            else _text(each, "company_name") or _text(page, "company_name")
        )
        if _is_named(who) and (company or number):
            yield Outsider(
                who, company or f"company {number}", number, _text(each, "officer_role"), _day(each, "appointed_on"),
                _day(each, "resigned_on"), _text(address, "postal_code") if isinstance(address, dict) else "", _born(each),
            )  # fmt: skip


def _entries(said: Any) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Each appointment with the page on which it stands."""
    for page in said if isinstance(said, list) else [said]:
        if isinstance(page, dict):
            yield from ((page, each) for each in _dicts(page.get("items")) or [page])


def _born(each: Mapping[str, Any]) -> str:
    born = each.get("date_of_birth")
    return f"{_text(born, 'year')}-{_text(born, 'month')}" if isinstance(born, dict) else ""


def _dicts(said: Any) -> list[dict[str, Any]]:
    return [each for each in said if isinstance(each, dict)] if isinstance(said, list) else []


def _text(said: Mapping[str, Any], name: str) -> str:
    found = said.get(name)
    return " ".join(str(found).split())[:300] if isinstance(found, str | int) else ""


def _day(said: Mapping[str, Any], name: str) -> date | None:
    try:
        return date.fromisoformat(_text(said, name)[:10])
    except ValueError:
        return None
