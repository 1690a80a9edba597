"""HTTP: read the request, call one operation or query, show the answer."""

from flask import Flask

from web import (
    access,
    account,
    assets,
    attachments,
    audit,
    badge,
    cases,
    characters,
    clauses,
    clock,
    deliveries,
    desk,
    display,
    documents,
    drafts,
    errors,
    flows,
    forms,
    headers,
    inbox,
    incidents,
    intake,
    knowledge,
    layouts,
    login,
    meetings,
    notices,
    notify,
    orders,
    organisation,
    organisation_book,
    phrases,
    portal,
    query,
    results,
    scores,
    sending_back,
    signs,
    tasks,
    together,
    uploads,
    views,
)
from web.studio import calendar as studio_calendar
from web.studio import comparing as studio_comparing
from web.studio import diagrams as studio_diagrams
from web.studio import drafts as studio_drafts
from web.studio import files as studio_files
from web.studio import forms as studio_forms
from web.studio import importing as studio_importing
from web.studio import listing as studio_listing
from web.studio import mending as studio_mending
from web.studio import migrating as studio_migrating
from web.studio import operating as studio_operating
from web.studio import parameters as studio_parameters
from web.studio import publishing as studio_publishing
from web.studio import running
from web.studio import scenarios as studio_scenarios
from web.studio import soundness as studio_soundness
from web.studio import tables as studio_tables
from web.studio import values as studio_values
from web.studio import versions as studio_versions
from web.studio import whatif as studio_whatif


def register(app: Flask) -> None:
    """Put every page on the application. What may be sent comes first, then access."""
    uploads.register(app)
    characters.register(app)
    login.register(app)
    access.register(app)
    login.protect_forms(app)
    errors.register(app)
    headers.register(app)
    assets.register(app)
    display.register(app)
    forms.register(app)
    results.register(app)
    badge.register(app)
    pages = (
        inbox,
        badge,
        views,
        together,
        drafts,
        account,
        notify,
        tasks,
        signs,
        sending_back,
        cases,
        attachments,
        intake,
        knowledge,
        phrases,
        desk,
        orders,
        incidents,
        deliveries,
        notices,
        flows,
        scores,
        clauses,
        documents,
        meetings,
        layouts,
        organisation,
        organisation_book,
        studio_drafts,
        studio_diagrams,
        studio_files,
        studio_soundness,
        studio_comparing,
        studio_values,
        studio_publishing,
        studio_versions,
        studio_importing,
        running,
        studio_migrating,
        studio_operating,
        studio_forms,
        studio_calendar,
        studio_parameters,
        studio_listing,
        studio_tables,
        studio_mending,
        studio_scenarios,
        studio_whatif,
        audit,
        query,
        portal,
    )
    for page in pages:
        app.register_blueprint(page.bp)
    if app.config["DEMO"]:
        app.register_blueprint(clock.bp)
