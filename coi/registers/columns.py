"""The shape of what a register publishes: its columns, and a row of values under them. Pure; each register has its own columns.py."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from coi.registers.vocabulary import RegisterKind

Value = str | int | Decimal | bool | date | tuple[str, ...] | None


class ColumnKind(StrEnum):
    """How the values of a column are written: in a page, in a file, in a data package."""

    TEXT = "text"
    DATE = "date"
    MONEY = "money"  # pounds
    NUMBER = "number"
    BOOLEAN = "boolean"
    LIST = "list"  # several texts


@dataclass(frozen=True)
class Column:
    """One column. `name` is for machines and never changes, `heading` is read by people; `is_shown` False keeps it out of pages and
    printed copies, not out of files; `is_told` puts it on the page of one record all the same. `is_withholdable`: a Guardian may keep it
    from the public (RULEBOOK §7.3)."""

    name: str
    heading: str
    kind: ColumnKind = ColumnKind.TEXT
    description: str = ""
    is_shown: bool = True
    is_withholdable: bool = False
    is_told: bool = False


@dataclass(frozen=True, eq=False)  # one object for each register: compared by what it is, which is quick
class RegisterShape:
    """What a register is called and which columns it publishes, in order."""

    kind: RegisterKind
    title: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def withholdable(self) -> tuple[str, ...]:
        """What a request not to publish can name, in the order of the register."""
        return tuple(column.name for column in self.columns if column.is_withholdable)

    def hidden_with(self, fields: frozenset[str], said_twice: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
        """Returns `fields` with what would give them away (`said_twice`). Where every column that can be withheld is, the whole row is:
        all its names. Rule: REG-06; RULEBOOK §7.3."""
        if fields >= set(self.withholdable):
            return frozenset(self.names)
        return fields.union(*(said_twice.get(each, ()) for each in fields))


@dataclass(frozen=True)
class PublicRow:
    """One row as the public may see it. `key` names the record for good (its issued reference), `sort_key` orders the register,
    `values` has one value for each column's name. After `public_until` the row leaves the public register (None: no end is known)."""

    key: str
    sort_key: str
    values: Mapping[str, Value] = field(hash=False)
    public_until: date | None = None
