"""Write the next migration: `python -m workbench.migrations next "what changes"`."""

import sys

from workbench.migrations import write_next

if __name__ == "__main__":
    match sys.argv[1:]:
        case ["next", *words] if words:
            sys.stdout.write(f"{write_next(' '.join(words))}\n")
        case _:
            sys.exit(__doc__)
