"""An SVG as a PNG, made on the server without a browser, in the Chinese font that an installed package brings.

Only that font is used, whatever the machine has: the same picture gives the same bytes everywhere.
"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any

FONT_PACKAGE, DRAW_PACKAGE = "noto_cjk_sans_otc", "resvg_py"
FAMILY = "Noto Sans CJK SC"
LARGEST = 10_000  # pixels along a side
MOST = 50_000_000  # pixels in all: 200 MB while it is drawn
_SIZE = re.compile(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"')


class PictureError(Exception):
    """The picture cannot be made. The message says why, and what to do instead."""


class NoFontError(PictureError):
    """The package with the Chinese font, or the one that draws, is not installed; the SVG can still be had."""


def png(svg_text: str, scale: float = 2) -> bytes:
    """The picture ``svg_text`` (of ``data.maps.svg``) as PNG, ``scale`` pixels to each of its own.

    Raises NoFontError, and PictureError where the picture would be too large or cannot be read.
    """
    width, height = _size(svg_text)
    across, down = round(width * scale), round(height * scale)
    if not (0 < across <= LARGEST and 0 < down <= LARGEST and across * down <= MOST):
        raise PictureError(
            f"图片尺寸{across}×{down}像素不在可用范围（每边1至{LARGEST}像素，合计不超过{MOST // 10_000}万像素）；"
            "请缩小倍数，或改为下载 SVG。"
        )
    font, resvg = font_file(), _installed(DRAW_PACKAGE)
    try:
        return bytes(
            resvg.svg_to_bytes(
                svg_string=svg_text, width=across, height=down, skip_system_fonts=True, font_files=[str(font)],
                font_family=FAMILY, sans_serif_family=FAMILY,
            )
        )  # fmt: skip
    except (ValueError, RuntimeError, OSError) as error:
        raise PictureError("图片未能生成：地图内容不能识别。请改为下载 SVG，并将此情况告知系统维护人员。") from error


def ready() -> None:
    """Raises NoFontError where this machine can make no PNG: what a page asks before it offers one."""
    font_file()
    _installed(DRAW_PACKAGE)


def font_file() -> Path:
    """Where the Chinese font lies. Raises NoFontError."""
    path = Path(str(_installed(FONT_PACKAGE).FONT_PATH))
    if not path.is_file():
        raise NoFontError(f"字体包 {FONT_PACKAGE} 中缺少字体文件，不能生成 PNG；请重新安装该包，或改为下载 SVG。")
    return path


def _installed(package: str) -> Any:
    try:
        return import_module(package)
    except ImportError:
        raise NoFontError(
            f"未安装 {package}，不能生成 PNG；请执行 pip install -r requirements.txt 后重试，或改为下载 SVG。"
        ) from None


def _size(svg_text: str) -> tuple[float, float]:
    found = _SIZE.search(svg_text[:1000])
    if found is None:
        raise PictureError("图片未能生成：不是本系统绘制的 SVG。请改为下载 SVG，并将此情况告知系统维护人员。")
    return float(found[1]), float(found[2])
