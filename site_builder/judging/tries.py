"""Asking again: which answers may be other ones in a moment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.utils import parsedate_to_datetime

from site_builder.linkwire import Answer, Failure

LONGEST_WAIT = 120.0
"""Seconds that a server may ask us to wait (Retry-After) within one run."""
LATER = frozenset({408, 421, 425, 429})
"""Statuses below 500 that say nothing of the document, but of the moment."""
_ASKS_A_BROWSER = frozenset({403, 406})


def seconds_to_wait(
    answer: Answer, tried: int, alike: int, pauses: Sequence[float]
) -> float | None:
    """How long to wait before the same address is asked again; None to take the answer as it is.

    `tried` counts the answers so far, `alike` the last of them with this status. What may pass is
    asked once more for each of `pauses`; a document that is said to be missing is asked for until
    that was said twice, so that one hiccup is not an accusation.
    """
    if answer.status in {404, 410}:
        return pauses[0] if alike == 1 else None
    if tried > len(pauses) or answer.failure in {Failure.ADDRESS, Failure.LOOP, Failure.INTERNAL}:
        return None
    if answer.status is None:
        return None if answer.failure in {Failure.TLS, Failure.SCHEME} else pauses[tried - 1]
    if answer.status in LATER or answer.status >= 500:
        asked = _retry_after(answer)
        if asked is not None and asked > LONGEST_WAIT:
            return None
        return max(asked or 0.0, pauses[tried - 1])
    return pauses[tried - 1] if answer.body_fault and answer.status < 300 else None


def _retry_after(answer: Answer) -> float | None:
    value = answer.headers.get("retry-after", "")
    if re.fullmatch(r"\d{1,9}", value):
        return float(value)
    try:
        # A date, by the server's own clock (RFC 9110, 10.2.3).
        until, now = (parsedate_to_datetime(text) for text in (value, answer.headers["date"]))
        return max(0.0, (until - now).total_seconds())
    except (KeyError, TypeError, ValueError):
        return None


def wants_browser(answer: Answer) -> bool:
    """Whether the site may just mind who asks: it is asked once more as by a browser."""
    return answer.status in _ASKS_A_BROWSER
