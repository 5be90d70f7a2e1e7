"""The addresses of a company's exhibitions (a contract), below the company's other pages."""

from django.urls import path

from delegations.events import exhibitor_views

urlpatterns = [
    path("", exhibitor_views.exhibitions, name="list"),
    path("<slug:slug>/apply/", exhibitor_views.apply, name="apply"),
    path("<int:pk>/withdraw/", exhibitor_views.withdraw, name="withdraw"),
]
