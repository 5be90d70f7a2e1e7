"""The addresses: a contract (docs/architecture.md). What people read lies under a language, what machines read does not."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("media/pictures/", include("shenyang_fao.core.pictures.urls")),
    path("feeds/sister-cities/", include("sister_cities.machine_urls")),
    path("feeds/delegations/", include("delegations.machine_urls")),
    path("", include("shenyang_fao.portal.machine_urls")),
    *i18n_patterns(
        path("accounts/", include("allauth.urls")),
        path("account/", include("shenyang_fao.accounts.urls")),
        path("sister-cities/", include("sister_cities.urls")),
        path("delegations/", include("delegations.urls")),
        path("", include("enterprises.urls")),
        path("", include("shenyang_fao.portal.urls")),
    ),
]
