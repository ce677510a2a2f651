"""The words for people: a person and a post as they are entered. Standard library only."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class PersonDetails:
    """A person as entered. Either name may be empty, not both: some people have one name. `initials` empty: they are made from the
    names. `namesake_confirmed`: somebody of this name is known, and this is another person."""

    given_names: str
    family_name: str
    title: str = ""
    email: str = ""
    initials: str = ""
    namesake_confirmed: bool = False


@dataclass(frozen=True)
class AppointmentDetails:
    """A post at a body, from its first day to its last, open-ended where `valid_to` is None."""

    post: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True)
class KnownName:
    """What a person was called at an instant, with the title, and what ordered them."""

    name: str
    sort_key: str
