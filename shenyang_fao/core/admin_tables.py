"""The doors of a list of the back office: import, export of what the filters leave, an empty table to fill in."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.http.response import StreamingHttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.views.decorators.http import require_safe

from shenyang_fao.core.admin_base import BackOfficeAdmin, signed_in
from shenyang_fao.core.enums import ExportFormat
from shenyang_fao.core.models import ExportRecord
from shenyang_fao.core.tables import imports, writing
from shenyang_fao.core.tables.registry import Table, table_of
