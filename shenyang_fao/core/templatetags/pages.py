"""The furniture of public pages: `{% load pages %}`.

<nav class="section-nav" aria-label="…"><ul class="section-nav__list">{% nav_item "delegations:visits" _("Visits") below=True %}</ul></nav>
{% include "includes/sources.html" with record=visit inline=True %}        links, grades, and the tag "to be confirmed"
{% include "includes/filters.html" with anchor="#list" %}                  reads `filters` (`core.directory`)
{% include "includes/none_found.html" with no_match=… none_yet=… %}        the empty state of a list, filtered or not
{% include "includes/pagination.html" with anchor="#list" %}               reads `page`
"""

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def nav_item(context: Context, view: str, label: str, *, below: bool = False) -> SafeString:
    """Write a link of a menu as a list item, marked where the reader is; with `below`, on the pages below its own too."""
    url, here = reverse(view), context["request"].path
    current = "page" if here == url else "true" if below and here.startswith(url) else ""
    mark = format_html(' aria-current="{}"', current) if current else ""
    return format_html('<li><a href="{}"{}>{}</a></li>', url, mark, label)
