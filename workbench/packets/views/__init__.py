"""The pages of the packets capability: planning a run, watching it, and fetching its files."""

from flask import Blueprint

from workbench.accounts.web import Item

pages = Blueprint("packets", __name__)
NAVIGATION = (Item("Packets", "packets.list_runs", "list", "packet"),)

from workbench.packets.views import (  # noqa: E402, F401 - routes
    fetching,
    forgetting,
    planning,
    recipes,
    returned,
    runs,
    shared,
    sharing,
    word,
)
