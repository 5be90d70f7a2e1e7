"""Rows of a file held against the register of ties.

A partner is known by its country and either of its names, a tie by both parties and its level: whoever brings the same file
twice changes nothing.
"""

from collections.abc import Iterator, Sequence
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shenyang_fao.core import sources
from shenyang_fao.core.actors import Actor
from shenyang_fao.core.enums import UnitKind
from shenyang_fao.core.models import Unit
from shenyang_fao.core.tables.columns import Column, Row
from shenyang_fao.core.tables.kinds import folded
from shenyang_fao.core.tables.registry import Examiner, Outcome, Tell
from sister_cities.actions.ties import next_steps, was_signed
from sister_cities.enums import IN_FORCE_ONCE, PARTY_OF, Level, TieStatus
from sister_cities.models import Partner, Tie
from sister_cities.tables.partners import Known, Meant, Partners, differ
from sister_cities.tables.writing import write_ties

# Which attribute of which record a column fills; the others say which records are meant.
OF_PARTNER = {
    "partner_kind": "kind",
    "name_zh": "name_zh_hans",
    "name_en": "name_en",
    "latitude": "latitude",
    "longitude": "longitude",
}
OF_TIE = {"status": "status", "source": "source", "note": "note", "public": "is_public"}
# What the models call the columns of a row.
CALLED = {"local": "local_party", "partner": "partner_kind"}
CONSTRAINTS = {constraint.name: constraint for constraint in (*Tie._meta.constraints, *Partner._meta.constraints)}

Fault = tuple[str, str]


def row_of(tie: Tie) -> dict[str, Any]:
    """Return the values of a tie by column."""
    partner = tie.partner
    return {
        "local_party": tie.local.name,
        "country": partner.country.code,
        "level": tie.level,
        "signed_on": (tie.signed_on, tie.signed_precision),
        **{column: getattr(partner, name) for column, name in OF_PARTNER.items()},
        **{column: getattr(tie, name) for column, name in OF_TIE.items()},
    }


class TieExaminer(Examiner):
    """Knows every tie, partner and unit, and what the file's earlier rows said."""

    def __init__(self, columns: Sequence[Column], *, lock: bool) -> None:
        ties, partners = Tie.objects.select_related("local"), Partner.objects.all()
        if lock:
            ties, partners = ties.select_for_update(of=("self",)), partners.select_for_update()
        self._kinds = {column.key: column.kind for column in columns}
        self._partners = Partners(partners)
        self._ties = {(tie.local_id, tie.partner_id, tie.level): tie for tie in ties}
        self._units = {folded(name): unit for unit in Unit.objects.all() for name in _names(unit)}
        self._city = next((unit for unit in self._units.values() if unit.kind == UnitKind.CITY), None)
        self._rows: dict[tuple[int, Known, str], int] = {}

    def examine(self, row: Row) -> Outcome:
        meant = self._meant(row.values)
        faults = [*_faults(meant), *self._contradictions(row, meant)]
        if faults:
            raise ValidationError({column: [text for at, text in faults if at == column] for column, _text in faults})
        changes = self._changes(row, meant)
        self._rows[_key(meant)] = row.number
        self._partners.take(meant.known, meant.tie.partner, row.number)
        return Outcome(meant, meant.before is None, changes)

    def write(self, outcomes: Sequence[Outcome], *, by: Actor, tell: Tell) -> None:
        write_ties([outcome.record for outcome in outcomes], by=by, tell=tell)

    def _meant(self, values: dict[str, Any]) -> Meant:
        known = self._partners.find(values["country"], values["name_zh"], values["name_en"])
        local = self._local(values.get("local_party"))
        before = self._ties.get((local.pk, known.now.pk, values["level"]))
        tie = copy(before) if before else Tie(level=values["level"])
        tie.local, tie.partner = local, copy(known.now) if known.was or known.row else known.now
        _fill_partner(tie.partner, values, known)
        _fill_tie(tie, values)
        return Meant(tie, before, known)

    def _local(self, name: str | None) -> Unit:
        unit = self._units.get(folded(name)) if name else self._city
        if unit is None:
            raise ValidationError({"local_party": _("The register has no unit of this name.")})
        return unit

    def _contradictions(self, row: Row, meant: Meant) -> Iterator[Fault]:
        """Yield what another row of the file says otherwise, or says already."""
        same = self._rows.get(_key(meant))
        if same:
            yield "level", _("Row %(row)s has the same pair at the same level.") % {"row": same}
        elif meant.known.row and differ(meant.known.now, meant.tie.partner):
            yield "name_en", _("Row %(row)s says something else about this partner.") % {"row": meant.known.row}

    def _changes(self, row: Row, meant: Meant) -> dict[str, tuple[str, str]]:
        if meant.before is None:
            return {}
        was = copy(meant.before)
        was.partner = meant.known.now
        before, after = self._plain(was), self._plain(meant.tie)
        return {key: (before[key], after[key]) for key in row.values if before[key] != after[key]}

    def _plain(self, tie: Tie) -> dict[str, str]:
        return {key: self._kinds[key].plain(value) for key, value in row_of(tie).items()}


def _key(meant: Meant) -> tuple[int, Known, str]:
    return meant.tie.local_id, meant.known, meant.tie.level


def _names(unit: Any) -> tuple[str, str, str]:
    return unit.slug, unit.name_zh_hans, unit.name_en


def _fill_partner(partner: Partner, values: dict[str, Any], known: Known) -> None:
    for column, name in OF_PARTNER.items():
        if column in values and column != "partner_kind":
            setattr(partner, name, values[column])
    parties = PARTY_OF.get(Level(values["level"]))
    if values.get("partner_kind"):
        partner.kind = values["partner_kind"]
    elif parties and known.was is None and known.row is None:
        partner.kind = parties.partner


def _fill_tie(tie: Tie, values: dict[str, Any]) -> None:
    source = tie.source
    for column, name in OF_TIE.items():
        if column in values:
            setattr(tie, name, "" if values[column] is None else values[column])
    if "signed_on" in values:
        tie.signed_on, tie.signed_precision = values["signed_on"] or (None, "")
    if tie.source != source:
        tie.source_grade = sources.best_grade(tie.source) if tie.source else ""


def _faults(meant: Meant) -> Iterator[Fault]:
    """Yield what is wrong with a tie by itself: the rules and words of the model, asked without the database."""
    tie = meant.tie
    try:
        tie.clean()
    except ValidationError as error:
        yield from ((CALLED.get(name, name), text) for name, texts in error.message_dict.items() for text in texts)
    if (tie.partner.latitude is None) != (tie.partner.longitude is None):
        yield "latitude", _words("partner_on_the_globe")
    if tie.signed_on and tie.status not in IN_FORCE_ONCE:
        yield "signed_on", _words("tie_date_only_once_signed")
    yield from _faults_of_publication(tie)
    if meant.before and tie.status != meant.before.status and tie.status not in next_steps(meant.before):
        words = {"before": meant.before.get_status_display(), "after": tie.get_status_display()}
        yield "status", _("The tie is now “%(before)s”; from there it cannot become “%(after)s”.") % words


def _faults_of_publication(tie: Tie) -> Iterator[Fault]:
    if not tie.is_public:
        return
    if not tie.source:
        yield "public", _words("tie_public_has_source")
    if tie.level == Level.UNCLEAR or not _is_signed(tie):
        yield "public", _words("tie_public_once_signed")


def _is_signed(tie: Tie) -> bool:
    """Tell whether a tie was in force once; a new one has no history yet that could tell, only its date."""
    if tie._state.adding:
        return tie.status in IN_FORCE_ONCE and (tie.status != TieStatus.ENDED or tie.signed_on is not None)
    return was_signed(tie)


def _words(constraint: str) -> str:
    return str(CONSTRAINTS[constraint].violation_error_message)
