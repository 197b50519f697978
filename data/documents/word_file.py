"""The .docx around a paper's text: its styles, fonts, settings and properties, the same bytes whenever it is written."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from data.documents.cells import fit
from data.documents.same_bytes import same_bytes
from data.documents.word_pages import SPACES, footer, header
from data.documents.word_text import FALLBACKS, HEAD, LATIN, LINE, SUBHEAD, TEXT, THIRD, Face

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_PARTS = {
    "document": "document.main", "styles": "styles", "settings": "settings", "fontTable": "fontTable",
    "header1": "header", "header2": "header", "footer1": "footer", "footer2": "footer",
}  # fmt: skip
"""Part → its kind."""
AUTHOR = "衡效"


def word_file(body: str, title: str, moment: datetime, marking: str, stamp: str, viewer: str) -> bytes:
    """The file. ``body`` is the XML within ``w:body``; ``moment`` stands as its time of writing."""
    parts = {
        "document": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        "styles": _styles(),
        "settings": _settings(),
        "fontTable": _fonts(),
        "header1": header(marking, stamp, viewer, 1),
        "header2": header(marking, stamp, viewer, 2),
        "footer1": footer(odd=True),
        "footer2": footer(odd=False),
    }
    return _packed(
        {
            "[Content_Types].xml": _types(),
            "_rels/.rels": _relations({"word/document.xml": "officeDocument", "docProps/core.xml": "core"}),
            "word/_rels/document.xml.rels": _relations({f"{part}.xml": kind for part, kind in _PARTS.items()}),
            "docProps/core.xml": _about(title, moment),
            **{f"word/{part}.xml": text for part, text in parts.items()},
        },
        moment,
    )


def _packed(files: Mapping[str, str], moment: datetime) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, (_HEAD + text).encode())
    return same_bytes(kept.getvalue(), moment)


def _types() -> str:
    parts = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_MAIN}{kind}+xml"/>' for part, kind in _PARTS.items()
    )
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    return (
        f'<Types xmlns="{_PACKAGE}content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}'
        f'<Override PartName="/docProps/core.xml" ContentType="{core}"/></Types>'
    )


def _relations(targets: Mapping[str, str]) -> str:
    """Part → kind; the identifier is the part's name. The paper itself is no part of what it refers to."""
    told = []
    for target, kind in targets.items():
        if kind == "document.main":
            continue
        where = f"{_PACKAGE}relationships/metadata/core-properties" if kind == "core" else _OFFICE + kind
        name = target.rpartition("/")[2].removesuffix(".xml")
        told.append(f'<Relationship Id="{name}" Type="{where}" Target="{target}"/>')
    return f'<Relationships xmlns="{_PACKAGE}relationships">{"".join(told)}</Relationships>'


def _styles() -> str:
    text = Face().xml
    heads = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        f'<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:keepNext/><w:outlineLvl w:val="{level - 1}"/></w:pPr>{Face(font).xml}</w:style>'
        for level, font in ((1, HEAD), (2, SUBHEAD), (3, TEXT))
    )
    return (
        f"<w:styles {SPACES}><w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}" w:eastAsia="{TEXT}"/>'
        f'<w:sz w:val="{THIRD * 2}"/><w:szCs w:val="{THIRD * 2}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:widowControl/><w:spacing w:before="0" w:after="0" w:line="{LINE}" w:lineRule="exact"/></w:pPr>'
        f"{text}</w:style>{heads}"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style></w:styles>'
    )


def _settings() -> str:
    return (
        f"<w:settings {SPACES}><w:evenAndOddHeaders/>"
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:doNotExpandShiftReturn/>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        "</w:compat></w:settings>"
    )


def _fonts() -> str:
    """What may stand in for each font: 仿宋 for 仿宋_GB2312. None is put into the file: they belong to others."""
    told = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in FALLBACKS.items()
    )
    return f'<w:fonts {SPACES}><w:font w:name="{LATIN}"><w:charset w:val="00"/></w:font>{told}</w:fonts>'


def _about(title: str, moment: datetime) -> str:
    when = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    stamps = "".join(
        f'<dcterms:{kind} xsi:type="dcterms:W3CDTF">{when}</dcterms:{kind}>' for kind in ("created", "modified")
    )
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(fit(title))}</dc:title><dc:creator>{AUTHOR}</dc:creator>"
        f"<cp:lastModifiedBy>{AUTHOR}</cp:lastModifiedBy>{stamps}</cp:coreProperties>"
    )
