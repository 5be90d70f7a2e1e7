"""The addresses of visits, events and trips (a contract), room by room."""

from django.urls import path

from delegations import views
from delegations.events.sign_up_urls import urlpatterns as sign_up_urls
from delegations.events.urls import urlpatterns as event_urls
from delegations.trips.urls import urlpatterns as trip_urls
from delegations.visits.urls import urlpatterns as visit_urls

app_name = "delegations"
urlpatterns = [
    path("", views.index, name="index"),
    *visit_urls,
    *sign_up_urls,
    *event_urls,
    *trip_urls,
]
