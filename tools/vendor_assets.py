"""Copy the front-end files we ship from node_modules into workbench/static/vendor, with a manifest of their hashes."""

import hashlib
import json
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
LOCK = ROOT / "package-lock.json"
VENDOR = ROOT / "workbench" / "static" / "vendor"
FACES = ("Regular", "It", "Semibold", "Bold")
FAMILIES = {"source-sans": "SourceSans3", "source-serif": "SourceSerif4"}
# Fonts for scripts that our two families lack; Chinese, Japanese and Korean come from a Python package.
SCRIPTS = {
    "vazirmatn": ("Vazirmatn", ("Regular", "SemiBold")),
    **{
        f"noto-sans-{script.lower()}": (f"NotoSans{script}", ("Regular", "SemiBold"))
        for script in ("Hebrew", "Devanagari", "Thai")
    },
    **{
        f"noto-sans-{script.lower()}": (f"NotoSans{script}", ("Regular",))
        for script in (
            *("Arabic", "Armenian", "Bengali", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi", "Kannada", "Khmer"),
            *("Lao", "Malayalam", "Myanmar", "Sinhala", "Tamil", "Telugu"),
        )
    },
    "noto-emoji": ("NotoEmoji", ("Regular",)),
}
WEIGHTS = {"Regular": 400, "SemiBold": 600}
LICENCES = {
    "htmx.org": "LICENSE",
    "sortablejs": "LICENSE",
    "source-sans": "LICENSE.md",
    "source-serif": "LICENSE.md",
}


def shipped_files() -> dict[str, str]:
    """Return each shipped file with its source below node_modules."""
    files = {
        "htmx.min.js": "htmx.org/dist/htmx.min.js",
        "Sortable.min.js": "sortablejs/Sortable.min.js",
    }
    for package, family in FAMILIES.items():
        for face in FACES:
            files[f"fonts/{family}-{face}.ttf"] = f"{package}/TTF/{family}-{face}.ttf"
            files[f"fonts/{family}-{face}.woff2"] = f"{package}/WOFF2/TTF/{family}-{face}.ttf.woff2"
    for package, (stem, weights) in SCRIPTS.items():
        for weight in weights:
            source = f"@expo-google-fonts/{package}/{WEIGHTS[weight]}{weight}/{stem}_{WEIGHTS[weight]}{weight}.ttf"
            files[f"fonts/scripts/{stem}-{weight}.ttf"] = source
        files[f"licences/{package}.txt"] = f"@expo-google-fonts/{package}/LICENSE_FONT"
    for package, licence in LICENCES.items():
        files[f"licences/{package}.txt"] = f"{package}/{licence}"
    return files


def sha256(path: Path) -> str:
    """Return the sha256 of a file as hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def copy(modules: Path = MODULES) -> None:
    """Copy every shipped file into an empty vendor folder and write its manifest last.

    The manifest holds the hash of package-lock.json, so that a change of versions is detected.
    """
    shutil.rmtree(VENDOR, ignore_errors=True)
    for name, source in sorted(shipped_files().items()):
        target = VENDOR / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(modules / source, target)
    manifest = {"lock": sha256(LOCK), "files": {name: sha256(VENDOR / name) for name in sorted(shipped_files())}}
    (VENDOR / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")


def faults() -> list[str]:
    """List what is missing from the vendor folder or differs from the locked versions."""
    place = VENDOR / "manifest.json"
    if not place.is_file():
        return ["the front-end files have not been copied"]
    manifest = json.loads(place.read_text("utf-8"))
    found = [] if manifest["lock"] == sha256(LOCK) else ["the front-end files differ from the locked versions"]
    for name in sorted(shipped_files()):
        file = VENDOR / name
        if not file.is_file():
            found.append(f"{name} is missing")
        elif manifest["files"].get(name) != sha256(file):
            found.append(f"{name} is not what was copied")
    return found


def main() -> int:
    """Copy the files, or only compare them with `--check`. Return the exit code."""
    if "--check" not in sys.argv[1:]:
        copy()
    found = faults()
    for fault in found:
        print(f"vendor: {fault}; run ./dev setup", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
