"""What waits for an administrator, on the first page: accounts, roles that nobody holds, and who should not hold one."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from coi import clock
from coi.accounts.holder_queries import holders
from coi.accounts.vocabulary import AccountState, Holder
from coi.meetings.waiting_meetings import Waiting
from coi.permissions.vocabulary import Role
from coi.registers.interests.providers_queries import has_provider_interests

NEEDED_ROLES = {
    Role.SECRETARY: "keeps the record of meetings as the committee secretary",
    Role.GUARDIAN: "is the Conflicts of Interest Guardian",
}
"""Roles that a body cannot do without, and what is missing where nobody holds them. Source: RULEBOOK §9."""


def accounts_waiting(body_id: uuid.UUID, on: date, at: datetime) -> Iterator[Waiting]:
    """Yields what an administrator looks after: roles that a body cannot do without, a Guardian who has interests in providers by now, and
    people who cannot sign in yet."""
    people = holders(body_id, on)
    held = {role.role for each in people for role in each.present_roles}
    for role, does in NEEDED_ROLES.items():
        if role not in held:
            yield Waiting(f"Nobody {does}. Give somebody the role", "administration.index", is_late=True)
    yield from _guardians(people, at)
    for state, words in (
        (AccountState.NONE, "no account yet"), (AccountState.INVITED, "an account and no password yet"),
    ):  # fmt: skip
        if number := sum(each.state is state for each in people):
            yield Waiting(f"{number} {'person has' if number == 1 else 'people have'} {words}", "administration.index")


def _guardians(people: Sequence[Holder], at: datetime) -> Iterator[Waiting]:
    """The Guardian who has declared an interest in a provider since they were given the role: of those before, a reason was asked then.
    Source: RULEBOOK §9 (provided no provider interests)."""
    for each in people:
        for role in each.present_roles:
            if role.role is not Role.GUARDIAN or not has_provider_interests(each.person_id, at):
                continue
            if not has_provider_interests(each.person_id, clock.end_of_day(role.valid_from)):
                said = f"{each.name}, the Conflicts of Interest Guardian, has declared an interest in a provider since they have the role"
                yield Waiting(
                    f"{said}. Give it to somebody else, or end it and give it again with the reason why it is right all the same",
                    "administration.show", {"person_id": each.person_id},
                )  # fmt: skip
