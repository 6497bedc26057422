"""What our theme mends in Material is still wrong there: the day it is not, the mend can go.

Each test reads Material's own templates, style sheet or script. A failure is good news, or a new
place to look: read what upstream has changed, then drop the override or mend it anew.
"""

from __future__ import annotations

import re
from pathlib import Path

import material
import pytest

from site_builder import base_template, publication

TEMPLATES = Path(material.__file__).parent / "templates"
OVERRIDES = Path(base_template.__file__).parent / "theme" / "overrides"


def theirs(name: str) -> str:
    """One of Material's templates."""
    return (TEMPLATES / name).read_text("utf-8")


def their_style() -> str:
    (file,) = (TEMPLATES / "assets/stylesheets").glob("main.*.min.css")
    return file.read_text("utf-8")


def their_script() -> str:
    (file,) = (TEMPLATES / "assets/javascripts").glob("bundle.*.min.js")
    return file.read_text("utf-8")


def rule(style: str, selector: str) -> str:
    """What a style sheet says of a selector that stands alone."""
    return " ".join(re.findall(rf"(?:^|[}}{{]){re.escape(selector)}{{([^}}]*)}}", style))


@pytest.mark.parametrize(
    "name", sorted(p.relative_to(OVERRIDES).as_posix() for p in OVERRIDES.rglob("*.html"))
)
def test_every_override_stands_for_one_of_theirs_and_says_why(name: str) -> None:
    first = (OVERRIDES / name).read_text("utf-8").split("-#}")[0]
    assert first.startswith(("{#- Mends: ", "{#- Extends ", "{#- Adds: "))
    assert (TEMPLATES / name).is_file() != first.startswith("{#- Adds: ")


@pytest.mark.parametrize("wrong", base_template.MENDS)
def test_the_frame_still_has_what_is_mended(wrong: str) -> None:
    source = theirs("base.html")
    assert source.count(wrong) == 1
    assert wrong not in base_template.mended(source)
    assert base_template.MENDS[wrong] in base_template.mended(source)


def test_the_blocks_that_are_filled_are_there() -> None:
    assert "{% block fonts %}" in theirs("base.html")
    assert "404 - Not found" in theirs("404.html")


def test_their_header_opens_with_labels() -> None:
    header = theirs("partials/header.html")
    assert '<label class="md-header__button md-icon" for="__drawer">' in header
    assert '<label class="md-header__button md-icon" for="__search">' in header
    assert "<nav" in header
    # What their script asks the header for, ours has.
    ours = (OVERRIDES / "partials/header.html").read_text("utf-8")
    assert set(re.findall(r'data-md-component="([^"]*)"', header)) == set(
        re.findall(r'data-md-component="([^"]*)"', ours)
    )
    assert set(re.findall(r'include "([^"]*)"', header)) - {"partials/tabs.html"} == set(
        re.findall(r'include "([^"]*)"', ours)
    )


def test_their_menu_folds_with_labels() -> None:
    item = theirs("partials/nav-item.html")
    assert 'type="checkbox"' in item
    assert "<label" in item
    assert "aria-current" not in item
    # A drawer out of sight stays in the order of Tab.
    assert "visibility" not in rule(their_style(), ".md-sidebar--primary")
    assert "md-nav__link--active[href]" in their_script()


def test_their_search_is_a_dialog_without_a_name() -> None:
    search = theirs("partials/search.html")
    assert 'role="dialog">' in search
    assert 'role="status"' not in search
    assert search.count('tabindex="-1"') == 2
    ours = (OVERRIDES / "partials/search.html").read_text("utf-8")
    assert {"search", "search-query", "search-result"} <= set(
        re.findall(r'data-md-component="([^"]*)"', ours)
    )


def test_their_search_closes_at_tab() -> None:
    assert 'case"Escape":case"Tab":' in their_script()
    assert re.search(r'class:"md-search-result__link",tabIndex:-1', their_script())


def test_their_script_jumps_on_single_keys() -> None:
    script = their_script()
    for keys in ('case"f":case"s":case"/":', 'case"p":case",":', 'case"n":case".":'):
        assert keys in script


def test_their_palette_is_radio_buttons() -> None:
    palette = theirs("partials/palette.html")
    assert 'type="radio"' in palette
    assert "<button" not in palette
    # They show and hide what comes after each, whatever it is, and press the next on Enter.
    assert re.search(
        r"\.nextElementSibling;\w+ instanceof HTMLElement&&\(\w+\.hidden=", their_script()
    )
    assert '.key==="Enter"' in their_script()


def test_their_languages_open_under_the_mouse() -> None:
    assert "md-select__inner" in theirs("partials/alternate.html")
    assert "max-height:0" in rule(their_style(), ".md-select__inner")


def test_their_table_of_contents_is_headed_by_a_label() -> None:
    assert '<label class="md-nav__title" for="__toc">' in theirs("partials/toc.html")


def test_their_way_to_a_page_is_named_like_the_menu() -> None:
    name = "aria-label=\"{{ lang.t('nav') }}\""
    assert name in theirs("partials/path.html")
    assert name in theirs("partials/nav.html")


def test_their_footer_cuts_titles() -> None:
    assert "md-ellipsis" in theirs("partials/footer.html")
    assert "white-space:nowrap" in rule(their_style(), ".md-footer__title")
    assert 'target="_blank"' in theirs("partials/copyright.html")


def test_their_source_asks_another_host() -> None:
    assert 'data-md-component="source"' in theirs("partials/source.html")
    assert "https://api.github.com/repos/" in their_script()


def test_their_lines_cut_what_sticks_out() -> None:
    assert "overflow:hidden" in rule(their_style(), ".md-ellipsis")


def test_their_table_box_has_no_way_in() -> None:
    assert "md-typeset__scrollwrap" in their_script()
    assert not re.search(r'md-typeset__scrollwrap"[^)]*tabIndex', their_script())


def test_their_teal_is_too_pale_for_words() -> None:
    (palette,) = (TEMPLATES / "assets/stylesheets").glob("palette.*.min.css")
    found = re.search(
        r"\[data-md-color-primary=teal\]{[^}]*--md-primary-fg-color:(#\w+)",
        palette.read_text("utf-8"),
    )
    assert found is not None
    assert found[1] == "#009485"


def test_they_publish_maps_that_nobody_reads() -> None:
    assert list((TEMPLATES / "assets").rglob("*.min.js.map"))


def test_the_letters_lie_with_their_licence() -> None:
    made = publication.assets()
    fonts = [path for path in made if path.endswith(".woff2")]
    assert len(fonts) == 4
    assert b"SIL OPEN FONT LICENSE" in made["assets/fonts/OFL.txt"].upper()
    style = made[publication.STYLE_SHEET].decode()
    assert all(path.removeprefix("assets/") in style for path in fonts)
    assert "http" not in re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)


def test_an_office_starts_with_the_same_theme() -> None:
    root = Path(base_template.__file__).parent.parent

    def theme(file: Path) -> str:
        return file.read_text("utf-8").split("\ntheme:", 1)[1]

    assert theme(root / "mkdocs.yml") == theme(root / "site_builder/data/office/mkdocs.yml")
