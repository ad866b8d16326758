"""The pages of the roles capability: importing this module adds the routes of every wing to the blueprint."""

import workbench.roles.advert.views
import workbench.roles.approval.views
import workbench.roles.before_print.views
import workbench.roles.comments.views
import workbench.roles.currency.views
import workbench.roles.documents.views
import workbench.roles.editions.views
import workbench.roles.exercises.views
import workbench.roles.first_day.views
import workbench.roles.history.names
import workbench.roles.history.trash_views
import workbench.roles.history.views
import workbench.roles.home.start_views
import workbench.roles.home.views
import workbench.roles.links.public_views
import workbench.roles.links.views
import workbench.roles.notices.views
import workbench.roles.own_metrics.views
import workbench.roles.parts.views
import workbench.roles.path.item_views
import workbench.roles.path.template_globals
import workbench.roles.path.views
import workbench.roles.planner.plan_views
import workbench.roles.planner.views
import workbench.roles.progress.views
import workbench.roles.promises.views
import workbench.roles.publishing.agreement_views
import workbench.roles.publishing.answer_views
import workbench.roles.publishing.views
import workbench.roles.review.views
import workbench.roles.search.views
import workbench.roles.sharing.now_views
import workbench.roles.sharing.reading_views
import workbench.roles.sharing.views
import workbench.roles.targets.views  # noqa: F401 - imported for its routes, like those above
from workbench.roles.blueprint import NAVIGATION, pages

__all__ = ["NAVIGATION", "pages"]
