"""All cases, group by group."""
from . import (closing, control, deflate, fragmentation, framing, handshake, limits,
               reserved, utf8)

GROUPS = (framing, reserved, fragmentation, control, utf8, closing, limits, handshake,
          deflate)


def all_cases():
    cases = [case for group in GROUPS for case in group.group.cases]
    ids = [case.id for case in cases]
    assert len(set(ids)) == len(ids), [i for i in ids if ids.count(i) > 1]
    return cases
