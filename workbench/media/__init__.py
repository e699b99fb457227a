"""Decode workers: inspect, render, thumbnails, filmstrips, captions, text. No widgets, and no Qt at all."""
