"""Results as bench/run measure writes them, made up; and a look at plots.

usage: make_results.py good|bad     make_results.py check-svg FILE...
"""
import json
import sys
import xml.etree.ElementTree


def put(row, server, **result):
    print(json.dumps({"row": row, "server": server, "result": result}))


def cpu(row, server, *times):
    for time in times:
        put(row, server, server_cpu_us_per_delivery=time,
            deliveries_per_second=250000)


def latency(server):
    times = {"p50": 100, "p90": 200, "p99": 500, "p99.9": 900, "max": 1000}
    load = {"rate_from": 1000, "latency_us": times}
    put("latency: room 10, 64 B", server, saturation=2000, same=load, own=load)


def results(bad):
    first = "broadcast: room 10, 64 B, W 1"
    cpu(first, "Plumb", *((6, 6, 6) if bad else (4, 9, 4)))
    cpu(first, "bun", 5)
    cpu(first, "limit", 4)
    burst = "broadcast: room 1000, 64 B, W 16"
    cpu(burst, "Plumb", .05)
    cpu(burst, "bun", .6)
    cpu(burst, "limit", .05)
    if bad:
        print(json.dumps({"row": burst, "server": "Plumb", "error": "lost"}))
    for window in (1, 16):
        row = f"echo: 100 connections, 64 B, W {window}"
        cpu(row, "Plumb", 5)
        cpu(row, "bun", 5)
        cpu(row, "limit", 4.6)
    for server, bytes_ in (("Plumb", 1025 if bad else 700), ("bun", 1500)):
        put("idle: 10000 connections", server, rss_bytes_per_connection=bytes_,
            rss_bytes_per_connection_after_echo=800, server_cpu_us_per_open=30)
    for server in ("Plumb", "bun"):
        latency(server)
    for memberships in (10000, 100000, 1000000):
        cost = {10000: .5, 1000000: 2 if bad else .55}.get(memberships, .5)
        for server in ("Plumb", "bun"):
            put(f"join: {memberships} memberships", server,
                server_cpu_us_per_join=cost, server_cpu_us_per_leave=.4,
                server_cpu_us_per_disconnect=40, rss_bytes_per_membership=40)


if sys.argv[1] == "check-svg":
    for path in sys.argv[2:]:
        root = xml.etree.ElementTree.parse(path).getroot()
        words = " ".join(text.text for text in root.iter()
                         if text.tag.endswith("text"))
        assert "Plumb" in words and "bun" in words, (path, words)
else:
    results(sys.argv[1] == "bad")
