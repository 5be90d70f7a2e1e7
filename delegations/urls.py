"""The addresses of visits, events and trips (a contract), room by room."""

from django.urls import URLPattern

from delegations.trips.urls import urlpatterns as trip_urls

app_name = "delegations"
urlpatterns: list[URLPattern] = [*trip_urls]
