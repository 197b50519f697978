"""Which fonts of this machine stand in for those that official papers and slides name, as a fonts.conf for LibreOffice.

方正小标宋, 仿宋_GB2312 and 楷体_GB2312 belong to others, so a server seldom has them; without this file each of them would
silently become the same sans-serif.
"""

from __future__ import annotations

import os
from pathlib import Path
from xml.sax.saxutils import escape

from data.documents.word_text import HEAD, LATIN, NUMBER, SUBHEAD, TEXT, TITLE

_SONG = ("Noto Serif CJK SC", "Source Han Serif SC", "FandolSong", "AR PL UMing CN")
_SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "FandolHei", "WenQuanYi Zen Hei")
STAND_INS = {
    TITLE: ("FZXiaoBiaoSong-B05S", "华文中宋", "STZhongsong", *_SONG),
    HEAD: ("SimHei", "STHeiti", *_SANS),
    SUBHEAD: ("楷体", "KaiTi", "STKaiti", "FandolKai", "LXGW WenKai", "LXGW WenKai GB", "AR PL UKai CN", *_SONG),
    TEXT: (
        "仿宋",
        "FangSong",
        "STFangsong",
        "FandolFang R",
        "FandolFang",
        "Zhuque Fangsong (technical preview)",
        *_SONG,
    ),
    NUMBER: ("SimSun", "STSong", *_SONG),
    "微软雅黑": ("Microsoft YaHei", "PingFang SC", *_SANS),
    "Microsoft YaHei": ("微软雅黑", "PingFang SC", *_SANS),
    "等线": ("DengXian", *_SANS),
    LATIN: ("Liberation Serif", "Nimbus Roman", "FreeSerif"),
    "Consolas": ("Liberation Mono", "DejaVu Sans Mono"),
}
"""Font → what may stand for it, best first: the same face under another name, then a free one of its kind."""
SYSTEM = "/etc/fonts/fonts.conf"
_ALSO = (
    "/usr/share/texmf/fonts/opentype/public/fandol",
    "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
)
"""Where a TeX system keeps 仿宋 and 楷体, unseen by others."""


def fonts_conf(cache: Path) -> str:
    """The file's text: what the machine has, and after each name its stand-ins. ``cache`` is a folder to write to."""
    known = os.environ.get("FONTCONFIG_FILE", SYSTEM)
    folders = "".join(f"<dir>{folder}</dir>" for folder in _ALSO if Path(folder).is_dir())
    aliases = "".join(_alias(name, others) for name, others in STAND_INS.items())
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">{escape(known)}</include>{folders}'
        f"<cachedir>{escape(str(cache))}</cachedir>{aliases}</fontconfig>"
    )


def _alias(name: str, others: tuple[str, ...]) -> str:
    told = "".join(f"<family>{escape(other)}</family>" for other in others)
    return f'<alias binding="same"><family>{name}</family><prefer><family>{name}</family>{told}</prefer></alias>'
