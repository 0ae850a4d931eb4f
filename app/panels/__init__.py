"""The panes of the window. Each is given values and emits wishes; none knows another."""
