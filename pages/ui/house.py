"""What the whole process shares: the settings and the one workbook, opened once (design 4, 8)."""

import gc
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, RLock

import streamlit as st

from services import settings as settings_of
from services.people import memberships
from services.programmes import Programme, all_programmes
from services.seals import Seals, keys_beside
from services.settings import Settings
from services.store import create_store
from services.store.interface import Store
from services.workbook import Workbook, tabs


@dataclass(frozen=True)
class House:
    """The settings, the workbook and the programmes of this installation."""

    settings: Settings
    workbook: Workbook
    programmes: dict[str, Programme]

    @property
    def store(self) -> Store:
        """The store below the workbook; all the sign-in page needs."""
        return self.workbook.store

    def now(self) -> datetime:
        """The clock; the example workbook can be shown as on another day."""
        now = datetime.now(UTC)
        day = self.settings.today if self.settings.may_choose_person else None
        return now.replace(year=day.year, month=day.month, day=day.day) if day else now


# Set once somebody has been shown the sign-in page: until then, loading what pages need would slow it down.
FIRST_PAGE = Event()
_lock = RLock()
_open: list[House] = []
_read: list[Settings] = []


def house() -> House:
    """The open house; opened on first use, with the example in it where nobody is in it yet."""
    with _lock:
        if not _open:
            _open.append(_opened(settings()))
        return _open[0]


def settle(other: House | None) -> None:
    """Put another house in place of this one (tests, and a changed setting); `None` opens it anew."""
    with _lock:
        _open[:] = [other] if other else []
        _read.clear()


def settings() -> Settings:
    """The settings of the open house, or those it will be opened with; read once."""
    with _lock:
        if _open:
            return _open[0].settings
        if not _read:
            _read.append(read_settings())
        return _read[0]


def read_settings() -> Settings:
    """The settings from this process's environment and secrets."""
    settings_of.refuse_open_file(Path(".streamlit/secrets.toml"))
    secrets = st.secrets.to_dict() if st.secrets.load_if_toml_exists() else {}
    return settings_of.read(os.environ, secrets)


def _opened(settings: Settings) -> House:
    store = create_store(settings.store, tabs(), account=settings.account)
    seals = Seals(settings.keys or keys_beside(Path(settings.store)))
    made = House(settings, Workbook(store, seals), all_programmes())
    if settings.may_choose_person and not memberships(store):
        from services import example

        example.fill(store, seals, made.programmes, made.now().date(), empty=settings.empty)
    return made


def open_door() -> None:
    """Load and open what the sign-in page needs."""
    import numpy  # noqa: F401, ICN001 - Streamlit's own choices load it as they are drawn

    import pages.ui.shell  # noqa: F401

    house()


def warm_up() -> None:
    """Read the workbook, load what pages need and sign-in does not, before anybody waits for it."""
    from services import sealing

    house().workbook.refresh()
    sealing.say_lost(house().workbook)

    import altair  # noqa: F401

    # what was read stays: looking through it for rubbish again and again would stop every page
    gc.collect()
    gc.freeze()
