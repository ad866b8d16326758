"""The folders of templates, the role library and the front-end files: in the checkout, or inside the wheel."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def data_dir(name: str) -> Path:
    """Find a data folder (`templates`, `role_library`) in the wheel first, then in the checkout.

    Raise FileNotFoundError with both places.
    """
    packed, checkout = PACKAGE / "_data" / name, PACKAGE.parent / name
    for folder in (packed, checkout):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"The folder {name} is in neither {packed} nor {checkout}.")


def static_dir() -> Path:
    """Return the folder of our own style sheets and scripts; third-party files are in its `vendor` folder."""
    return PACKAGE / "static"


def font_dir() -> Path:
    """Return the folder of the fonts Source Sans 3 and Source Serif 4, copied in at build time."""
    return static_dir() / "vendor" / "fonts"
