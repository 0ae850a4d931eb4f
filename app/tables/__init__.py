"""Tables of figures: how they look, how they are copied out and pasted in."""
