"""Where somebody is sent back to: never away from this site."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def way_back(request: HttpRequest, *, otherwise: str, may_be_referer: bool = False) -> str:
    """Return the address in the form's field ``next``, if it is one of ours, or the page the reader came from if asked."""
    targets = [request.POST.get("next", "")]
    if may_be_referer:
        targets.append(request.headers.get("Referer", ""))
    ours = {request.get_host()}
    return next(
        (target for target in targets if url_has_allowed_host_and_scheme(target, allowed_hosts=ours)), otherwise
    )
