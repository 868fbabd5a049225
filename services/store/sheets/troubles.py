"""What goes wrong with a spreadsheet, in words a person can act on (X2, X3)."""

from schemas.errors import ASK_ADMINISTRATOR, ASK_MANAGER, TRY_AGAIN, StoreUnavailable
from schemas.words import N_, Message, message
from services.store.sheets.grid import Grid

SHEET_CHECK = Message(N_("Open the sheet check: it says what to mend and where."))
MEND_SHARING = Message(
    N_(
        "Tell the person who looks after Mentor Desk: share the spreadsheet with the service account as Editor."
    )
)
WAIT_A_MINUTE = Message(N_("Nothing was saved. Wait a minute and try again; what you typed is kept."))
NOT_SAVED = Message(N_("Nothing was saved. Wait a moment and try again; what you typed is kept."))


def of(grid: Grid) -> StoreUnavailable | None:
    """What keeps a tab from being written to, and from being read anew."""
    if grid.is_gone:
        return tab_gone(grid.tab.name)
    for names, reason in (
        (grid.missing, N_("In the tab {tab} the column {column} is missing. Nothing was saved.")),
        (grid.doubled, N_("In the tab {tab} two columns are called {column}. Nothing was saved.")),
    ):
        if names:
            heading = grid.tab.look(names[0]).heading
            return StoreUnavailable(message(reason, tab=grid.tab.name, column=heading), SHEET_CHECK)
    return None


def doubled(tab: str, id_: str) -> StoreUnavailable:
    """One id on two rows: nobody can say which is meant."""
    reason = N_("The tab {tab} has two rows with the id {id}. Nothing was saved.")
    return StoreUnavailable(message(reason, tab=tab, id=id_), SHEET_CHECK)


def columns_moved(tab: str) -> StoreUnavailable:
    """Somebody moved columns in the third of a second of a save."""
    reason = N_("A column of the tab {tab} was moved in the sheet in this very moment.")
    remedy = N_("What was saved may stand in the wrong columns. Open the sheet check and the row's history.")
    return StoreUnavailable(message(reason, tab=tab), Message(remedy))


def tab_gone(tab: str) -> StoreUnavailable:
    """A tab of ours is no longer in the spreadsheet."""
    reason = N_("The tab {tab} is not in the spreadsheet. Nothing was saved.")
    return StoreUnavailable(message(reason, tab=tab), SHEET_CHECK)


def no_longer() -> StoreUnavailable:
    """What was found has been put right or changed since."""
    reason = N_("The spreadsheet no longer says what was shown here. Nothing was changed.")
    return StoreUnavailable(Message(reason), Message(N_("Read it again, then look at what is left.")))


def history_gone() -> StoreUnavailable:
    """The newest rows of the Audit tab were deleted by hand."""
    reason = N_("The newest rows of the Audit tab were deleted in the spreadsheet. Nothing was saved.")
    return StoreUnavailable(Message(reason), SHEET_CHECK)


def not_set_up() -> StoreUnavailable:
    """A spreadsheet without our tabs."""
    reason = N_("The spreadsheet is not set up for Mentor Desk yet.")
    remedy = N_("Tell the person who looks after Mentor Desk: run `make sheet`.")
    return StoreUnavailable(Message(reason), Message(remedy))


def busy() -> StoreUnavailable:
    """Others kept saving first."""
    return StoreUnavailable(Message(N_("Many people are saving just now. Nothing was saved.")), TRY_AGAIN)


def too_many_calls() -> StoreUnavailable:
    """Google's 60 reads and 60 writes a minute are used up."""
    reason = N_("Google takes no more calls from Mentor Desk for the moment.")
    return StoreUnavailable(Message(reason), WAIT_A_MINUTE)


def slow() -> StoreUnavailable:
    """No answer in time."""
    return StoreUnavailable(Message(N_("Google does not answer just now.")), NOT_SAVED)


def not_shared(account: str) -> StoreUnavailable:
    """403: the service account may not open the spreadsheet."""
    reason = N_("The spreadsheet is not shared with {account}.")
    return StoreUnavailable(message(reason, account=account or "—"), MEND_SHARING)


def not_found() -> StoreUnavailable:
    """404: no such spreadsheet, or deleted."""
    reason = N_("Google knows no spreadsheet under the key in the settings.")
    return StoreUnavailable(Message(reason), ASK_ADMINISTRATOR)


def api_off() -> StoreUnavailable:
    """403 SERVICE_DISABLED: the Sheets API was never switched on in the project."""
    reason = N_("The Google Sheets API is not switched on in the Cloud project of the service account.")
    return StoreUnavailable(Message(reason), ASK_ADMINISTRATOR)


def wrong_key() -> StoreUnavailable:
    """401 or a token refused."""
    reason = N_("Google does not accept the service account's key.")
    remedy = N_("Tell the person who looks after Mentor Desk: make a new key and put it into the secrets.")
    return StoreUnavailable(Message(reason), Message(remedy))


def no_room() -> StoreUnavailable:
    """10 million cells, or one cell over 50,000 letters."""
    reason = N_("The spreadsheet is full. Nothing was saved.")
    return StoreUnavailable(Message(reason), ASK_MANAGER)


def foreign_tab(tab: str) -> StoreUnavailable:
    """A tab of theirs has the name that one of ours needs."""
    reason = N_("The spreadsheet has a tab called {tab} that Mentor Desk did not make. It was left alone.")
    return StoreUnavailable(
        message(reason, tab=tab), Message(N_("Give that tab another name, then try again."))
    )


def not_accepted() -> StoreUnavailable:
    """A refusal that is not about the ticket: the sheet is other than the reading said."""
    reason = N_("Google did not accept the change: something in the spreadsheet stands in its way.")
    return StoreUnavailable(Message(reason), SHEET_CHECK)


def broken_off() -> StoreUnavailable:
    """A whole workbook could not be written to its end."""
    reason = N_("Writing the whole workbook broke off; what is in the spreadsheet now is not complete.")
    remedy = N_("Delete the tabs that were made, or take a new empty spreadsheet, and begin again.")
    return StoreUnavailable(Message(reason), Message(remedy))


def not_a_spreadsheet() -> StoreUnavailable:
    """400 to a plain question: an Excel file kept in Drive, most likely."""
    reason = N_(
        "Google can’t open this as a spreadsheet. Most likely it is an Excel file kept in Google Drive."
    )
    remedy = N_("Open it there, choose File, Save as Google Sheets, and use the address of the new one.")
    return StoreUnavailable(Message(reason), Message(remedy))
