"""Filled official forms → sheets of marks, each with its cell, or every problem with its cell and how to mend it.

* ``read_file``: one file, here and now
* ``problems``: every problem there is, as data
"""

from data.sheets.problems import KINDS, Problem
from data.sheets.read import read_file
from data.sheets.reading import FileReading, Question, Row

__all__ = ["KINDS", "FileReading", "Problem", "Question", "Row", "read_file"]
