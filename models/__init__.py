"""Backstop's core: what a deal says, how it is computed, and what comes out of it. The window uses only these names.

They are loaded when first asked for, so that a window can be painted before NumPy is.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from models.analysis import (
        Bars,
        Calls,
        Cover,
        Glance,
        GlanceFigure,
        Note,
        SectionMark,
        YearRow,
        Years,
        glance,
        is_of_scenario,
        section_marks,
        section_summaries,
    )
    from models.analysis.bridge import Bridge, Step, bridge
    from models.analysis.bridge_picture import BridgePicture, StatesPicture, bridge_picture, states_picture
    from models.analysis.by_period import cash_flow_by, chart_by, exposure_by, lines_by, waterfall_by
    from models.analysis.catalogue import CatalogueLine, CatalogueSection, catalogue_html, line_catalogue
    from models.analysis.compare import (
        Comparison,
        FieldChange,
        FigureChange,
        SideBySide,
        compare,
        field_changes,
        side_by_side,
    )
    from models.analysis.explain import Explanation, explain, why_of
    from models.analysis.explain_simulated import explain_simulated
    from models.analysis.explain_step import explain_step
    from models.analysis.formulas import Token
    from models.analysis.frontier import Frontier, FrontierPoint, frontier, frontier_changes
    from models.analysis.grid import Axis, Grid, grid
    from models.analysis.ingredients import Ingredient, Link
    from models.analysis.marginal import Effect, Marginal, marginal
    from models.analysis.measure_names import MEASURE_NAMES
    from models.analysis.offer import (
        SIMULATED_FIGURES,
        FigureInfo,
        Threshold,
        figure_info,
        figure_text,
        figures_on_offer,
        simulated_on_offer,
        thresholds,
    )
    from models.analysis.over_term import OverTerm, over_term
    from models.analysis.partner import partner_explanation, partner_glance
    from models.analysis.pictures import (
        GridPicture,
        SweepPicture,
        TornadoPicture,
        grid_picture,
        short_labels,
        sweep_picture,
        tornado_picture,
    )
    from models.analysis.risk_shown import (
        CALLED_IN_YEAR,
        CALLED_SO_FAR,
        CONTRACTUAL_AHEAD,
        EXPECTED_AHEAD,
        HIGH_AHEAD,
        Between,
        CallsByYear,
        Exposure,
        FanShown,
        Outcomes,
        PathChoice,
        Percentile,
        RiskShown,
        ShownCell,
        ShownRow,
        ShownTable,
    )
    from models.analysis.risk_view import risk_fan, risk_outcomes, risk_view
    from models.analysis.scales import Scale, distance_text, figure_scale, term_scale, term_words
    from models.analysis.sensitivity import Bar, End, Sweep, Swing, Tornado, sweep, tornado, usual_inputs
    from models.analysis.simulated import simulate_candidate
    from models.analysis.solve import Root, Solved, solve
    from models.analysis.solve_picture import (
        FrontierDot,
        FrontierPicture,
        SolvePicture,
        change_words,
        frontier_picture,
        solve_picture,
    )
    from models.analysis.solve_simulated import solve_simulated
    from models.analysis.terms import (
        Term,
        entered,
        entered_changes,
        negotiable_step,
        term_at,
        term_text,
        terms_on_offer,
        terms_text,
        with_term,
        with_terms,
    )
    from models.analysis.waterfall import CashWaterfall, Funding, cash_waterfall, sources_and_uses
    from models.deal.checks import check_deal
    from models.deal.differences import Difference, differences
    from models.deal.field import Field, Unit, unit_text
    from models.deal.field_reference import FieldHelp, field_help
    from models.deal.files import Stored, digest_of, dumps_deal, load_deal, load_stored, loads_deal, save_deal
    from models.deal.layers import (
        LayerChange,
        changed_in,
        changes_of,
        free_name,
        parent_deal,
        reset_in,
        scenario_deal,
        scenario_names,
        unfit_changes,
        with_duplicate,
        with_parent,
        with_renamed,
        with_scenario,
        with_values,
        without_changes,
        without_scenario,
    )
    from models.deal.migrations import earlier_words
    from models.deal.months import month_label, month_number, month_text
    from models.deal.moving import DatesMove, with_dates_moved
    from models.deal.partner_view import from_partner, partner_deal
    from models.deal.paths import field_at, value_at, with_value, words_at
    from models.deal.place import SUPPORT_OF
    from models.deal.problems import DealError, Problem
    from models.deal.recovery import Recovery, new_recovery_file, read_recovery, recovery_files, write_recovery
    from models.deal.relevance import irrelevant
    from models.deal.schema import Deal, fields, items
    from models.deal.sections import Group, Section, item_names, section_of, sections
    from models.deal.storage import companion, replace_file, shown_name, shown_path
    from models.deal.templates import Template, load_template, template_names
    from models.deal.timeline import timeline
    from models.deal.values import segment_label, text_of
    from models.engine.case import KEY_FIGURES, Case, KeyFigure, LineInfo, evaluate, line_items
    from models.engine.evaluate import CancelledError, FiguresError
    from models.engine.tables import Row, Table, cash_flow_table
    from models.importing.monthly import IMPORT_RULE, MonthValues, month_values, suggested_columns
    from models.importing.source import ImportRefusedError, SourceTable
    from models.importing.table import read_tables
    from models.resources import resource
    from models.risk.estimates import Distribution, Estimate, Sample
    from models.risk.measures import measures_of
    from models.risk.replay import path_case, path_drivers
    from models.risk.results import Fan, Profile, RiskMeasures, RiskResult, Solution, StressPoint
    from models.risk.settings import RiskError, RiskSettings
    from models.risk.simulate import FAN_LINES, simulate
    from models.version import VERSION
    from models.workbook.cells import Cell, CellRow, CellTable
    from models.workbook.export import export_workbook, write_whole
    from models.workbook.figures_file import write_figures, write_tables
    from models.workbook.reading import READ_WORKBOOK
    from models.workbook.reading.child import read_in_this_process
    from models.workbook.reading.refusal import RefusedError
    from models.workbook.redline.figures import RedlineEffect, RedlineFigure, shown_figures
    from models.workbook.redline.notes import NOTE_TITLES, RedlineNote
    from models.workbook.redline.redline import Redline, RedlineChange, effect_of_changes, read_redline
    from models.workbook.result_tables import sensitivity_table, simulation_tables
    from models.workbook.results import ResultRow, ResultTable
    from models.workbook.term_sheet import TermSheet, term_sheet, term_sheet_docx, term_sheet_html
    from models.workbook.whereabouts import workbook_place

_HOMES = {
    "models.analysis": "Bars Calls Cover Glance GlanceFigure Note SectionMark YearRow Years glance "
    "is_of_scenario section_marks section_summaries",
    "models.analysis.bridge": "Bridge Step bridge",
    "models.analysis.bridge_picture": "BridgePicture StatesPicture bridge_picture states_picture",
    "models.analysis.by_period": "cash_flow_by chart_by exposure_by lines_by waterfall_by",
    "models.analysis.catalogue": "CatalogueLine CatalogueSection catalogue_html line_catalogue",
    "models.analysis.compare": "Comparison FieldChange FigureChange SideBySide compare field_changes side_by_side",
    "models.analysis.explain": "Explanation explain why_of",
    "models.analysis.explain_simulated": "explain_simulated",
    "models.analysis.explain_step": "explain_step",
    "models.analysis.formulas": "Token",
    "models.analysis.frontier": "Frontier FrontierPoint frontier frontier_changes",
    "models.analysis.grid": "Axis Grid grid",
    "models.analysis.ingredients": "Ingredient Link",
    "models.analysis.marginal": "Effect Marginal marginal",
    "models.analysis.measure_names": "MEASURE_NAMES",
    "models.analysis.offer": "SIMULATED_FIGURES FigureInfo Threshold figure_info figure_text "
    "figures_on_offer simulated_on_offer thresholds",
    "models.analysis.over_term": "OverTerm over_term",
    "models.analysis.partner": "partner_explanation partner_glance",
    "models.analysis.pictures": "GridPicture SweepPicture TornadoPicture grid_picture short_labels "
    "sweep_picture tornado_picture",
    "models.analysis.risk_shown": "CALLED_IN_YEAR CALLED_SO_FAR CONTRACTUAL_AHEAD EXPECTED_AHEAD HIGH_AHEAD "
    "Between CallsByYear Exposure FanShown Outcomes PathChoice Percentile "
    "RiskShown ShownCell ShownRow ShownTable",
    "models.analysis.risk_view": "risk_fan risk_outcomes risk_view",
    "models.analysis.scales": "Scale distance_text figure_scale term_scale term_words",
    "models.analysis.sensitivity": "Bar End Sweep Swing Tornado sweep tornado usual_inputs",
    "models.analysis.simulated": "simulate_candidate",
    "models.analysis.solve": "Root Solved solve",
    "models.analysis.solve_picture": "FrontierDot FrontierPicture SolvePicture change_words frontier_picture "
    "solve_picture",
    "models.analysis.solve_simulated": "solve_simulated",
    "models.analysis.terms": "Term entered entered_changes negotiable_step term_at term_text "
    "terms_on_offer terms_text with_term with_terms",
    "models.analysis.waterfall": "CashWaterfall Funding cash_waterfall sources_and_uses",
    "models.deal.checks": "check_deal",
    "models.deal.differences": "Difference differences",
    "models.deal.field": "Field Unit unit_text",
    "models.deal.field_reference": "FieldHelp field_help",
    "models.deal.files": "Stored digest_of dumps_deal load_deal load_stored loads_deal save_deal",
    "models.deal.layers": "LayerChange changed_in changes_of free_name parent_deal reset_in "
    "scenario_deal scenario_names unfit_changes with_duplicate with_parent "
    "with_renamed with_scenario with_values without_changes without_scenario",
    "models.deal.migrations": "earlier_words",
    "models.deal.months": "month_label month_number month_text",
    "models.deal.moving": "DatesMove with_dates_moved",
    "models.deal.partner_view": "from_partner partner_deal",
    "models.deal.paths": "field_at value_at with_value words_at",
    "models.deal.place": "SUPPORT_OF",
    "models.deal.problems": "DealError Problem",
    "models.deal.recovery": "Recovery new_recovery_file read_recovery recovery_files write_recovery",
    "models.deal.relevance": "irrelevant",
    "models.deal.schema": "Deal fields items",
    "models.deal.sections": "Group Section item_names section_of sections",
    "models.deal.storage": "companion replace_file shown_name shown_path",
    "models.deal.templates": "Template load_template template_names",
    "models.deal.timeline": "timeline",
    "models.deal.values": "segment_label text_of",
    "models.engine.case": "KEY_FIGURES Case KeyFigure LineInfo evaluate line_items",
    "models.engine.evaluate": "CancelledError FiguresError",
    "models.engine.tables": "Row Table cash_flow_table",
    "models.importing.monthly": "IMPORT_RULE MonthValues month_values suggested_columns",
    "models.importing.source": "ImportRefusedError SourceTable",
    "models.importing.table": "read_tables",
    "models.resources": "resource",
    "models.risk.estimates": "Distribution Estimate Sample",
    "models.risk.measures": "measures_of",
    "models.risk.replay": "path_case path_drivers",
    "models.risk.results": "Fan Profile RiskMeasures RiskResult Solution StressPoint",
    "models.risk.settings": "RiskError RiskSettings",
    "models.risk.simulate": "FAN_LINES simulate",
    "models.version": "VERSION",
    "models.workbook.cells": "Cell CellRow CellTable",
    "models.workbook.export": "export_workbook write_whole",
    "models.workbook.figures_file": "write_figures write_tables",
    "models.workbook.reading": "READ_WORKBOOK",
    "models.workbook.reading.child": "read_in_this_process",
    "models.workbook.reading.refusal": "RefusedError",
    "models.workbook.redline.figures": "RedlineEffect RedlineFigure shown_figures",
    "models.workbook.redline.notes": "NOTE_TITLES RedlineNote",
    "models.workbook.redline.redline": "Redline RedlineChange effect_of_changes read_redline",
    "models.workbook.result_tables": "sensitivity_table simulation_tables",
    "models.workbook.results": "ResultRow ResultTable",
    "models.workbook.term_sheet": "TermSheet term_sheet term_sheet_docx term_sheet_html",
    "models.workbook.whereabouts": "workbook_place",
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = [
    "CALLED_IN_YEAR", "CALLED_SO_FAR", "CONTRACTUAL_AHEAD", "EXPECTED_AHEAD", "FAN_LINES", "HIGH_AHEAD", "IMPORT_RULE",
    "KEY_FIGURES", "MEASURE_NAMES", "NOTE_TITLES", "READ_WORKBOOK", "SIMULATED_FIGURES", "SUPPORT_OF", "VERSION",
    "Axis", "Bar", "Bars", "Between", "Bridge", "BridgePicture", "Calls", "CallsByYear", "CancelledError", "Case",
    "CashWaterfall", "CatalogueLine", "CatalogueSection", "Cell", "CellRow", "CellTable", "Comparison", "Cover",
    "DatesMove", "Deal", "DealError", "Difference", "Distribution", "Effect", "End", "Estimate", "Explanation",
    "Exposure", "Fan", "FanShown", "Field", "FieldChange", "FieldHelp", "FigureChange", "FigureInfo", "FiguresError",
    "Frontier", "FrontierDot", "FrontierPicture", "FrontierPoint", "Funding", "Glance", "GlanceFigure", "Grid",
    "GridPicture", "Group", "ImportRefusedError", "Ingredient", "KeyFigure", "LayerChange", "LineInfo", "Link",
    "Marginal", "MonthValues", "Note", "Outcomes", "OverTerm", "PathChoice", "Percentile", "Problem", "Profile",
    "Recovery", "Redline", "RedlineChange", "RedlineEffect", "RedlineFigure", "RedlineNote", "RefusedError",
    "ResultRow", "ResultTable", "RiskError", "RiskMeasures", "RiskResult", "RiskSettings", "RiskShown", "Root", "Row",
    "Sample", "Scale", "Section", "SectionMark", "ShownCell", "ShownRow", "ShownTable", "SideBySide", "Solution",
    "SolvePicture", "Solved", "SourceTable", "StatesPicture", "Step", "Stored", "StressPoint", "Sweep", "SweepPicture",
    "Swing", "Table", "Template", "Term", "TermSheet", "Threshold", "Token", "Tornado", "TornadoPicture", "Unit",
    "YearRow", "Years", "bridge", "bridge_picture", "cash_flow_by", "cash_flow_table", "cash_waterfall",
    "catalogue_html", "change_words", "changed_in", "changes_of", "chart_by", "check_deal", "companion", "compare",
    "differences", "digest_of", "distance_text", "dumps_deal", "earlier_words", "effect_of_changes", "entered",
    "entered_changes", "evaluate", "explain", "explain_simulated", "explain_step", "export_workbook", "exposure_by",
    "field_at", "field_changes", "field_help", "fields", "figure_info", "figure_scale", "figure_text",
    "figures_on_offer", "free_name", "from_partner", "frontier", "frontier_changes", "frontier_picture", "glance",
    "grid", "grid_picture", "irrelevant", "is_of_scenario", "item_names", "items", "line_catalogue", "line_items",
    "lines_by", "load_deal", "load_stored", "load_template", "loads_deal", "marginal", "measures_of", "month_label",
    "month_number", "month_text", "month_values", "negotiable_step", "new_recovery_file", "over_term", "parent_deal",
    "partner_deal", "partner_explanation", "partner_glance", "path_case", "path_drivers", "read_in_this_process",
    "read_recovery", "read_redline", "read_tables", "recovery_files", "replace_file", "reset_in", "resource",
    "risk_fan", "risk_outcomes", "risk_view", "save_deal", "scenario_deal", "scenario_names", "section_marks",
    "section_of", "section_summaries", "sections", "segment_label", "sensitivity_table", "short_labels",
    "shown_figures", "shown_name", "shown_path", "side_by_side", "simulate", "simulate_candidate",
    "simulated_on_offer", "simulation_tables", "solve", "solve_picture", "solve_simulated", "sources_and_uses",
    "states_picture", "suggested_columns", "sweep", "sweep_picture", "template_names", "term_at", "term_scale",
    "term_sheet", "term_sheet_docx", "term_sheet_html", "term_text", "term_words", "terms_on_offer", "terms_text",
    "text_of", "thresholds", "timeline", "tornado", "tornado_picture", "unfit_changes", "unit_text", "usual_inputs",
    "value_at", "waterfall_by", "why_of", "with_dates_moved", "with_duplicate", "with_parent", "with_renamed",
    "with_scenario", "with_term", "with_terms", "with_value", "with_values", "without_changes", "without_scenario",
    "words_at", "workbook_place", "write_figures", "write_recovery", "write_tables", "write_whole",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'models' has no attribute {name!r}")
    return getattr(import_module(_HOME_OF[name]), name)
