"""The reading worker (``python -m data.sheets.worker``): one JSON request a line in, one reading a line out.

A crafted file can exhaust memory or abort the interpreter; here it takes down only this process, whose memory is limited
where the system can. A scheme is sent once and remembered by its hash.
"""

from __future__ import annotations

import base64
import json
import os
import sys
from typing import TextIO

MEMORY = 512 << 20
"""Bytes of address space a worker may have."""
MOST_SCHEMES = 8


def main() -> None:
    """Serve until the input ends, which is when the app has gone."""
    limit_memory()
    requests, answers = sys.stdin, os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever a parser prints must not pass for an answer
    serve(requests, answers)


def limit_memory() -> None:
    """Hold this process to ``MEMORY``; Windows knows no such limit."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def serve(requests: TextIO, answers: TextIO) -> None:
    """Answer each request in order."""
    from data.sheets.read import read_file
    from data.sheets.wire import dump_reading
    from scoring.scheme import Scheme

    schemes: dict[str, Scheme] = {}
    _answer(answers, "ready")
    for line in requests:
        request = json.loads(line)
        if "scheme" in request:
            if len(schemes) >= MOST_SCHEMES:
                schemes.pop(next(iter(schemes)))
            schemes[request["hash"]] = Scheme.model_validate_json(request["scheme"])
        content = base64.b64decode(request["content"])
        asked = {"component": request["component"], "unit": request["unit"]}
        _answer(answers, dump_reading(read_file(request["name"], content, schemes[request["hash"]], **asked)))


def _answer(answers: TextIO, line: str) -> None:
    answers.write(line + "\n")
    answers.flush()


if __name__ == "__main__":
    main()
