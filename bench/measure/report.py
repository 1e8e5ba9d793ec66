"""Tables with ratios, for the terminal and for the dated file."""

import datetime

_TEXT = ("server", "carrier", "asked")
# Only what was measured under the same conditions is compared.
_CONDITIONS = ("waiting", "names", "carrier", "connections")
# Digits after the point; whole numbers otherwise.
_DIGITS = {" s": 3, "us": 2, "ms": 2}


def _cell(column, value):
    if isinstance(value, str):
        return value
    if isinstance(value, int) or column.endswith("/s"):
        return f"{value:,.0f}"
    digits = next((n for mark, n in _DIGITS.items() if mark in column), 1)
    return f"{value:,.{digits}f}"


def table(rows):
    """A Markdown table that is readable as plain text too."""
    columns = list(rows[0])
    cells = [columns] + [[_cell(column, row[column]) for column in columns] for row in rows]
    widths = [max(len(line[i]) for line in cells) for i in range(len(columns))]

    def line(texts):
        aligned = (
            text.ljust(width) if column in _TEXT else text.rjust(width)
            for text, width, column in zip(texts, widths, columns)
        )
        return "| " + " | ".join(aligned) + " |"

    rule = [
        "-" * width if column in _TEXT else "-" * (width - 1) + ":"
        for width, column in zip(widths, columns)
    ]
    return "\n".join([line(cells[0]), line(rule), *(line(texts) for texts in cells[1:])])


def ratios(rows, columns):
    """Homeport's figure over each peer's, where both were measured under the same conditions."""
    ours = [row for row in rows if row["server"] == "Homeport"]
    lines = []
    for own in ours:
        for peer in rows:
            alike = all(peer.get(mark) == own.get(mark) for mark in _CONDITIONS)
            if peer["server"].startswith("Homeport") or not alike:
                continue
            parts = [f"{column} {own[column] / peer[column]:.2f}" for column in columns if peer[column]]
            under = "".join(f", {own[mark]} {mark}" for mark in _CONDITIONS if mark in own)
            lines.append(f"- Homeport / {peer['server']}{under}: {', '.join(parts)}")
    return "\n".join(lines)


def write(folder, text):
    """Writes to a file of today's date; one that exists is never overwritten."""
    folder.mkdir(exist_ok=True)
    today = datetime.date.today().isoformat()
    number = 1
    while True:
        path = folder / (f"{today}.md" if number == 1 else f"{today}-{number}.md")
        try:
            with path.open("x") as out:
                out.write(text)
            return path
        except FileExistsError:
            number += 1
