from pathlib import Path

import pytest

from shenyang_fao.embedded import addresses


@pytest.fixture
def data_dir(monkeypatch, tmp_path):
    monkeypatch.setenv("FAO_DATA_DIR", str(tmp_path))
    return tmp_path


def test_short_folder_holds_its_sockets(monkeypatch):
    monkeypatch.setenv("FAO_DATA_DIR", "/srv/fao")

    assert addresses.postgres_socket_dir() == Path("/srv/fao/postgres/socket")
    assert addresses.valkey_socket() == Path("/srv/fao/valkey/socket/valkey.sock")


@pytest.mark.parametrize("letter", ["a", "沈"])
def test_deep_folder_gets_short_sockets(monkeypatch, letter):
    monkeypatch.setenv("FAO_DATA_DIR", "/srv/" + letter * 90)

    assert len(str(addresses.postgres_socket_dir() / addresses.POSTGRES_SOCKET).encode()) <= 103
    assert len(str(addresses.valkey_socket()).encode()) <= 103
    assert addresses.postgres_socket_dir() != addresses.valkey_socket().parent


def test_database_can_be_named(monkeypatch, data_dir):
    monkeypatch.setenv("FAO_DATABASE", "test_fao")

    assert addresses.database_url().startswith("postgresql://fao@/test_fao?host=")


def test_broker_url_of_a_socket():
    assert addresses.broker_url("unix:///srv/a%20b/v.sock?db=1") == "redis+socket:///srv/a%20b/v.sock?virtual_host=1"


def test_broker_url_of_a_host_stays():
    assert addresses.broker_url("rediss://:secret@host:6380/2") == "rediss://:secret@host:6380/2"
