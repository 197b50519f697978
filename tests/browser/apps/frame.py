"""A tiny app beside its test: enough to show the theme, a rerun and a refusal."""

import streamlit as st

st.set_page_config(page_title="衡效", page_icon="components/assets/icon.png", layout="wide")
st.logo("components/assets/logo.png")
st.title("总览")
st.markdown(":blue-badge[内部资料·未经审定] :orange-badge[示例数据] :red-badge[较差] :green-badge[实时]")
count = st.number_input("台数", value=20, step=1)
st.write(f"已收{count}份")
st.button("提交", type="primary")
st.metric("好", "2 个", "1")
st.warning("数据未齐")
st.dataframe({"考核对象": ["台山市", "开平市"], "得分": [90, 89.24]})
if st.button("出错"):
    raise RuntimeError("秘密")
