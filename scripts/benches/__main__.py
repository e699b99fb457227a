"""Runs one benchmark by name."""

import sys
from importlib import import_module
from pathlib import Path


def main(arguments: list[str]) -> int:
    """Run the named benchmark; without a known name, list them."""
    names = sorted(file.stem for file in Path(__file__).parent.glob("[!_]*.py"))
    if not arguments or arguments[0] not in names:
        print(f"Usage: scripts/bench NAME, where NAME is one of: {', '.join(names)}", file=sys.stderr)
        return 2
    code: int = import_module(f"scripts.benches.{arguments[0]}").main(arguments[1:])
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
