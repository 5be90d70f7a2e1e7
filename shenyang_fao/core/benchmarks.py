"""The measurements that `manage.py bench` runs. An app adds its own in a module named `bench`."""

from collections.abc import Callable, Iterator

Benchmark = Callable[[], Iterator[str]]

BENCHMARKS: dict[str, Benchmark] = {}


def benchmark(name: str) -> Callable[[Benchmark], Benchmark]:
    """Register a measurement that yields the lines of its report."""

    def register(function: Benchmark) -> Benchmark:
        BENCHMARKS[name] = function
        return function

    return register
