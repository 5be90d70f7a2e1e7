"""Addresses of the public notices of official trips."""

from django.urls import path

from delegations.trips import views

urlpatterns = [
    path("trips/", views.trips, name="trips"),
    path("trips/<slug:slug>/", views.trip, name="trip"),
]
