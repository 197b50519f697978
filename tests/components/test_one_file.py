"""A zone for one file, as a page uses it."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def _page() -> None:
    import streamlit as st

    from components.one_file import one_file, read_once

    if dropped := one_file("选取或拖入文件", "zone", only="zone"):
        st.session_state["kept"] = dropped
        st.session_state["times"] = st.session_state.get("times", 0) + 1
        st.rerun()

    def read() -> str:
        st.session_state["readings"] = st.session_state.get("readings", 0) + 1
        return f"{name}：{content.decode()}"

    if "kept" in st.session_state:
        name, content = st.session_state["kept"]
        st.markdown(read_once("reading", content, "正在读取…", read, st.session_state.get("also")))


def _dropped(at: AppTest, turn: int, name: str, content: bytes) -> AppTest:
    at.file_uploader(key=f"zone-{turn}").upload(name, content, "text/plain")
    return at.run()


def test_a_file_is_handed_over_once_and_the_zone_is_empty_again() -> None:
    at = _dropped(AppTest.from_function(_page).run(), 0, "甲.txt", b"1")
    assert at.session_state["kept"] == ("甲.txt", b"1")
    assert at.run().session_state["times"] == 1
    assert _dropped(at, 1, "乙.txt", b"2").session_state["kept"] == ("乙.txt", b"2")


def test_a_file_is_read_once_until_its_content_or_what_it_is_read_for_changes() -> None:
    at = _dropped(AppTest.from_function(_page).run(), 0, "甲.txt", b"1")
    assert at.run().run().session_state["readings"] == 1
    _dropped(at, 1, "甲.txt", b"2")
    assert (at.session_state["readings"], at.markdown[-1].value) == (2, "甲.txt：2")
    at.session_state["also"] = "另一名单"
    assert at.run().session_state["readings"] == 3
