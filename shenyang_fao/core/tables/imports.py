"""From a file to the register: read at once, checked in the background, imported as a whole or not at all.

Officers decide on what they were shown: before the import writes, the file is held against the register again, under lock.
If it would do anything else by now, nothing is written and the file has to be checked anew.
"""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from shenyang_fao.core import audit, files, outbox
from shenyang_fao.core.actors import Actor
from shenyang_fao.core.enums import ImportState
from shenyang_fao.core.errors import NotNow
from shenyang_fao.core.models import ImportJob, StoredFile
from shenyang_fao.core.tables import columns, progress, reading
from shenyang_fao.core.tables.findings import Check, Fate, Findings
from shenyang_fao.core.tables.registry import Table, table_of

CHECK, APPLY = "import.check", "import.apply"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"


@audit.action
def begin(table: Table, *, data: bytes, name: str, by: Actor) -> ImportJob:
    """Take a file in and promise its check. Raises ValidationError if it is no such table, PermissionDenied."""
    _may(table, by)
    sheet = reading.read(data)
    columns.place(sheet.header, table.columns)
    media_type = XLSX if sheet.form == "XLSX" else CSV
    file = files.store(data, name=name, media_type=media_type, by=by)
    return _promised(table, file, form=sheet.form, by=by)


@audit.action
def begin_again(job: ImportJob, *, by: Actor) -> ImportJob:
    """Check the same file anew. Raises NotNow if it is gone, PermissionDenied."""
    table = table_of(job.kind)
    _may(table, by)
    if job.file is None or job.state not in {ImportState.CHECKED, ImportState.OVERTAKEN}:
        raise NotNow(_("This file cannot be checked again. Choose it anew."))
    return _promised(table, job.file, form=job.form, by=by)


@audit.action
def confirm(job: ImportJob, *, by: Actor) -> ImportJob:
    """Promise the import of a file that was checked and has no fault. Raises NotNow, PermissionDenied."""
    _may(table_of(job.kind), by)
    job = _locked(job.pk)
    if job.state != ImportState.CHECKED or job.faulty:
        raise NotNow(_("This file is not ready to be imported."))
    job.state, job.decided_by = ImportState.IMPORTING, by  # type: ignore[assignment]
    job.save(update_fields=["state", "decided_by"])
    outbox.promise(APPLY, job.pk)
    return job


@audit.action
def abandon(job: ImportJob, *, by: Actor) -> ImportJob:
    """Give up a file that was not imported; it and what was found in it are deleted. Raises NotNow, PermissionDenied."""
    _may(table_of(job.kind), by)
    job = _locked(job.pk)
    if job.state not in {ImportState.CHECKED, ImportState.OVERTAKEN}:
        raise NotNow(_("This import cannot be abandoned now."))
    file, findings = job.file, job.findings
    job.state, job.file, job.findings = ImportState.ABANDONED, None, None
    job.save(update_fields=["state", "file", "findings"])
    for left in filter(None, (file, findings)):
        if not ImportJob.objects.filter(file=left).exists():
            files.discard(left)
    return job


def check(job_id: int) -> None:
    """Find out what a file would do; keeper of `import.check`. A second call finds the job checked."""
    job = _locked(job_id)
    if job.state != ImportState.CHECKING:
        return
    findings = _examined(job, lock=False).findings
    counts = findings.counts
    job.added, job.changed = counts[Fate.NEW], counts[Fate.CHANGED]
    job.unchanged, job.faulty = counts[Fate.UNCHANGED], counts[Fate.FAULTY]
    job.state, job.plan = ImportState.CHECKED, findings.plan
    job.findings = files.store(findings.as_json(), name="findings.json", media_type="application/json", by=None)
    job.save()


def apply(job_id: int) -> None:
    """Import a file, all of it or nothing; keeper of `import.apply`. A second call finds the job done."""
    job = _locked(job_id)
    if job.state == ImportState.IMPORTING and job.decided_by:
        _import(job, by=job.decided_by)


def findings_of(job: ImportJob) -> Findings:
    """Return what the check of a file found."""
    if job.findings is None:
        return Findings()
    with job.findings.content.open("rb") as file:
        return Findings.from_json(file.read())


@audit.action
def _import(job: ImportJob, *, by: Actor) -> None:
    found = _examined(job, lock=True)
    if found.findings.plan != job.plan:
        job.state = ImportState.OVERTAKEN
    else:
        # Looking at the rows was the first half of the way.
        total = job.total + len(found.outcomes)
        found.write(by=by, tell=partial(_tell, job, offset=job.total, total=total))
        job.state, job.done_at = ImportState.DONE, timezone.now()
    job.save(update_fields=["state", "done_at"])


def _examined(job: ImportJob, *, lock: bool) -> Check:
    if job.file is None:
        raise ValueError("the file of an import that runs is never deleted")
    with job.file.content.open("rb") as file:
        sheet = reading.read(file.read())
    table = table_of(job.kind)
    work = Check(table.examiner(lock=lock), columns.place(sheet.header, table.columns))
    rows = len(sheet.lines)
    work.walk(sheet, partial(_tell, job, offset=0, total=rows + (job.added + job.changed if lock else 0)))
    return work


def _tell(job: ImportJob, done: int, *, offset: int, total: int) -> None:
    progress.tell(f"import:{job.pk}:{job.state}", offset + done, total)


def _promised(table: Table, file: StoredFile, *, form: str, by: Actor) -> ImportJob:
    job = ImportJob.objects.create(kind=table.key, file=file, form=form, by=by)  # type: ignore[misc]
    outbox.promise(CHECK, job.pk)
    return job


def _locked(job_id: int) -> ImportJob:
    return ImportJob.objects.select_for_update().get(pk=job_id)


def _may(table: Table, by: Actor) -> None:
    if not table.may_import(by):
        raise PermissionDenied
