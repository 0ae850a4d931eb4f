"""Why a workbook is not read: one sentence for the user."""


class RefusedError(Exception):
    """The workbook cannot be read as it is; the text is one sentence that says why."""


def quoted(text: str, longest: int = 60) -> str:
    """A name from the file between quotation marks, printable and not too long."""
    clipped = text if len(text) <= longest else f"{text[: longest - 1]}…"
    return '"' + "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in clipped) + '"'
