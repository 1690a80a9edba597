"""The ticker's share of publishing: drafts that were approved for a day that has come."""

from sqlalchemy import select

from models import FlowDraft, now, session
from models.studio import SCHEDULED
from operations.gate.each_alone import each_alone
from operations.studio.publishing import publish_on_its_day


def publish_due() -> int:
    """Returns how many drafts came into use (a step of the ticker)."""
    due = select(FlowDraft.id).where(FlowDraft.state == SCHEDULED, FlowDraft.publish_at <= now())
    return each_alone(publish_on_its_day, session.execute(due.order_by(FlowDraft.publish_at)).all())
