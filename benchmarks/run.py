"""Run the benchmarks one after the other, all of them or the named ones: `./dev bench`, `./dev bench pages press`."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
NAMES = sorted(file.stem for file in FOLDER.glob("*.py") if file.stem != "run")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"one of {', '.join(NAMES)}")
    chosen = parser.parse_args().names or NAMES
    if unknown := sorted(set(chosen) - set(NAMES)):
        parser.error(f"there is no benchmark {unknown[0]}; choose from {', '.join(NAMES)}")
    return max([run_benchmark(name) for name in chosen])


def run_benchmark(name: str) -> int:
    """Run one benchmark in its own process, so that none is warmed by another. Return its exit code."""
    environment = os.environ | {"PYTHONPATH": str(FOLDER.parent)}
    return subprocess.run([sys.executable, str(FOLDER / f"{name}.py")], check=False, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
