"""Everything read or written: schemes, regions, sheets, the store, documents. No Streamlit."""

VERSION = "0.6.0"
"""Version of the product, as ``--version`` prints it."""
