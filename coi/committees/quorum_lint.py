"""What is wrong with a quorum rule and a membership before anybody meets: pure. And whose clinical voice is left for an
item."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from coi.committees.demands import Most, Number, Place, Places, Way, ways_of
from coi.committees.expression import Rule, for_every_item
from coi.committees.quorum import quorum_of, voting_seats
from coi.committees.quorum_words import CLASS_WORDS, either, together
from coi.committees.vocabulary import (
    Capacity,
    ClinicalMember,
    ClinicalVoice,
    Finding,
    ItemPredicateFacts,
    MemberClass,
    Office,
    QuorumSettings,
    Seat,
)

LAY_CLASSES = frozenset(
    {MemberClass.LAY, MemberClass.NON_EXECUTIVE}
)  # the ICB has non-executives where a CCG has lay members
LAY_AND_EXECUTIVE = LAY_CLASSES | {MemberClass.EXECUTIVE}
AUDIT_CHAIR = "audit_chair"  # attribute of a seat
_AUDIT_CHAIR_POSTS = frozenset({"audit chair", "audit committee chair", "chair of the audit committee"})
_INVITEES = {  # who has a standing invitation, and how posts name it when they are written without spaces and hyphens
    "Healthwatch": ("healthwatch",),
    "the health and wellbeing board": ("wellbeingboard", "hwb"),
}


NONE_REMAINS, NONE_IS_THERE = "No clinical member remains.", "No clinical member is there."


def lint(
    rule: Rule,
    settings: QuorumSettings,
    seats: Iterable[Seat],
    *,
    established: int | None = None,
    primary_care: bool = True,
    posts: Collection[str] | None = None,
    away: Collection[str] = (),
) -> tuple[Finding, ...]:
    """Returns what to put right, or explain, in a quorum rule and the people in post, whoever comes to a meeting.
    `primary_care`: the committee commissions primary care, so that the rules on its GPs, lay chair, majority and invitees apply.
    Without `established`, the voting seats in post stand for it. `posts` are those of everybody whom the body knows, with a seat or
    not; without them nobody looks for standing invitees. `away`: who (keys) is away for long. Rules: QUO-01, QUO-03, MTG-07, PCCC-01,
    PCCC-02, PCCC-03, PCCC-04; RULEBOOK §11.1, §12.3, §23 scenario 57."""
    members = [
        replace(seat, present=True, virtual=False, management=frozenset())
        for seat in seats
        if seat.capacity is Capacity.MEMBER
    ]
    base = voting_seats(members) if established is None else established
    strict = for_every_item(rule)
    filled = _as_filled(strict, settings, members, base)
    here = _without(members, away)
    if not filled or filled[0].rule_id != "QUO-01":
        filled += _while_away(strict, settings, members, here, base)
    if not primary_care:
        return tuple(filled)
    gps = _without_gps(strict, settings, members, base)
    found = [*(gps or _gps_while_away(strict, settings, members, here, base)), *filled]
    found += [*_lay_chairs(members), *_majorities(members), *_audit_chair(members)]
    if posts is not None:
        found += _standing_invitees(members, posts)
    return tuple(found)


def clinical_voice(seats: Iterable[Seat], standing_down: Collection[str]) -> ClinicalVoice:
    """Returns who with a clinical background (GP, nurse, secondary care doctor) remains for an item when
    `standing_down` (keys) have left, and whom the item loses. Only people who are there, or expected, are looked at.
    Source: USERS W4."""
    there = sorted({(s.name, s.member_class, s.person) for s in seats if s.present and s.member_class.is_clinical})
    remaining = tuple(ClinicalMember(name, kind) for name, kind, person in there if person not in standing_down)
    lost = tuple(ClinicalMember(name, kind) for name, kind, person in there if person in standing_down)
    advice = ""
    if remaining:
        sentence = f"Clinical members who remain: {_listed(remaining)}."
    elif lost:
        sentence = NONE_REMAINS
        advice = (
            "Ask for clinical views before the members stand down, or invite an independent GP from another area, a secondary care "
            "doctor or a nurse."
        )
    else:
        sentence, advice = NONE_IS_THERE, "Invite an independent GP, a secondary care doctor or a nurse."
    return ClinicalVoice(remaining, lost, sentence, advice)


def without_advice(words: str) -> str:
    """Returns what was kept of a clinical voice as minutes say it: older records keep the advice to the secretary with it."""
    return next((each for each in (NONE_REMAINS, NONE_IS_THERE) if words.startswith(each)), words)


def _listed(members: Sequence[ClinicalMember]) -> str:
    return together([f"{one.name} ({CLASS_WORDS[one.member_class][0]})" for one in members])


def _without_gps(rule: Rule, settings: QuorumSettings, members: Sequence[Seat], base: int) -> list[Finding]:
    ways = ways_of(rule, ItemPredicateFacts(), lambda _part, _organisation: base)
    if all(_needs_a_gp(way) for way in ways):
        return [Finding("QUO-03", "The rule cannot be met without a GP. If every GP stands down, no item is quorate.")]
    if not members or not quorum_of(rule, settings, members, base):
        return []
    left = quorum_of(
        rule, settings, _without(members, {s.person for s in members if s.member_class is MemberClass.GP}), base
    )
    if left:
        return []
    return [
        Finding(
            "QUO-03",
            f"With the members in post, no item is quorate if every GP stands down. Missing: {together(left.missing)}.",
        )
    ]


def _needs_a_gp(way: Way) -> bool:
    only_gps = frozenset({MemberClass.GP})
    for demand in way:
        match demand:
            case Places(places):
                if any(_asks_only_for(place, only_gps) for place in places):
                    return True
            case Number(_, choice) | Most(choice):
                if choice.selector.classes == only_gps:
                    return True
    return False


def _asks_only_for(place: Place, classes: frozenset[MemberClass]) -> bool:
    return all(choice.selector.classes == classes for choice in place.choices)


def _without(members: Sequence[Seat], persons: Collection[str]) -> list[Seat]:
    return [replace(seat, present=False) if seat.person in persons else seat for seat in members]


def _as_filled(rule: Rule, settings: QuorumSettings, members: Sequence[Seat], base: int) -> list[Finding]:
    everybody = quorum_of(rule, settings, members, base)
    if not everybody:
        return [Finding("QUO-01", f"The members in post cannot be a quorum. Missing: {together(everybody.missing)}.")]
    chairs = {seat.person for seat in members if seat.offices & {Office.CHAIR, Office.VICE_CHAIR}}
    left = quorum_of(rule, settings, _without(members, chairs), base)
    if left:
        return []
    missing = together(left.missing)
    return [
        Finding("MTG-07", f"If the chair and the vice chair both stand down, no item is quorate. Missing: {missing}.")
    ]


def _while_away(
    rule: Rule, settings: QuorumSettings, members: Sequence[Seat], here: Sequence[Seat], base: int
) -> list[Finding]:
    """That nothing can be decided as long as somebody is away for long: of members who could be a quorum. Nobody is named."""
    left = quorum_of(rule, settings, here, base)
    if left:
        return []
    return [
        Finding(
            "QUO-01",
            f"{_missing_now(members, here)}, the members in post cannot be a quorum. Missing: {together(left.missing)}.",
        )
    ]


def _gps_while_away(
    rule: Rule, settings: QuorumSettings, members: Sequence[Seat], here: Sequence[Seat], base: int
) -> list[Finding]:
    """That no item is quorate without the GPs as long as somebody else is away for long. Source: RULEBOOK §23 scenario 57."""
    gps = {each.person for each in members if each.member_class is MemberClass.GP}
    left = quorum_of(rule, settings, _without(here, gps), base)
    if left or not quorum_of(rule, settings, here, base):
        return []
    said = (
        f"{_missing_now(members, here)}, no item is quorate if every GP stands down. Missing: {together(left.missing)}."
    )
    return [Finding("QUO-03", f"{said} Ask for deputies, or put such items off.")]


def _missing_now(members: Sequence[Seat], here: Sequence[Seat]) -> str:
    number = len({each.person for each in members}) - len({each.person for each in here if each.present})
    return f"While {number} {'member is' if number == 1 else 'members are'} away for long"


def _lay_chairs(members: Sequence[Seat]) -> list[Finding]:
    found = []
    for office, title in ((Office.CHAIR, "chair"), (Office.VICE_CHAIR, "vice chair")):
        holders = [seat for seat in members if office in seat.offices]
        if not holders:
            found.append(Finding("PCCC-01", f"The committee has no {title}. Appoint a lay member."))
        found += [
            Finding("PCCC-01", f"The {title}, {seat.name}, is not a lay member.")
            for seat in holders
            if seat.member_class not in LAY_CLASSES
        ]
    return found


def _majorities(members: Sequence[Seat]) -> list[Finding]:
    voting = {seat.person: seat.member_class for seat in members if seat.voting}
    majority = sum(kind in LAY_AND_EXECUTIVE for kind in voting.values())
    gps = sum(kind is MemberClass.GP for kind in voting.values())
    found = []
    if voting and majority * 2 <= len(voting):
        found.append(
            Finding(
                "PCCC-02", f"Lay and executive members hold {majority} of {len(voting)} votes. They need a majority."
            )
        )
    if gps * 2 > len(voting):
        found.append(Finding("PCCC-02", f"GPs hold {gps} of {len(voting)} votes. They must not be the majority."))
    return found


def _audit_chair(members: Sequence[Seat]) -> list[Finding]:
    return [
        Finding(
            "PCCC-03",
            f"{seat.name} chairs this committee and the audit committee. Choose another chair, or explain why.",
        )
        for seat in members
        if Office.CHAIR in seat.offices
        and (AUDIT_CHAIR in seat.attributes or any(role.casefold() in _AUDIT_CHAIR_POSTS for role in seat.roles))
    ]


def _standing_invitees(members: Sequence[Seat], posts: Collection[str]) -> list[Finding]:
    """They need no seat and should not count to a quorum: a post at the body says whom somebody comes for."""
    known = [*posts, *(words for seat in members for words in (*seat.roles, seat.organisation or ""))]
    plain = ["".join(one.casefold().replace("-", " ").split()) for one in known]
    missing = [name for name, ways in _INVITEES.items() if not any(way in one for way in ways for one in plain)]
    if not missing:
        return []
    has = "Both have" if len(missing) > 1 else "It has"
    return [
        Finding(
            "PCCC-04",
            f"Nobody on file comes for {either(missing)}. {has} a standing invitation: add who comes, with a post that says so.",
        )
    ]
