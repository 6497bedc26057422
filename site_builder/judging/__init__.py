"""Judging links: what an address, its host or its answer says about the document there.

Pure: nothing here asks a name server or sends a request. Where the facts cannot tell, the verdict
is never `broken`.
"""

from site_builder.judging.answers import NOT_CONNECTED, judge_answer, judge_together
from site_builder.judging.asking import (
    Place,
    control_for,
    fragment_of,
    judge_address,
    judge_host,
    place_of,
    request_for,
)
from site_builder.judging.documents import Control, Wanted
from site_builder.judging.tries import seconds_to_wait, wants_browser

__all__ = [
    "NOT_CONNECTED",
    "Control",
    "Place",
    "Wanted",
    "control_for",
    "fragment_of",
    "judge_address",
    "judge_answer",
    "judge_host",
    "judge_together",
    "place_of",
    "request_for",
    "seconds_to_wait",
    "wants_browser",
]
