"""Many threads that draw pages do not each leave a heap behind."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys

import pytest

_HEAPS = """
import ctypes, re, sys, tempfile, threading
from serving.memory import keep_little
assert sys.argv[1] != "kept" or keep_little()
libc = ctypes.CDLL(None)
libc.malloc.restype = libc.fopen.restype = ctypes.c_void_p
libc.malloc.argtypes = [ctypes.c_size_t]
libc.fclose.argtypes = [ctypes.c_void_p]
libc.malloc_info.argtypes = [ctypes.c_int, ctypes.c_void_p]
start = threading.Barrier(24)
def work():
    start.wait()
    for _ in range(200):
        libc.malloc(2000)
threads = [threading.Thread(target=work) for _ in range(24)]
for each in threads: each.start()
for each in threads: each.join()
with tempfile.NamedTemporaryFile() as told:
    file = libc.fopen(told.name.encode(), b"w")
    libc.malloc_info(0, file)
    libc.fclose(file)
    print(len(re.findall(r"<heap nr=", open(told.name).read())))
"""


def heaps(how: str) -> int:
    env = {name: value for name, value in os.environ.items() if not name.startswith("MALLOC_")}
    done = subprocess.run([sys.executable, "-c", _HEAPS, how], env=env, capture_output=True, text=True, check=True, timeout=120)
    return int(done.stdout)


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "mallopt"), reason="there is no glibc")
def test_threads_share_two_heaps_where_each_would_have_its_own() -> None:
    assert heaps("free") > 2
    assert heaps("kept") <= 2
