"""Answers in which nothing is wrong."""

from __future__ import annotations

from tests.faults import bodies
from tests.faults.answers import HTML
from tests.faults.server import says

PDF = says(200, bodies.PDF, "application/pdf")
PAGE = says(200, bodies.ARTICLE, HTML)
HOME = says(200, bodies.HOME, HTML)
NEWS = says(200, bodies.NEWS, HTML)
LOST = says(404, bodies.LOST, HTML)
LOGIN = says(200, bodies.LOGIN, HTML)
