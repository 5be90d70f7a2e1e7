"""The action-plan board: the actions of a year by unit, with what is overdue, and totals that are counted."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.db.models.functions import ExtractYear
from django.utils import timezone

from shenyang_fao.core.enums import UnitKind
from shenyang_fao.core.models import Unit
from sister_cities.enums import ActionState
from sister_cities.models import PlanAction


@dataclass(frozen=True)
class Totals:
    """How many actions stand where; ``progress`` is the mean in per cent of those that were not dropped."""

    actions: int
    done: int
    under_way: int
    planned: int
    dropped: int
    overdue: int
    progress: int

    @classmethod
    def of(cls, actions: list[PlanAction]) -> "Totals":
        states = [action.state for action in actions]
        kept = [action.progress for action in actions if action.state != ActionState.DROPPED]
        return cls(
            actions=len(actions),
            done=states.count(ActionState.DONE),
            under_way=states.count(ActionState.UNDER_WAY),
            planned=states.count(ActionState.PLANNED),
            dropped=states.count(ActionState.DROPPED),
            overdue=sum(action.is_overdue for action in actions),
            progress=round(sum(kept) / len(kept)) if kept else 0,
        )


@dataclass(frozen=True)
class Row:
    """A unit with its actions, by their deadlines."""

    unit: Unit
    actions: list[PlanAction] = field(default_factory=list)

    @property
    def totals(self) -> Totals:
        return Totals.of(self.actions)


@dataclass(frozen=True)
class Board:
    year: int
    years: list[int]
    programme: int | None
    programmes: list[tuple[int, str]]
    rows: list[Row]

    @property
    def totals(self) -> Totals:
        return Totals.of([action for row in self.rows for action in row.actions])


def board(*, year: str, programme: str) -> Board:
    """Return the board of a year and, if asked, of one programme; what does not exist asks for nothing.

    On this year's board stands also what is overdue from earlier years. Takes two queries.
    """
    this_year = timezone.localdate().year
    offered = list(
        PlanAction.objects.order_by()
        .values_list(ExtractYear("due_on"), "plan__programme", "plan__programme__name")
        .distinct()
    )
    years = sorted({this_year, *(row[0] for row in offered)})
    programmes = sorted({(row[1], row[2]) for row in offered}, key=lambda pair: pair[1])
    asked_year = next((each for each in years if str(each) == year), this_year)
    asked_programme = next((key for key, _name in programmes if str(key) == programme), None)
    actions = _actions(asked_year, asked_programme, carries_over=asked_year == this_year)
    return Board(asked_year, years, asked_programme, programmes, _by_unit(actions))


def _actions(year: int, programme: int | None, *, carries_over: bool) -> list[PlanAction]:
    due = Q(due_on__year=year)
    if carries_over:
        due |= Q(pk__in=PlanAction.objects.overdue().filter(due_on__lt=date(year, 1, 1)))
    found = PlanAction.objects.filter(due).select_related("plan__programme", "plan__partner", "unit", "officer")
    return list(found.filter(plan__programme=programme) if programme else found)


def _by_unit(actions: Iterable[PlanAction]) -> list[Row]:
    rows: dict[int, Row] = {}
    for action in actions:
        rows.setdefault(action.unit_id, Row(action.unit)).actions.append(action)
    return sorted(rows.values(), key=lambda row: (UnitKind.values.index(row.unit.kind), row.unit.name))
