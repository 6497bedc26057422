"""The permanent link of a measure, with a button that copies it whole."""

from __future__ import annotations

import html

from site_builder.edition import Edition


def permanent_link(edition: Edition, anchor: str, name: str) -> str:
    """The link to a section of its page, and the button that copies its whole address.

    One line of HTML that may stand in a Markdown paragraph. Without the script only the link is
    there. `name` is what the section is about, for whoever hears the button and does not see it.
    """
    say = edition.say
    copy = say("คัดลอกลิงก์", "Copy link")
    about = html.escape(f"{copy}: {' '.join(name.split())}")
    done = say("คัดลอกแล้ว", "Copied")
    failed = say("คัดลอกไม่ได้ ให้กดค้างที่ลิงก์ถาวร", "Not copied: hold the permanent link")
    target = html.escape(f"#{anchor}")
    return (
        f'<a class="permanent-link" href="{target}">'
        f"{say('ลิงก์ถาวรของมาตรการนี้', 'Permanent link to this measure')}</a> "
        f'<button class="copy-link" type="button" hidden data-copy="{target}" '
        f'data-done="{done}" data-failed="{failed}" aria-label="{about}">{copy}</button>'
        # A live region that is there before its words: only then are they read out.
        '<span class="copy-link__said" role="status"></span>'
    )
