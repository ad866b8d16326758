"""The blueprint of the roles capability, and its entries in the navigation."""

from flask import Blueprint

from workbench.accounts.web import Item

pages = Blueprint("roles", __name__)
NAVIGATION = (
    Item("Roles", "roles.home", "list", "edition"),
    Item("Library", "roles.show_library", "read", "library"),
    Item("Metrics", "roles.list_metrics", "read", "library"),
    Item("Planner", "roles.show_planner", "read", "library"),
)
