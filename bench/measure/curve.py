"""How the cost of a query grows with the number of names, as a table and as a picture."""

from . import queries
from .process import Times

SIZES = (10_000, 100_000, 1_000_000, 5_000_000)
WIDTH, HEIGHT, LEFT, TOP = 640, 360, 70, 30
COLORS = {"Homeport": "#1a6", "NSD": "#c33", "Knot": "#36c"}


def measure(folder, sizes, times, say):
    """Rows for the table: Homeport, NSD and Knot at each size."""
    folder.mkdir()
    fewer = Times(max(1, times.rounds // 2), times.seconds, times.warmup)
    rows = []
    for names in sizes:
        for row in queries.measure(folder / str(names), names, fewer, say, queries.FAST):
            rows.append({"server": row.pop("server"), "names": names, **row})
    return rows


def growth(rows):
    """For each server: CPU a query at the largest zone over that at the smallest."""
    lines = []
    for name in COLORS:
        own = [row for row in rows if row["server"] == name]
        last, first = own[-1], own[0]
        lines.append(
            f"{name}: {last['names']:,} names cost {last['CPU us/q'] / first['CPU us/q']:.2f} times"
            f" (user {last['user us/q'] / first['user us/q']:.2f}) what {first['names']:,} cost"
        )
    return lines


def svg(rows):
    """The curves: names on a logarithmic axis, CPU microseconds a query upwards."""
    sizes = sorted({row["names"] for row in rows})
    most = max(row["CPU us/q"] for row in rows) * 1.1
    across = (WIDTH - LEFT - 90) / max(1, len(sizes) - 1)
    down = HEIGHT - TOP - 50

    def point(row):
        x = LEFT + sizes.index(row["names"]) * across
        return x, TOP + down * (1 - row["CPU us/q"] / most)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{LEFT}" y="18">CPU microseconds a query, user and system</text>',
    ]
    for i in range(5):
        y = TOP + down * i / 4
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - 90}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{most * (1 - i / 4):.2f}</text>')
    for i, names in enumerate(sizes):
        parts.append(
            f'<text x="{LEFT + i * across:.1f}" y="{HEIGHT - 25}" text-anchor="middle">{names:,}</text>'
        )
    for name, color in COLORS.items():
        points = [point(row) for row in rows if row["server"] == name]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{color}" stroke-width="2"/>')
        x, y = points[-1]
        parts.append(f'<text x="{x + 8:.1f}" y="{y + 4:.1f}" fill="{color}">{name}</text>')
    return "\n".join([*parts, "</svg>", ""])
