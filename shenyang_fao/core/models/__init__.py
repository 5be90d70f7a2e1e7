"""Tables that every app leans on: audit trail, background work, private files, pictures, published figures, lists."""

from shenyang_fao.core.models.files import StoredFile, private_path
from shenyang_fao.core.models.pictures import Picture
from shenyang_fao.core.models.published import CountryGroup, PublishedFigure, Unit
from shenyang_fao.core.models.tables import ExportRecord, ImportJob
from shenyang_fao.core.models.trail import AuditEntry, ViewRecord
from shenyang_fao.core.models.work import Counter, Mail, Promise, Sms

__all__ = [
    "AuditEntry",
    "Counter",
    "CountryGroup",
    "ExportRecord",
    "ImportJob",
    "Mail",
    "Picture",
    "Promise",
    "PublishedFigure",
    "Sms",
    "StoredFile",
    "Unit",
    "ViewRecord",
    "private_path",
]
