"""The tables that people may bring and take away; an app declares its own in its module `tables`."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar, NamedTuple, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

from shenyang_fao.core.actors import Actor
from shenyang_fao.core.tables.columns import Column, Row

Tell = Callable[[int], None]
T = TypeVar("T", bound="type[Table]")


class Outcome(NamedTuple):
    """What a row would do. ``changes`` holds, by column, the value before and after in plain signs; none: nothing."""

    record: Any
    is_new: bool
    changes: dict[str, tuple[str, str]]


class Examiner(ABC):
    """Holds the rows of one file against the register, and writes them."""

    @abstractmethod
    def examine(self, row: Row) -> Outcome:
        """Return what a row would do, without writing. Raises ValidationError, by column key where one column is at fault.

        It may be asked again about the same row and then answers the same.
        """

    @abstractmethod
    def write(self, outcomes: Sequence[Outcome], *, by: Actor, tell: Tell) -> None:
        """Write rows that are new or change something, for ``by``, telling how many are done. The transaction is signed."""


class Table(ABC):
    """A register as a table. Its model's right to view lets people export; all of ``rights`` are needed to import."""

    model: ClassVar[type[Model]]
    columns: ClassVar[tuple[Column, ...]]
    rights: ClassVar[tuple[str, ...]]

    @property
    def key(self) -> str:
        """The name of the table, such as ``sister_cities.tie``."""
        return str(self.model._meta.label_lower)

    @property
    def title(self) -> str:
        """What the rows are called."""
        return str(self.model._meta.verbose_name_plural)

    @abstractmethod
    def examiner(self, *, lock: bool) -> Examiner:
        """Return an examiner that has read what it compares with; with ``lock`` nobody changes that meanwhile."""

    @abstractmethod
    def records(self, queryset: QuerySet[Any]) -> Iterator[dict[str, Any]]:
        """Yield the values of each record by column key, as they are exported."""

    def may_import(self, user: Any) -> bool:
        return bool(user.has_perms(self.rights))


_tables: dict[str, Table] = {}


def register(table: T) -> T:
    """Register a table, as a decorator of its class."""
    made = table()
    _tables[made.key] = made
    return table


def table_of(key: str) -> Table:
    """Return the table of a key. Raises Http404."""
    if key not in _tables:
        raise Http404
    return _tables[key]


def tables() -> list[Table]:
    return list(_tables.values())
