"""Make a Google spreadsheet ready for Mentor Desk, and appoint its first administrator: `python -m tools.sheet`.

Can be run again at any time: what is there stays, what is missing is made, nothing that is not ours is touched.
docs/google-sheets.md leads there step by step.

`python -m tools.sheet --secrets KEYFILE.json` writes the secrets file from the key file that Google gave you.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from schemas.errors import InvalidEntry, OurError
from schemas.words import UK
from services import founding, settings, spreadsheet
from services.programmes import Programme, all_programmes
from services.store.interface import Store
from services.workbook import tabs
from tools import installation

NOBODY = "Nobody can sign in yet. Run it again with --programme, --name and --email."


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where everything is ready."""
    given = _arguments(arguments)
    account: Mapping[str, Any] = {}
    try:
        address = given.spreadsheet or installation.store()
        if given.secrets:
            return write_secrets(Path(given.secrets), given.spreadsheet)
        if not settings.Settings(address, (), has_sign_in=False).is_spreadsheet:
            return _told(
                f"This is no address of a Google spreadsheet: {address}\nGive it with --spreadsheet."
            )
        account = installation.account(address, given.key_file)
        return _make_ready(address, account, given)
    except OurError as error:
        return _told_error(error, account)


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--spreadsheet", default="", help="its address, if not the store of the settings")
    parser.add_argument(
        "--key-file", default="", help="the service account's key file, if not in the secrets"
    )
    parser.add_argument("--secrets", metavar="KEYFILE", help="write .streamlit/secrets.toml and stop")
    parser.add_argument("--programme", default="", help="whose administrator it is, like ssw")
    parser.add_argument("--name", default="", help="the first administrator's name")
    parser.add_argument("--email", default="", help="the address they sign in with")
    return parser.parse_args(arguments)


def _make_ready(address: str, account: Mapping[str, Any], given: argparse.Namespace) -> int:
    sheets = spreadsheet.unopened(address, account)
    is_good = True
    try:
        for step in spreadsheet.make_ready(sheets, tabs(), datetime.now(UTC)):
            _say("done" if step.holds else "LOOK", str(step.words))
            is_good = is_good and step.holds
        appoint(sheets, given)
    finally:
        sheets.close()
    _say("", f"The spreadsheet: {spreadsheet.ADDRESS.format(key=sheets.connection.key)}")
    return 0 if is_good else 1


# --- the first administrator -----------------------------------------------------------------------


def appoint(store: Store, given: argparse.Namespace) -> None:
    """Ask for what was not given, and write the first administrator where there is none."""
    anybody = [row for code in all_programmes() for row in founding.administrators(store, code)]
    if not (given.name and given.email) and not sys.stdin.isatty() and not anybody:
        return _say("LOOK", NOBODY)
    if anybody and not given.name:
        names = ", ".join(dict.fromkeys(row["name"] for row in anybody))
        return _say("done", f"{names} is administrator already and invites others on the page People.")
    programme = _programme(given.programme)
    if there := founding.administrators(store, programme.code):
        names = ", ".join(row["name"] for row in there)
        return _say("done", f"{names} is administrator already and invites others on the page People.")
    name = given.name or _ask("Name of the first administrator (Enter for nobody yet)")
    if not name:
        return _say("LOOK", NOBODY)
    email = given.email or _ask("E-mail address they will sign in with")
    founding.appoint(store, programme.code, name, email, datetime.now(UTC))
    return _say(
        "done", f"{name} is administrator of {programme.name.said('en')} and can sign in with {email}."
    )


def _programme(code: str) -> Programme:
    programmes = all_programmes()
    while code not in programmes:
        if len(programmes) == 1:
            return next(iter(programmes.values()))
        names = ", ".join(f"{each.code} ({each.name.said('en')})" for each in programmes.values())
        if not sys.stdin.isatty():
            raise SystemExit(f"Say which programme with --programme: {names}")
        code = _ask(f"Programme, one of {names}")
    return programmes[code]


def _ask(what: str) -> str:
    sys.stdout.write(f"{what}: ")
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not line:  # nobody is there any more: asking again would never end
        raise SystemExit("No answer came.")
    return line.strip()


# --- the secrets file ------------------------------------------------------------------------------


def write_secrets(key_file: Path, address: str) -> int:
    """The secrets file, with a new sealing key, readable by its owner alone; one that is there is left alone."""
    target = installation.SECRETS
    if target.exists():
        return _told(f"{target} is there already and was left alone.")
    account = settings.account_in(key_file)
    if account.get("type") != "service_account" or "private_key" not in account:
        return _told(f"{key_file.name} is not a service account's key file.")
    text = secrets_text(account, address)
    target.parent.mkdir(exist_ok=True)
    target.touch(mode=0o600)
    target.write_text(text, encoding="utf-8")
    _say("done", f"{target} is written. Keep a copy in a safe place: without its sealing key")
    _say("", "bank details can't be read again. You can delete the key file now.")
    if not address:
        _say("LOOK", f"Write the spreadsheet's address into the first line of {target}.")
    return 0


def secrets_text(account: Mapping[str, Any], address: str) -> str:
    """The secrets as Streamlit wants them (TOML), for the file or for Community Cloud's box."""
    from cryptography.fernet import Fernet

    day = datetime.now(UK).date()
    lines = [
        f"# The secrets of Mentor Desk, written on {day:%d/%m/%Y}. Show them to nobody.",
        f"store = {_toml(address or 'https://docs.google.com/spreadsheets/d/.../edit')}",
        f"sealing_keys = [{_toml(Fernet.generate_key().decode())}]",
        "",
        "[gcp_service_account]",
        *(f"{name} = {_toml(str(value))}" for name, value in account.items()),
        "",
        "# Sign-in with Google: docs/google-sheets.md, step 6. Take the # away when it is filled in.",
        "# [auth]",
        '# redirect_uri = "http://localhost:8501/oauth2callback"',
        f"# cookie_secret = {_toml(Fernet.generate_key().decode())}",
        '# client_id = "..."',
        '# client_secret = "..."',
        '# server_metadata_url = "https://accounts.google.com/.well-known/openid-configuration"',
    ]
    return "\n".join(lines) + "\n"


def _toml(text: str) -> str:
    return json.dumps(text)


# --- saying it -------------------------------------------------------------------------------------


def _say(mark: str, words: str) -> None:
    sys.stdout.write(f"{mark:>6}  {words}\n")
    sys.stdout.flush()


def _told(words: str) -> int:
    sys.stderr.write(f"{words}\n")
    return 1


def _told_error(error: OurError, account: Mapping[str, Any]) -> int:
    """What stopped it, and what to do."""
    if isinstance(error, InvalidEntry):
        said = " ".join(str(problem.words) for problem in error.problems)
        return _told(f"  STOP  {said}")
    cure = spreadsheet.cure_of(error, str(account.get("client_email", "")))
    return _told(f"  STOP  {error.reason}\n        {cure or error.remedy}")


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a Windows file may not know ŵ
    sys.exit(main())
