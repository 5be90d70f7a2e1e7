"""The foundation's own background work; mail has its keeper in `mail`."""

from django.utils.translation import gettext_lazy as _

from shenyang_fao.core import outbox
from shenyang_fao.core.pictures import renditions
from shenyang_fao.core.tables import imports


@outbox.keeper(renditions.RENDER, title=_("make the sizes of a picture"))
def render_picture(picture_id: int) -> None:
    """Make the renditions; the queue of letters stays free for letters."""
    renditions.render(picture_id)


# Half a minute for 10,000 rows; on a busy machine several times as long, and below the broker's visibility timeout.
IMPORT_SECONDS = 240


@outbox.keeper(imports.CHECK, title=_("check a file to be imported"), seconds=IMPORT_SECONDS)
def check_import(job_id: int) -> None:
    imports.check(job_id)


@outbox.keeper(imports.APPLY, title=_("import a checked file"), seconds=IMPORT_SECONDS)
def apply_import(job_id: int) -> None:
    imports.apply(job_id)
