"""汇报: what a meeting is shown, one message a page. The stage on screen and the deck (pptx) show the same pages.

>>> pages(locked)                                          # doctest: +SKIP
>>> pages(locked, names={"开平市": "对象甲", …}, keys=["ranking"])  # doctest: +SKIP
>>> answers(locked, "开平市")                               # doctest: +SKIP
"""

from data.briefing.answers import answers
from data.briefing.model import Bar, Chart, Figure, Grid, Page
from data.briefing.topics import TOPICS, pages

__all__ = ["TOPICS", "Bar", "Chart", "Figure", "Grid", "Page", "answers", "pages"]
