"""Any spreadsheet's bytes → its sheets, in this process, which for files from outside is a worker."""

from __future__ import annotations

from data.sheets import guard
from data.sheets.grid import Grid
from data.sheets.ods import read_ods
from data.sheets.problems import RefusalError
from data.sheets.text import read_text
from data.sheets.xls import read_xls
from data.sheets.xlsx import read_xlsx

_READERS = {"xlsx": read_xlsx, "xls": read_xls, "ods": read_ods, "text": read_text}


def open_grids(content: bytes, kind: guard.FileKind | None = None) -> list[Grid]:
    """The sheets of a file; ``kind`` where the guard has been asked already.

    Raises RefusalError; MemoryError or RecursionError where a crafted file exhausts the process. Whatever else makes a parser
    fail is a damaged file.
    """
    kind = kind or guard.file_kind(content)
    try:
        grids = _READERS[kind](content)
        for grid in grids:
            grid.insist()
        if len({grid.name.casefold() for grid in grids}) < len(grids):
            raise RefusalError("damaged")
        return grids
    except (RefusalError, MemoryError, RecursionError):
        raise
    except Exception as error:
        raise RefusalError("damaged") from error
