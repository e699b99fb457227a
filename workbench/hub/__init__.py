"""The programme's server: programme folder in, assignments out, decisions kept. A sibling of the desktop rooms.

It must never import store, sync, queries, operations or a window.
"""
