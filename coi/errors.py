"""The errors that cross rooms: a rule said no, a thing is not there, two people changed the same thing."""

from collections.abc import Sequence


class CoiError(Exception):
    """Whatever a user can be told about. `str()` of it is a sentence in the user's words."""


class RuleBroken(CoiError):
    """A rule said no. `reason` is a sentence for the user, `field` the form field it belongs beside (None: the whole form),
    `rule` the rule's id in the rulebook, `options` what can be done instead, in words."""

    def __init__(
        self, reason: str, *, field: str | None = None, rule: str | None = None, options: Sequence[str] = ()
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field
        self.rule = rule
        self.options = tuple(options)


class BadInput(CoiError):
    """A file or an argument cannot be read. `line` is the line or row it stands in, counted from 1, where that is known."""

    def __init__(self, reason: str, *, line: int | None = None) -> None:
        super().__init__(f"Line {line}: {reason}" if line is not None else reason)
        self.reason = reason
        self.line = line


class NotFound(CoiError):
    """The thing is not there, or this actor may not know that it is. Both look the same."""


class EditConflict(CoiError):
    """Somebody saved a newer version. `theirs` and `yours` map a field's label to its text in each version."""

    def __init__(self, what: str, *, theirs: dict[str, str], yours: dict[str, str]) -> None:
        super().__init__(f"{what} was changed while you were editing it, by somebody else or by you in another window")
        self.what = what
        self.theirs = theirs
        self.yours = yours

    @property
    def versions(self) -> list[tuple[str, str, str]]:
        """Each field's label with its text in both versions, theirs first."""
        fields = dict.fromkeys([*self.theirs, *self.yours])
        return [(field, self.theirs.get(field, ""), self.yours.get(field, "")) for field in fields]
