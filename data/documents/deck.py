"""The 汇报 as slides (pptx): one slide a page, 16:9, with native charts whose figures can be edited, and notes to speak.

Same 锁定版, same names, same viewer: the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.presentation import Presentation as Deck
from pptx.util import Cm

from data.briefing import Page, pages
from data.documents.cells import fit
from data.documents.deck_frame import HEIGHT, WIDTH, Frame, framed
from data.documents.deck_map import draw_map
from data.documents.deck_page import draw
from data.documents.same_bytes import same_bytes
from data.geographies import Own
from data.geographies.in_use import NOTHING
from data.locked import Locked

SOFTWARE = "衡效"


def deck(
    locked: Locked,
    keys: Sequence[str] | None = None,
    names: Mapping[str, str] | None = None,
    viewer: str = "",
    own: Own = NOTHING,
) -> bytes:
    """The slides of ``data.briefing.pages(locked, names, keys)``.

    ``viewer`` stands as a watermark on every slide until 批复; "" for none. ``own`` is the office's own geography.
    """
    found = pages(locked, names, keys)
    made = Presentation()
    made.slide_width, made.slide_height = Cm(WIDTH), Cm(HEIGHT)
    _properties(made, locked, found)
    watermark = "" if locked.standing.approved else fit(viewer)
    for number, page in enumerate(found, 1):
        frame = Frame(locked.marking, locked.stamp, watermark, number, len(found))
        slide, top = framed(made, page, frame)
        draw(slide, page, locked.state.scheme.grades, top)
        if page.map:
            draw_map(slide, locked, top, own)
    content = io.BytesIO()
    made.save(content)
    return same_bytes(content.getvalue(), locked.record.at)


def _properties(made: Deck, locked: Locked, found: Sequence[Page]) -> None:
    """What the file says of itself: a title and no person. The template's own author and picture are not ours."""
    about = made.core_properties
    cover = next((page.message for page in found if page.key == "cover"), "汇报")
    about.title = fit(cover)[:200]
    about.subject, about.keywords, about.comments, about.category = locked.record.name, "", "", ""
    about.author = about.last_modified_by = SOFTWARE
    about.revision = 1
    package = made.part.package
    for key, relation in list(package._rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            package._rels.pop(key)
