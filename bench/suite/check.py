"""The results against what is promised."""
from .report import cpu_ratio
from .rows import all_rows

NOISE = 1.1  # medians differ by about a tenth here
MIN_OF_LIMIT = 0.9
BURST, BURST_RATIO = 64, 10
IDLE_BYTES = {False: 1024, True: 15 * 1024}
# Memory is slower than caches: a join among a million is not quite one among
# ten thousand. Anything that is not linear is far above this.
LINEAR = 3


def check_cpu(store, row):
    to_bun, to_limit = (cpu_ratio(store, row, name) for name in ("bun", "limit"))
    if to_bun is not None:
        yield to_bun * NOISE >= 1, f"bun ÷ Plumb {to_bun:.2f}, at least 1"
        if row.note.get("group") == "broadcast" and (
                row.note["size"] == 64 and row.note["burst"] >= BURST
                and 100 <= row.note["room"]):
            yield (to_bun >= BURST_RATIO, f"bun ÷ Plumb {to_bun:.2f}, at least "
                   f"{BURST_RATIO} with {row.note['burst']} in flight")
    if to_limit is not None:
        yield (to_limit >= MIN_OF_LIMIT,
               f"limit ÷ Plumb {to_limit:.2f}, at least {MIN_OF_LIMIT}")


def check_idle(store, row):
    each = store.median(row.name, "Plumb", "rss_bytes_per_connection")
    if each is not None:
        maximum = IDLE_BYTES[row.tls]
        yield each <= maximum, f"{each:,.0f} bytes a connection, at most {maximum:,}"


def check_join(store, rows):
    first, last = rows[0], rows[-1]
    for what in ("join", "leave"):
        few, many = (store.median(row.name, "Plumb", f"server_cpu_us_per_{what}")
                     for row in (first, last))
        if few and many:
            yield last, many / few <= LINEAR, (
                f"a {what} costs {many / few:.2f} times what it does in "
                f"'{first.name}', at most {LINEAR}")


def findings(store):
    """(row name, whether it holds, what) of everything that was measured."""
    joins = []
    for row in all_rows():
        for name in row.servers:
            if name.startswith("Plumb") and store.failed(row.name, name):
                yield row.name, False, f"{name} failed in the last run"
        if row.kind == "cpu":
            found = check_cpu(store, row)
        elif row.kind == "idle":
            found = check_idle(store, row)
        else:
            found = ()
        for holds, what in found:
            yield row.name, holds, what
        if row.kind == "join" and store.count(row.name, "Plumb"):
            joins.append(row)
    if len(joins) > 1:
        for row, holds, what in check_join(store, joins):
            yield row.name, holds, what


def check(store):
    """Prints what misses. Returns how much did, or -1 if there is nothing."""
    all_ = list(findings(store))
    missed = [(row, what) for row, holds, what in all_ if not holds]
    for row, what in missed:
        print(f"MISSED {row}: {what}")
    print(f"{len(all_)} thresholds, {len(missed)} missed")
    return len(missed) if all_ else -1
