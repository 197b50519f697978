"""Fills in ``nginx.conf.template`` where there is no envsubst: ``python deploy/template.py LISTEN=80 REPLICA_1=… > hengxiao.conf``."""

from __future__ import annotations

import re
import sys
from pathlib import Path

TEMPLATE = Path(__file__).parent / "nginx.conf.template"
NAMES = ("LISTEN", "SERVER_NAME", "REPLICA_1", "REPLICA_2", "TLS")
USUAL = {
    "LISTEN": "80", "SERVER_NAME": "_", "REPLICA_1": "127.0.0.1:8501", "REPLICA_2": "127.0.0.1:8502",
    "TLS": "/etc/nginx/hengxiao-tls.conf",
}  # fmt: skip


def filled(text: str, **given: str) -> str:
    """The template with these in place of the usual ones. Raises ValueError for a name it does not have."""
    if strange := set(given) - set(NAMES):
        raise ValueError(f"nginx.conf.template 中没有：{'、'.join(sorted(strange))}。可写的有：{'、'.join(NAMES)}。")
    values = USUAL | given
    return re.sub(r"\$\{(\w+)\}", lambda found: values[found[1]], text)


if __name__ == "__main__":
    try:
        sys.stdout.write(filled(TEMPLATE.read_text(encoding="utf-8"), **dict(each.split("=", 1) for each in sys.argv[1:])))
    except ValueError as error:
        sys.exit(str(error))
