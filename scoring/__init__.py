"""The pure heart: a scheme and its marks in, explained results out. No files, no database, no clock, no Streamlit."""

ENGINE = "1.2.0"
"""Version of the scoring rules' implementation. Every result carries it beside the scheme's hash."""
