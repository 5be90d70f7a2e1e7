"""The public pages of the city's ties."""

from sister_cities.views.anniversaries import anniversaries
from sister_cities.views.directory import index
from sister_cities.views.partner import detail
from sister_cities.views.statistics import statistics, statistics_csv
from sister_cities.views.timeline import timeline

__all__ = ["anniversaries", "detail", "index", "statistics", "statistics_csv", "timeline"]
