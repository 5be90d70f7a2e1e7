"""Addresses that calendar programs and feed readers ask; the language is part of the file's name."""

from shenyang_fao.core.subscriptions import addresses
from sister_cities.subscriptions import anniversaries

urlpatterns = addresses("anniversaries", anniversaries)
