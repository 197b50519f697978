"""What stands between the network and the app: whom it lets in, what every answer says, and the page's first words.

Layers around Streamlit's own server, outermost first: ``headers``, ``door``, ``wanted``, ``first_words``.
"""
