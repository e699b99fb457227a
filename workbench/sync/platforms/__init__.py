"""One module per platform, all behind the port in `port`."""
