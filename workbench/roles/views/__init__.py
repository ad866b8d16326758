"""The pages of the roles capability: home and library, the guided path, publishing, editions and printing."""

from flask import Blueprint

from workbench.accounts.web import Item

pages = Blueprint("roles", __name__)
NAVIGATION = (
    Item("Roles", "roles.home", "list", "edition"),
    Item("Library", "roles.show_library", "read", "library"),
    Item("Metrics", "roles.list_metrics", "read", "library"),
    Item("Planner", "roles.show_planner", "read", "library"),
)

from workbench.roles.views import editions, home, items, metrics, path, planner, printing, publishing, words  # noqa: E402, F401 - routes
