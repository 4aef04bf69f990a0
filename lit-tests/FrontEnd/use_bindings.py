"""Calls functions of the runtime through generated bindings."""
import sys

import plumb_str
import plumb_time

plumb_str.load(sys.argv[1])
plumb_time.load(sys.argv[1])
sys.stdout.reconfigure(encoding="utf-8")
print("concat:", plumb_str.concat("hællo", ", world"))
print("length:", plumb_str.length("hællo"))
print("equal:", plumb_str.equal("a", "b"), plumb_str.equal("a", "a"))
print("split:", plumb_str.split("a,b,c", ",", 1))
print("to_int:", plumb_str.to_int("-42", 0), plumb_str.to_int("x", 7))

fired = []
timer = plumb_time.after(1, 5, fired.append)
plumb_time.run()
print("fired:", *fired)
print("stale:", plumb_time.cancel(timer) < 0)
