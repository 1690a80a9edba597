"""Who may open what: one table. An address that is not in it opens for nobody."""

from flask import Flask, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from errors import NotAllowed
from web import kept
from web.asked import asked
from web.login import MUST_CHANGE, me, somebody_is_signed_in
from web.typed import typed_text

PUBLIC = "public"
#: What opens to whoever has to change their password first.
BEFORE_CHANGING = {"account.form", "account.change", "badge.now", "login.alive"}

ACCESS: dict[str, str] = {
    "static": PUBLIC,
    "query.form": PUBLIC,
    "query.show": PUBLIC,
    "query.supplement": PUBLIC,
    "query.act": PUBLIC,
    "portal.index": PUBLIC,
    "portal.form": PUBLIC,
    "portal.submit": PUBLIC,
    "portal.done": PUBLIC,
    "login.form": PUBLIC,
    "login.sign_in": PUBLIC,
    "login.sign_out": PUBLIC,
    "login.alive": "work",
    "account.form": "work",
    "account.change": "work",
    "notify.form": "work",
    "notify.save": "work",
    "inbox.index": "work",
    "badge.now": "work",
    "together.pass_on_form": "work",
    "together.pass_on": "work",
    "together.copy_form": "work",
    "together.copy": "work",
    "views.save": "work",
    "views.rename": "work",
    "views.delete": "work",
    "inbox.claim": "work",
    "inbox.open_copy": "work",
    "tasks.show": "work",
    "drafts.delete": "work",
    "tasks.complete": "work",
    "tasks.save_draft": "work",
    "tasks.save_action_draft": "work",
    "tasks.take_reply": "work",
    "tasks.claim": "work",
    "tasks.give_back": "work",
    "tasks.pass_on_form": "work",
    "tasks.pass_on": "work",
    "signs.ask_form": "work",
    "signs.ask": "work",
    "signs.withdraw_form": "work",
    "signs.withdraw": "work",
    "signs.take_back": "work",
    "signs.show": "work",
    "signs.answer": "work",
    "tasks.recall_form": "work",
    "tasks.recall": "work",
    "tasks.action": "work",
    "tasks.send": "work",
    "cases.index": "work",
    "cases.export": "work",
    "cases.show": "work",
    "cases.reveal": "work",
    "cases.copy_form": "work",
    "cases.copy": "work",
    "cases.urge": "work",
    "cases.note": "work",
    "cases.dispute_form": "work",
    "cases.dispute": "work",
    "cases.answer_form": "supervise",
    "cases.answer": "supervise",
    "cases.link_form": "work",
    "cases.link": "work",
    "cases.unlink_form": "work",
    "cases.unlink": "work",
    "attachments.add": "work",
    "attachments.download": "work",
    "attachments.show": "work",
    "desk.index": "supervise",
    "desk.export": "supervise",
    "desk.urge": "supervise",
    "desk.clues": "clues",
    "desk.rechecks": "supervise",
    "desk.draw": "supervise",
    "desk.recheck": "supervise",
    "desk.record": "supervise",
    "clauses.index": "work",
    "flows.show": "work",
    "meetings.index": "work",
    "meetings.call": "work",
    "meetings.show": "work",
    "meetings.change": "work",
    "meetings.answer": "work",
    "meetings.sheet": "work",
    "meetings.sign_in_form": "work",
    "meetings.sign_in": "work",
    "documents.index": "work",
    "documents.show": "work",
    "documents.download": "work",
    "documents.dossier": "work",
    "layouts.index": "administer",
    "layouts.download": "administer",
    "layouts.replace": "administer",
    "layouts.restore": "administer",
    "organisation.index": "organisation",
    "organisation.unit": "organisation",
    "organisation.new_unit": "administer",
    "organisation.change_unit": "administer",
    "organisation.new_post": "administer",
    "organisation.put_in": "accounts",
    "organisation.take_out": "accounts",
    "organisation.substitute": "accounts",
    "organisation.end_substitution": "accounts",
    "organisation.notify_post": "administer",
    "organisation.people": "organisation",
    "organisation.notify_person": "administer",
    "organisation.person": "organisation",
    "organisation.new_person": "accounts",
    "organisation.give_post": "accounts",
    "organisation.disable": "accounts",
    "organisation.enable": "accounts",
    "organisation.hand_over": "accounts",
    "organisation.reset_password": "accounts",
    "organisation.unlock": "accounts",
    "audit.index": "audit",
    "audit.export": "audit",
    "audit.chain": "audit",
    "organisation_book.index": "organisation",
    "organisation_book.export": "organisation",
    "organisation_book.template": "organisation",
    "organisation_book.look": "organisation",
    "organisation_book.confirm": "organisation",
    "flows.diagram": "work",
    "flows.whole": "clues",
    "scores.show": "work",
    "notices.index": "work",
    "notices.read": "work",
    "intake.index": "register",
    "intake.form": "register",
    "intake.register": "register",
    "intake.save_draft": "register",
    "intake.caller": "register",
    "tasks.caller": "register",
    "intake.answers": "register",
    "knowledge.index": "work",
    "knowledge.show": "work",
    "knowledge.new": "knowledge",
    "knowledge.change": "knowledge",
    "phrases.index": "work",
    "phrases.add": "work",
    "phrases.delete": "work",
    "incidents.index": "operate",
    "incidents.retry": "operate",
    "incidents.newest": "operate",
    "deliveries.index": "operate",
    "deliveries.again": "operate",
    "clock.advance": "clock",
    "studio.index": "design",
    "studio.begin": "design",
    "studio.show": "design",
    "studio.rename": "design",
    "studio.discard": "design",
    "studio_diagrams.index": "design",
    "studio_diagrams.add": "design",
    "studio_diagrams.show": "design",
    "studio_diagrams.expression": "design",
    "studio_files.read": "design",
    "studio_files.save": "design",
    "studio_files.remove": "design",
    "studio_files.restore": "design",
    "studio_files.check": "design",
    "studio_soundness.index": "design",
    "studio_soundness.counterexample": "design",
    "studio_publishing.index": "design",
    "studio_publishing.try_": "design",
    "studio_publishing.rebase": "design",
    "studio_publishing.submit": "design",
    "studio_publishing.withdraw": "design",
    "studio_publishing.refuse": "manage",
    "studio_publishing.approve": "manage",
    "studio_versions.index": "design",
    "studio_versions.download": "design",
    "studio_versions.download_draft": "design",
    "studio_versions.roll_back_to": "manage",
    "studio_versions.retire": "manage",
    "studio_versions.resume": "manage",
    "studio_import.index": "design",
    "studio_import.look": "design",
    "studio_import.confirm": "design",
    "studio_compare.draft": "design",
    "studio_values.index": "design",
    "studio_values.save": "design",
    "studio_values.leave": "design",
    "studio_compare.two_versions": "design",
    "studio_compare.file": "design",
    "running.index": "manage",
    "running.at": "manage",
    "studio_listing.index": "design",
    "studio_listing.add": "design",
    "studio_listing.remove": "design",
    "studio_listing.restore": "design",
    "studio_parameters.index": "manage",
    "studio_parameters.save": "manage",
    "studio_forms.show": "design",
    "studio_forms.look": "design",
    "studio_tables.show": "design",
    "studio_tables.look": "design",
    "studio_tables.export": "design",
    "studio_tables.bring": "design",
    "studio_scenarios.index": "design",
    "studio_scenarios.add": "design",
    "studio_scenarios.remove": "design",
    "studio_scenarios.run": "design",
    "studio_scenarios.progress": "design",
    "studio_scenarios.edit": "design",
    "studio_scenarios.check": "design",
    "studio_scenarios.way": "design",
    "studio_scenarios.coverage": "design",
}


def register(app: Flask) -> None:
    app.before_request(check)
    app.jinja_env.globals["may_open"] = may_open


def check() -> ResponseReturnValue | None:
    """Let the request in, send the person to sign in, or refuse."""
    if request.endpoint is None or ACCESS.get(request.endpoint) == PUBLIC:
        return None
    if not somebody_is_signed_in():
        return _ask_to_sign_in()
    if not may_open(request.endpoint):
        raise NotAllowed
    if MUST_CHANGE in session and request.endpoint not in BEFORE_CHANGING:
        return redirect(url_for("account.form"), 303)
    return None


def may_open(endpoint: str) -> bool:
    """Whether the signed-in person may; the navigation asks the same table."""
    return endpoint in ACCESS and me().can(ACCESS[endpoint])


def _ask_to_sign_in() -> ResponseReturnValue:
    """Whoever typed while the session ran out gets the text back, and takes it along when signing in again."""
    if request.method == "GET":
        here = request.full_path.rstrip("?")
        return redirect(url_for("login.form", next=None if here == "/" else here), 303)
    message, sent = "登录已超时，刚才填写的内容没有提交。", asked()
    typed, again = typed_text(sent.form, sent.lists), sent.again
    back = {"typed": typed, "again": again, "along": kept.along(typed)}
    return render_template("error.html", message=message, status=401, sign_in=True, **back), 401
