"""The exported workbook: live formulas printed from the line items, in a partner and an internal edition; and the way
back, a returned workbook as a redline.

Nothing is imported here: the process that reads a returned workbook needs no engine."""
