"""Filing papers with a request that is still the company's to change."""

from enterprises.actions.requests import lock_editable
from enterprises.models import Paper
from shenyang_fao.accounts.models import User
from shenyang_fao.core import audit, files
from shenyang_fao.core.models import StoredFile


@audit.action
def file_paper(request_id: int, *, role: str, part: int | None, file: StoredFile, by: User) -> Paper:
    """File a paper, in place of the one of the same role and part. Raises NotNow."""
    request = lock_editable(request_id, by=by)
    earlier = request.papers.filter(role=role, part=part).first()
    if earlier:
        _take_out(earlier)
    return Paper.objects.create(request=request, role=role, part=part, file=file, filed_by=by)


@audit.action
def remove_paper(paper_id: int, *, by: User) -> None:
    """Take a paper out of a request; one that is gone already, as after a double click, stays gone. Raises NotNow."""
    request_id = Paper.objects.visible_to(by).filter(pk=paper_id).values_list("request_id", flat=True).first()
    if request_id is None:
        return
    # Looked for again under the lock: the other click may have held it.
    for paper in lock_editable(request_id, by=by).papers.filter(pk=paper_id):
        _take_out(paper)


@audit.action
def remove_papers_of(request_id: int, *, part: int, by: User) -> None:
    """Take out every paper of one row, as of an invitee who is removed. Raises NotNow."""
    for paper in lock_editable(request_id, by=by).papers.filter(part=part):
        _take_out(paper)


def _take_out(paper: Paper) -> None:
    """Take a paper out; its file goes too, unless another request holds the same one, as an amendment does."""
    file = paper.file
    paper.delete()
    if not Paper.objects.filter(file=file).exists():
        files.discard(file)
