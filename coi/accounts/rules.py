"""Pure rules about accounts: which passwords are refused, when sign-in must wait, who may give which role. No
database here."""

import re
import uuid
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from coi.accounts.vocabulary import HandoverDetails, RoleDetails
from coi.permissions.rules import allows
from coi.permissions.vocabulary import Actor, Permission, Role

LEAST_CHARACTERS = 12
MOST_CHARACTERS = 200
COMMON = (
    "password", "passwort", "passphrase", "welcome", "letmein", "changeme", "qwertyuiop", "qwerty", "asdfghjkl", "zxcvbnm",
    "abcdefghijkl", "abcdef", "1234567890", "123456", "0987654321", "iloveyou", "football", "liverpool", "arsenal", "chelsea",
    "monkey", "dragon", "sunshine", "princess", "superman", "charlie", "summer", "winter", "spring", "autumn", "january", "monday",
    "secret", "trustno", "administrator", "admin", "master", "computer", "internet", "hospital", "doctor", "nurse", "surgery",
    "practice", "england", "london", "conflict", "interest", "register", "committee", "commissioning", "primarycare", "health",
    "nhs", "icb", "ccg", "coi",
)  # fmt: skip
_FEWEST_DIFFERENT = 5
_LEAST_OWN = 4

LAST_ADMINISTRATOR = "This is the only administrator. Make another person an administrator first"
INVITED_FOR = timedelta(days=7)
FORGOTTEN_FOR = timedelta(days=1)
MOST_LINKS = 3
LINKS_WITHIN = timedelta(hours=1)

WINDOW = timedelta(minutes=15)
PAIR_LIMIT = 5
ADDRESS_LIMIT = 50


def password_refusal(password: str, context: Collection[str] = ()) -> str | None:
    """Returns why `password` cannot be used, in the user's words, or None if it can. `context` are words that belong
    to its owner: names, email, organisation. There are no composition rules. Rule: SEC-PW; SECURITY §2.5, ASVS 6.1.2,
    6.2."""
    if len(password) < LEAST_CHARACTERS:
        return f"Password must be {LEAST_CHARACTERS} characters or more"
    if len(password) > MOST_CHARACTERS:
        return f"Password must be {MOST_CHARACTERS} characters or fewer"
    known = {word for text in context for word in re.split(r"[\W_]+", text.lower()) if len(word) > 2}
    rest = password.lower()
    for word in sorted({*COMMON, *known}, key=len, reverse=True):
        rest = rest.replace(word, "")
    is_padded_word = rest != password.lower() and len(re.sub(r"[\W\d_]", "", rest)) < _LEAST_OWN
    if is_padded_word or len(set(password)) < _FEWEST_DIFFERENT:
        return "Password is too easy to guess. Use several words that have nothing to do with you or your work"
    return None


def seconds_to_wait(pair: Sequence[datetime], address: Sequence[datetime], at: datetime) -> int:
    """Returns how long sign-in must wait: 0, or the seconds until enough failures of the last 15 minutes are
    forgotten. `pair` are the failures for this account from this address, `address` all failures from it. Nobody is
    locked out from elsewhere. Rule: SEC-THROTTLE; SECURITY §2.5."""
    waits = [0]
    for failures, limit in ((pair, PAIR_LIMIT), (address, ADDRESS_LIMIT)):
        recent = sorted(failure for failure in failures if failure > at - WINDOW)
        if len(recent) >= limit:
            waits.append(int((recent[-limit] + WINDOW - at).total_seconds()) + 1)
    return max(waits)


def role_refusal(details: RoleDetails, actor: Actor) -> str | None:
    """Returns why `actor` may not give this role, or None. Only an administrator of the place gives roles, and never
    to himself: duties stay separate. Rule: SEC-ROLE; SECURITY §2.4.7, §1.4 C8."""
    if not allows(actor, Permission.ACCOUNTS_ACCOUNT_MANAGE, details.body_id):
        return "Only an administrator of the organisation can give roles in it"
    if actor.person_id is not None and actor.person_id == details.person_id:
        return "You cannot give yourself a role. Ask another administrator"
    if details.body_id is None and details.role is not Role.ADMINISTRATOR:
        return "Select the organisation that the role is for"
    if details.committee_id is not None and details.body_id is None:
        return "Select the organisation that the committee belongs to"
    if details.committee_id is not None and details.role is Role.ADMINISTRATOR:
        return "An administrator looks after the whole organisation. Do not select a committee"
    if details.valid_to is not None and details.valid_to < details.valid_from:
        return "The role must end on or after the day it starts"
    return None


OF_A_SEAT = frozenset({Role.CHAIR, Role.LAY_MEMBER, Role.MEMBER})
"""Roles that go with a seat on a committee."""


def handover_refusal(
    role: Role, from_id: uuid.UUID, details: HandoverDetails, held: Collection[Role], *, today: date
) -> str | None:
    """Returns why a role cannot go to another person, or None. `held`: what they hold at the body already. A role that was used goes over
    from today on at the earliest: nobody held it who did not. An auditor does nothing but
    read, so that nobody audits what they wrote: the restriction wins. Rule: SEC-ROLE; DESIGN, one person may hold several roles."""
    if role in OF_A_SEAT:
        return "This role goes with a seat on a committee. End the seat and appoint the successor"
    if from_id == details.to_id:
        return "Select another person"
    if details.starts < today:
        return "The first day must be today or in the future"
    if details.until is not None and details.until < details.starts:
        return "The last day must be the same as or after the first day"
    others = set(held) - {Role.DECLARANT, role}
    if (Role.AUDITOR in others and role is not Role.DECLARANT) or (role is Role.AUDITOR and others):
        return "An auditor holds no other role. End that role first"
    return None


def care_refusal(actor: Actor, body_id: uuid.UUID | None, places: Collection[uuid.UUID | None]) -> str | None:
    """Returns why `actor` may not open, close or send a link for an account, or None. `places` are the bodies at which
    its owner has a role (None: the installation): whoever can get into the account can act there, so an administrator
    of one place alone cannot hand it out. Rule: SEC-ROLE; SECURITY §2.4.7."""
    if not allows(actor, Permission.ACCOUNTS_ACCOUNT_MANAGE, body_id):
        return "Only an administrator of the organisation can look after its accounts"
    if not all(allows(actor, Permission.ACCOUNTS_ACCOUNT_MANAGE, place) for place in places):
        return "This person has a role at another organisation too. Ask an administrator of the installation"
    return None


def last_day_if_ended_at_once(starts: date, today: date) -> date:
    """Returns the last day of a role that ends at once: yesterday, or, where it had not begun by then, the day before
    it starts, so that it never holds. Rule: SEC-ROLE; ASVS 8.3.2."""
    return max(starts, today) - timedelta(days=1)


def end_refusal(
    role: Role, *, starts: date, ends: date, other_administrators: int, at_once: bool = False
) -> str | None:
    """Returns why a role cannot end on that day, or None. Somebody must always be able to manage accounts. One that
    ends `at_once` may never have held. Rule: SEC-ROLE."""
    if ends < starts and not at_once:
        return "The role must end on or after the day it starts"
    if role is Role.ADMINISTRATOR and other_administrators == 0:
        return LAST_ADMINISTRATOR
    return None
