"""Prints how many intrinsics the built-in families have, by their JSON."""
import json
import pathlib
import sys

generated = pathlib.Path(sys.argv[1]) / "generated"
print(sum(len(json.loads(file.read_text()).get("intrinsics", []))
          for file in generated.rglob("*.json")))
