"""Benchmarks: ratios of two sides measured in turn in one run (`make bench`)."""
