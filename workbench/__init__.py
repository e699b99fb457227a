"""Assessor Workbench: judge micro-credential submissions offline, and agree on it."""

__version__ = "0.1.0"
