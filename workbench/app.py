"""Puts the web application together: settings, database, people and the pages of every capability."""

import importlib
from collections.abc import Iterable

from jinja2 import StrictUndefined
from sqlalchemy import Engine
from werkzeug.middleware.proxy_fix import ProxyFix

from workbench import places
from workbench.accounts import times
from workbench.accounts import web as accounts
from workbench.core import limits, web
from workbench.core.db import make_engine
from workbench.core.queue import Queue
from workbench.documents.store.bucket import BucketUnavailable
from workbench.settings import Settings, read_settings

PAGES = (
    "workbench.roles.views",
    "workbench.packets.views",
    "workbench.accounts.views",
)  # each module has a blueprint `pages`, and may have a tuple `NAVIGATION`


def create_app(
    settings: Settings | None = None, engine: Engine | None = None, pages: Iterable[str] = PAGES
) -> web.Workbench:
    """Make the application; a server calls this in each of its processes, after the fork.

    Without settings the environment is read. Raises BadSettings.
    """
    settings = settings or read_settings()
    app = web.Workbench("workbench", template_folder=str(places.data_dir("templates")), static_folder=None)
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
    engine = engine or make_engine(settings.database_url)
    web.set_up(app, engine, Queue(settings.queue_url).ring, settings)
    accounts.set_up(app, settings, engine)
    times.set_up(app)
    app.register_error_handler(BucketUnavailable, web.files_away)
    web.guard(app)
    limits.set_up(app, engine, settings.queue_url)
    web.absorb(app)
    for name in pages:
        module = importlib.import_module(name)
        app.register_blueprint(module.pages)
        accounts.add_navigation(app, getattr(module, "NAVIGATION", ()))
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app
