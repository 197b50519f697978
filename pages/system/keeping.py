"""备份与存档: back everything up, verify it, and bring in what another installation archived."""

from __future__ import annotations

import streamlit as st

from components import page, session
from components.signature import sign
from components.system import archive_upload, backups
from data.access.actions import allowed_in_general

st.html(page.ROOM_FOR_WORDS)
st.title("备份与存档", anchor=False)
if not allowed_in_general(session.store().person, "备份数据"):
    st.info("备份、核验和导入存档涉及全部年度考核，由在全部年度考核担任“管理”的人员办理。如需办理，请联系管理员。", icon=":material/lock:")
else:
    actor = sign()
    backups.section(actor)
    backups.verification()
    archive_upload.section(actor)
page.foot()
