"""Evaluation of a model: any input a number, a series by month, or different in every column (a case is a column)."""
