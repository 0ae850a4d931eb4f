"""Charts drawn with QPainter: one description, one painter, one widget with hover, copying and a spoken summary."""
