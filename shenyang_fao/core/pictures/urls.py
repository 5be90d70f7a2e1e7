"""Addresses of renditions; a picture has no language."""

from django.urls import path

from shenyang_fao.core.pictures import views

app_name = "pictures"
urlpatterns = [path("<uuid:key>/<int:width>.<str:kind>", views.rendition, name="rendition")]
