"""The addresses of visits, events and trips (a contract), room by room."""

from django.urls import URLPattern

from delegations.events.sign_up_urls import urlpatterns as sign_up_urls
from delegations.events.urls import urlpatterns as event_urls
from delegations.trips.urls import urlpatterns as trip_urls

app_name = "delegations"
urlpatterns: list[URLPattern] = [*sign_up_urls, *event_urls, *trip_urls]
