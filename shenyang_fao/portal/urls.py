"""Addresses of the roof; all of them stand under a language."""

from django.urls import path

from shenyang_fao.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("site-map/", views.site_map, name="site_map"),
    path("components/", views.components, name="components"),
    path("display/", views.display, name="display"),
    path("signed-in/", views.after_sign_in, name="after_sign_in"),
]
