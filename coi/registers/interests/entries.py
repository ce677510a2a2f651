"""One interest as far as somebody has answered for it: which question comes next, what its answers say. Pure; kept in a draft."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from coi.registers.interests import rules, subtypes, wording
from coi.registers.interests.redaction import FIELD_WORDS
from coi.registers.interests.vocabulary import (
    DIRECTNESS_WORDS,
    NO_ORGANISATION,
    ROLE_WORDS,
    Directness,
    InterestDetails,
    InterestRole,
    InterestSubtype,
    InterestType,
    NamedOrganisation,
    Via,
)
from coi.registers.interests.wording import Stated
from coi.registers.questions import Answer, Questions, as_date

STEPS = ("what", "kind", "organisation", "about")
"""The questions, one page each, in their order: what it is and whose, of what kind, in which organisation, and what there is to say of
it, with its dates. What it is decides which are asked."""
DESCRIPTION, PRIVACY = "nature", "privacy"
"""Questions that nobody has to pass: a description is made from the answers, and whether there is a reason not to publish is asked once
for everything, beside the signature."""


@dataclass(frozen=True)
class Entry(Questions):
    """One interest as far as it was answered. Dates are ISO texts, so that the draft is plain JSON. `answered` names the steps that
    were taken: an empty answer is one too. `interest_id` and `version` say which line of the register it changes, if any. `nature` is a
    description that somebody wrote as a whole; without one it is made from the answers and from `added`."""

    type: str = ""
    directness: str = ""
    via: str = ""
    organisation: str = ""
    organisation_id: str = ""
    organisation_why: str = ""  # by what it was found, where nobody chose it from a list
    role: str = ""
    nature: str = ""
    added: str = ""
    arose_on: str = ""
    is_pursuing: bool = False
    ended_on: str = ""
    aware_on: str = ""
    keep_private_because: str = ""
    keep_private_fields: str = ""  # names of columns, parted by spaces; empty: all that can be withheld
    interest_id: str = ""
    version: int = 0
    subtype: str = ""
    particulars: Mapping[str, str] = field(default_factory=dict, hash=False)
    reveals_health: bool = False
    has_no_organisation: bool = False
    is_suggested: bool = (
        False  # the declarant's own, in an organisation that was asked about by name: neither is asked again
    )
    is_beside_practice: bool = False  # that organisation is the network or federation of a practice of theirs
    wants_privacy: bool = False  # there is said to be a reason not to publish it, and which was not told yet

    @property
    def heading(self) -> str:
        """The organisation, or that there is none; empty where it was not answered yet."""
        return NO_ORGANISATION if self.has_no_organisation else self.organisation

    @property
    def is_change(self) -> bool:
        """Whether it changes an interest that is on the register."""
        return bool(self.interest_id)

    @property
    def is_indirect(self) -> bool:
        return self.directness == Directness.INDIRECT

    @property
    def is_kept_private(self) -> bool:
        """Whether the Guardian has to decide about it."""
        return bool(self.keep_private_because or self.reveals_health)

    @property
    def may_reveal_health(self) -> bool:
        """Whether what it is may well tell of somebody's health or belief: a personal one, somebody close, or anything else. Asked there at
        once. Source: RULEBOOK §5.2 (a condition that a decision may affect)."""
        is_personal = self.type == InterestType.NON_FINANCIAL_PERSONAL
        return is_personal or self.is_indirect or self.reveals_health or self.subtype in ("", InterestSubtype.OTHER)

    @property
    def steps(self) -> tuple[str, ...]:
        """The questions of this interest."""
        skipped = {"kind": subtypes.settles_type(self.subtype) is not None, "organisation": self.is_suggested}
        return tuple(step for step in STEPS if not skipped.get(step))

    @property
    def asks_role(self) -> bool:
        return not self.has_no_organisation and subtypes.settles_role(self.subtype) is None

    @property
    def is_once(self) -> bool:
        """Whether it happens on one day and is over with it."""
        return subtypes.is_once(self.subtype)

    @property
    def asked(self) -> tuple[subtypes.Particular, ...]:
        """What is asked of this interest because of its type."""
        return subtypes.particulars_of(self.subtype, is_indirect=self.is_indirect)

    @property
    def description(self) -> str:
        """What the interest is: as somebody wrote it, or made of what was answered, "Partner, Larkfield Surgery. Share: a fifth"."""
        if self.nature:
            return self.nature
        role = "" if self.role in ("", InterestRole.OTHER) else ROLE_WORDS[InterestRole(self.role)]
        lead = ", ".join(words for words in (role, self.organisation) if words) if role else ""
        if self.has_no_organisation:
            lead = subtypes.SUBTYPES[InterestSubtype(self.subtype)].in_none if self.subtype else ""
        told = subtypes.suggested_nature(self.subtype, self.particulars)
        return ". ".join(words for words in (lead, told, self.added) if words)

    def with_answers(self, step: str, answers: Mapping[str, Any]) -> "Entry":
        """Returns the entry with the answers of a step. A direct interest has no relation."""
        taken = tuple(each for each in (*STEPS, PRIVACY) if each in self.answered or each == step)
        entry = replace(self, **answers, answered=taken)
        if entry.directness == Directness.DIRECT:
            entry = replace(entry, via="")
        if entry.subtype != self.subtype:
            entry = entry._settled(self.subtype)
        if entry.is_indirect:
            entry = replace(entry, particulars=subtypes.without_own(entry.subtype, entry.particulars))
        if entry.has_no_organisation:
            entry = entry._in_none()
        elif self.has_no_organisation:
            entry = replace(entry, role=subtypes.settles_role(entry.subtype) or "")
        return entry if entry._is_told else entry._without("about")

    @property
    def _is_told(self) -> bool:
        """Whether the answers about it, dates aside, are enough: another type may ask for more."""
        has_role = bool(self.role) or not self.asks_role
        return has_role and all(self.particulars.get(each.name) for each in self.asked if each.is_required)

    def _without(self, *again: str) -> "Entry":
        return replace(self, answered=tuple(each for each in self.answered if each not in again))

    def _in_none(self) -> "Entry":
        """The entry of an interest in no organisation: there is no role in it, and a type that needs one is asked for it again."""
        if not subtypes.may_lack_organisation(self.subtype):
            return replace(self._without("organisation"), has_no_organisation=False)
        return replace(self, role=subtypes.settles_role(self.subtype) or InterestRole.OTHER)

    def _settled(self, before: str) -> "Entry":
        """The entry with what its subtype settles; what was answered for another subtype is asked again."""
        kind, role = subtypes.settles_type(self.subtype), subtypes.settles_role(self.subtype)
        kept = ("", "") if before else (self.type, self.role)
        entry = self._without("kind") if before else self
        return replace(entry, particulars={}, type=kind or kept[0], role=role or kept[1])

    def details(self) -> InterestDetails:
        """Returns the interest, of an entry that is complete."""
        return InterestDetails(
            type=InterestType(self.type), directness=Directness(self.directness), via=Via(self.via) if self.via else None,
            role=InterestRole(self.role), nature=self.description,
            organisations=self._named(), has_no_organisation=self.has_no_organisation,
            arose_on=as_date(self.arose_on), is_pursuing=self.is_pursuing, ended_on=as_date(self.ended_on), aware_on=as_date(self.aware_on),
            keep_private_because=self.keep_private_because, subtype=InterestSubtype(self.subtype) if self.subtype else None,
            particulars=dict(self.particulars), reveals_health=self.reveals_health,
            keep_private_fields=tuple(self.keep_private_fields.split()),
        )  # fmt: skip

    def _named(self) -> tuple[NamedOrganisation, ...]:
        if self.has_no_organisation:
            return ()
        return (
            NamedOrganisation(self.organisation, uuid.UUID(self.organisation_id) if self.organisation_id else None),
        )

    def summary(self) -> tuple[Answer, ...]:
        """Returns the answers of an entry that is complete, line by line."""
        stated = self.details()
        lines = wording.lines_of(stated)
        what = (Answer("What kind of thing", lines["What kind of thing"], "what"),) if self.subtype else ()
        kind = (Answer("Kind of interest", lines["Kind of interest"], "kind"),) if "kind" in self.steps else ()
        role = (Answer("Role", lines["Role"], "about"),) if self.asks_role else ()
        own = "" if self.organisation_id or self.has_no_organisation else " (in your own words)"
        own = f" ({self.organisation_why})" if self.organisation_why else own
        private = (Answer("Reason not to publish", self._kept_back, PRIVACY),) if self.is_kept_private else ()
        return (
            *what, *kind, Answer("Whose interest", lines["Whose interest"], "what"),
            Answer("Organisation", lines["Organisation"] + own, "organisation"), *role,
            *(Answer(each.heading, self.particulars[each.name], "about") for each in self.asked if self.particulars.get(each.name)),
            Answer("What it is", lines["What it is"], DESCRIPTION), Answer("Dates", wording.dates_of(stated), "about"), *private,
        )  # fmt: skip

    @property
    def in_short(self) -> str:
        """An entry that is complete in a line or two, for a list of several."""
        stated = self.details()
        whose = (
            DIRECTNESS_WORDS[stated.directness] if stated.via is None else wording.whose(stated.directness, stated.via)
        )
        told = (stated.nature, wording.dates_of(stated), whose)
        return ". ".join(words.rstrip(".") for words in told) + "."

    @property
    def _kept_back(self) -> str:
        parts = ", ".join(FIELD_WORDS[name] for name in self.keep_private_fields.split() if name in FIELD_WORDS)
        about = f" (about: {parts})" if self.keep_private_because and parts else ""
        health = wording.HEALTH if self.reveals_health else ""
        return ". ".join(words for words in (f"{self.keep_private_because}{about}", health) if words)

    def check(self, step: str, today: date) -> None:
        """Raises RuleBroken where what was answered in a step cannot be. Rules: DECL-06, DECL-09."""
        if step == "about":
            rules.check_dates(
                arose_on=as_date(self.arose_on), ended_on=as_date(self.ended_on), aware_on=as_date(self.aware_on),
                is_pursuing=self.is_pursuing, today=today,
            )  # fmt: skip


def entry_of(stated: Stated, organisation_id: str, interest_id: str, version: int) -> Entry:
    """Returns the entry with which an interest on the register is changed: everything answered as it stands there."""
    named = stated.organisations[0].text if stated.organisations else ""
    return Entry(
        type=stated.type, directness=stated.directness, via=stated.via or "", organisation=named, organisation_id=organisation_id,
        role=stated.role, nature=stated.nature, arose_on=as_text(stated.arose_on), is_pursuing=stated.is_pursuing,
        ended_on=as_text(stated.ended_on), aware_on=as_text(stated.aware_on), answered=(*STEPS, PRIVACY), interest_id=interest_id,
        version=version, subtype=stated.subtype or "", particulars=dict(stated.particulars or {}),
        reveals_health=bool(stated.reveals_health), has_no_organisation=not stated.organisations,
    )  # fmt: skip


def suggested_entry(organisation_id: uuid.UUID, name: str) -> Entry:
    """Returns the beginning of an interest of the declarant's own in the network or federation of their practice."""
    return Entry(
        organisation=name, organisation_id=str(organisation_id), directness=Directness.DIRECT.value, is_suggested=True,
        is_beside_practice=True, answered=("organisation",),
    )  # fmt: skip


def as_text(on: date | None) -> str:
    """Returns a date as the draft keeps it, "" for none."""
    return on.isoformat() if on else ""
