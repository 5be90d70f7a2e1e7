"""The browser that other tests stand on."""

import pytest

from tests import browser as browsers


def test_browser_reads_a_page_of_the_portal(page, live_server):
    answer = page.goto(f"{live_server.url}/en/")

    assert answer.status == 200
    assert page.locator("html").get_attribute("lang") == "en"


def test_without_a_browser_the_reason_is_clear(monkeypatch):
    monkeypatch.setattr(browsers, "find", lambda own: None)
    monkeypatch.setattr(browsers.subprocess, "run", lambda *args, **options: None)

    with pytest.raises(RuntimeError, match="No Chromium was found"):
        browsers.launch_arguments("/nowhere/chromium")
