"""Tables of figures: how they look, how they are copied out and pasted in."""

from app.tables.cash_flow import CashFlowTable

__all__ = ["CashFlowTable"]
