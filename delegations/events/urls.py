"""Addresses of the events, below `delegations/`."""

from django.urls import path

from delegations.events import views

urlpatterns = [
    path("events/", views.events, name="events"),
    path("events/statistics/<slug:key>.csv", views.statistics_csv, name="events_csv"),
    path("events/series/<slug:slug>/", views.series, name="series"),
    path("events/<slug:slug>/", views.event, name="event"),
    path("events/<slug:slug>/documents/<int:pk>/", views.document, name="event_document"),
]
