"""Moments as they are read in China: the store keeps UTC."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")


def local(moment: datetime) -> str:
    """A moment as read in Beijing, "2026年12月4日 09:30": always with its year, for papers are kept for years."""
    here = moment.astimezone(BEIJING)
    return f"{here.year}年{here.month}月{here.day}日 {here:%H:%M}"
