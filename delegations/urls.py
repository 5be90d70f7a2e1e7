"""The addresses of visits, events and trips (a contract), room by room."""

from django.urls import URLPattern

app_name = "delegations"
urlpatterns: list[URLPattern] = []
