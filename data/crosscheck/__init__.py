"""核对Excel: the office's own summary workbook, read with its formulas, recognised, and its differences written out."""
