"""The policy on links: what fails a run, what is only told, and what is silent for now.

A run can go green: it fails for what somebody has to mend and nothing else. A site that is down,
slow or closed to programs tells nothing of the document, so it never fails a run.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from site_builder.addresses import CHECKED_SCHEMES, names_public_host, refusal
from site_builder.causes import Cause
from site_builder.ledger import Acknowledgement, Entry, Finding
from site_builder.verdicts import NOT_PUBLISHED, Verdict

NEW_TRIES = 2
"""So often must a link of the change under review be found missing: one answer may be a slip."""
_MISSING = frozenset({Cause.NOT_FOUND, Cause.GONE})
_NOTES = frozenset({Cause.LEAVES_HTTPS, Cause.ANCHOR_MISSING, Cause.CERTIFICATE_ENDS_SOON})
"""Notes on links that open which an officer can do something about."""
_CHANGE_IS_NEWS = timedelta(days=30)

_CODES = {
    Verdict.MOVED: "link-moved",
    Verdict.MOVED_HOME: "link-home-page",
    Verdict.SOFT_MISSING: "link-soft-missing",
    Verdict.WRONG_CONTENT: "link-wrong-content",
    Verdict.EMPTY: "link-empty",
    Verdict.SUSPECT: "link-incomplete",
    Verdict.TEMPORARY: "link-unreachable",
    Verdict.DNS: "link-no-host",
    Verdict.TLS: "link-certificate",
    Verdict.BLOCKED: "link-blocked",
    Verdict.UNSAFE: "link-unsafe",
    Verdict.INVALID: "link-invalid",
}
_NEVER_SILENT = frozenset({"link-unsafe", "link-invalid"})


@dataclass(frozen=True, slots=True)
class Standing:
    """What is to be said about one link today."""

    codes: tuple[str, ...] = ()
    """Codes of the catalogue, the gravest first; an error fails the run. None: nothing to do."""
    acknowledged: Acknowledgement | None = None
    """The acknowledgement in force that silences them."""


def judge_link(
    url: str,
    entry: Entry | None,
    today: date,
    *,
    finding: Finding | None = None,
    is_new: bool = False,
) -> Standing:
    """What is to be said about an address.

    `finding` is what this very run found, where it asked; `is_new` is whether the change under
    review added the address.
    """
    verdict = offline_verdict(url) if entry is None or refusal(url) else entry.verdict
    code = _code(verdict, entry)
    if is_new and finding is not None and _is_missing(finding):
        code = "link-new-missing"
    codes = [code] if code else []
    if entry is None:
        return Standing(tuple(codes))
    if _was_replaced(entry.content_since, today):
        codes.append("link-document-changed")
    said = entry.acknowledged
    if not codes or said is None or code in _NEVER_SILENT:
        return Standing(tuple(codes))
    if said.holds_on(today):
        return Standing(tuple(codes), said)
    return Standing((*codes, "link-acknowledgement-expired"))


def offline_verdict(url: str) -> Verdict:
    """What an address tells by itself, before anybody asks for it."""
    if refused := refusal(url):
        return Verdict.UNSAFE if refused.unsafe else Verdict.INVALID
    if url.partition(":")[0].lower() in CHECKED_SCHEMES and not names_public_host(url):
        return Verdict.UNSAFE
    return Verdict.UNCHECKED


def may_be_acknowledged(url: str, entry: Entry) -> bool:
    """Whether an acknowledgement would silence anything: never what is not published."""
    return refusal(url) is None and entry.verdict not in NOT_PUBLISHED


def _code(verdict: Verdict, entry: Entry | None) -> str | None:
    if verdict is Verdict.BROKEN:
        confirmed = entry is not None and entry.shown_verdict is Verdict.BROKEN
        return "link-broken" if confirmed else "link-broken-once"
    if verdict is Verdict.OK and entry is not None and entry.cause in _NOTES:
        return "link-note"
    return _CODES.get(verdict)


def _is_missing(finding: Finding) -> bool:
    is_broken = finding.verdict is Verdict.BROKEN
    return is_broken and finding.cause in _MISSING and finding.tries >= NEW_TRIES


def _was_replaced(content_since: datetime | None, today: date) -> bool:
    if content_since is None:
        return False
    return today - content_since.date() <= _CHANGE_IS_NEWS
