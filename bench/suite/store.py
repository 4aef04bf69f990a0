"""The results: a line of JSON for every run, so that measuring can go on where
it was interrupted, and tables can be made again."""
import collections
import json
import pathlib
import statistics


class Store:
    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.runs = collections.defaultdict(list)  # (row, server) -> results
        if not self.path.exists():
            return
        for line in self.path.read_text().splitlines():
            try:
                entry = json.loads(line)
            except json.JSONDecodeError:  # cut off: it is measured again
                continue
            self.runs[entry["row"], entry["server"]].append(entry)

    def add(self, row, server, result=None, error=None, **more):
        entry = {"row": row, "server": server, **more}
        entry.update({"result": result} if error is None else {"error": error})
        self.runs[row, server].append(entry)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a") as file:
            file.write(json.dumps(entry) + "\n")

    def good(self, row, server):
        return [entry["result"] for entry in self.runs.get((row, server), [])
                if "result" in entry]

    def count(self, row, server):
        """Good runs; one that failed is tried again by the next command."""
        return len(self.good(row, server))

    def failed(self, row, server):
        """What the last run said, if it failed."""
        runs = self.runs.get((row, server), [])
        return runs[-1].get("error") if runs else None

    def median(self, row, server, *keys):
        """The median of all good runs of result[key][key]..., or None."""
        values = []
        for result in self.good(row, server):
            for key in keys:
                result = result.get(key) if result is not None else None
            if result is not None:
                values.append(result)
        return statistics.median(values) if values else None
