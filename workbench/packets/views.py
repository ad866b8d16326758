"""The pages of the packets capability; each page is in the wing of what it shows."""

from workbench.packets.blueprint import NAVIGATION, pages
from workbench.packets.erasure import views as erasure
from workbench.packets.history import names as history_names  # noqa: F401 - adds its names to the history page
from workbench.packets.history import views as history
from workbench.packets.history.search import find_runs
from workbench.packets.links import public_views as public_links
from workbench.packets.links import views as links
from workbench.packets.planning import views as planning
from workbench.packets.recipes import views as recipes
from workbench.packets.returned import views as returned
from workbench.packets.run import downloads
from workbench.packets.run import views as run

__all__ = ["NAVIGATION", "SEARCH", "pages"]

SEARCH = (find_runs,)
WINGS = (erasure, history, public_links, links, planning, recipes, returned, downloads, run)  # each adds its routes
