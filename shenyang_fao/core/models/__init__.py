"""Tables that every app leans on: audit trail, background work, private files, pictures, published figures, reminders, lists."""

from shenyang_fao.core.models.files import StoredFile, private_path
from shenyang_fao.core.models.pictures import Picture
from shenyang_fao.core.models.published import PublishedFigure, Unit
from shenyang_fao.core.models.reminders import Reminder
from shenyang_fao.core.models.tables import ExportRecord, ImportJob
from shenyang_fao.core.models.trail import AuditEntry, ViewRecord
from shenyang_fao.core.models.work import Counter, Mail, Promise

__all__ = [
    "AuditEntry",
    "Counter",
    "ExportRecord",
    "ImportJob",
    "Mail",
    "Picture",
    "Promise",
    "PublishedFigure",
    "Reminder",
    "StoredFile",
    "Unit",
    "ViewRecord",
    "private_path",
]
