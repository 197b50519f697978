"""What the C library may keep of memory that was given back. Streamlit draws every page in a thread of its own, and glibc lets
up to eight times as many heaps grow as there are cores, each with holes: half an hour of use took twice what was in use.
"""

from __future__ import annotations

import ctypes

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # <malloc.h>
_ARENAS, _BYTES = 2, 128 * 1024


def keep_little() -> bool:
    """Two heaps for all threads, and blocks of 128 KB and more go back at once; whether there is a glibc to be told so.

    To be called before there are many threads. What the environment says (MALLOC_ARENA_MAX) is overruled.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # musl, macOS, Windows
        return False
    told = ((_ARENA_MAX, _ARENAS), (_MMAP_THRESHOLD, _BYTES), (_TRIM_THRESHOLD, _BYTES))
    return all(mallopt(name, value) == 1 for name, value in told)
