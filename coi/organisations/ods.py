"""The Organisation Data Service's files as published: bytes → frozen records and relations. No database here."""

import calendar
import csv
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import PurePath
from typing import TypeAlias

from coi.errors import BadInput
from coi.organisations.addresses import town_of

FIELDS = 27  # the service's standard layout, which has no header row
_CODE = re.compile(r"[A-Z0-9]{3,10}")
_RELEASE = re.compile(r"(20\d\d)[-_]?(0[1-9]|1[0-2])(?:[-_]?(0[1-9]|[12]\d|3[01]))?(?!\d)")
_STATUSES = {"A": "active", "C": "closed", "D": "dormant", "P": "proposed"}
_MONTHS = {calendar.month_abbr[n].lower(): n for n in range(1, 13)}
GP_PRACTICE = "4"  # the prescribing setting of a GP practice (epraccur field 26)


@dataclass(frozen=True, slots=True)
class OdsRecord:
    """One organisation as one file states it. `kind` and `status` use the words of `coi.organisations.vocabulary`;
    `geography` is the higher-level area (an ICB's code), `setting` the prescribing setting of an epraccur row."""

    code: str
    name: str
    kind: str
    status: str
    opened_on: date | None
    closed_on: date | None
    address: tuple[str, ...]
    town: str
    postcode: str
    commissioner: str
    commissioner_from: date | None
    commissioner_to: date | None
    setting: str
    geography: str
    file_kind: str


@dataclass(frozen=True, slots=True)
class OdsRelation:
    """`from_code` is `kind` (a word of RelationKind) `to_code`, for the dates that the file states."""

    from_code: str
    to_code: str
    kind: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class OdsFile:
    """What one file says. `sha256` is the digest of its bytes, in hexadecimal."""

    kind: str
    records: tuple[OdsRecord, ...]
    relations: tuple[OdsRelation, ...]
    sha256: str


_Parts: TypeAlias = tuple[list[OdsRecord], list[OdsRelation]]


def read_ods(data: bytes, filename: str) -> OdsFile:
    """Returns what an ODS file says. Its kind is told from the header row, or from the name and the codes where it has
    none. Raises BadInput, naming the file and the line, for a malformed row, and for a file that is none of those known."""
    try:
        return _read(data, filename)
    except BadInput as broken:
        if filename in broken.reason:
            raise
        raise BadInput(f"{broken.reason} ({filename})", line=broken.line) from broken


def _read(data: bytes, filename: str) -> OdsFile:
    rows = csv.reader(StringIO(_text(data), newline=""), strict=True)
    try:
        first = next(rows, None)
        if not first:
            raise BadInput(f"{filename} is empty")
        kind = _kind_of(first, filename)
        if kind in _HEADED:
            records, relations = _HEADED[kind](_named(rows, first))
        else:
            records, relations = _headerless(kind, first, rows)
    except csv.Error as error:
        raise BadInput(f"This is not a row of values separated by commas ({error})", line=rows.line_num) from error
    return OdsFile(kind, tuple(records), tuple(relations), hashlib.sha256(data).hexdigest())


def released_on_of(filename: str) -> date | None:
    """Returns the release date that a file name carries (`epraccur_2019-11.csv` → its first day), else None."""
    found = _RELEASE.search(PurePath(filename).stem)
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        return None


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _kind_of(first: list[str], filename: str) -> str:
    for kind, column in _TELLING:
        if column in first:
            return kind
    if len(first) != FIELDS:
        raise BadInput(
            f"{filename} is not an ODS file: it has {len(first)} columns, and one without a header row has {FIELDS}",
            line=1,
        )
    stem = PurePath(filename).stem.lower()
    for kind in ("epraccur", "eccg", "etr"):
        if kind in stem:
            return kind
    if len(first[0]) == 6:
        return "epraccur"
    return "etr" if " TRUST" in first[1].upper() else "eccg"


_TELLING = (  # a column that only this file has; the core partner file also has a PCN code, so it comes first
    ("pcn_core_partner", "Partner Organisation Code"),
    ("pcn_details", "Current Sub ICB Loc Code"),
    ("practice_map", "PRACTICE_CODE"),
    ("icb_names", "ICB24CDH"),
)
_KINDS = {"eccg": "commissioner", "epraccur": "practice", "etr": "trust"}


def _headerless(kind: str, first: list[str], rows: Iterator[list[str]]) -> _Parts:
    records = [_record(kind, first, 1)]
    lines = {records[0].code: 1}
    for line, row in enumerate(rows, 2):
        if row:
            record = _record(kind, row, line)
            if record.code in lines:
                raise BadInput(
                    f"{record.code} is in the file twice, first in line {lines[record.code]}. Remove one of the two rows",
                    line=line,
                )
            lines[record.code] = line
            records.append(record)
    return records, []


def _record(file_kind: str, row: list[str], line: int) -> OdsRecord:
    if len(row) != FIELDS:
        raise BadInput(f"This row has {len(row)} fields, an ODS row has {FIELDS}", line=line)
    code, name = row[0].strip(), row[1].strip()
    if not _CODE.fullmatch(code):
        raise BadInput(f"“{code}” is not an ODS code", line=line)
    if not name:
        raise BadInput(f"{code} has no name", line=line)
    opened, closed = _date(row[10], line), _date(row[11], line)
    setting = row[25].strip() if file_kind == "epraccur" else ""
    practice = file_kind == "epraccur" and (setting == GP_PRACTICE or code[0] == "W")
    return OdsRecord(
        code=code,
        name=name,
        kind=_KINDS[file_kind] if practice or file_kind != "epraccur" else "prescribing",
        status=_status(row[12].strip(), closed, line),
        opened_on=opened,
        closed_on=closed,
        address=tuple(part.strip() for part in row[4:9] if part.strip()),
        town=town_of(row[4:9]),
        postcode=row[9].strip(),
        commissioner=row[14].strip() if file_kind == "epraccur" else "",
        commissioner_from=_date(row[15], line) if file_kind == "epraccur" else None,
        commissioner_to=_date(row[16], line) if file_kind == "epraccur" else None,
        setting=setting,
        geography=row[3].strip(),
        file_kind=file_kind,
    )


def _status(letter: str, closed: date | None, line: int) -> str:
    if not letter:  # trusts and commissioners carry no status: a close date says it
        return "closed" if closed else "active"
    if letter not in _STATUSES:
        raise BadInput(f"“{letter}” is not a status. Use A, C, D or P", line=line)
    return _STATUSES[letter]


def _date(text: str, line: int) -> date | None:
    text = text.strip()
    if not text:
        return None
    try:
        if len(text) == 8 and text.isdigit():
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
        return date(int(text[5:]), _MONTHS[text[2:5].lower()], int(text[:2]))
    except (ValueError, KeyError, IndexError):
        raise BadInput(f"“{text}” is not a date in the form 20240131", line=line) from None


def _named(rows: Iterator[list[str]], header: list[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    for line, row in enumerate(rows, 2):
        if not row:
            continue
        if len(row) != len(header):
            raise BadInput(f"This row has {len(row)} fields, the header row has {len(header)}", line=line)
        yield line, dict(zip(header, row, strict=True))


def _code(row: Mapping[str, str], column: str, line: int) -> str:
    code = row[column].strip()
    if not _CODE.fullmatch(code):
        raise BadInput(f"“{code}” is not an ODS code ({column})", line=line)
    return code


def _plain(code: str, name: str, kind: str, file_kind: str, *, geography: str = "", postcode: str = "") -> OdsRecord:
    return OdsRecord(
        code, name.strip(), kind, "active", None, None, (), "", postcode, "", None, None, "", geography, file_kind
    )


def _pcn_details(rows: Iterator[tuple[int, Mapping[str, str]]]) -> _Parts:
    records = []
    for line, row in rows:
        address = [row[f"Address Line {n}"] for n in range(1, 6)]
        closed = _date(row["Close Date"], line)
        records.append(
            OdsRecord(
                code=_code(row, "PCN Code", line),
                name=row["PCN Name"].strip(),
                kind="pcn",
                status="closed" if closed else "active",
                opened_on=_date(row["Open Date"], line),
                closed_on=closed,
                address=tuple(part.strip() for part in address if part.strip()),
                town=town_of(address),
                postcode=row["Postcode"].strip(),
                commissioner=row["Current Sub ICB Loc Code"].strip(),
                commissioner_from=None,
                commissioner_to=None,
                setting="",
                geography="",
                file_kind="pcn_details",
            )
        )
    return records, []


def _core_partners(rows: Iterator[tuple[int, Mapping[str, str]]]) -> _Parts:
    relations = []
    for line, row in rows:
        relations.append(
            OdsRelation(
                _code(row, "Partner Organisation Code", line),
                _code(row, "PCN Code", line),
                "member_of_pcn",
                _date(row["Practice to PCN Relationship Start Date"], line),
                _date(row["Practice to PCN Relationship End Date"], line),
            )
        )
    return [], relations


def _practice_map(rows: Iterator[tuple[int, Mapping[str, str]]]) -> _Parts:
    """Practices are left to epraccur; this file adds which PCN and commissioner each had on the day of the extract."""
    names: dict[str, OdsRecord] = {}
    relations = []
    for line, row in rows:
        code = _code(row, "PRACTICE_CODE", line)
        pcn, ccg, icb = row["PCN_CODE"].strip(), row["CCG_CODE"].strip(), row["STP_CODE"].strip()
        if pcn and pcn != "U":  # "U" stands for a practice in no network
            names[pcn] = _plain(pcn, row["PCN_NAME"], "pcn", "practice_map", geography=icb)
            relations.append(OdsRelation(code, pcn, "member_of_pcn", None, None))
        if ccg:
            names[ccg] = _plain(ccg, row["CCG_NAME"], "commissioner", "practice_map", geography=icb)
            relations.append(OdsRelation(code, ccg, "commissioned_by", None, None))
    return list(names.values()), relations


def _icb_names(rows: Iterator[tuple[int, Mapping[str, str]]]) -> _Parts:
    return [_plain(_code(row, "ICB24CDH", line), row["ICB24NM"], "commissioner", "icb_names") for line, row in rows], []


_HEADED: Mapping[str, Callable[[Iterator[tuple[int, Mapping[str, str]]]], _Parts]] = {
    "icb_names": _icb_names,
    "pcn_core_partner": _core_partners,
    "pcn_details": _pcn_details,
    "practice_map": _practice_map,
}
