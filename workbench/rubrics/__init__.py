"""What a rubric demands and what scores come to: outcome rule, completeness, the offering file."""
