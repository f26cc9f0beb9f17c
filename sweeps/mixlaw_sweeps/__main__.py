"""`python -m mixlaw_sweeps` is the command `mixlaw`."""

from mixlaw_sweeps.cli import main

if __name__ == "__main__":
    main()
