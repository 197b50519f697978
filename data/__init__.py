"""Everything read or written: schemes, regions, sheets, the store, documents. No Streamlit."""

VERSION = "0.5.0"
"""Version of the product, as ``--version`` prints it."""
