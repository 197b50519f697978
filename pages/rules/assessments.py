"""年度考核: which there are, opening one, making one from a scheme. Also the first page over an empty store."""

from __future__ import annotations

import streamlit as st

from components import assessment_list, page, session
from components.signature import sign

known = session.assessments()
st.title("年度考核", anchor=False)
if not known:
    st.markdown("**\u2060欢迎使用衡效。\u2060**这里还没有年度考核，三步即可开始：")
    assessment_list.welcome()
assessment_list.told()
with st.container(horizontal=True, vertical_alignment="bottom"):
    actor = sign()
    assessment_list.demo_button(known, primary=not known)
    assessment_list.clear_demo(known, actor)
st.caption("示例数据：地名真实，数据与各地角色由程序随机编排；每页都有标明，可随时清除，与自建的考核互不影响。")

if known:
    st.subheader("已有的考核", anchor=False)
    assessment_list.listing(known, actor)

st.subheader("新建" if known else "新建空白考核", anchor=False)
with st.container(border=True):
    assessment_list.creation(actor)
assessment_list.skeletons()
page.foot()
