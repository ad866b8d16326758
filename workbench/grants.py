"""The grants of every capability together, for each program that decides who may do what: web application and worker."""

from workbench.accounts import permissions
from workbench.packets import permissions as packets_permissions
from workbench.roles import permissions as roles_permissions

PERMISSIONS = (permissions.PERMISSIONS, roles_permissions.PERMISSIONS, packets_permissions.PERMISSIONS)


def compose_grants() -> None:
    """Combine the grants of every capability, so that `may` knows them in this process."""
    permissions.compose(*PERMISSIONS)
