"""Composes the web application: settings, database, permissions, people and the pages of every capability."""

import importlib
from collections.abc import Iterable

from jinja2 import StrictUndefined
from sqlalchemy import Engine
from werkzeug.middleware.proxy_fix import ProxyFix

from workbench import places
from workbench.accounts import times
from workbench.accounts import web as accounts
from workbench.accounts.tables import company_country
from workbench.core.db import make_engine
from workbench.core.jobs.broker import MessageBroker
from workbench.core.web import app as web_app
from workbench.core.web import errors, idempotency, limits, policy
from workbench.core.web.country import set_country_reader
from workbench.core.web.session import session
from workbench.documents.store.bucket import BucketUnavailable
from workbench.grants import compose_grants
from workbench.roles.search.sources import add_sources
from workbench.settings import Settings, read_settings

compose_grants()

# Each module has a blueprint `pages`, and may have the tuples `NAVIGATION` and `SEARCH`.
PAGES = (
    "workbench.roles.views",
    "workbench.packets.views",
    "workbench.accounts.views",
    "workbench.accounts.invitations.views",
)
DEVELOPMENT_PAGES = ("workbench.core.web.parts",)
TASKS = ("workbench.roles.documents.tasks", "workbench.packets.run.tasks")  # as in `worker`: they name their queues


def create_app(
    settings: Settings | None = None, engine: Engine | None = None, pages: Iterable[str] = PAGES
) -> web_app.Workbench:
    """Return the application; a server calls this in each of its processes, after the fork.

    Without settings the environment is read. Raise BadSettings.
    """
    settings = settings or read_settings()
    app = build_app(settings, pages)
    connect(app, settings, engine or make_engine(settings.database_url))
    return app


def build_app(settings: Settings, pages: Iterable[str] = PAGES) -> web_app.Workbench:
    """Build the application without its database: routes, templates, headers and cookies."""
    app = web_app.Workbench("workbench", template_folder=str(places.data_dir("templates")), static_folder=None)
    cookie = "__Host-" if settings.secure else ""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        SESSION_COOKIE_NAME=f"{cookie}form",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    web_app.set_up(app)
    accounts.set_up(app)
    times.set_up(app)
    set_country_reader(app.extensions, lambda: company_country(session()))
    app.register_error_handler(BucketUnavailable, errors.files_unreachable)
    policy.enforce(app)
    limits.set_up(app)
    idempotency.set_up(app)
    for name in TASKS:
        importlib.import_module(name)
    for name in (*pages, *(DEVELOPMENT_PAGES if settings.development else ())):
        module = importlib.import_module(name)
        app.register_blueprint(module.pages)
        accounts.add_navigation(app, getattr(module, "NAVIGATION", ()))
        add_sources(app, getattr(module, "SEARCH", ()))
    if settings.proxies:
        proxy_count = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxy_count, x_proto=proxy_count, x_host=proxy_count)  # type: ignore[method-assign]
    return app


def connect(app: web_app.Workbench, settings: Settings, engine: Engine) -> None:
    """Connect an application to its database, message broker and rate limits."""
    web_app.connect(app, engine, MessageBroker(settings.queue_url).notify, settings)
    accounts.connect(app, settings, engine)
    limits.connect(app, engine, settings.queue_url)
