"""The public pages where a letter is verified. Few questions a minute: codes are not for guessing."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from enterprises import verification
from enterprises.letter_forms import CodeForm, LetterFileForm
from shenyang_fao.core.throttle import is_too_often

LIMIT, WINDOW_SECONDS = 10, 60
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def _limited(view: View[P]) -> View[P]:
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        asks = request.method == "POST" or bool(kwargs)
        if asks and is_too_often(request, what="verify", limit=LIMIT, seconds=WINDOW_SECONDS):
            page = render(request, "enterprises/letters/too_often.html", {"seconds": WINDOW_SECONDS}, status=429)
            page["Retry-After"] = str(WINDOW_SECONDS)
            return page
        return view(request, *args, **kwargs)

    return guarded


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@_limited
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for a code or a file, and judge the file."""
    if request.method != "POST":
        return _ask(request, CodeForm(), LetterFileForm())
    if "code" in request.POST:
        return _go_to_code(request, CodeForm(request.POST))
    return _judge_file(request, LetterFileForm(request.POST, request.FILES))


@never_cache
@require_GET
@_limited
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """Say how the letter with this code stands."""
    finding = verification.look_up(verification.normal_code(code))
    status = 404 if finding.standing == verification.Standing.UNKNOWN else 200
    return render(request, "enterprises/letters/finding.html", {"finding": finding}, status=status)


def _ask(request: HttpRequest, code_form: CodeForm, file_form: LetterFileForm) -> HttpResponse:
    forms = {"code_form": code_form, "file_form": file_form}
    is_wrong = bool(code_form.errors or file_form.errors)
    return render(request, "enterprises/letters/verify.html", forms, status=422 if is_wrong else 200)


def _go_to_code(request: HttpRequest, form: CodeForm) -> HttpResponse:
    if not form.is_valid():
        return _ask(request, form, LetterFileForm())
    return HttpResponseRedirect(reverse("enterprises:verify_code", args=[form.cleaned_data["code"]]))


def _judge_file(request: HttpRequest, form: LetterFileForm) -> HttpResponse:
    if not form.is_valid():
        return _ask(request, CodeForm(), form)
    found = verification.examine(form.cleaned_data["letter"].read())
    return render(request, "enterprises/letters/file_finding.html", {"file": found, "finding": found.finding})
