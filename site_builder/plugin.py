"""The MkDocs door: hands the publication to MkDocs, and problems to its log. Nothing else."""

from __future__ import annotations

import html
import logging
import os
import posixpath
import subprocess
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal, cast
from urllib.parse import urlsplit, urlunsplit

from jinja2 import BaseLoader, ChoiceLoader, DictLoader, Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from site_builder import (
    base_template,
    drawing,
    folder,
    framing,
    linebreaks,
    measurefile,
    publication,
    revisions,
    share_pictures,
    sitesearch,
    thai,
)
from site_builder.edition import FOLDERS, Edition, EditUrl
from site_builder.history import History
from site_builder.leaves import Project
from site_builder.pages.colophon import colophon
from site_builder.placing import Place
from site_builder.problems import Language, Problem

log = logging.getLogger("mkdocs.plugins.prongsai")
UNREAD = (".min.js.map", ".min.css.map")
"""What Material publishes for its own developers: 1.3 MB that no page asks for."""


class PluginConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's options in `mkdocs.yml`."""

    measures = config_options.Type(str, default="measures")
    """The folder of the measures, relative to `mkdocs.yml`."""


class ProngsaiPlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]
    """Publishes the folder `measures/` as pages and data files of the site."""

    def __init__(self) -> None:
        """Begin as a build; `on_startup` tells a preview."""
        self._preview = False
        self._reading = folder.Reading(None, ())
        self._history = History()
        self._menus: dict[Language, Navigation] = {}
        self._files = Files([])
        self._today = folder.today_in_thailand()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002 - MkDocs passes it
        """Keep the plugin object between the rebuilds of a preview."""
        self._preview = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Watch the measures, and switch on what the generated pages need."""
        config.watch.append(str(self._folder(config)))
        for extension in ("attr_list", "site_builder.report_tables"):
            if extension not in config.markdown_extensions:
                config.markdown_extensions.append(extension)
        config.extra_css.append(publication.STYLE_SHEET)
        config.extra_javascript.append(publication.SCRIPT)
        sitesearch.take_over(config)
        overrides = Path(__file__).parent / "theme" / "overrides"
        # After the site's own custom_dir, before the theme.
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(overrides))
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read the data; stop a build where it has errors, before MkDocs empties the site."""
        self._reading = folder.read_folder(self._folder(config))
        _check_letters(Path(config.docs_dir))
        # Somebody who looks at a preview looks at it today.
        self._today = folder.today_in_thailand() if self._preview else _today(config)
        self._report(self._reading)
        self._history = self._read_history(config)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the generated files."""
        _drop_unread(files)
        reading = self._reading
        homes = _own_homes(files)
        if reading.disclosure is None:
            if "th" not in homes:
                text = "# ยังเผยแพร่ไม่ได้\n"
                files.append(File.generated(config, publication.HOMES["th"], content=text))
            for path, data in publication.assets().items():
                files.append(_generated(config, path, data))
            return files
        made = publication.publish(
            reading.disclosure,
            {language: home.content_string for language, home in homes.items()},
            today=self._today,
            edit_url=self._edit_url(config),
            project=self._project(config),
        )
        own_homes = {home.src_uri for home in homes.values()}
        for path, data in made.files.items():
            if (existing := files.get_file_from_path(path)) is not None:
                if path not in own_homes:
                    log.warning(
                        "'%s' in %s gives way to the page made from the measures",
                        path,
                        config.docs_dir,
                    )
                files.remove(existing)
            file = _generated(config, path, data)
            file.edit_uri = self._edit_uri(config, made.sources.get(path))
            if path in own_homes:
                file.edit_uri = path
            files.append(file)
        own = sorted(f.src_uri for f in files.documentation_pages() if f.generated_by is None)
        config.nav = framing.one_menu(made.nav, own, written=config.nav)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Give each edition a menu of its own, and add the pictures of its pages."""
        for path, data in self._share_pictures(config):
            files.append(_generated(config, path, data))
        self._files = files
        self._menus = framing.menus(nav)
        return self._menus.get("th", nav)

    def on_page_markdown(
        self,
        markdown: str,
        *,
        page: Page,
        config: MkDocsConfig,
        files: Files,  # noqa: ARG002
    ) -> str:
        """Give clean edit links and colophons; show the errors on every page of a preview."""
        language = page.meta["language"] = framing.language_of(page.file.src_uri)
        if page.edit_url:
            page.edit_url = _without_dots(page.edit_url)
        edition = self._edition(config, language)
        if edition and page.file.generated_by is None:
            leaf = self._place(config, config).leaf(edition, page)
            markdown = f"{markdown}\n\n{colophon(edition, leaf)}\n"
        # Only a preview comes this far with errors.
        errors = self._reading.errors
        return f"{_banner(errors)}\n\n{markdown}" if errors else markdown

    def on_page_context(
        self,
        context: TemplateContext,
        *,
        page: Page,
        config: MkDocsConfig,
        nav: Navigation,  # noqa: ARG002
    ) -> TemplateContext:
        """Put each page into the frame of its own edition, and tell its head what it says."""
        if (edition := self._edition(config, framing.language_of(page.file.src_uri))) is None:
            return context
        path = page.file.src_uri
        settings = framing.settings(config, edition, self._files, path)
        head = self._place(config, settings).head(edition, page)
        page.meta["description"] = html.escape(head.description)
        context["config"] = settings
        context["nav"] = self._menus.get(edition.language, context["nav"])
        cast("dict[str, object]", context)["prongsai_head"] = head
        return context

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Date pages by the commit, not by the clock: one commit gives one site, byte for byte.

        All pages are rendered by now, so what can be found is known.
        """
        # Thai as it is: escaped, each letter of the head's JSON would weigh six bytes.
        env.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
        env.filters["whole_words"] = linebreaks.marked
        if env.loader is not None:
            env.loader = ChoiceLoader([_frame(env, env.loader), env.loader])
        if (disclosure := self._reading.disclosure) is not None:
            for path, data in sitesearch.indexes(files, disclosure, self._today):
                files.append(_generated(config, path, data))
        moment = _commit_time(config)
        for file in files.documentation_pages():
            if file.page is not None and moment is not None:
                file.page.update_date = moment.date().isoformat()

    def _edition(self, config: MkDocsConfig, language: Language) -> Edition | None:
        disclosure = self._reading.disclosure
        if disclosure is None:
            return None
        return Edition(disclosure, self._today, language, self._edit_url(config), self._history)

    def _place(self, config: MkDocsConfig, names: MkDocsConfig) -> Place:
        told = names["site_name"], names["site_description"]
        return Place(self._files, self._project(config), *told)

    def _share_pictures(self, config: MkDocsConfig) -> Iterator[tuple[str, bytes]]:
        """Every share picture; none in a preview, or without an address to share."""
        if self._preview or not config.site_url:
            return
        editions = [self._edition(config, language) for language in FOLDERS]
        try:
            for edition in filter(None, editions):
                for path, card in share_pictures.cards(edition).items():
                    yield path, drawing.png(card)
        except drawing.CannotDrawError:
            log.info("ไม่ได้สร้างภาพสำหรับแชร์ ถ้าต้องการให้ติดตั้งด้วย: pip install 'prongsai[share]'")

    def _project(self, config: MkDocsConfig) -> Project:
        root = Path(config.config_file_path).parent
        measures, content = (
            Path(os.path.relpath(each, root)).as_posix()
            for each in (self._folder(config), config.docs_dir)
        )
        return Project(self._history, measures, content, config.site_url or "")

    def _read_history(self, config: MkDocsConfig) -> History:
        project = self._project(config)
        root = Path(config.config_file_path).parent
        try:
            return revisions.read_history(root, project.measures, project.content)
        except revisions.RevisionError as error:
            log.info("ไม่ทราบวันที่แก้ไขของแต่ละหน้า: อ่านประวัติจาก git ไม่ได้ (%s)", error or error.why)
            return History()

    def _folder(self, config: MkDocsConfig) -> Path:
        path = Path(config.config_file_path).parent / self.config.measures
        # Messages name files as an editor in the project's folder would.
        return Path(os.path.relpath(path)) if path.is_relative_to(Path.cwd()) else path

    def _report(self, reading: folder.Reading) -> None:
        for found in reading.errors:
            log.error(found.line())
        # A warning is for the editor: `mkdocs build --strict` judges the site and stays green.
        if warnings := len(reading.problems) - len(reading.errors):
            log.info("ควรดู %d จุด: prongsai check", warnings)
        if reading.errors and not self._preview:
            raise PluginError(f"prongsai: มีจุดที่ต้องแก้ {len(reading.errors)} จุด ยังไม่ได้สร้างเว็บไซต์")

    def _edit_uri(self, config: MkDocsConfig, source: str | None) -> str | None:
        if source is None:
            return None
        target = self._folder(config).absolute() / source
        return Path(os.path.relpath(target, config.docs_dir)).as_posix()

    def _edit_url(self, config: MkDocsConfig) -> EditUrl:
        def edit_url(source: str) -> str | None:
            # MkDocs alone knows how repo_url, edit_uri and edit_uri_template combine.
            file = _generated(config, "edit.md", b"")
            file.edit_uri = self._edit_uri(config, source)
            address = Page(None, file, config).edit_url
            return _without_dots(address) if address else None

        return edit_url


def _drop_unread(files: Files) -> None:
    """Take out what the theme would publish and nobody asks for."""
    for file in [file for file in files if file.src_uri.endswith(UNREAD)]:
        files.remove(file)
    sitesearch.drop_unused(files)


def _check_letters(content: Path) -> None:
    """Stop where a page of the office's own was saved in an old encoding, and say which."""
    found = []
    for file in sorted(content.rglob("*.md")):
        data = file.read_bytes()
        try:
            data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            found.append(measurefile.encoding_problem(data, error, os.path.relpath(file)))
    for each in found:
        log.error(each.line())
    if found:
        raise PluginError(f"prongsai: มีจุดที่ต้องแก้ {len(found)} จุด ยังไม่ได้สร้างเว็บไซต์")


def _own_homes(files: Files) -> dict[Language, File]:
    """The office's own text of each home page, where it wrote one."""
    return {
        language: home
        for language, path in publication.HOMES.items()
        if (home := files.get_file_from_path(path)) is not None
    }


def _frame(env: Environment, loader: BaseLoader) -> DictLoader:
    """Material's frame without its mistakes, and ours around it, below everybody's main.html."""
    upstream, _, _ = loader.get_source(env, base_template.NAME)
    ours, _, _ = loader.get_source(env, base_template.OURS)
    return DictLoader(
        {base_template.UPSTREAM: base_template.mended(upstream), base_template.NAME: ours}
    )


def _generated(config: MkDocsConfig, path: str, data: bytes) -> File:
    return File.generated(config, path, content=data)


def _without_dots(url: str) -> str:
    """`…/content/../measures/x.yaml` as `…/measures/x.yaml`; a query, if any, stays as it is."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=posixpath.normpath(parts.path))) if parts.path else url


def _banner(problems: Sequence[Problem]) -> str:
    items = "".join(f"<li><code>{html.escape(p.line())}</code></li>" for p in problems)
    title = f"ยังเผยแพร่ไม่ได้ มีจุดที่ต้องแก้ {len(problems)} จุด"
    return f'<div class="problems" role="alert"><p>{title}</p><ul>{items}</ul></div>'


def _today(config: MkDocsConfig) -> date:
    """The day that the site is made for: that of the commit, so that one commit gives one site."""
    moment = _commit_time(config)
    return thai.day_of(moment) if moment else folder.today_in_thailand()


def _commit_time(config: MkDocsConfig) -> datetime | None:
    """When the commit being built was made; SOURCE_DATE_EPOCH wins; None outside git."""
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        try:
            return datetime.fromtimestamp(int(epoch), UTC)
        except (ValueError, OverflowError, OSError) as error:
            said = f"SOURCE_DATE_EPOCH={epoch[:30]} ไม่ใช่เวลา / is no time (1767225600)"
            raise PluginError(said) from error
    root = Path(config.config_file_path).parent
    command = ["git", "-C", str(root), "log", "-1", "--format=%ct"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
        return datetime.fromtimestamp(int(done.stdout), UTC)
    except (OSError, ValueError, subprocess.CalledProcessError):
        return None
