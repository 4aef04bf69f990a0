"""Measures the load target beside its peers; see bench/README.md."""
