"""Forms made from the schema: fields, tables and lists that show a deal and wish for changes."""

from app.forms.comparing import BASE, compare_with
from app.forms.entry_model import Calculated
from app.forms.page import FormPage
from app.forms.reverting import changes_in

__all__ = ["BASE", "Calculated", "FormPage", "changes_in", "compare_with"]
