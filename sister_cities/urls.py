"""Addresses of the directory of sister cities."""

from django.urls import path

from sister_cities import views
from sister_cities.views import exchanges as exchange_pages
from sister_cities.views import plans as plan_pages

app_name = "sister_cities"
urlpatterns = [
    path("", views.index, name="index"),
    path("timeline/", views.timeline, name="timeline"),
    path("anniversaries/", views.anniversaries, name="anniversaries"),
    path("statistics/", views.statistics, name="statistics"),
    path("statistics/<slug:key>.csv", views.statistics_csv, name="statistics_csv"),
    path("plans/", plan_pages.plans, name="plans"),
    path("links/", plan_pages.links, name="links"),
    path("exchanges/", exchange_pages.exchanges, name="exchanges"),
    path("exchanges/<slug:slug>/", exchange_pages.edition, name="edition"),
    path("exchanges/<slug:slug>/pictures/<uuid:key>/", exchange_pages.edition_picture, name="edition_picture"),
    path("exchanges/<slug:slug>/films/<int:pk>/", exchange_pages.film, name="film"),
    path("<slug:slug>/", views.detail, name="detail"),
]
