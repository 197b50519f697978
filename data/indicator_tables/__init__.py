"""An office's own indicator table (指标表) of any shape → a scheme's draft with its questions.

* ``read_indicator_file``: the file, opened in a process of its own
* ``recognise``: its tables, every problem with its cell, the questions with proposed answers; pure, asked again at each answer
* ``scheme_text_from``: YAML of a scheme that loads without fault
"""

from data.indicator_tables.draft import AnswersError, scheme_text_from
from data.indicator_tables.model import IndicatorTable, Item, Node, Question, Reading
from data.indicator_tables.read import IndicatorFile, read_indicator_file, recognise

__all__ = [
    "AnswersError",
    "IndicatorFile",
    "IndicatorTable",
    "Item",
    "Node",
    "Question",
    "Reading",
    "read_indicator_file",
    "recognise",
    "scheme_text_from",
]
