"""The blueprint of the roles capability, and its entries in the navigation."""

from flask import Blueprint

from workbench.accounts.permissions import Act
from workbench.accounts.web import NavigationItem

pages = Blueprint("roles", __name__)
NAVIGATION = (
    NavigationItem("Roles", "roles.home", Act.LIST, "edition"),
    NavigationItem("Library", "roles.show_library", Act.READ, "library"),
    NavigationItem("Metrics", "roles.list_metrics", Act.READ, "library"),
    NavigationItem("To agree", "roles.list_agreement_requests", Act.AGREE, "draft"),
    NavigationItem("Planner", "roles.show_planner", Act.READ, "library"),
)
