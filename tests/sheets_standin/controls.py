"""Test controls over HTTP, for another process: `/_control/...`.

GET  /_control/            what there is: the shared key, the spreadsheets, the counts
GET  /_control/log         the request log;  DELETE clears it
GET  /_control/counts      calls by api and kind
POST /_control/person      {"do": "edit", "key"?, "with": ["Sheet1", "A1", "x"]}: see people.Person
POST /_control/troubles    {"next": ["503", null, "stall:5"]}: see trouble.KINDS
POST /_control/spreadsheet {"title", "locale"?, "timeZone"?}: a new shared one
POST /_control/unshare, /share, /forget {"key"?, "user"?}
POST /_control/quirks      {"key"?, "quirks": ["missing_name_ignored"]}: see book.QUIRKS
POST /_control/tokens      {"expire": true, "refuse": ["account@..."]}
"""

from collections.abc import Callable
from typing import Any

from tests.sheets_standin.book import QUIRKS
from tests.sheets_standin.calls import Answer, Call
from tests.sheets_standin.errors import GoogleError
from tests.sheets_standin.people import ACTIONS
from tests.sheets_standin.service import Service

Json = dict[str, Any]


def _state(service: Service, given: Json) -> Json:
    files = {key: file.name for key, file in service.drive.files.items()}
    return {"key": service.shared.key, "spreadsheets": files, "counts": service.counts()}


def _log(service: Service, given: Json) -> Json:
    return {"log": [one.json() for one in service.log]}


def _clear_log(service: Service, given: Json) -> Json:
    service.log.clear()
    return {}


def _person(service: Service, given: Json) -> Json:
    if given["do"] not in ACTIONS:
        raise KeyError(given["do"])
    with service.person(given.get("key")) as person:
        getattr(person, given["do"])(*given.get("with", ()))
    return {}


def _troubles(service: Service, given: Json) -> Json:
    service.plan_troubles(given.get("next") or [])
    return {}


def _spreadsheet(service: Service, given: Json) -> Json:
    locale, zone = given.get("locale", "en_US"), given.get("timeZone", "Etc/GMT")
    return {"key": service.new_spreadsheet(given.get("title", "Untitled"), locale, zone).key}


def _unshare(service: Service, given: Json) -> Json:
    service.unshare(given.get("key"), given.get("user", "*"))
    return {}


def _share(service: Service, given: Json) -> Json:
    service.share(given.get("key"), given.get("user", "*"))
    return {}


def _forget(service: Service, given: Json) -> Json:
    service.forget(given.get("key"))
    return {}


def _tokens(service: Service, given: Json) -> Json:
    if given.get("expire"):
        service.expire_tokens()
    service.refused_accounts.update(given.get("refuse") or ())
    return {}


def _quirks(service: Service, given: Json) -> Json:
    asked = frozenset(given["quirks"])
    if not asked <= set(QUIRKS):
        raise ValueError(f"There are only {', '.join(QUIRKS)}.")
    service.file(given.get("key")).book.quirks = asked
    return {}


CONTROLS: dict[tuple[str, str], Callable[[Service, Json], Json]] = {
    ("GET", ""): _state,
    ("GET", "log"): _log,
    ("DELETE", "log"): _clear_log,
    ("GET", "counts"): lambda service, given: dict(service.counts()),
    ("POST", "person"): _person,
    ("POST", "troubles"): _troubles,
    ("POST", "spreadsheet"): _spreadsheet,
    ("POST", "unshare"): _unshare,
    ("POST", "share"): _share,
    ("POST", "forget"): _forget,
    ("POST", "quirks"): _quirks,
    ("POST", "tokens"): _tokens,
}


def control(service: Service, call: Call) -> Answer:
    """Do what a control call asks."""
    found = CONTROLS.get((call.verb, call.path.removeprefix("/_control").strip("/")))
    if found is None:
        return Answer(404, {"error": "No such control."})
    try:
        return Answer(data=found(service, call.json()))
    except GoogleError as error:
        return Answer(error.code, error.body())
    except (KeyError, TypeError, ValueError) as problem:
        return Answer(400, {"error": str(problem)})
