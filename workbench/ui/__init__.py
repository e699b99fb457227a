"""Windows, views, panels and dialogs: they show projections and ask for operations.

Never sees a row or a request, and imports nothing heavy: the window is painted before the store opens.
"""
