"""The addresses of sign-ups, exhibitors' calls and the tables of places and deliveries (a contract)."""

from django.urls import path

from delegations.events import matrix_views, sign_up_views

urlpatterns = [
    path("events/<slug:slug>/sign-up/", sign_up_views.sign_up, name="sign_up"),
    path("events/<slug:slug>/sign-up/done/", sign_up_views.sign_up_done, name="sign_up_done"),
    path("sign-ups/<str:token>/", sign_up_views.cancel, name="sign_up_cancel"),
    path("invitations/<str:token>/", sign_up_views.invited, name="sign_up_invited"),
    path("matrix/<slug:slug>/", matrix_views.matrix, name="matrix"),
    path("matrix/<slug:slug>/table.csv", matrix_views.matrix_csv, name="matrix_csv"),
    path("matrix/<slug:slug>/<slug:place>/<slug:kind>/", matrix_views.cell, name="matrix_cell"),
]
