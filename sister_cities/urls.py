"""Addresses of the directory of sister cities."""

from django.urls import path

from sister_cities import views

app_name = "sister_cities"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:slug>/", views.detail, name="detail"),
]
