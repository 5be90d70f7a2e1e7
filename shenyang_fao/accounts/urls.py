"""The addresses of a person's own account; signing in is allauth's."""

from django.urls import path

from shenyang_fao.accounts import views

app_name = "accounts"
urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/<int:pk>/", views.notice, name="notice"),
    path("details/", views.details, name="details"),
]
