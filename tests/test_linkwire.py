"""The lines between the link checker and its worker."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder import causes
from site_builder.linkwire import (
    Answer,
    BodyFault,
    Failure,
    Hop,
    Settings,
    Task,
    read_answer,
    read_settings,
    read_task,
    write_line,
)

texts = st.text(st.characters(exclude_categories=["Cs"]))


@given(
    st.builds(
        Answer,
        status=st.none() | st.integers(100, 599),
        reason=texts,
        hops=st.lists(st.builds(Hop, texts, st.integers(300, 399))).map(tuple),
        failure=st.none() | st.sampled_from(Failure),
        causes=st.lists(texts).map(tuple),
        headers=st.dictionaries(texts, texts),
        body=st.binary(),
        body_fault=st.none() | st.sampled_from(BodyFault),
    )
)
def test_an_answer_comes_back_as_it_was(answer: Answer) -> None:
    line = write_line(answer)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert read_answer(line) == answer


def test_settings_and_tasks_come_back_as_they_were() -> None:
    settings = Settings("a", "b", allow=("127.0.0.0/8",), deadline=3)
    assert read_settings(write_line(settings)) == settings
    task = Task(7, "https://x.go.th/%A1//b", "x.go.th", fragments=("หน้า ๒",), as_browser=True)
    assert read_task(write_line(task)) == task


@pytest.mark.parametrize("line", [b"", b'{"id":1,"sta', b"[]", b'{"id":1}', b"null"])
def test_half_a_line_is_no_answer(line: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_answer(line)


@pytest.mark.parametrize("cause", list(causes.Cause))
def test_every_cause_has_words(cause: causes.Cause) -> None:
    words = causes.words_for(cause)
    assert words.th
    assert words.en.isascii()
