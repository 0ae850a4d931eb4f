"""Risk: simulate the whole waterfall under uncertain demand, prices, values and defaults, and price the support."""
