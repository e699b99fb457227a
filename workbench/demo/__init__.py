"""The demo: makes a believable programme, starts its hub, opens the window on it and drives the tour."""
