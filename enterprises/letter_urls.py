"""The addresses that letters carry."""

from django.urls import path

from enterprises import letter_views

urlpatterns = [
    path("letters/verify/", letter_views.verify, name="verify"),
    path("letters/verify/<str:code>/", letter_views.verify_code, name="verify_code"),
]
