"""Runs one kind of fuzzing by name."""

import sys

from scripts.fuzzing import evidence


def main(arguments: list[str]) -> int:
    """Run the named one; without a known name, list them."""
    if arguments[:1] != ["evidence"]:
        print("Usage: scripts/fuzz evidence [--minutes N] [--seed S] [--files N] [--report FILE]", file=sys.stderr)
        return 2
    return evidence.main(arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
