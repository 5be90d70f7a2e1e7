"""The addresses of the enterprises' rooms (a contract)."""

from django.urls import path

from enterprises.letter_urls import urlpatterns as letter_urls
from enterprises.views import batches, closing, company, consent, drafts, guide, ratings, requests

app_name = "enterprises"
DRAFT = "company/requests/drafts/<uuid:key>/"
BATCH = f"{DRAFT}invitees/list/"
CASE = "company/requests/<str:number>/"

urlpatterns = [
    path("enterprises/", guide.index, name="index"),
    path("enterprises/items/<slug:kind>/", guide.item, name="item"),
    path("enterprises/items/invitation/list.<slug:form>", batches.batch_template, name="batch_template"),
    path("enterprises/consent/<str:token>/", consent.consent, name="consent"),
    path("company/", company.company, name="company"),
    path("company/register/", company.register, name="register"),
    path("company/requests/", requests.request_list, name="request_list"),
    path("company/requests/new/<slug:kind>/", drafts.request_new, name="request_new"),
    path(DRAFT, drafts.draft, name="draft"),
    path(f"{DRAFT}check/", drafts.check, name="check"),
    path(f"{DRAFT}discard/", drafts.discard, name="discard"),
    path(BATCH, batches.batch, name="batch"),
    path(f"{BATCH}upload/", batches.batch_upload, name="batch_upload"),
    path(f"{BATCH}take-over/", batches.batch_take_over, name="batch_take_over"),
    path(f"{BATCH}discard/", batches.batch_discard, name="batch_discard"),
    path(f"{BATCH}scans/", batches.batch_scans, name="batch_scans"),
    path(f"{DRAFT}<slug:step>/", drafts.step, name="step"),
    path(f"{DRAFT}<slug:step>/new/", drafts.part_new, name="part_new"),
    path(f"{DRAFT}<slug:step>/<int:part>/", drafts.part, name="part"),
    path(f"{DRAFT}<slug:step>/<int:part>/remove/", drafts.part_remove, name="part_remove"),
    path("company/papers/<uuid:key>/", requests.paper, name="paper"),
    path("company/attachments/<uuid:key>/", requests.attachment, name="attachment"),
    path("company/papers/<uuid:key>/remove/", drafts.paper_remove, name="paper_remove"),
    path(CASE, requests.request, name="request"),
    path(f"{CASE}withdraw/", requests.withdraw, name="withdraw"),
    path(f"{CASE}letter/", requests.letter, name="letter"),
    path(f"{CASE}close-out/", closing.close_out, name="close_out"),
    path(f"{CASE}rating/", ratings.rating, name="rating"),
    path(f"{CASE}rating/addition/", ratings.rating_addition, name="rating_addition"),
    path(f"{CASE}amend/", requests.amend, name="amend"),
    *letter_urls,
]
