"""Files, built when somebody asks for them and not before (design 8)."""

import base64
import logging
from collections.abc import Callable
from html import escape
from typing import Literal

import streamlit as st

from pages.ui import files
from pages.ui.troubles import Bug, log_bug
from pages.ui.visitor import context
from pages.ui.words import html, safe
from schemas.errors import OurError
from schemas.words import speak_for

log = logging.getLogger("mentor_desk.files")

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP, PDF, CSV, CALENDAR = "application/zip", "application/pdf", "text/csv", "text/calendar"


def download(
    label: str,
    builder: Callable[[], bytes],
    file_name: str,
    mime: str,
    *,
    key: str | None = None,
    kind: Literal["primary", "secondary", "tertiary"] = "secondary",
    icon: str = ":material/download:",
) -> None:
    """A button whose file `builder` makes on click; `file_name` carries numbers, not people.

    The builder runs in another thread: it uses the page's `ctx`, and no Streamlit.
    """
    st.download_button(
        safe(label),
        data=_logged(builder, file_name),
        file_name=file_name,
        mime=mime,
        key=key,
        type=kind,
        icon=icon,
        on_click="ignore",
    )


def picture(content: bytes, mime: str, alt: str) -> None:
    """A picture inside the page itself: no address serves it, to nobody else."""
    data = base64.b64encode(content).decode()
    html(f'<img alt="{escape(alt)}" style="max-width: 100%" src="data:{escape(mime)};base64,{data}">')


def _logged(builder: Callable[[], bytes], file_name: str) -> Callable[[], bytes]:
    made_by, who, wording = files.owner(), context().actor.id, context().programme.wording

    def build() -> bytes:
        speak_for(wording)  # in another thread nobody has said yet which programme's words these are
        try:
            content = builder()
            log.info("made file=%s actor=%s", file_name, who)
            return files.remember(content, made_by)
        except OurError:
            raise
        except Exception as error:
            bug: Bug = log_bug(error)
            raise bug from None

    return build
