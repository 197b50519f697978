"""What a map shows, before anything draws it: places with their results, colours with their words, labels that stay apart.

* ``spots``: which place holds which result, or why none
* ``layers``: how each place is painted (等次, 得分, …) and the legend
* ``paint``: a fill: a colour, and the same said in a shape and a word
* ``view``, ``labels``: pixels and coordinates; where labels go
* ``scene``: everything that is drawn, for any renderer: the deck and the SVG map in the browser, the picture on the server
"""
