"""Write a migration: `python -m workbench.migrations first` or `… next "what changes"`."""

import sys

from workbench.migrations import write_first, write_next

if __name__ == "__main__":
    order, *rest = sys.argv[1:] or [""]
    if order == "first":
        written = write_first()
    elif order == "next" and rest:
        written = write_next(" ".join(rest))
    else:
        sys.exit(__doc__)
    sys.stdout.write(f"{written}\n")
