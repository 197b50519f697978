"""Filled official forms → sheets of marks, each with its cell, or every problem with its cell and how to mend it.

* ``read_file``: one file, here and now
* ``Reader``, ``shared_reader``: the same in a worker process with limited memory and time, for files from outside
* ``KINDS``: every problem there is, as data
"""

from data.sheets.problems import KINDS, Problem
from data.sheets.read import read_file
from data.sheets.reader import Reader, shared_reader
from data.sheets.reading import FileReading, Question, Row

__all__ = ["KINDS", "FileReading", "Problem", "Question", "Reader", "Row", "read_file", "shared_reader"]
