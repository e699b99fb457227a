"""Benchmarks: a module per name, each with `main()`; every figure is a ratio to a rival of the same run."""
