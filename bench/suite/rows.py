"""What is measured: the rows of the tables, each with its load."""
import dataclasses

# What a user would pick instead; each of the slow ones has a short list of rows.
FAST = ("Plumb", "bun", "limit")
SLOW = ("npm ws", "libwebsockets", "Beast")
ALL = ("Plumb", "bun", *SLOW, "limit")
# The load target with another option.
VARIANTS = ("Plumb (2 shards)", "Plumb (io_uring)")

ROOMS = (10, 100, 1000, 10000)
PUBLISHERS = {10: 1, 100: 4, 1000: 10, 10000: 10}
SIZES = {64: "64 B", 1024: "1 KiB", 16384: "16 KiB"}
WINDOWS = (1, 8, 16, 64)
MEGABYTE = 1 << 20
# A server that keeps a copy for every member must not need more than this.
MAX_COPIED = 2 << 30


@dataclasses.dataclass
class Row:
    name: str
    load: list            # arguments of the load generator
    servers: tuple = FAST
    once: tuple = ()      # of them, those that run once, not --runs times
    kind: str = "cpu"     # which of measure.py's ways
    quick: bool = False   # part of `--quick`
    seconds: float = 1.0  # measured
    tls: bool = False
    deflate: bool = False
    note: dict = dataclasses.field(default_factory=dict)  # for tables, plots


def broadcast(room, size, window, prefix="broadcast", **more):
    # 1 MiB in flight to a member, at most: queues are bounded. In rooms of
    # 10,000 large messages come from one publisher, or a turn takes seconds.
    publishers = PUBLISHERS[room]
    while publishers > 1 and publishers * window * size > MEGABYTE:
        publishers //= 2
    if room == 10000 and size > 1024:
        publishers = 1
    copied = room * publishers * window * size
    servers = more.pop("servers", FAST)
    if copied > MAX_COPIED:
        servers = tuple(name for name in servers if name in ("Plumb", "limit"))
    load = ["--connections", max(1000, room), "--room", room, "--window", window,
            "--publishers", publishers, "--payload", size]
    return Row(
        f"{prefix}: room {room}, {SIZES[size]}, W {window}", load, servers,
        seconds=3.0 if copied > MAX_COPIED // 2 else 1.0,
        note=dict(group=prefix, room=room, size=size, window=window,
                  burst=publishers * window), **more)


def echo(connections, size, window, prefix="echo", **more):
    return Row(
        f"{prefix}: {connections} connections, {SIZES[size]}, W {window}",
        ["--mode", "echo", "--connections", connections, "--window", window,
         "--payload", size],
        note=dict(group=prefix, connections=connections, size=size,
                  window=window), **more)


def with_slow(servers=ALL):
    return dict(servers=servers, once=SLOW)


def broadcast_rows():
    for size in SIZES:
        for window in WINDOWS:
            for room in ROOMS:
                slow = size == 64 and window in (1, 16) and room <= 1000
                yield broadcast(
                    room, size, window, **(with_slow() if slow else {}),
                    quick=room in (10, 1000) and (size, window) in (
                        (64, 1), (64, 16), (16384, 8)))


def echo_rows():
    for size in (64, 16384):
        for connections in (100, 1000):
            for window in (1, 16):
                slow = size == 64 and connections == 100
                yield echo(connections, size, window,
                           **(with_slow() if slow else {}),
                           quick=connections == 100 and size == 64)


def idle_rows():
    yield Row("idle: 10000 connections", ["--mode", "idle", "--connections",
                                          10000],
              kind="idle", quick=True, note=dict(group="idle"), **with_slow())
    yield Row("idle: 10000 TLS connections",
              ["--mode", "idle", "--connections", 10000], kind="idle", tls=True,
              servers=("Plumb", "bun", *SLOW), once=("bun", *SLOW),
              note=dict(group="idle"))


def tls_rows():
    both = dict(tls=True, servers=("Plumb", "bun"))
    slow = dict(tls=True, servers=("Plumb", "bun", *SLOW), once=SLOW)
    yield broadcast(10, 64, 1, "TLS broadcast", **both)
    yield broadcast(100, 64, 16, "TLS broadcast", quick=True, **slow)
    yield broadcast(1000, 64, 1, "TLS broadcast", **both)
    yield broadcast(1000, 1024, 16, "TLS broadcast", **both)
    yield broadcast(1000, 16384, 8, "TLS broadcast", **both)
    yield echo(100, 64, 1, "TLS echo", quick=True, **slow)
    yield echo(100, 64, 16, "TLS echo", **both)
    yield echo(100, 16384, 1, "TLS echo", **both)


def deflate_rows():
    peers = dict(deflate=True, servers=("Plumb", "bun", "npm ws", "Beast"),
                 once=("npm ws", "Beast"))
    yield broadcast(100, 1024, 1, "deflate broadcast", quick=True, **peers)
    yield broadcast(1000, 1024, 8, "deflate broadcast", **peers)
    yield broadcast(1000, 16384, 1, "deflate broadcast", **peers)


def latency_rows():
    for room, size in ((10, 64), (100, 64), (1000, 64), (100, 1024)):
        row = broadcast(room, size, 16, "latency", servers=("Plumb", "bun"))
        row.name = f"latency: room {room}, {SIZES[size]}"
        row.kind, row.seconds, row.quick = "latency", 2.0, room == 100
        yield row


def scaling_rows():
    for size, room, window in ((64, 10, 1), (64, 100, 16), (1024, 1000, 1)):
        yield broadcast(room, size, window, "shards", kind="shards",
                        servers=("Plumb", "Plumb (2 shards)"),
                        quick=room == 10)
    for room in ROOMS:
        yield broadcast(room, 64, 1, "flush",
                        servers=("Plumb", "Plumb (io_uring)"), quick=room == 10)
    yield echo(100, 64, 1, "flush, echo", servers=("Plumb", "Plumb (io_uring)"))


def join_rows():
    for each in (10, 100, 1000):
        yield Row(f"join: {each * 1000} memberships",
                  ["--mode", "join", "--connections", 1000, "--rooms-each", each,
                   "--room", 100],
                  kind="join", servers=("Plumb", "bun"), once=("bun",),
                  quick=each == 10,
                  note=dict(group="join", memberships=each * 1000))


def all_rows():
    """In the order in which they are measured."""
    return [*broadcast_rows(), *echo_rows(), *idle_rows(), *tls_rows(),
            *deflate_rows(), *latency_rows(), *scaling_rows(), *join_rows()]
