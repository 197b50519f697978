"""What the pages draw with. Knows Streamlit; holds no rule and no SQL."""
