"""A page with one form, to see what happens to what was typed; the rest of the portal is the real one."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from shenyang_fao import urls as portal
from shenyang_fao.core.kept import sign_in_required, take_typing


@sign_in_required
def form(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return JsonResponse({"saved": request.POST.get("text", "")})
    kept = take_typing(request)
    return JsonResponse({"kept": None if kept is None else dict(kept.lists())})


urlpatterns = [path("form/", form), path("other-form/", form), *portal.urlpatterns]
handler404 = portal.handler404 if hasattr(portal, "handler404") else "django.views.defaults.page_not_found"
