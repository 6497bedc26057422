"""The policy on links: it fails for what somebody has to mend, and for nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.catalogue import CATALOGUE
from site_builder.causes import Cause
from site_builder.ledger import Acknowledgement, Entry, Finding, Ledger, enter, fresh_for
from site_builder.linkpolicy import judge_link, may_be_acknowledged, offline_verdict
from site_builder.recheck import is_due
from site_builder.verdicts import Verdict

URL = "https://x.go.th/a.pdf"
NOW = datetime(2026, 1, 1, 3, tzinfo=UTC)
TODAY = date(2026, 1, 1)
SAID = Acknowledgement(reason="เปิดด้วยเบราว์เซอร์ได้", on=TODAY, until=TODAY + timedelta(days=90))


def entry(verdict: Verdict, **values: object) -> Entry:
    found = enter(Ledger(), [Finding(URL, verdict)], NOW).links[URL]
    return found.model_copy(update=values)


def fails(*codes: str) -> bool:
    return any(CATALOGUE[code].severity == "error" for code in codes)


CAUSES = st.none() | st.sampled_from(Cause)
ENTRIES = st.builds(
    entry,
    st.sampled_from(Verdict),
    cause=CAUSES,
    streak=st.integers(1, 50),
    vantage=st.none() | st.text(),
    status=st.none() | st.sampled_from([200, 403, 404, 410, 451, 500]),
    content_since=st.none() | st.just(NOW),
    acknowledged=st.none() | st.just(SAID),
)
FINDINGS = st.none() | st.builds(
    Finding,
    url=st.just(URL),
    verdict=st.sampled_from(Verdict),
    cause=CAUSES,
    tries=st.integers(1, 5),
)


@given(ENTRIES, FINDINGS, st.booleans())
def test_what_is_blocked_or_out_of_reach_never_fails(
    found: Entry, finding: Finding | None, is_new: bool
) -> None:
    standing = judge_link(URL, found, TODAY, finding=finding, is_new=is_new)
    if not fails(*standing.codes):
        return
    missing = finding is not None and finding.verdict is Verdict.BROKEN and is_new
    assert found.verdict in {Verdict.UNSAFE, Verdict.INVALID, Verdict.BROKEN} or missing


@given(ENTRIES, FINDINGS, st.booleans())
def test_an_acknowledgement_silences_all_but_what_is_not_published(
    found: Entry, finding: Finding | None, is_new: bool
) -> None:
    said = judge_link(URL, found, TODAY, finding=finding, is_new=is_new)
    not_published = found.verdict in {Verdict.UNSAFE, Verdict.INVALID}
    if said.acknowledged is not None:
        assert said.codes
        assert found.acknowledged == said.acknowledged
    if found.acknowledged and said.codes:
        new_missing = "link-new-missing" in said.codes
        assert (said.acknowledged is None) is (not_published and not new_missing)
        assert may_be_acknowledged(URL, found) is not not_published


@pytest.mark.parametrize(
    ("verdict", "streak", "code"),
    [
        (Verdict.OK, 1, None),
        (Verdict.NOT_CHECKED, 1, None),
        (Verdict.UNCHECKED, 1, None),
        (Verdict.MOVED, 1, "link-moved"),
        (Verdict.MOVED_HOME, 1, "link-home-page"),
        (Verdict.SOFT_MISSING, 9, "link-soft-missing"),
        (Verdict.WRONG_CONTENT, 1, "link-wrong-content"),
        (Verdict.EMPTY, 1, "link-empty"),
        (Verdict.SUSPECT, 1, "link-incomplete"),
        (Verdict.BROKEN, 1, "link-broken-once"),
        (Verdict.BROKEN, 2, "link-broken"),
        (Verdict.TEMPORARY, 99, "link-unreachable"),
        (Verdict.DNS, 99, "link-no-host"),
        (Verdict.TLS, 99, "link-certificate"),
        (Verdict.BLOCKED, 99, "link-blocked"),
        (Verdict.UNSAFE, 1, "link-unsafe"),
        (Verdict.INVALID, 1, "link-invalid"),
    ],
)
def test_each_verdict_has_its_code(verdict: Verdict, streak: int, code: str | None) -> None:
    standing = judge_link(URL, entry(verdict, streak=streak), TODAY)
    assert standing.codes == ((code,) if code else ())
    assert fails(*standing.codes) is (code in {"link-broken", "link-unsafe", "link-invalid"})


def test_a_note_on_a_link_that_opens_is_told_where_somebody_can_act() -> None:
    for cause in (Cause.ANCHOR_MISSING, Cause.CERTIFICATE_ENDS_SOON, Cause.LEAVES_HTTPS):
        assert judge_link(URL, entry(Verdict.OK, cause=cause), TODAY).codes == ("link-note",)
    for cause in (Cause.SLOW, Cause.REDIRECTS_FOR_NOW):
        assert judge_link(URL, entry(Verdict.OK, cause=cause), TODAY).codes == ()


@pytest.mark.parametrize(
    ("cause", "tries", "is_new", "code"),
    [
        (Cause.NOT_FOUND, 2, True, "link-new-missing"),
        (Cause.GONE, 3, True, "link-new-missing"),
        (Cause.NOT_FOUND, 1, True, "link-broken-once"),
        (Cause.NOT_FOUND, 2, False, "link-broken-once"),
        (Cause.REDIRECT_LOOP, 2, True, "link-broken-once"),
        (None, 2, True, "link-broken-once"),
    ],
)
def test_a_new_link_must_not_be_missing(
    cause: Cause | None, tries: int, is_new: bool, code: str
) -> None:
    finding = Finding(URL, Verdict.BROKEN, 404, cause=cause, tries=tries)
    standing = judge_link(URL, entry(Verdict.BROKEN), TODAY, finding=finding, is_new=is_new)
    assert standing.codes == (code,)


@pytest.mark.parametrize(
    ("url", "verdict"),
    [
        (URL, Verdict.UNCHECKED),
        ("http://10.0.0.1/a", Verdict.UNSAFE),
        ("http://intranet/a", Verdict.UNSAFE),
        ("javascript:alert(1)", Verdict.UNSAFE),
        ("https://u:p@x.go.th/", Verdict.UNSAFE),
        ("www.x.go.th", Verdict.INVALID),
        ("mailto:a@x.go.th", Verdict.UNCHECKED),
    ],
)
def test_an_address_that_is_not_published_is_known_without_a_check(
    url: str, verdict: Verdict
) -> None:
    assert offline_verdict(url) is verdict
    assert fails(*judge_link(url, None, TODAY).codes) is (verdict is not Verdict.UNCHECKED)


def test_a_check_that_was_let_into_a_network_has_seen_more() -> None:
    assert judge_link("http://10.0.0.1/a", entry(Verdict.OK), TODAY).codes == ()
    assert judge_link("javascript:a", entry(Verdict.OK), TODAY).codes == ("link-unsafe",)


def test_an_acknowledgement_ends_and_that_is_told() -> None:
    blocked = entry(Verdict.BLOCKED, acknowledged=SAID)
    assert judge_link(URL, blocked, SAID.until).acknowledged == SAID
    after = judge_link(URL, blocked, SAID.until + timedelta(days=1))
    assert after.codes == ("link-blocked", "link-acknowledgement-expired")
    assert after.acknowledged is None
    mended = entry(Verdict.OK, acknowledged=SAID)
    assert judge_link(URL, mended, SAID.until + timedelta(days=1)).codes == ()


def test_a_replaced_document_is_news_for_a_month() -> None:
    replaced = entry(Verdict.OK, content_since=NOW)
    assert judge_link(URL, replaced, TODAY).codes == ("link-document-changed",)
    assert judge_link(URL, replaced, TODAY + timedelta(days=31)).codes == ()


# What is checked again


@pytest.mark.parametrize("verdict", Verdict)
def test_what_is_well_is_due_about_once_a_week_and_all_else_each_time(verdict: Verdict) -> None:
    found = entry(verdict)
    well = verdict in {Verdict.OK, Verdict.MOVED, Verdict.NOT_CHECKED}
    assert is_due(URL, found, NOW) is not well
    assert is_due(URL, found, NOW + timedelta(days=5) - timedelta(seconds=1)) is not well
    assert is_due(URL, found, NOW + timedelta(days=9))
    assert is_due(URL, found, NOW - timedelta(seconds=1)), "checked in a time to come"
    assert is_due(URL, None, NOW)


@given(st.text(), st.integers(0, 30))
def test_what_is_due_is_entered_anew_so_that_nothing_is_asked_for_twice(
    url: str, days: int
) -> None:
    ledger = enter(Ledger(), [Finding(url, Verdict.OK)], NOW)
    later = NOW + timedelta(days=days)
    after = enter(ledger, [Finding(url, Verdict.OK)], later)
    assert is_due(url, ledger.links[url], later) is (later - NOW >= fresh_for(url))
    assert not is_due(url, after.links[url], later)
