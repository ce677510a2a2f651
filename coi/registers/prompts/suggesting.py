"""What a list suggests asking, as it is kept while somebody chooses from it, and where each suggestion stands. Pure but for reading."""

import hashlib
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from coi.people.models import Person
from coi.registers.prompts import question_queries
from coi.registers.prompts.models import MemberQuestion
from coi.registers.prompts.remembering import Remembered, remembered
from coi.registers.prompts.vocabulary import About, OutsideFile, Prompt, PromptKind, Source

DRAFT = "prompts.list"
"""The kind of draft in which the suggestions of a list are kept."""
KEPT = timedelta(days=30)
"""How long the suggestions of a list are kept for whoever read it."""
FEW = 20
"""How many of the rows that were not understood are named by their numbers."""
MOST = 300
"""How many suggestions of one list are kept: what more than a name speaks for comes first."""


@dataclass(frozen=True)
class Suggestion:
    """A question that could be asked, by its key; `before`: the same one as it was asked or set aside, and what has changed since."""

    key: str
    prompt: Prompt
    before: Remembered[MemberQuestion] | None = None
    email: str = ""

    @property
    def is_known(self) -> bool:
        return self.before is not None and self.before.is_known


@dataclass(frozen=True)
class Suggestions:
    """The suggestions of a list, parted as the page shows them."""

    strong: Sequence[Suggestion] = ()
    weak: Sequence[Suggestion] = ()
    known: Sequence[Suggestion] = ()
    unreachable: Sequence[Suggestion] = ()

    @property
    def askable(self) -> Sequence[Suggestion]:
        return [*self.strong, *self.weak]


def list_key(body_id: uuid.UUID, source: Source, content: bytes = b"") -> str:
    """Returns by what a list is kept: the same one, read again, takes the place of its earlier reading; another stands beside it."""
    return f"{body_id}:{hashlib.sha256(source.name.encode() + b'|' + content).hexdigest()[:20]}"


def as_draft(
    found: Sequence[Prompt],
    file: OutsideFile | None,
    source: Source,
    filename: str,
    left_out: int,
    declared: Sequence[str] = (),
) -> dict[str, Any]:
    """Returns the suggestions of a list as plain JSON values, with what was read of it. `left_out`: questions about whoever ran it;
    `declared`: suppliers that somebody declared."""
    read = file or OutsideFile()
    return {
        "list": source.name, "on": source.on.isoformat(), "file": filename[:200], "people": len(read.people),
        "awards": len(read.awards), "skipped": read.skipped, "skipped_rows": list(read.skipped_rows)[:FEW],
        "unread": list(read.unread)[:40], "has_file": file is not None, "doubted": list(read.doubted)[:FEW],
        "doubts": len(read.doubted),
        "found": len(found), "own": left_out, "declared": list(declared)[:FEW], "prompts": [_plain(each) for each in found[:MOST]],
    }  # fmt: skip


def source_of(draft: Mapping[str, Any]) -> Source:
    """Returns which list a draft came from."""
    return Source(draft["list"], date.fromisoformat(draft["on"]))


def suggestions_of(draft: Mapping[str, Any], people: Mapping[uuid.UUID, Person], body_id: uuid.UUID) -> Suggestions:
    """Returns what a draft suggests asking these people, each where it stands today."""
    prompts = [each for each in map(_prompt, draft.get("prompts", ())) if each.person_id in people]
    before = question_queries.earlier_of(body_id, {each.person_id for each in prompts if each.person_id})
    found = [
        Suggestion(
            key_of(each), each, remembered(each.about, each.is_weak, before.get(each.person_id, ())),
            people[each.person_id].email,
        )
        for each in prompts if each.person_id
    ]  # fmt: skip
    new = [each for each in found if not each.is_known]
    return Suggestions(
        [each for each in new if each.email and not each.prompt.is_weak],
        [each for each in new if each.email and each.prompt.is_weak],
        [each for each in found if each.is_known],
        [each for each in new if not each.email],
    )


def chosen(suggestions: Suggestions, keys: Collection[str]) -> dict[uuid.UUID, list[Prompt]]:
    """Returns the questions that were ticked, by whom they are for."""
    found: dict[uuid.UUID, list[Prompt]] = {}
    for each in suggestions.askable:
        if each.key in keys and each.prompt.person_id:
            found.setdefault(each.prompt.person_id, []).append(each.prompt)
    return found


def key_of(prompt: Prompt) -> str:
    """Returns by what the page knows a suggestion: the same in another window, another for another list that says something else."""
    return hashlib.sha256(f"{prompt.person_id}|{prompt.question}|{prompt.why}".encode()).hexdigest()[:20]


def _plain(prompt: Prompt) -> dict[str, Any]:
    about = asdict(prompt.about)
    for name in ("since", "until"):
        about[name] = about[name].isoformat() if about[name] else None
    about["interest_id"] = str(about["interest_id"]) if about["interest_id"] else None
    return {
        "person_id": str(prompt.person_id), "name": prompt.name, "question": prompt.question, "why": prompt.why,
        "is_weak": prompt.is_weak, "about": about,
    }  # fmt: skip


def _prompt(kept: Mapping[str, Any]) -> Prompt:
    about = kept["about"]
    made = About(
        PromptKind(about["kind"]), about["organisation"], about["number"], about["role"],
        date.fromisoformat(about["since"]) if about["since"] else None,
        date.fromisoformat(about["until"]) if about["until"] else None,
        about["born"], uuid.UUID(about["interest_id"]) if about["interest_id"] else None,
    )  # fmt: skip
    return Prompt(kept["name"], kept["question"], kept["why"], made, kept["is_weak"], uuid.UUID(kept["person_id"]))
