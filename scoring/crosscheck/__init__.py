"""核对Excel: an office's own summary workbook held against the results, each difference with its cause. Pure: cells in, findings out."""
