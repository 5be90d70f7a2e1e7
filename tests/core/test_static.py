"""Static files as production serves them: every file a style sheet names is there."""

import json

from django.core.management import call_command


def test_static_files_can_be_hashed(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    # The storage of production without its compression, which takes ten times as long and can break nothing here.
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }

    call_command("collectstatic", interactive=False, verbosity=0)

    paths = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    assert [name for name in paths if name.startswith("css/")]
