"""Deliver alerts by mail, Slack, Teams, PagerDuty, a webhook or another service: one URL for each, as Apprise reads it.

A URL holds the secret of its service. Nothing that is logged or shown has more of it than its scheme.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlencode

from orderpaper import config
from orderpaper.run.alerts import Alert, Kind

if TYPE_CHECKING:
    from apprise import NotifyType

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Delivery:
    """The outcome of sending an alert to one service."""

    service: str
    """Its name and the scheme of its URL: `Slack (slack://…)`."""
    problem: str | None
    """Why the alert was not delivered; None if it was."""


def send(alert: Alert) -> None:
    """Log an alert and deliver it to every service. A service that does not take it is a warning in the log."""
    log.warning("%s\n%s", alert.subject, alert.text)
    deliveries = deliver(alert)
    if not deliveries:
        log.info("The alert stands only here: ORDERPAPER_ALERT_URLS names no service.")
    for delivery in deliveries:
        if delivery.problem:
            log.warning("The alert was not delivered to %s: %s", delivery.service, delivery.problem)
        else:
            log.info("The alert was delivered to %s.", delivery.service)


def deliver(alert: Alert) -> list[Delivery]:
    """Deliver an alert to every service that `ORDERPAPER_ALERT_URLS` names; return what became of it at each."""
    return [_deliver(alert, url) for url in config.alert_urls()]


def _deliver(alert: Alert, url: str) -> Delivery:
    import apprise  # noqa: PLC0415  # only needed when an alert is sent

    scheme, _, rest = url.partition("://")
    service = f"{scheme}://…" if rest else "a URL without a scheme"
    with (
        _kept_to_themselves("apprise", "urllib3"),
        apprise.LogCapture(level=logging.WARNING, fmt="%(message)s") as messages,  # type: ignore[no-untyped-call]
    ):
        try:
            asset = apprise.AppriseAsset(app_id="Order Paper", app_desc="Order Paper", image_url_mask="")
            plugin = apprise.Apprise.instantiate(_one_incident(url, alert), asset=asset)
            if plugin is None:
                return Delivery(service, "Apprise does not understand this URL (https://appriseit.com/services/)")
            service = f"{plugin.service_name} ({service})"
            sender = apprise.Apprise(plugin, asset=asset)
            outcome = sender.notify(
                title=alert.subject,
                body=alert.text,
                notify_type=_type(alert.kind),
                body_format=apprise.NotifyFormat.TEXT,  # so that markup in it stays text
            )
            is_sent = bool(outcome)
            said = messages.getvalue()
        except Exception as error:  # noqa: BLE001  # an alert that is not delivered must not fail a task
            is_sent, said = False, f"{type(error).__name__}: {error}"
    return Delivery(service, None if is_sent else _without_secrets(said, url) or "it gave no reason")


@contextmanager
def _kept_to_themselves(*names: str) -> Iterator[None]:
    """Keep what these loggers say out of every log while the block runs, because it may quote a URL."""
    loggers = [logging.getLogger(name) for name in names]
    before = [logger.propagate for logger in loggers]
    for logger in loggers:
        logger.propagate = False
    try:
        yield
    finally:
        for logger, propagate in zip(loggers, before, strict=True):
            logger.propagate = propagate


def _type(kind: Kind) -> "NotifyType":
    from apprise import NotifyType  # noqa: PLC0415

    return {Kind.FAILURE: NotifyType.FAILURE, Kind.WARNING: NotifyType.WARNING, Kind.RECOVERY: NotifyType.SUCCESS}[kind]


def _one_incident(url: str, alert: Alert) -> str:
    """Return the URL with what makes PagerDuty's incident the same as ours, so that it ends with it."""
    if not url.startswith("pagerduty://") or re.search(r"[?&](action|dedup)=", url):
        return url
    return f"{url}{'&' if '?' in url else '?'}{urlencode({'action': 'map', 'dedup': alert.incident_id})}"


def _without_secrets(text: str, url: str) -> str:
    """Return a message on one line without any part of the URL that it may quote."""
    parts = re.split(r"[^\w.-]+", f"{url} {unquote(url)}".replace(url.partition("://")[0], ""))
    for part in sorted({part for part in parts if len(part) > 3}, key=len, reverse=True):
        text = text.replace(part, "…")
    return " ".join(text.split())
