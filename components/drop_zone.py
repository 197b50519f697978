"""The file uploader in Chinese. Streamlit's own words in it ("Upload", "20MB per file", "Drag and drop files here") have no option in 1.67.

The words are replaced by style alone, inside this one container: where a later Streamlit arranges its uploader otherwise,
its English words come back and everything works as before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.typing import UploadedFile

_STYLE = """
<style>
[class*="st-key-drop-zone"] [data-testid="stFileUploaderDropzone"] button p,
[class*="st-key-drop-zone"] [data-testid="stFileUploaderDropzone"] > div:not([data-testid]) span,
[class*="st-key-drop-zone"] [data-testid="stFileUploaderDropzoneInstructions"] span { font-size: 0 }
[class*="st-key-drop-zone"] [data-testid="stFileUploaderDropzone"] > div:not([data-testid]) span::after {
  content: "松开即放入"; font-size: 1rem }
[class*="st-key-drop-zone"] [data-testid="stFileUploaderDropzone"] button p::after { content: "选取文件"; font-size: 1rem }
[class*="st-key-drop-zone"] [data-testid="stFileUploaderDropzoneInstructions"] span:first-child::after {
  content: "或把文件拖到这里，每份不超过SIZE MB"; font-size: 0.875rem }
</style>
"""


def drop_zone(label: str, key: str, *, only: str = "") -> Sequence[UploadedFile]:
    """What was dropped or picked since the zone was last emptied; any number of files of any kind.

    ``only``: a word for a zone that takes one file, told apart from others on the page by it. No ending is refused
    here: a refusal by the browser would be in English and name no remedy.
    """
    st.html(_STYLE.replace("SIZE", str(st.get_option("server.maxUploadSize"))))
    with st.container(key=f"drop-zone-{only}" if only else "drop-zone"):
        if not only:
            return st.file_uploader(label, accept_multiple_files=True, key=key)
        file = st.file_uploader(label, key=key)
        return [] if file is None else [file]
