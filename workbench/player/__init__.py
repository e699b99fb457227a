"""The playback process and the window's end of it. Nothing else plays sound or moving pictures."""
