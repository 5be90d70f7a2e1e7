"""The database and the broker that the environment names: reached before anything is set up, or one line says why not."""

import psycopg
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from .folders import StartError

OLDEST_POSTGRESQL = 15
ANSWER_SECONDS = 10
SCHEMES = ("postgresql://", "postgres://")


def check_database(url: str) -> None:
    """Raise StartError unless a PostgreSQL that is new enough answers at `url`."""
    if not url.startswith(SCHEMES):
        raise StartError("DATABASE_URL has to look like postgresql://user:password@host:5432/name.")
    try:
        with psycopg.connect(url, connect_timeout=ANSWER_SECONDS) as connection:
            version = connection.info.server_version // 10_000
    except psycopg.Error as error:
        line = _first_line(error)
        raise StartError(f"The database of DATABASE_URL cannot be used: {line}{_spelling(url)}") from None
    if version < OLDEST_POSTGRESQL:
        raise StartError(
            f"The database of DATABASE_URL is PostgreSQL {version}; {OLDEST_POSTGRESQL} or newer is needed."
        )


def check_broker(url: str) -> None:
    """Raise StartError unless a broker answers at `url`."""
    try:
        with redis.Redis.from_url(url, socket_timeout=ANSWER_SECONDS, retry=Retry(NoBackoff(), 0)) as client:
            client.ping()
    except redis.AuthenticationError:
        raise StartError(
            "The broker of REDIS_URL wants another password than the one named: redis://:password@host:6379/0."
        ) from None
    except (redis.RedisError, OSError, ValueError) as error:
        raise StartError(f"The broker of REDIS_URL cannot be used: {_first_line(error)}") from None


def _spelling(url: str) -> str:
    """A hint when the address looks as if its password held a sign that divides addresses."""
    is_odd = url.count("@") > 1 or any(sign in url.partition("://")[2].partition("@")[0] for sign in "/?#")
    return " (in a password, @ / ? # : are written %40 %2F %3F %23 %3A)" if is_odd else ""


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return (lines or [type(error).__name__])[0].removeprefix("connection failed: ")
