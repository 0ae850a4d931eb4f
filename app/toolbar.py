"""The toolbar under the menus."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMainWindow, QMenu, QPushButton, QSizePolicy, QToolBar, QWidget

from app.actions import Actions
from app.panels.scenario_bar import ScenarioBar
from app.panels.simulation_bar import SimulationBar
from app.theme import px, set_icon


class Toolbar(QToolBar):
    """File and edit commands and the scenario at the left, export at the right."""

    def __init__(self, window: QMainWindow, actions: Actions) -> None:
        super().__init__("Toolbar", window)
        self.setObjectName("toolbar")
        self.setMovable(False)
        self.setFloatable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setIconSize(QSize(px(16), px(16)))
        for name in ("new", "open", "save"):
            self.addAction(actions[name])
        self.addSeparator()
        for name in ("undo", "redo"):
            self.addAction(actions[name])
        self._scenario_rule = self.addSeparator()
        self.scenario = ScenarioBar()
        self._scenario_action = self.addWidget(self.scenario)
        self._simulation_rule = self.addSeparator()
        self.simulation = SimulationBar()
        self._simulation_action = self.addWidget(self.simulation)
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)
        menu = QMenu(self)
        for name in ("export_partner", "export_internal"):
            menu.addAction(actions[name])
        self._export = QPushButton("Export")
        set_icon(self._export, "upload")
        self._export.setMenu(menu)
        self._export_action = self.addWidget(self._export)
        view = QPushButton("Partner view")
        set_icon(view, "eye")
        view.setToolTip(actions["partner_view"].toolTip())
        view.clicked.connect(actions["partner_view"].trigger)
        self._view_action = self.addWidget(view)
        window.addToolBar(self)

    def show_deal_tools(self, is_open: bool) -> None:
        """Show what needs a deal only while one is shown."""
        self._export_action.setVisible(is_open)
        self._view_action.setVisible(is_open)
        self._scenario_rule.setVisible(is_open)
        self._scenario_action.setVisible(is_open)
        self._simulation_rule.setVisible(is_open)
        self._simulation_action.setVisible(is_open)
