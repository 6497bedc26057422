"""Checks as they are published: what readers are told, and what is kept back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder import addresses, checks, thai
from site_builder.causes import Cause
from site_builder.ledger import Acknowledgement, Entry
from site_builder.verdicts import Verdict

from .every_verdict import NOW, TODAY, entry

URL = "https://www.example.go.th/a.pdf"


def test_a_day_is_thailands_day() -> None:
    assert thai.day_of(datetime(2026, 11, 22, 16, 59, tzinfo=UTC)) == date(2026, 11, 22)
    assert thai.day_of(datetime(2026, 11, 22, 17, 0, tzinfo=UTC)) == date(2026, 11, 23)


@given(st.integers(0, 400), st.integers(0, 24 * 60 - 1))
def test_old_is_a_matter_of_days(days: int, minutes: int) -> None:
    midnight = datetime(2026, 11, 22, 17, tzinfo=UTC)  # in Thailand
    checked = midnight - timedelta(days=days) + timedelta(minutes=minutes)
    assert checks.is_old(checked, TODAY) == (days > 30)


def test_a_check_after_the_day_of_the_build_is_not_old() -> None:
    assert not checks.is_old(NOW + timedelta(days=100), TODAY)


def test_a_first_failure_is_not_told_by_its_cause_either() -> None:
    first = entry(Verdict.BROKEN, Cause.NOT_FOUND, streak=1)
    again = entry(Verdict.BROKEN, Cause.NOT_FOUND, streak=2)
    assert checks.waits_for_second_look(first)
    assert not checks.waits_for_second_look(again)
    assert checks.told_cause(first) is None
    assert checks.told_cause(again) is Cause.NOT_FOUND


def final_of(final: str | None, verdict: Verdict = Verdict.MOVED) -> str | None:
    return checks.final_address(URL, entry(verdict, final_url=final))


HOSTILE = (
    "javascript:alert(1)",
    "java\tscript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "file:///etc/passwd",
    "https://officer:secret@www.example.go.th/",
    "http://169.254.169.254/latest/meta-data/",
    "http://2130706433/",
    "http://intranet/a",
    "http://[::1]/",
    "mailto:a@example.go.th",
    "//www.example.go.th/a",
    "/a.pdf",
    "https://x.go.th/\n\n# a",
    "https://x.go.th/a b",
    "https://x.go.th/\u202efdp.a",
    "https://x.go.th/\x02",
    "",
)


@pytest.mark.parametrize("final", HOSTILE)
def test_a_final_address_that_may_not_be_a_link_is_kept_back(final: str) -> None:
    assert final_of(final) is None


def test_a_final_address_is_told_where_it_is_another() -> None:
    assert final_of("https://x.go.th/'\"|<b>(1)") == "https://x.go.th/'\"|<b>(1)"
    assert final_of(URL) is None
    assert final_of(None) is None
    assert final_of("https://x.go.th/", Verdict.UNSAFE) is None


@given(st.text() | st.from_regex(r"https?://[a-z0-9@.:\[\]%]{1,20}/?", fullmatch=True))
def test_whatever_a_server_sends_is_a_link_only_if_publishable(final: str) -> None:
    told = final_of(final)
    assert told is None or (
        told == final and addresses.refusal(told) is None and addresses.names_public_host(told)
    )


def test_an_acknowledgement_holds_to_its_last_day() -> None:
    def acknowledged(until: date) -> Entry:
        return entry(
            Verdict.BLOCKED, acknowledged=Acknowledgement(reason="ดูแล้ว", on=TODAY, until=until)
        )

    assert checks.is_acknowledged(acknowledged(TODAY), TODAY)
    assert not checks.is_acknowledged(acknowledged(TODAY - timedelta(days=1)), TODAY)
    assert not checks.is_acknowledged(entry(Verdict.BLOCKED), TODAY)
