"""The import of indicator tables alone, for its journey: what it returns is shown as it is."""

import streamlit as st

from components.editor import indicator_import

st.title("由指标表新建")
if text := indicator_import.draw("import"):
    st.session_state["text"] = text
if "text" in st.session_state:
    st.subheader("方案草稿")
    st.code(st.session_state["text"], language="yaml")
