"""The engines in a folder of their own: started twice, killed, found again, stopped."""

import os
import shutil
import stat
import subprocess
import sys

import psutil
import psycopg
import pytest
import redis

from shenyang_fao.embedded import addresses, folders, postgres, secrets, valkey


@pytest.fixture
def data_dir(monkeypatch, tmp_path):
    """A folder as deep as a deep clone; whatever runs there ends with the test."""
    folder = tmp_path / ("deep" * 20) / "data"
    folder.mkdir(parents=True)
    monkeypatch.setenv("FAO_DATA_DIR", str(folder))
    yield folder
    valkey.stop()
    postgres.stop()
    # So deep a folder has its sockets under the temporary folder.
    for sockets in (addresses.valkey_socket().parent, addresses.postgres_socket_dir()):
        shutil.rmtree(sockets, ignore_errors=True)


def quiet(line: str) -> None:
    """Nobody listens."""


def kill(pid: int) -> None:
    process = psutil.Process(pid)
    process.kill()
    process.wait(10)


def test_database_survives_its_starter_and_a_kill(data_dir):
    program = "from shenyang_fao.embedded import postgres; postgres.start(print)"
    subprocess.run([sys.executable, "-c", f"{program}; import os; os.kill(os.getpid(), 9)"], check=False)

    assert postgres.start(quiet) is True
    with psycopg.connect(addresses.database_url()) as connection:
        connection.execute("CREATE TABLE kept (number int)")

    kill(postgres.running_pid())
    assert postgres.running_pid() is None
    assert postgres.start(quiet) is False
    with psycopg.connect(addresses.database_url()) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)

    postgres.stop()
    assert postgres.running_pid() is None


def test_database_starts_over_another_process_s_number(data_dir):
    postgres.start(quiet, throwaway=True)
    kill(postgres.running_pid())
    pid_file = addresses.postgres_dir() / "data" / "postmaster.pid"
    pid_file.write_text(pid_file.read_text().replace(pid_file.read_text().split("\n")[0], str(os.getpid()), 1))

    assert postgres.start(quiet, throwaway=True) is False


def test_database_listens_on_no_network(data_dir):
    postgres.start(quiet, throwaway=True)

    assert not psutil.Process(postgres.running_pid()).net_connections(kind="inet")


def test_broker_keeps_what_it_took(data_dir):
    valkey.start()
    with redis.from_url(addresses.redis_url()) as client:
        client.set("kept", "1")

    valkey.stop()
    assert valkey.running_pid() is None
    assert valkey.start() is False

    with redis.from_url(addresses.redis_url()) as client:
        assert client.get("kept") == b"1"
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}


def test_broker_is_found_again_and_starts_after_a_kill(data_dir):
    valkey.start()
    assert valkey.start() is True

    kill(valkey.running_pid())

    assert valkey.start() is False
    assert not psutil.Process(valkey.running_pid()).net_connections(kind="inet")


def test_the_way_is_opened_for_passing_only(tmp_path):
    home = tmp_path / "home"
    (home / "data" / "postgres").mkdir(parents=True)
    home.chmod(0o700)

    opened = folders.open_way(home / "data" / "postgres")

    assert home in opened
    assert stat.S_IMODE(home.stat().st_mode) == 0o711


def test_a_link_is_no_private_folder(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(folders.StartError, match="belongs to user "):
        folders.private(tmp_path / "link")


def test_keys_are_made_once_for_us_alone(data_dir):
    path = secrets.ensure()
    before = path.read_text()

    assert secrets.ensure().read_text() == before
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
