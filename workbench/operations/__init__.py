"""Every act of a person as one function of a writing session that returns Changes. Holds no SQL."""
