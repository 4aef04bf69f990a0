"""Plots of the results, as SVG."""
from .report import present
from .rows import ROOMS, SIZES, WINDOWS, all_rows
from .svg import COLOURS, Axes, Drawing, number

CPU = "server_cpu_us_per_delivery"


def groups(kind=None, group=None):
    return [row for row in all_rows()
            if (kind is None or row.kind == kind)
            and (group is None or row.note["group"] == group)]


def cpu_points(store, rows, name, key):
    points = [(row.note[key], store.median(row.name, name, CPU)) for row in rows]
    return [(x, y) for x, y in points if y]


def broadcast_plot(store):
    """A panel for each payload and window; lines over the size of the room."""
    rows = groups(group="broadcast")
    names = present(store, rows)
    values = [y for name in names for _, y in cpu_points(store, rows, name, "room")]
    if not values:
        return None
    width, height, left, top = 210, 170, 80, 80
    drawing = Drawing(left + len(WINDOWS) * (width + 70), top
                      + len(SIZES) * (height + 75))
    drawing.text(20, 26, "Broadcast: server CPU time a delivery, by members of "
                 "the room (less is better)", 15, bold=True)
    drawing.legend(20, 48, names)
    for down, (size, label) in enumerate(SIZES.items()):
        for across, window in enumerate(WINDOWS):
            panel = [row for row in rows if row.note["size"] == size
                     and row.note["window"] == window]
            ys = [y for name in names
                  for _, y in cpu_points(store, panel, name, "room")] or values
            axes = Axes(drawing, (left + across * (width + 70),
                                  top + down * (height + 75), width, height),
                        f"{label}, {window} in flight", ROOMS, ys,
                        "members of a room", "µs a delivery")
            for name in names:
                axes.series(cpu_points(store, panel, name, "room"),
                            COLOURS[name],
                            dash="4 3" if name == "limit" else None)
    return drawing


def bars(title, unit, entries):
    """`entries`: (label, [(server, value)]); each label has its own scale."""
    width, bar = 760, 17
    rows = sum(len(values) for _, values in entries)
    drawing = Drawing(width, 60 + rows * bar + len(entries) * 34)
    drawing.text(20, 26, title, 15, bold=True)
    y = 46
    for label, values in entries:
        drawing.text(20, y + 12, label, 12, bold=True)
        y += 20
        maximum = max(value for _, value in values)
        for name, value in values:
            drawing.text(130, y + 11, name, anchor="end")
            length = max(1, value / maximum * (width - 260))
            drawing.rectangle(138, y + 1, length, bar - 4, COLOURS[name])
            drawing.text(144 + length, y + 11, f"{number(value)} {unit}")
            y += bar
        y += 14
    return drawing


def bar_entries(store, rows, *keys):
    entries = []
    for row in rows:
        values = [(name, store.median(row.name, name, *keys))
                  for name in present(store, [row])]
        values = [(name, value) for name, value in values if value]
        if values:
            entries.append((row.name, values))
    return entries


def cpu_bars(store, title, *wanted):
    rows = [row for group in wanted for row in groups(group=group)]
    entries = bar_entries(store, rows, CPU)
    return bars(title, "µs", entries) if entries else None


def idle_plot(store):
    entries = bar_entries(store, groups("idle"), "rss_bytes_per_connection")
    return bars("Process memory of an idle connection (less is better)", "B",
                entries) if entries else None


def latency_plot(store):
    """Percentiles of each server at the same load, half of what saturates the
    slowest."""
    rows = [row for row in groups("latency") if present(store, [row])]
    if not rows:
        return None
    names = present(store, rows)
    drawing = Drawing(80 + len(rows) * 290, 330)
    drawing.text(20, 26, "Latency from when a message was due to the last "
                 "member's delivery (less is better)", 15, bold=True)
    drawing.legend(20, 48, names)
    # From the top: 1 in 2, 1 in 10, 1 in 100, 1 in 1000.
    keys = {2: "p50", 10: "p90", 100: "p99", 1000: "p99.9"}
    for place, row in enumerate(rows):
        lines = {name: [(x, store.median(row.name, name, "same", "latency_us",
                                         key)) for x, key in keys.items()]
                 for name in present(store, [row])}
        load = store.median(row.name, next(iter(lines)), "same", "rate_from")
        axes = Axes(drawing, (80 + place * 290, 90, 210, 180),
                    f"{row.name.split(': ')[1]}, {number(load)} messages/s",
                    list(keys), [y for line in lines.values() for _, y in line],
                    "1 of so many is later", "µs")
        for name, line in lines.items():
            axes.series(line, COLOURS[name])
    return drawing


def join_plot(store):
    rows = [row for row in groups("join") if present(store, [row])]
    if len(rows) < 2:
        return None
    drawing = Drawing(900, 330)
    drawing.text(20, 26, "Memberships: CPU time of one, by how many there are "
                 "(level is linear)", 15, bold=True)
    names = present(store, rows)
    drawing.legend(20, 48, names)
    xs = [row.note["memberships"] for row in rows]
    for place, what in enumerate(("join", "leave")):
        lines = {}
        for name in names:
            points = [(row.note["memberships"], store.median(
                row.name, name, f"server_cpu_us_per_{what}")) for row in rows]
            lines[name] = [(x, y) for x, y in points if y]
        ys = [y for line in lines.values() for _, y in line]
        axes = Axes(drawing, (90 + place * 420, 90, 330, 180), f"a {what}", xs, ys,
                    "memberships", "µs")
        for name, line in lines.items():
            axes.series(line, COLOURS[name])
    return drawing


def plots(store):
    """File name -> Drawing of what was measured."""
    found = {
        "broadcast": broadcast_plot(store),
        "echo": cpu_bars(store, "Echo: server CPU time a message "
                         "(less is better)", "echo"),
        "tls": cpu_bars(store, "TLS: server CPU time a delivery "
                        "(less is better)", "TLS broadcast", "TLS echo"),
        "deflate": cpu_bars(store, "permessage-deflate: server CPU time a "
                            "delivery (less is better)", "deflate broadcast"),
        "flush": cpu_bars(store, "Flush by io_uring beside epoll: CPU time a "
                          "delivery", "flush", "flush, echo"),
        "idle": idle_plot(store),
        "latency": latency_plot(store),
        "join": join_plot(store),
    }
    return {name: drawing for name, drawing in found.items() if drawing}
