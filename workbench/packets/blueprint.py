"""The blueprint and the navigation of the packets pages."""

from flask import Blueprint

from workbench.accounts.permissions import Act
from workbench.accounts.web import NavigationItem

pages = Blueprint("packets", __name__)
NAVIGATION = (NavigationItem("Packets", "packets.list_runs", Act.LIST, "packet"),)
