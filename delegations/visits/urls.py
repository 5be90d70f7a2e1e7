"""Addresses of the public record of inbound visits."""

from django.urls import path

from delegations.visits import views

urlpatterns = [
    path("visits/", views.visits, name="visits"),
    path("visits/history/", views.visit_history, name="visit_history"),
    path("visits/history/<slug:key>.csv", views.visit_history_csv, name="visit_history_csv"),
    path("visits/<slug:slug>/", views.visit, name="visit"),
]
