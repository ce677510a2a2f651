"""A screening in words: the plain text that a secretary reads, and the shape that programs read. No arithmetic of its own."""

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from coi.guidance.actions import go_together
from coi.screening.flags import Flag
from coi.screening.names import spoken
from coi.screening.report_rest import (
    LONGEST,
    NAMED,
    WIDTH,
    question_lines,
    rows_words,
    shortened,
    unknown_codes_lines,
    unmatched_lines,
    unread_dates_lines,
)
from coi.screening.screen import Screening, is_screened, row_of
from coi.screening.unsettled import may_be
from coi.screening.vocabulary import InterestFact, ItemFact, Level
from coi.wording import short_list

LEVEL_WORDS = {
    Level.UNKNOWN: "has not declared",
    Level.OWN_CONTRACT: "own contract",
    Level.MATERIAL: "material interest",
    Level.CLASS: "all practices concerned",
    Level.RELATED: "related interest",
    Level.RESIDUAL: "recent or future interest",
}
ACTION_WORDS = {  # Source: RULEBOOK §10.4
    "A1": "another member chairs",
    "A2": "stay away from the meeting",
    "A3": "withhold the papers",
    "A4": "leave for discussion and decision",
    "A5": "join the discussion, leave for the decision",
    "A6": "note the interest and stay, if it is immaterial",
}


def as_data(screening: Screening) -> dict[str, Any]:
    """Returns what `coi screen --json` prints. Source: DESIGN §5."""
    return {
        "searched": {
            "rows": screening.rows,
            "interests": len(screening.interests),
            "items": len(screening.items),
            "nil_rows": screening.nil_rows,
            "organisations": screening.organisations,
            "area": screening.area or None,
            "days": [day.isoformat() for day in screening.days],
            "not_read": list(screening.unread.not_read),
            "unread_dates": [
                {"interest": one.row, "column": one.column, "text": one.text} for one in screening.unread.dates
            ],
            "unknown_codes": [
                {"file": one.sheet, "line": one.line, "column": one.column, "text": one.text}
                for one in screening.unread.codes
            ],
            "items_without_flags": [_without_flags(item, screening) for item in _unflagged(screening)],
            "to_settle": [_question_data(one) for one in screening.questions],
        },
        "flags": [_flag_data(flag) for flag in screening.flags],
        "unmatched": [
            {
                "interest": one.row,
                "person": one.person,
                "text": one.text,
                "decision": one.decision.value,
                "candidates": list(one.candidates),
            }
            for one in screening.unmatched
        ],
    }


def _flag_data(flag: Flag) -> dict[str, Any]:
    return {
        "interest": row_of(flag.interest_key),
        "person": flag.person,
        "item": row_of(flag.item_key),
        "relation": flag.relation.value,
        "level": flag.level.value,
        "path": list(flag.path),
        "suggested": list(flag.suggested),
        "organisations": [key for key in flag.organisations if not key.startswith("name:")],
        "since": flag.interest.arose_on.isoformat() if flag.interest.arose_on else None,
        "until": flag.interest.ended_on.isoformat() if flag.interest.ended_on else None,
        "rules": list(flag.rules),
        **({"one_of": _may_be_meant(flag)} if flag.interest.one_of else {}),
    }


def _may_be_meant(flag: Flag) -> list[str]:
    return [key for each in flag.interest.one_of for key in each.keys]


def _question_data(question: Flag) -> dict[str, Any]:
    return {
        "interest": row_of(question.interest_key),
        "person": question.person,
        "item": row_of(question.item_key),
        "concerned": [key for key in _may_be_meant(question) if key in question.organisations],
        "not_concerned": [key for key in _may_be_meant(question) if key not in question.organisations],
        "words": may_be(question),
    }


def _unflagged(screening: Screening) -> list[ItemFact]:
    flagged = {flag.item_key for flag in screening.flags}
    return [item for item in screening.items if item.key not in flagged]


def _without_flags(item: ItemFact, screening: Screening) -> dict[str, Any]:
    return {
        "item": row_of(item.key),
        "title": item.title,
        "screened": is_screened(item),
        "searched_for": _concerned(item),
        "may_mean": [one.code for doubt in screening.doubts.get(item.key, ()) for one in doubt.organisations],
        "words": _nothing_found(item, screening),
    }


def _concerned(item: ItemFact) -> list[str]:
    """Whom an item was taken to concern."""
    named = [_called(one.key, one.name) for one in item.affected]
    return [*named, item.class_scope.phrase] if item.class_scope else named


def _called(key: str, name: str) -> str:
    return name if key.startswith("name:") else f"{spoken(name)} ({key})"


def _nothing_found(item: ItemFact, screening: Screening) -> str:
    """What stands in place of the flags of an item that has none: what was searched, or that nothing could be. RULEBOOK §24 rule 2."""
    open_too = sum(one.item_key == item.key for one in screening.questions)
    if open_too:
        which = "1 interest" if open_too == 1 else f"{open_too} interests"
        return f"No flags yet: {which} may lead there, once it is settled which organisation is meant."
    if is_screened(item):
        return f"No flags. No declared interest leads to {short_list(_concerned(item), NAMED)}."
    said = "Not screened: it names no organisation that is known, and no class of practices"
    meant = [
        f"“{doubt.words}” may be {short_list((f'{one.name} ({one.code})' for one in doubt.organisations), NAMED)}"
        for doubt in screening.doubts.get(item.key, ())
    ]
    return f"{said}. {'. '.join([*meant, 'Read it yourself'])}."


def as_text(screening: Screening, references: Mapping[str, str]) -> str:
    """Returns what `coi screen` prints for people. `references` maps an item's key to the agenda's own number."""
    interests = {interest.key: interest for interest in screening.interests}
    by_item: dict[str, list[Flag]] = defaultdict(list)
    for flag in screening.flags:
        by_item[flag.item_key].append(flag)
    lines: list[str] = []
    for item in screening.items:
        reference = references.get(item.key, item.key)
        lines.extend(_heading_lines(item, reference))
        lines.extend(_reason_lines("  concerns: ", ((one.key, one.name, one.why) for one in item.affected)))
        if item.class_scope:
            lines.extend(
                textwrap.wrap(item.class_scope.phrase, WIDTH, initial_indent="  concerns: ", subsequent_indent=" " * 14)
            )
        if by_item[item.key]:
            lines.extend(_flag_lines(by_item[item.key], interests, screening))
        else:
            nothing = _nothing_found(item, screening)
            lines.extend(textwrap.wrap(nothing, WIDTH, initial_indent="  ", subsequent_indent="  "))
        lines.extend(question_lines((one for one in screening.questions if one.item_key == item.key), screening))
        lines.append("")
    if not screening.flags:
        lines.extend(["No flags. Nobody’s declared interest meets an item of this agenda.", ""])
    lines.extend(unmatched_lines(screening))
    lines.extend(unread_dates_lines(screening))
    lines.extend(unknown_codes_lines(screening))
    lines.extend(_searched_lines(screening))
    return "\n".join(lines)


def _heading_lines(item: ItemFact, reference: str) -> Iterable[str]:
    note = "" if item.for_decision else "  [for information]"
    heading = f"Item {reference}  {item.title}{note}"
    yield from textwrap.wrap(heading, WIDTH, subsequent_indent="    ")
    yield "─" * min(len(heading), WIDTH)


def _flag_lines(flags: Iterable[Flag], interests: Mapping[str, InterestFact], screening: Screening) -> Iterable[str]:
    for flag, rows in _together(flags, interests):
        where = rows_words([(screening.lines.get(row, 0), row) for row in rows])
        who = flag.person or where.capitalize()
        yield f"  {flag.level.value}  {who}: {LEVEL_WORDS[flag.level]}"
        path = " → ".join(flag.path)
        yield from textwrap.wrap(path, WIDTH, initial_indent="      why: ", subsequent_indent="           ")
        text = f"“{_quoted(interests[flag.interest_key], screening.texts)}” ({where})"
        yield from textwrap.wrap(text, WIDTH, initial_indent="      declared: ", subsequent_indent="           ")
        yield from _reason_lines("      names: ", _reasons(flag, screening))
        if flag.runs:
            yield f"      runs: {flag.runs}"
        joined = ", and " if go_together(flag.suggested) else "; or "
        actions = joined.join(f"{ACTION_WORDS[code]} ({code})" for code in flag.suggested)
        yield f"      suggested: {actions or 'the chair decides'}"
        yield f"      rules: {', '.join(flag.rules)}"


def _reasons(flag: Flag, screening: Screening) -> Iterable[tuple[str, str, str]]:
    """The organisations that a flag rests on, each with why the text was taken to mean it."""
    one = flag.interest
    called = dict(zip(one.organisations, one.organisation_names, strict=True))
    for each in one.one_of:
        called |= dict(zip(each.keys, each.names, strict=True))
    return ((key, called[key], screening.whys.get((flag.interest_key, key), "")) for key in flag.organisations)


def _reason_lines(lead: str, named: Iterable[tuple[str, str, str]]) -> Iterable[str]:
    """Why words were taken to mean these organisations; nothing of those that are known by no more than the words themselves."""
    told = [f"{_called(key, name)}: {why}" for key, name, why in named if why]
    more = f"and {len(told) - NAMED} more" if len(told) > NAMED else ""
    for said in (*told[:NAMED], more):
        yield from (
            textwrap.wrap(said, WIDTH, initial_indent=lead, subsequent_indent=" " * (len(lead) + 2)) if said else ()
        )


def _quoted(interest: InterestFact, texts: Mapping[int, str]) -> str:
    """What a row declares in full, so that nothing that belongs to it is cut; of a very long one the part that the flag rests on."""
    whole = texts.get(row_of(interest.key), "")
    return whole if 0 < len(whole) <= LONGEST else shortened(interest.text)


def _together(flags: Iterable[Flag], interests: Mapping[str, InterestFact]) -> list[tuple[Flag, tuple[int, ...]]]:
    """Returns the flags of an item, each once with the rows of the register that say the same: registers repeat themselves."""
    found: dict[tuple[object, ...], tuple[Flag, dict[int, None]]] = {}
    for flag in flags:
        said = " ".join(interests[flag.interest_key].text.split()).casefold()
        key = (flag.person, flag.level, flag.relation, flag.path, flag.suggested, said)
        found.setdefault(key, (flag, {}))[1][row_of(flag.interest_key)] = None
    return [(flag, tuple(rows)) for flag, rows in found.values()]


def _searched_lines(screening: Screening) -> Iterable[str]:
    counted = (
        f"Searched {_count(len(screening.interests), 'interest')} × {_count(len(screening.items), 'item')}; "
        f"{_count(len(screening.flags), 'flag')}; {_count(len(screening.unmatched), 'text')} not understood; "
        f"{_count(screening.nil_rows, 'nil return')}."
    )
    yield counted
    yield f"Screened for {_days_words(screening.days)}."
    if screening.organisations:
        where = f", for the area {screening.area}" if screening.area else ""
        yield f"Compared with {screening.organisations:,} organisations{where}."
    else:
        yield "Names were compared as written. Give --organisations to know former names, areas and networks."
    if screening.unread.not_read:
        told = f"Not read: {', '.join(screening.unread.not_read)}."
        yield from textwrap.wrap(told, WIDTH, subsequent_indent="    ")
    yield "A flag is not a conflict: the chair decides."


def _days_words(days: Sequence[date]) -> str:
    told = [f"{day.day} {day:%B %Y}" for day in days]
    if len(told) > NAMED:
        return f"{len(told)} days from {told[0]} to {told[-1]}"
    return " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
