"""The addresses of the enterprises' rooms (a contract)."""

from django.urls import path

app_name = "enterprises"
urlpatterns: list = []
