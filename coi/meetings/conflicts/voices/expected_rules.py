"""Pure rules: who may deputise for whom before a meeting. No database here."""

from collections.abc import Collection, Sequence

from coi.errors import RuleBroken
from coi.meetings.conflicts.voices.vocabulary import Answer, Answered


def check_answers(
    answers: Sequence[Answered], members: Collection[str], *, committee: str, deputies_allowed: bool
) -> None:
    """Raises RuleBroken, beside the member, where the terms let nobody deputise, a deputy is named for somebody who comes, a member would
    deputise in a second capacity, or one person would deputise twice. Rule: QUO-02; RULEBOOK §10.9, §12.1, §23 scenario 30."""
    named: set[str] = set()
    for each in answers:
        deputy = str(each.deputy_id) if each.deputy_id else ""
        if not deputy:
            continue
        field = each.deputy_field
        if not deputies_allowed:
            raise RuleBroken(f"The terms of reference of {committee} let nobody deputise", field=field, rule="QUO-02")
        if each.answer is not Answer.APOLOGIES:
            raise RuleBroken("Choose “Apologies” for the member, or take the deputy out", field=field, rule="QUO-02")
        if deputy in members:
            raise RuleBroken(
                "A member cannot deputise for another one. Select somebody else", field=field, rule="QUO-02"
            )
        if deputy in named:
            raise RuleBroken("Nobody can deputise for two members. Select somebody else", field=field, rule="QUO-02")
        named.add(deputy)
