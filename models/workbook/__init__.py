"""The exported workbook: live formulas printed from the line items, in a partner and an internal edition."""

from models.workbook.export import EDITIONS, export_workbook

__all__ = ["EDITIONS", "export_workbook"]
