"""`make run`: what it says when it cannot, what it skips, and how it watches its processes."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import psutil
import pytest

from shenyang_fao.embedded import addresses, children, foreign, preflight, run, steps
from shenyang_fao.embedded.children import Child
from shenyang_fao.embedded.folders import StartError
from tests import engines


@pytest.fixture(autouse=True)
def own_ears() -> Iterator[None]:
    """What runs the portal stops listening to signals at its end; this process and its children must hear again."""
    heard = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in heard.items():
        signal.signal(number, handler)


@pytest.fixture
def data_dir(monkeypatch, tmp_path):
    monkeypatch.setenv("FAO_DATA_DIR", str(tmp_path / "data"))
    return preflight.check_folder()


@pytest.fixture
def taken_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def answer(capsys):
    status = run.main(["run"])
    return status, capsys.readouterr().err.strip()


@pytest.mark.parametrize("port", ["0", "65536", "eighty", "-1"])
def test_no_port(port, data_dir, monkeypatch, capsys):
    monkeypatch.setenv("PORT", port)

    assert answer(capsys) == (2, f"PORT={port} is not a port: choose a number from 1 to 65535.")


def test_port_taken(taken_port, data_dir, monkeypatch, capsys):
    monkeypatch.setenv("PORT", str(taken_port))

    status, line = answer(capsys)

    assert status == 2
    assert line == f"Port {taken_port} is taken: choose another one, for example PORT={taken_port + 1}."


def test_the_port_advised_is_free(taken_port, data_dir, monkeypatch, capsys):
    with socket.socket() as next_one:
        next_one.bind(("127.0.0.1", taken_port + 1))
        next_one.listen()
        monkeypatch.setenv("PORT", str(taken_port))

        _, line = answer(capsys)

    assert f"PORT={taken_port + 1}." not in line


def test_folder_that_cannot_be_written(monkeypatch, tmp_path, capsys):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("FAO_DATA_DIR", str(tmp_path / "file"))

    status, line = answer(capsys)

    assert status == 2
    assert line.startswith(f"Cannot write to {tmp_path / 'file'} (Not a directory)")


def test_second_portal_of_one_folder(data_dir, capsys):
    with preflight.only_one():
        status, line = answer(capsys)

    assert status == 2
    assert line.startswith(f"The portal already runs from this folder (process {os.getpid()}): `make stop` ends it;")


@pytest.mark.parametrize(
    ("name", "url", "words"),
    [
        ("DATABASE_URL", "mysql://somewhere/fao", "DATABASE_URL has to look like postgresql://"),
        ("DATABASE_URL", "postgresql://fao:secret@127.0.0.1:1/fao", "The database of DATABASE_URL cannot be used: "),
        ("REDIS_URL", "redis://127.0.0.1:1/0", "The broker of REDIS_URL cannot be used: "),
        ("REDIS_URL", "nonsense", "The broker of REDIS_URL cannot be used: "),
    ],
)
def test_a_foreign_engine_that_does_not_answer(name, url, words, data_dir, monkeypatch, capsys):
    monkeypatch.setenv("PORT", str(engines.free_port()))
    monkeypatch.setenv("DATABASE_URL", addresses.database_url("postgres"))
    monkeypatch.setattr(
        foreign, "check_database", foreign.check_database if name == "DATABASE_URL" else lambda url: None
    )
    monkeypatch.setenv(name, url)

    status, line = answer(capsys)

    assert status == 2
    assert line.startswith(words)
    assert "secret" not in line
    assert "\n" not in line


def test_a_sign_in_a_password_gets_a_hint(data_dir):
    with pytest.raises(StartError, match=r"in a password, @ / \? # : are written %40"):
        foreign.check_database("postgresql://fao:s@cret/1@127.0.0.1:1/fao")


def test_a_value_that_is_no_number_is_named(data_dir):
    done = subprocess.run(
        [sys.executable, "-m", "shenyang_fao.embedded.prepare"], env=os.environ | {"CLOSE_OUT_DAYS": "many"},
        cwd=addresses.ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stderr.strip()) == (1, "CLOSE_OUT_DAYS=many cannot be read: a number is wanted.")


def test_a_step_is_named_before_it_is_taken(capsys):
    said_before = []
    run.report("database", lambda: said_before.append(capsys.readouterr().out))

    assert said_before == ["  database                "]


def test_stop_says_that_nothing_runs(data_dir, capsys):
    assert run.main(["stop"]) == 0
    assert "nothing of the portal runs here now" in capsys.readouterr().out


def test_stop_ends_a_running_portal(data_dir, capsys):
    code = "import time\nfrom shenyang_fao.embedded import preflight\nwith preflight.only_one():\n    print(1, flush=True)\n    time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as portal:
        portal.stdout.readline()

        assert run.main(["stop"]) == 0

        assert portal.wait(5) == -signal.SIGTERM
    assert f"asking process {portal.pid} to end" in capsys.readouterr().out


def test_a_command_borrows_the_engines_of_the_running_portal(data_dir):
    with preflight.only_one():
        assert run.main(["manage", "bench", "--help"]) == 0


def test_unknown_word(capsys):
    assert run.main(["walk"]) == 2
    assert "run | stop" in capsys.readouterr().err


def all_done():
    for step in steps.STEPS:
        steps.mark_done(step)


def test_steps_are_taken_once(data_dir):
    assert [step.label for step in steps.due(is_embedded=True)] == [step.label for step in steps.STEPS]

    all_done()

    assert steps.due(is_embedded=True) == []


def test_a_new_database_is_set_up_again(data_dir):
    all_done()
    (data_dir / "postgres" / "data").mkdir(parents=True)
    (data_dir / "postgres" / "data" / "PG_VERSION").write_text("18")

    assert {"tables", "facts", "demonstration people"} <= {step.label for step in steps.due(is_embedded=True)}


def test_a_changed_file_makes_its_steps_due(data_dir, monkeypatch, tmp_path):
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "cities.csv").write_text("a")
    monkeypatch.setattr(addresses, "ROOT", tmp_path)
    step = steps.Step("facts", "load_facts", ("facts",), (".csv",))
    before = steps.fingerprint(step)

    (tmp_path / "facts" / "cities.csv").write_text("b")

    assert steps.fingerprint(step) != before


def test_a_foreign_database_gets_no_demonstration_people(data_dir):
    all_done()

    labels = [step.label for step in steps.due(is_embedded=False)]

    assert labels == ["tables", "facts"]


def test_sign_ins_are_framed(data_dir, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (data_dir / "sign-ins.txt").write_text("审核员 reviewer@example.org\n")

    lines = run.box(8000).splitlines()

    assert "审核员 reviewer@example.org" in lines[4]
    assert len({run._columns(line) for line in lines}) == 1


def sleeper(seconds=60):
    # A grandchild as well, as a worker has its pool.
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep({seconds})'])"
    return Child("sleeper", [sys.executable, "-c", code], dict(os.environ))


def whole_family(child, size=2):
    end = time.monotonic() + 10
    while time.monotonic() < end:
        family = [psutil.Process(child.process.pid), *psutil.Process(child.process.pid).children(recursive=True)]
        if len(family) == size:
            return family
        time.sleep(0.05)
    raise AssertionError("the grandchild did not come")


def test_all_end_to_the_last_one(data_dir):
    child = sleeper()
    child.start()
    family = whole_family(child)

    children.stop_all([child])

    assert psutil.wait_procs(family, timeout=5)[1] == []
    assert not list((data_dir / "run").glob("*.pid"))


def test_a_dead_process_comes_back_later_each_time(data_dir):
    said = []
    child = Child("short", [sys.executable, "-c", "raise SystemExit(3)"], dict(os.environ))
    child.start()
    child.process.wait(10)

    child.revive(said.append)

    assert "short ended (code 3); again in 2 s" in said[0]
    assert child.process is None
    child.start_at = 0
    child.revive(said.append)
    child.process.wait(10)
    child.revive(said.append)
    assert "again in 4 s" in said[1]


def test_the_next_start_sweeps_what_a_killed_one_left(data_dir):
    child = sleeper()
    child.start()
    family = whole_family(child)

    swept = children.sweep()
    child.process.wait(10)

    assert swept == 1
    assert psutil.wait_procs(family, timeout=5)[1] == []


def test_the_sweep_spares_another_process_with_that_number(data_dir):
    (data_dir / "run" / "web.pid").write_text(f'{{"pid": {os.getpid()}, "born": 1.0}}')

    assert children.sweep() == 0
