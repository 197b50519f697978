"""A scheme as a workbook that an office can read and edit, and back: nothing is lost on the way.

* ``written.tables_of``: the scheme's written tree as tables of text, one field a cell
* ``read.tree_of``: the tables back as a tree, every value with its sheet and cell
* ``data.documents.scheme_book`` makes the file, ``data.scheme_book_file`` reads one
"""
