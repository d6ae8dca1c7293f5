"""An official warning (CAP 1.2) as its publisher would write it."""

from __future__ import annotations

from datetime import timedelta

from oyez.kit import clock

SPACE = "urn:oasis:names:tc:emergency:cap:1.2"


def a_warning(number: int = 1, *, hours: float = 3, **facts: str) -> str:
    """A warning that expires so many hours from now."""
    told = {
        "identifier": f"W-{number}",
        "sender": "floods@rivers.example",
        "sent": clock.now().isoformat(),
        "status": "Actual",
        "msgType": "Alert",
        "scope": "Public",
        **facts,
    }
    expires = (clock.now() + timedelta(hours=hours)).isoformat()
    info = (
        "<event>Flood</event><urgency>Immediate</urgency><severity>Severe</severity>"
        f"<expires>{expires}</expires><headline>Flood {number}</headline>"
        "<web>https://rivers.example/now</web><area><areaDesc>Looe</areaDesc></area>"
    )
    parts = "".join(f"<{name}>{value}</{name}>" for name, value in told.items())
    return f'<alert xmlns="{SPACE}">{parts}<info>{info}</info></alert>'
