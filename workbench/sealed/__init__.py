"""The encrypted-file format of evidence: written once, readable in place. Knows no store and no media."""
