"""Markdown tables of the results."""
from .rows import ALL, VARIANTS, all_rows

TITLES = {
    "broadcast": "Broadcast",
    "echo": "Echo",
    "TLS broadcast": "Broadcast over TLS",
    "TLS echo": "Echo over TLS",
    "deflate broadcast": "Broadcast, compressed",
    "shards": "Two shards beside one",
    "flush": "Flush by io_uring beside epoll",
    "flush, echo": "Echo, flush by io_uring beside epoll",
}


def rate(value):
    return f"{value / 1e6:.2f}M" if value >= 1e6 else f"{value / 1e3:.0f}k"


def cost(value):
    return f"{value:.3f}" if value < 1 else f"{value:.2f}"


def table(head, lines):
    yield "| " + " | ".join(head) + " |"
    yield "|---" * len(head) + "|"
    for line in lines:
        yield "| " + " | ".join(line) + " |"
    yield ""


def present(store, rows):
    """The servers that have a result in any of the rows, in order."""
    return [name for name in (*ALL, *VARIANTS)
            if any(store.count(row.name, name) for row in rows)]


def cpu_cell(store, row, name):
    cpu = store.median(row.name, name, "server_cpu_us_per_delivery")
    if cpu is None:
        return "failed" if store.failed(row.name, name) else "–"
    speed = store.median(row.name, name, "deliveries_per_second")
    return f"{cost(cpu)} ({rate(speed)})"


def cpu_ratio(store, row, other):
    """How often Plumb's CPU time a delivery goes into that of `other`."""
    ours, theirs = (store.median(row.name, name, "server_cpu_us_per_delivery")
                    for name in ("Plumb", other))
    return theirs / ours if ours and theirs else None


def cpu_table(store, rows):
    names = present(store, rows)
    others = [name for name in names
              if name in ("limit", "bun", *VARIANTS)] if "Plumb" in names else []
    lines = []
    for row in rows:
        if not present(store, [row]):
            continue
        ratios = (cpu_ratio(store, row, other) for other in others)
        lines.append([row.name.split(": ", 1)[1],
                      *(cpu_cell(store, row, name) for name in names),
                      *(f"{ratio:.2f}" if ratio else "–" for ratio in ratios)])
    return table(["CPU µs a delivery (deliveries/s)", *names,
                  *(f"{other} ÷ Plumb" for other in others)], lines)


def idle_table(store, rows):
    def cells(row, name):
        values = [store.median(row.name, name, key) for key in (
            "rss_bytes_per_connection", "rss_bytes_per_connection_after_echo",
            "server_cpu_us_per_open")]
        return [f"{value:,.0f}" if value is not None else "–"
                for value in values]

    lines = [[row.name.split(": ", 1)[1], name, *cells(row, name)]
             for row in rows for name in present(store, [row])]
    return table(["idle", "server", "bytes of process memory a connection",
                  "after an echo on each", "CPU µs to open one"], lines)


def latency_table(store, rows):
    lines = []
    for row in rows:
        for label, what in (("same", "the same"), ("own", "its own")):
            for name in present(store, [row]):
                load = store.median(row.name, name, label, "rate_from")
                times = [store.median(row.name, name, label, "latency_us", key)
                         for key in ("p50", "p99", "p99.9", "max")]
                if load is not None:
                    lines.append([row.name.split(": ", 1)[1], what, name,
                                  f"{load:,.0f}",
                                  *(f"{time:,.0f}" for time in times)])
    return table(["half of the saturating load", "whose", "server",
                  "messages/s", "p50 µs", "p99 µs", "p99.9 µs", "max µs"], lines)


def join_table(store, rows):
    lines = []
    for row in rows:
        for name in present(store, [row]):
            values = [store.median(row.name, name, key) for key in (
                "server_cpu_us_per_join", "server_cpu_us_per_leave",
                "server_cpu_us_per_disconnect", "rss_bytes_per_membership")]
            lines.append([f"{row.note['memberships']:,}", name,
                          *(f"{value:,.2f}" for value in values)])
    return table(["memberships", "server", "CPU µs a join", "a leave",
                  "a disconnect", "bytes a membership"], lines)


def tables(store, rows=None):
    """All tables, as lines."""
    groups = {}
    for row in rows or all_rows():
        groups.setdefault((row.kind if row.kind in ("idle", "latency", "join")
                           else row.note["group"]), []).append(row)
    special = {"idle": ("Memory of idle connections", idle_table),
               "latency": ("Latency, from due to the last member", latency_table),
               "join": ("Joining, leaving, disconnecting", join_table)}
    for group, members in groups.items():
        if not present(store, members):
            continue
        title, make = special.get(group) or (TITLES[group], cpu_table)
        yield f"### {title}"
        yield ""
        yield from make(store, members)
