"""A 归档包 from another installation, read as a stranger's file, proved down to the last mark, and brought in as a whole."""

from data.archive_import.bringing import Imported, attached_log, bring, brought_in, import_archive, told_of
from data.archive_import.proving import Proved, prove
from data.archive_import.unpacking import Unfit

__all__ = ["Imported", "Proved", "Unfit", "attached_log", "bring", "brought_in", "import_archive", "prove", "told_of"]
