"""The command line: one file per command group; argument handling and printing only."""
