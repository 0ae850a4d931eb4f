"""The toolbar under the menus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QPushButton, QSizePolicy, QToolBar, QToolButton, QWidget

from app.actions import Actions
from app.panels.scenario_bar import ScenarioBar
from app.panels.simulation_bar import SimulationBar
from app.theme import px, set_icon


class Toolbar(QToolBar):
    """File and edit commands and the scenario at the left, export at the right.

    Where there is no room for all, as with large type, buttons are their icons alone and tooltips say the words.
    """

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
        self._export.setToolTip("Export for the partner, or the internal edition")
        set_icon(self._export, "upload")
        self._export.setMenu(menu)
        self._export_action = self.addWidget(self._export)
        view = QPushButton("Partner view")
        set_icon(view, "eye")
        view.setToolTip(actions["partner_view"].toolTip())
        view.clicked.connect(actions["partner_view"].trigger)
        self._view_action = self.addWidget(view)
        self._words = {
            button: button.text()
            for button in (self._export, view, self.simulation.run_button, self.simulation.stop_button)
        }
        for button, words in self._words.items():
            button.setAccessibleName(words)
        self._is_compact = False
        for more in self.findChildren(QToolButton, "qt_toolbar_ext_button"):
            more.setAccessibleName("More tools")
            set_icon(more, "chevron-right")
        window.addToolBar(self)

    def show_deal_tools(self, is_open: bool) -> None:
        """Show what needs a deal only while one is shown."""
        self._export_action.setVisible(is_open)
        self._view_action.setVisible(is_open)
        self._scenario_rule.setVisible(is_open)
        self._scenario_action.setVisible(is_open)
        self._simulation_rule.setVisible(is_open)
        self._simulation_action.setVisible(is_open)

    def event(self, event: QEvent) -> bool:
        """Other words beside the buttons need another width."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Put words on the buttons where there is room for them."""
        wanted = self.sizeHint().width()
        if self._is_compact:
            shown = [button for button in self._words if not button.isHidden()]
            wanted += self.scenario.spare() + self.simulation.spare()
            wanted += sum(button.fontMetrics().horizontalAdvance(self._words[button]) + px(8) for button in shown)
        compact = wanted > self.width()
        if compact != self._is_compact:
            self._is_compact = compact
            for button, words in self._words.items():
                button.setText("" if compact else words)
            self.scenario.show_compact(compact)
            self.simulation.show_compact(compact)
