"""Agreements with their private texts, and awards."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from shenyang_fao.accounts.enums import Role
from shenyang_fao.core.models import StoredFile, ViewRecord
from sister_cities.models import Agreement, Award, Tie
from tests.cast import officer, png
from tests.sister_cities.factories import make_partner, make_tie
from tests.sister_cities.register_forms import (
    AGREEMENT,
    SOURCE,
    address,
    again,
    errors,
)


def upload(name="scan.png", data=None):
    return SimpleUploadedFile(name, data or png())


def new_agreement(client, tie, **fields):
    return client.post(reverse("admin:sister_cities_agreement_add"), AGREEMENT | {"tie": tie.pk} | fields)


def test_an_agreement_is_filed_with_its_private_text(client, english):
    tie = make_tie()

    response = new_agreement(client, tie, upload=upload("协议.png"))

    agreement = tie.agreements.get()
    assert response.url == address(tie)
    assert (agreement.file.original_name, agreement.file.created_by) == ("协议.png", english)
    assert (agreement.signed_on, agreement.source_grade, agreement.is_public) == (date(1981, 11, 18), "official", False)


def test_opening_the_text_is_recorded_and_for_editors_only(client, english):
    tie = make_tie()
    new_agreement(client, tie, upload=upload())
    agreement = tie.agreements.get()

    opened = client.get(address(agreement, "file"))
    client.force_login(officer("reception@example.com", Role.RECEPTION))
    refused = client.get(address(agreement, "file"))

    assert b"".join(opened.streaming_content).startswith(b"\x89PNG")
    assert refused.status_code == 403
    assert [(view.file, view.by) for view in ViewRecord.objects.all()] == [(agreement.file, english)]


def test_a_new_text_takes_the_place_of_the_one_nobody_opened(client, english):
    tie = make_tie()
    new_agreement(client, tie, upload=upload())
    agreement = tie.agreements.get()

    client.post(address(agreement), AGREEMENT | {"tie": tie.pk, "upload": upload("new.png")})

    assert [file.original_name for file in StoredFile.objects.all()] == ["new.png"]
    assert again(agreement).file.original_name == "new.png"


def test_saving_without_a_file_keeps_the_text(client, english):
    tie = make_tie()
    new_agreement(client, tie, upload=upload())
    agreement = tie.agreements.get()

    client.post(address(agreement), AGREEMENT | {"tie": tie.pk, "note": "Read."})

    assert (again(agreement).file, again(agreement).note) == (agreement.file, "Read.")


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        (
            {"upload": SimpleUploadedFile("text.pdf", b"MZ nothing of the kind")}, "upload",
            "Choose a PDF, JPEG, PNG or WebP file. This file is none of them.",
        ),
        ({"valid_until": "1980-01-01"}, "valid_until", "This day lies before the signature."),
        ({"source": "", "is_public": "on"}, "source", "A record without a source and its weight stays unpublished."),
        ({"name_en": ""}, "name_en", "This field is required."),
    ],
)  # fmt: skip
def test_an_agreement_s_fault_is_named_at_its_field(client, english, fields, field, words):
    tie = make_tie()

    assert errors(new_agreement(client, tie, **fields)) == {field: [words]}


def test_a_future_signature_of_an_agreement_is_refused_in_words(client, english):
    assert errors(new_agreement(client, make_tie(), signed="2999")) == {"signed": ["This date lies in the future."]}


def test_a_tie_goes_with_its_agreements_and_their_files(client, english):
    tie = make_tie(is_public=False)
    new_agreement(client, tie, upload=upload())

    client.post(address(tie, "delete"), {"post": "yes"})

    assert (Tie.objects.count(), Agreement.objects.count(), StoredFile.objects.count()) == (0, 0, 0)


def test_an_award_names_the_partners_that_won_it(client, english):
    partner = make_partner()
    typed = {
        "name_zh_hans": "奖",
        "name_en": "Prize",
        "body_zh_hans": "",
        "body_en": "",
        "awarded": "2019",
        "slug": "prize",
    }

    refused = errors(client.post(reverse("admin:sister_cities_award_add"), typed | {"is_public": "on", "source": ""}))
    client.post(reverse("admin:sister_cities_award_add"), typed | {"partners": [partner.pk], "source": SOURCE})

    award = Award.objects.get()
    assert refused == {"source": ["A record without a source and its weight stays unpublished."]}
    assert (list(award.partners.all()), award.awarded_on, award.awarded_precision) == (
        [partner],
        date(2019, 1, 1),
        "year",
    )
