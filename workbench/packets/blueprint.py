"""The blueprint and the navigation of the packets pages."""

from flask import Blueprint

from workbench.accounts.web import Item

pages = Blueprint("packets", __name__)
NAVIGATION = (Item("Packets", "packets.list_runs", "list", "packet"),)
