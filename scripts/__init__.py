"""Tools of the project's own house; nothing here is part of the product."""
