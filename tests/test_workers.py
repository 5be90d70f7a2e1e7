"""The real worker that other tests stand on."""

import psutil

from shenyang_fao.celery import app


def test_worker_answers_and_comes_back(celery_worker):
    children = celery_worker.child_pids

    celery_worker.restart()

    assert children
    assert not any(psutil.pid_exists(pid) for pid in children)
    with app.connection_for_write() as broker:
        queues = [
            queue["name"]
            for found in app.control.inspect(connection=broker).active_queues().values()
            for queue in found
        ]
    assert sorted(queues) == ["default", "pdf"]
