"""`python -m workbench` and the command `workbench`."""

import sys


def main() -> int:
    """Run the command line; returns the exit code."""
    from workbench.cli.main import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
