"""Signing in, and what a viewer may see: asked in ``app.py`` before any page runs."""
