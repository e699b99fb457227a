"""The evidence side of the score view: one viewer per kind of evidence. Decodes nothing itself."""
