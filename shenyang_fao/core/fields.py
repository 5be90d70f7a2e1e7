"""Personal data at rest: encrypted columns, and an index that finds a value without showing it."""

import hashlib
import hmac
import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def box() -> MultiFernet:
    """Return the cipher for personal data: the first of ``FIELD_KEYS`` closes, every one of them opens."""
    return _box(tuple(settings.FIELD_KEYS))


def blind_index(value: str) -> str:
    """Return 64 hex digits that are equal for equal values and tell nothing else (keyed with the secret key)."""
    normal = "".join(value.split()).upper()
    key = hashlib.sha256(b"blind index" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, normal.encode(), hashlib.sha256).hexdigest()


class EncryptedText(models.TextField[str, str]):
    """Text that the database holds encrypted; it cannot be searched or ordered."""

    def from_db_value(self, value: str | None, *args: object) -> str | None:
        return None if value is None else box().decrypt(value.encode()).decode()

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else box().encrypt(str(value).encode()).decode()


class EncryptedJSON(models.TextField[Any, Any]):
    """A JSON document that the database holds encrypted."""

    def from_db_value(self, value: str | None, *args: object) -> Any:
        return None if value is None else json.loads(box().decrypt(value.encode()))

    def get_prep_value(self, value: Any) -> Any:
        if value is None:
            return None
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, cls=DjangoJSONEncoder)
        return box().encrypt(text.encode()).decode()
