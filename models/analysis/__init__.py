"""What the figures of a computed deal say: key figures, findings, and series for charts. No Qt, no array library."""

from models.analysis.figures import GlanceFigure, Note
from models.analysis.glance import Glance, glance
from models.analysis.marks import SectionMark, is_of_scenario, section_marks
from models.analysis.series import Bars, Calls, Cover, Years
from models.analysis.summaries import section_summaries
from models.analysis.yearly import YearRow

__all__ = [
    "Bars", "Calls", "Cover", "Glance", "GlanceFigure", "Note", "SectionMark", "YearRow", "Years", "glance",
    "is_of_scenario", "section_marks", "section_summaries",
]  # fmt: skip
