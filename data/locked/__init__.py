"""锁定版: an assessment under a number, a time and a fingerprint, and what was decided on it since.

>>> record = lock(store, assessment.id, actor="张三")              # doctest: +SKIP
>>> locked = open_locked(store, assessment.id, record.number, today)  # doctest: +SKIP

Every presenting page and every document is made from a ``Locked`` and from nothing else, so all of them say the same.
"""

from data.locked.fingerprint import fingerprint
from data.locked.locked import Locked, Standing, lock, open_locked, restanding, unkept
from data.locked.steps import settle, suggest

__all__ = ["Locked", "Standing", "fingerprint", "lock", "open_locked", "restanding", "settle", "suggest", "unkept"]
