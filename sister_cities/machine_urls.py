"""Addresses that calendar programs and feed readers ask; the language is part of the file's name."""

from django.urls import path

from sister_cities.feeds import AnniversaryFeed
from sister_cities.views import anniversary_calendar

urlpatterns = [
    path("anniversaries.<str:language>.ics", anniversary_calendar, name="anniversary_calendar"),
    path("anniversaries.<str:language>.atom", AnniversaryFeed(), name="anniversary_feed"),
]
