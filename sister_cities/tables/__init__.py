"""The tables of this app that people may bring and take away; importing this registers them."""

from sister_cities.tables.ties import Ties

__all__ = ["Ties"]
