"""The addresses of the enterprises' rooms (a contract)."""

from django.urls import path

from enterprises.letter_urls import urlpatterns as letter_urls
from enterprises.views import company, drafts, guide, requests

app_name = "enterprises"
DRAFT = "company/requests/drafts/<uuid:key>/"
CASE = "company/requests/<str:number>/"

urlpatterns = [
    path("enterprises/", guide.index, name="index"),
    path("enterprises/items/<slug:kind>/", guide.item, name="item"),
    path("company/", company.company, name="company"),
    path("company/register/", company.register, name="register"),
    path("company/requests/", requests.request_list, name="request_list"),
    path("company/requests/new/<slug:kind>/", drafts.request_new, name="request_new"),
    path(DRAFT, drafts.draft, name="draft"),
    path(f"{DRAFT}check/", drafts.check, name="check"),
    path(f"{DRAFT}discard/", drafts.discard, name="discard"),
    path(f"{DRAFT}<slug:step>/", drafts.step, name="step"),
    path(f"{DRAFT}<slug:step>/new/", drafts.part_new, name="part_new"),
    path(f"{DRAFT}<slug:step>/<int:part>/", drafts.part, name="part"),
    path(f"{DRAFT}<slug:step>/<int:part>/remove/", drafts.part_remove, name="part_remove"),
    path("company/papers/<uuid:key>/", requests.paper, name="paper"),
    path("company/papers/<uuid:key>/remove/", drafts.paper_remove, name="paper_remove"),
    path(CASE, requests.request, name="request"),
    path(f"{CASE}withdraw/", requests.withdraw, name="withdraw"),
    path(f"{CASE}letter/", requests.letter, name="letter"),
    *letter_urls,
]
