import pytest
from django.test import Client


@pytest.mark.parametrize("page", ["login", "signup", "password/reset"])
def test_fields_are_named_by_their_labels_alone(client: Client, db: None, page: str) -> None:
    answer = client.get(f"/en/accounts/{page}/")

    assert (answer.status_code, "placeholder=" in answer.content.decode()) == (200, False)
