"""Reading a workbook that came back from outside. It is never trusted: a process of its own, with limits on time and
memory, examines the zip file, then the markup, and only then reads the cells; what it found comes back as plain JSON.

Nothing here imports the engine, so that the process starts at once and holds little."""

READ_WORKBOOK = "--read-workbook"
"""The private word with which a frozen program is started as the reader: it then calls `read_in_this_process`."""
