"""One row of a register, as its layout was read → what it states of an interest, in the words of the register of interests. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import product

from coi.organisations.naming import folded
from coi.registers.importing.assuming import TYPES, assumed, days_taken, latest_start
from coi.registers.importing.consenting import refusal_in
from coi.registers.importing.faults import of_formulas, too_long
from coi.registers.importing.footers import speaks_of_consent
from coi.registers.importing.kinds import holding_in, kind_in, says_decision_maker, says_no_change, states_nil
from coi.registers.importing.names import ASIDE, names_nobody, names_two, read_name, says_they_left
from coi.registers.importing.spans import kept_words, with_spans
from coi.registers.importing.vocabulary import Stated
from coi.registers.interests.columns import MISSING
from coi.registers.interests.subtypes import settles_role, settles_type
from coi.registers.interests.vocabulary import Directness, InterestRole, InterestSubtype, Via
from coi.screening.cells import OPEN, is_ticked, related_as, ticks_in
from coi.screening.clauses import clauses_of
from coi.screening.interest_text import is_nil, read_date, read_interest
from coi.screening.layouts import AS_ABOVE, RegisterLine
from coi.screening.roles import relation_in, role_of
from coi.screening.segments import mentions
from coi.screening.vocabulary import Directness as ReadDirectness
from coi.screening.vocabulary import Role
from coi.wording import day

_GROUP = re.compile(
    r"\b(?:committee|board|body|members|practices|staff|employees|team|group|directors|partners|attendees|observers|directorate|"
    r"locality|network|others)\b",
    re.IGNORECASE,
)
_OTHER_REGISTER = re.compile(r"\b(?:gifts?|hospitality)\b", re.IGNORECASE)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_ELSEWHERE = re.compile(rf"\b(?:at|of|in|for|with|by) (?:the )?(?!(?:{_MONTHS})\b)[A-Z]")
_NO_NAME = re.compile(
    r"[\d:]|^\W*(?:page|notes?|end|last|next|key|date|source|printed|copyright)\b|\b(?:(?:sub)?totals?|updated|reviewed|declarations?|"
    r"declared|interests?|registers?|prepared|published|approved|confidential|version|please)\b",
    re.IGNORECASE,
)
_OF_A_GP = re.compile(
    r"\b(?:gps?|doctors?|general practi\w+|registrar|trainee|clinical (?:director|lead|chair))\b", re.IGNORECASE
)
_LISTED = re.compile(r"^\s*(?:\(?\d{1,2}[.)]|\([a-z]\)|[-–—•*▪])\s+")  # what numbers an interest in a list of several
_DECIDES = "It says that they take decisions, which is no interest. Somebody is asked whether they do"
_BOTH = "The row ticks “{}” and declares something. Correct the row to one of the two, or leave it out"
_OF_CONSENT = "“{}” speaks of consent to publication, and is no interest. Leave the row out, and ask the Guardian where they refuse"
_WORK = re.compile(r"\b(?:practice|surgery|employer|place of work|workplace)\b", re.IGNORECASE)
_MOST_WORDS = 8  # of a name, with its titles and letters
_ROLES = {Role.UNKNOWN: InterestRole.OTHER, Role.PATIENT: InterestRole.OTHER, Role.SPONSORED: InterestRole.RECIPIENT}
_ROLES |= {Role.GOVERNOR: InterestRole.TRUSTEE, Role.CHIEF_EXECUTIVE: InterestRole.EMPLOYEE}
_VIA = (
    (Via.BUSINESS_PARTNER, "business partner"),
    (Via.SPOUSE, "wife|husband|spouse|partner|fianc"),
    (Via.OTHER_RELATIVE, "in.law|step"),
    (Via.PARENT, "grandpar|grandmo|grandfa|mother|father|parent"),
    (Via.CHILD, "son|daughter|child"),
    (Via.SIBLING, "sister|brother|sibling"),
    (Via.OTHER_RELATIVE, "aunt|uncle|niece|nephew|cousin|relative|family"),
    (Via.CLOSE_FRIEND, "friend"),
)


def stated_in(
    lines: Iterable[RegisterLine], headings: Mapping[str, str], *, today: date, beside: Mapping[int, tuple[str, ...]] | None = None
) -> Iterator[Stated]:  # fmt: skip
    """Yields what each row states: several parts where its one text names several interests. `headings` are those of the table, by
    meaning. A line that is no row, such as a footer under the table, is nobody until somebody says so, and so is what stands below it
    without a name. `beside`: by its line, what else the file says of a row."""
    nobody: set[str] = set()
    for line in map(with_spans, lines):
        if _is_aside(line) and not _is_heading(line.cells, headings):
            nobody.add(line.row.person)
        if line.row.person in nobody:
            yield _not_understood(line)
        else:
            told = (beside or {}).get(line.line, ())
            for each in _stated(line, headings, today):
                yield replace(each, notes=(*each.notes, *told)) if told and each.organisation else each


def _is_aside(line: RegisterLine) -> bool:
    """Whether a row has one text in the place of a name, which is no name: "Last updated: January 2017", "Total: 3 declarations"."""
    filled = {meaning: cell.strip() for meaning, cell in line.cells.items() if cell.strip()}
    if len(set(filled.values())) != 1 or not filled.keys() & {"person", "first"}:
        return False
    text = ASIDE.sub("", next(iter(filled.values())))
    return bool(_NO_NAME.search(text)) or len(text.split()) > _MOST_WORDS


def _not_understood(line: RegisterLine) -> Stated:
    said = line.row.person[:200]
    reason = f"“{said[:60]}” does not look like a name. Leave the row out, or correct it to say whom it is about"
    return Stated(line.row.number, line.line, said, read_name(said), problems=(reason,))


def _stated(line: RegisterLine, headings: Mapping[str, str], today: date) -> Iterator[Stated]:
    row, cells = line.row, line.cells
    if _is_heading(cells, headings):
        yield Stated(row.number, line.line, row.person[:200], read_name(row.person[:200]), is_heading=True)
        return
    if reason := too_long((row.person, row.position, *cells.values())):
        yield Stated(row.number, line.line, row.person[:200], read_name(row.person[:200]), problems=(reason,))
        return
    text, nature = _texts(cells, headings)
    if MISSING.casefold() in (
        cells.get(meaning, "").strip().casefold() for meaning in ("text", "nature", "organisation")
    ):
        told = "The row says that a declaration was missing then. It states no interest, and no nil return"
        yield Stated(
            row.number, line.line, row.person, read_name(row.person), position=" ".join(row.position.split()), is_empty=True, notes=(told,)
        )  # fmt: skip
        return
    if names_nobody(row.person) and is_nil(text) and is_nil(nature):
        told = "It names nobody: the post is vacant"
        yield Stated(row.number, line.line, row.person, read_name(row.person), is_heading=True, notes=(told,))
        return
    base = Stated(
        row=row.number, line=line.line, name=row.person, who=replace(read_name(row.person), email=cells.get("email", "").lower()),
        position=" ".join(row.position.split()) or _workplace(cells, headings, (text, nature)),
        declared_on=read_date(cells.get("declared", "")),
        mitigation=_action_in(cells.get("mitigation", "")),
        code=cells.get("code", "").upper(), committees=" ".join(cells.get("committees", "").split()),
        keep_private_because=refusal_in(cells, headings, today), problems=tuple(_problems(line, today)),
        notes=(*_beside_the_name(row.person), *_from_above(line)),
    )  # fmt: skip
    if says_no_change(cells):
        yield replace(base, is_confirmation=True, mitigation="")
        return
    if says_decision_maker(cells):
        yield replace(base, is_empty=True, decides=True, mitigation="", notes=(*base.notes, _DECIDES))
        return
    if is_nil(text) and is_nil(nature):
        said = f"{text}{nature}".strip() or states_nil(cells, headings)
        yield replace(base, is_nil=bool(said), is_empty=not said, mitigation="")
        return
    if is_ticked(cells.get("statement", "")) and states_nil(cells, headings):
        base = replace(base, problems=(*base.problems, _BOTH.format(headings.get("statement", "nothing to declare"))))
    apart = [""] if not text else [text] if nature and not is_nil(nature) else clauses_of(text)
    for number, (typed, each) in enumerate(product(_typed(line), apart)):
        part, clause = replace(base, part="" if number == 0 else _letter(number)), _LISTED.sub("", each)
        yield _interest(part, typed, "" if is_nil(clause) else clause, "" if is_nil(nature) else nature, today)


def _typed(line: RegisterLine) -> tuple[RegisterLine, ...]:
    """The row once for each type that it ticks: a partner of a practice can gain by it and be bound by it. Source: RULEBOOK §5.2."""
    ticked = ticks_in(line.cells)
    return tuple(replace(line, row=replace(line.row, interest_type=each)) for each in ticked) or (line,)


def _action_in(said: str) -> str:
    """What a row says is done about an interest; empty for "n/a", "not known" and the like, and for what stands above."""
    return "" if is_nil(said) or OPEN.match(said) or AS_ABOVE.match(said) else said


def _beside_the_name(name: str) -> Iterator[str]:
    if said := says_they_left(name):
        yield (
            f"The name says “{said[:60]}”. If they are new, their post is entered as held on the day of the register: "
            "correct it under People"
        )


def _from_above(line: RegisterLine) -> Iterator[str]:
    read = "; ".join(line.cells[meaning][:120] for meaning in line.from_above if line.cells[meaning])
    if read:
        yield f"It says “as above”, which is read as what stands there: {read}"


def _is_heading(cells: Mapping[str, str], headings: Mapping[str, str]) -> bool:
    """Whether a row only divides the table: the headings again; one text across all its columns; or, in the place of a name alone, what
    a group of people is called."""
    filled = {meaning: cell.casefold() for meaning, cell in cells.items() if cell.strip()}
    told = {meaning: heading.casefold() for meaning, heading in headings.items()}
    if len(filled) > 1 and all(cell in told.get(meaning, "").split(" – ") for meaning, cell in filled.items()):
        return True
    is_one = len(set(filled.values())) == 1 and filled.keys() >= {"person"}
    return is_one and (len(filled) > 2 or len(filled) == 1) and bool(_GROUP.search(next(iter(filled.values()))))


def _texts(cells: Mapping[str, str], headings: Mapping[str, str]) -> tuple[str, str]:
    """What a row says of the interest, and its nature. An organisation in a column of its own is where a mere role is held; beside a text
    that names one itself it is where the person works, and says nothing of an interest elsewhere."""
    text, nature, where = (cells.get(meaning, "") for meaning in ("text", "nature", "organisation"))
    if not where or is_nil(where) or (is_nil(text) and is_nil(nature) and {"text", "nature"} & headings.keys()):
        return text, nature
    if is_nil(text) or is_nil(nature):
        said = nature if is_nil(text) else text
        return (text, nature) if _names_another(said, where) else (where, said)
    return (text, nature) if _names_another(text, where) else (where, f"{nature}: {text}")


def _workplace(cells: Mapping[str, str], headings: Mapping[str, str], said: tuple[str, str]) -> str:
    """The post of whoever has none in a row but a practice where they work; empty where that is the interest."""
    where = " ".join(cells.get("organisation", "").split())
    if not where or is_nil(where) or where in said or not _WORK.search(headings.get("organisation", "")):
        return ""
    return f"At {where}"


def _names_another(said: str, where: str) -> bool:
    """Whether a text names an organisation itself, so that the column of organisations says something else."""
    return folded(where) not in folded(said) and bool(
        _ELSEWHERE.search(said) or any(each.has_type for each in mentions(said))
    )


def _letter(number: int) -> str:
    """b, c … z, then with numbers: a row with more than 26 interests is a strange one."""
    return chr(97 + number) if number < 26 else f"z{number}"


def _said(cells: Mapping[str, str]) -> Iterator[str]:
    """What stands where a row states an interest."""
    yield from (cells[each] for each in ("types", "text", "nature", "organisation") if cells.get(each))


def _problems(line: RegisterLine, today: date) -> Iterator[str]:
    row = line.row
    if not row.person.strip():
        yield "The row names nobody, and there is no name above it"
    elif not any(letter.isalpha() for letter in row.person):
        yield f"“{row.person[:60]}” is not a name"
    elif names_nobody(row.person):
        yield f"“{row.person[:60]}” names nobody, but the row declares something. Correct the name, or leave the row out"
    elif names_two(row.person):
        yield f"“{row.person[:60]}” names two people. Correct the row to one of them, and enter it once more for the other"
    if asks := next((each for each in _said(line.cells) if speaks_of_consent(each)), ""):
        yield _OF_CONSENT.format(asks[:60])
    yield from of_formulas(line.cells.values())
    if told := _OTHER_REGISTER.search(line.cells.get("types", "")):
        yield f"“{told[0]}” belongs in the register of gifts and hospitality. Enter it there, and leave the row out"
    text = line.cells.get("text", "")
    if text and not is_nil(text) and not any(letter.isalpha() for letter in text) and not holding_in(text, line.cells):
        yield f"“{text[:60]}” is not an interest"
    for text in line.unread_dates:
        yield f"“{text[:60]}” is not a date. Enter dates such as 31/01/2024 or 01/2024"
    if row.arose_on and row.ended_on and row.ended_on < row.arose_on:
        yield f"It ends on {day(row.ended_on)}, before it starts on {day(row.arose_on)}"
    if AS_ABOVE.match(line.cells.get("mitigation", "")):
        yield f"The action taken says “{line.cells['mitigation']}”, and nothing stands above it. Correct the file, or leave the row out"
    declared = line.cells.get("declared", "")
    found = read_date(declared)
    if declared and not is_nil(declared) and found is None:
        yield f"“{declared[:60]}” is not a date. Enter dates such as 31/01/2024"
    if found and found > today:
        yield f"It was declared on {day(found)}, which is in the future"


def _interest(base: Stated, line: RegisterLine, clause: str, nature: str, today: date) -> Stated:
    row, both = line.row, f"{nature} - {clause}" if nature and clause else nature or clause
    reading = read_interest(both).as_on(today)
    indirect = row.directness is ReadDirectness.INDIRECT or (row.directness is None and bool(reading.via))
    arose, ended = row.arose_on or reading.arose_on, row.ended_on or reading.ended_on
    via = (related_as(line.cells) or reading.via or relation_in(both)) if indirect else ""
    if (
        via and not reading.via
    ):  # whoever holds it does so in the role that the text gives, whose relation stands elsewhere
        reading = replace(reading, role=role_of(both, indirect=True))
    kind, holding = kind_in(line.cells), holding_in(nature, line.cells)
    settled = settles_type(kind) if kind and row.interest_type is None else None
    notes, problems = [*base.notes, *assumed(line, reading, both, via, indirect=indirect)], list(base.problems)
    if arose and arose > today and not reading.is_pursuing:
        problems.append(f"It starts on {day(arose)}, which is in the future")
    if arose and ended and ended < arose and row.ended_on != ended:
        problems.append(f"It ends on {day(ended)}, before it starts on {day(arose)}")
    if ended and ended > today:
        notes.append(f"It is to end on {day(ended)}. It stands until then, and the end can be entered on that day")
        ended = None
    notes += days_taken(line, ended)
    return replace(
        base,
        type=settled or TYPES[row.interest_type or reading.type_hint], says_type=row.interest_type is not None or settled is not None,
        subtype=kind, particulars=({"share": holding} if holding and kind in (None, InterestSubtype.SHAREHOLDING) else {}),
        directness=Directness.INDIRECT if indirect else Directness.DIRECT,
        via=_via(via) if indirect else None,
        role=InterestRole.SHAREHOLDER if holding else (kind and settles_role(kind)) or _role(reading.role, both, row.position),
        organisation=clause or nature, nature=kept_words(line, f"Holding: {holding}" if holding else nature or clause),
        arose_on=arose, arose_by=latest_start(line) if row.arose_on else None,
        ended_on=ended, is_pursuing=reading.is_pursuing and ended is None,
        notes=tuple(notes), problems=tuple(problems),
    )  # fmt: skip


def _via(said: str) -> Via:
    return next((via for via, pattern in _VIA if re.search(pattern, said)), Via.OTHER_ASSOCIATE)


def role_in(text: str, position: str) -> InterestRole:
    """Returns the role that a text states of somebody in a position."""
    return _role(read_interest(text).role, text, position)


def _role(read: Role, text: str, position: str) -> InterestRole:
    """Nurses are salaried too: "Salaried" alone makes a GP of nobody whom the row does not call one."""
    if read is Role.SALARIED_GP and not _OF_A_GP.search(f"{text} {position}"):
        return InterestRole.EMPLOYEE
    return _ROLES.get(read) or InterestRole(read.value)
