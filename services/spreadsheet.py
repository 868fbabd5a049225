"""The charity's own Google spreadsheet: how it stands, and making it ready, as often as one likes (X1, X2).

The command `make sheet` and the administrator's page do the same steps, and say the same about the usual mistakes.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from schemas.errors import NotYet, OurError, StoreUnavailable
from schemas.words import N_, Message, message
from services import access
from services.context import Context
from services.store import utc_now
from services.store.interface import Store, Tab
from services.store.sheets.address import key_of

if TYPE_CHECKING:
    from services.store.sheets.proof import Proof
    from services.store.sheets.store import SheetsStore

ACTION = "workbook.setup"
ADDRESS = "https://docs.google.com/spreadsheets/d/{key}/edit"


@dataclass(frozen=True)
class Step:
    """One step of making ready and whether it holds."""

    words: Message
    holds: bool = True


@dataclass(frozen=True)
class State:
    """How a spreadsheet stands: `missing` are tabs of ours that were deleted; `proved` when it was last tried."""

    title: str
    key: str
    account: str
    locale: str
    zone: str
    tabs: tuple[str, ...]
    missing: tuple[str, ...]
    protected: int
    proved: datetime | None
    holds: bool

    @property
    def address(self) -> str:
        """Where people open it."""
        return ADDRESS.format(key=self.key)

    @property
    def is_british(self) -> bool:
        """Whether 3/4/2026 is 3 April in it."""
        from services.store.sheets.dress import LOCALE, ZONE

        return (self.locale, self.zone) == (LOCALE, ZONE)


def sheets_of(store: Store) -> "SheetsStore | None":
    """The store as a spreadsheet; `None` where it is a file or a database."""
    from services.store.sheets.store import SheetsStore

    return store if isinstance(store, SheetsStore) else None


def state(ctx: Context) -> State | None:
    """How the spreadsheet stands now, read from Google; `None` where the workbook is none."""
    access.require(ctx, ACTION)
    sheets = sheets_of(ctx.workbook.store)
    if sheets is None:
        return None
    with _with_cure(sheets.connection.account):
        return state_of(sheets)


def make_ready_again(ctx: Context) -> tuple[Step, ...]:
    """Everything that `make sheet` does to the spreadsheet, from the administrator's page."""
    access.require(ctx, ACTION)
    sheets = sheets_of(ctx.workbook.store)
    if sheets is None:
        raise NotYet(Message(N_("The workbook is no Google spreadsheet.")))
    with _with_cure(sheets.connection.account):
        return tuple(make_ready(sheets, _all_tabs(), ctx.now))


def engine(ctx: Context) -> Message:
    """Where a workbook that is no spreadsheet is kept."""
    from services.store.sqlite import SqliteStore

    if isinstance(ctx.workbook.store, SqliteStore):
        return Message(N_("The workbook is a file on the server of Mentor Desk."))
    return Message(N_("The workbook is a PostgreSQL database."))


def unopened(address: str, account: Mapping[str, Any]) -> "SheetsStore":
    """A spreadsheet by its address, not opened yet; raises `StoreUnavailable` for a key that is none."""
    from services.store.sheets.store import SheetsStore
    from services.store.sheets.wire import connect

    return SheetsStore(connect(key_of(address), account), utc_now)


def state_of(sheets: "SheetsStore") -> State:
    """The same as `state`, for whoever holds the store."""
    from services.store.sheets import proof, ready
    from services.store.sheets.dress import PREFIX
    from services.store.sheets.wire import SAVE_SECONDS, within

    with _plainly(), within(SAVE_SECONDS):
        description = sheets.connection.describe()
    found = ready.find(description, [*ready.OWN_TABS, *_all_tabs()])
    last = proof.last(description)
    guards = [guard for sheet in description["sheets"] for guard in sheet.get("protectedRanges", ())]
    properties = description["properties"]
    return State(
        properties["title"],
        sheets.connection.key,
        sheets.connection.account,
        properties.get("locale", ""),
        properties.get("timeZone", ""),
        tuple(place.title for place in found.book.values()),
        found.gone,
        sum(guard.get("description", "").startswith(PREFIX) for guard in guards),
        datetime.fromisoformat(last[0]).astimezone(UTC) if last else None,
        bool(last and last[1]),
    )


def make_ready(sheets: "SheetsStore", tabs: Sequence[Tab], at: datetime) -> Iterator[Step]:
    """Open, make what is missing, dress, prove: one step after the other, each told as it is done."""
    before = state_of(sheets)
    words = N_("The spreadsheet “{title}” is shared with {account}.")
    yield Step(message(words, title=before.title, account=before.account or "—"))
    sheets.open(tabs)
    after = state_of(sheets)
    yield from _tabs(before, after)
    yield from _dressed(sheets, tabs)
    yield from _proved(sheets, at)


def _tabs(before: State, after: State) -> Iterator[Step]:
    made = len(after.tabs) - len(before.tabs)
    words = N_("Its {tabs} tabs are there with their headings, {made} of them new.")
    yield Step(message(words, tabs=len(after.tabs), made=made))
    for tab in after.missing:
        gone = N_(
            "The tab {tab} was deleted by hand. Take it back with File, Version history in Google Sheets."
        )
        yield Step(message(gone, tab=tab), holds=False)


def _dressed(sheets: "SheetsStore", tabs: Sequence[Tab]) -> Iterator[Step]:
    from services.store.sheets.dress import LOCALE, dress
    from services.store.sheets.wire import OPEN_CALL_SECONDS, OPEN_SECONDS, within

    with _plainly(), within(OPEN_SECONDS, OPEN_CALL_SECONDS):
        done = dress(sheets.connection, tabs)
    if done.locale_was == LOCALE:
        yield Step(Message(N_("It reads dates the British way: 3/4/2026 is 3 April.")))
    else:
        words = N_(
            "It read dates the way of {locale}. Now it reads them the British way: 3/4/2026 is 3 April."
        )
        yield Step(message(words, locale=done.locale_was or "—"))
    yield Step(Message(N_("Dropdowns, checks, notes, widths and protected columns are in place.")))


def _proved(sheets: "SheetsStore", at: datetime) -> Iterator[Step]:
    from services.store.sheets import proof

    with _plainly():
        tried: Proof = proof.prove(sheets.connection, at)
    for each in tried.found:
        yield Step(each.words, each.holds)
    if not tried.holds:
        yield Step(proof.ONE_PROCESS, holds=False)


def _all_tabs() -> tuple[Tab, ...]:
    from services.workbook import tabs

    return tabs()


@contextmanager
def _plainly() -> Iterator[None]:
    """What the calls may raise, in words a person can act on."""
    from services.store.sheets import troubles
    from services.store.sheets.asks import Lost, Refused, Unreachable

    try:
        yield
    except Unreachable as error:
        raise error.error from error
    except Lost as error:
        raise troubles.slow() from error
    except Refused as error:
        raise troubles.not_a_spreadsheet() from error


# --- the usual mistakes ----------------------------------------------------------------------------


@contextmanager
def _with_cure(account: str) -> Iterator[None]:
    """The same trouble, with what an administrator can do about it."""
    try:
        yield
    except StoreUnavailable as error:
        if cure := cure_of(error, account):
            raise StoreUnavailable(error.reason, cure) from error
        raise


def cure_of(error: OurError, account: str = "") -> Message | None:
    """What to do about one of the usual mistakes, step by step; `None` where this is none of them."""
    from services.store.sheets import troubles

    cures = {
        troubles.not_shared("").reason.text: message(SHARE, account=account or "—"),
        troubles.api_off().reason.text: Message(SWITCH_ON),
        troubles.not_found().reason.text: Message(OTHER_ADDRESS),
        troubles.wrong_key().reason.text: Message(NEW_KEY),
        troubles.too_many_calls().reason.text: Message(WAIT),
        troubles.foreign_tab("").reason.text: Message(RENAME),
    }
    return cures.get(error.reason.text)


SHARE = N_(
    "Open the spreadsheet in Google Sheets, click Share, type {account}, choose Editor, take the tick from Notify "
    "people and click Share. If Google does not let you, your charity’s Google administrator must allow sharing "
    "outside the organisation."
)
SWITCH_ON = N_(
    "Open https://console.cloud.google.com/apis/library/sheets.googleapis.com, choose the service account’s project "
    "at the top, click Enable, wait five minutes and try again."
)
OTHER_ADDRESS = N_(
    "Open the spreadsheet in your browser and copy its whole address again. If it was deleted, take it back from the "
    "bin of Google Drive within 30 days."
)
NEW_KEY = N_(
    "In the Cloud console open IAM & Admin, Service Accounts, the account, Keys; choose Add key, Create new key, JSON. "
    "Put the new file in place of the old one, and look whether this computer’s clock is right."
)
WAIT = N_(
    "Google takes 60 readings and 60 changes a minute from one account. Wait a minute and begin again: what was done "
    "stays done. If it comes back, look whether another program uses the same service account."
)
RENAME = N_("Give that tab another name in Google Sheets and begin again: Mentor Desk needs the name.")
