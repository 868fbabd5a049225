"""Who an account is: by issuer and subject, once a verified address has opened the row (X5, RM02, RM05)."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from schemas.column import Role
from schemas.errors import NotAllowed, NotYet
from schemas.people import People, PersonStatus
from services import accounts, history, people_register
from services.accounts import Account, account_of
from services.workbook import Workbook
from tests.cast import ADA, ANGHARAD, MAIR, NOW, as_, new_workbook, op
from tests.services.staff import nothing_written, put, row_of

SINCE = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
NIA = "PER-NIANEW"
CLAIMS = {"is_logged_in": True, "iss": "https://i.example.org", "sub": "1", "iat": int(SINCE.timestamp())}
ADDRESS = "nia.newydd@example.org"


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    """The cast, and Nia, who has never signed in."""
    made = new_workbook(tmp_path / "workbook.sqlite3")
    put(made, People, NIA, name="Nia Newydd", email=ADDRESS, role="Facilitator", status="active")
    return made


def account(subject: str = "1", email: str = ADDRESS, *, is_verified: bool = True) -> Account:
    return Account("https://i.example.org", subject, email, is_verified, SINCE)


def ids(workbook: Workbook, of: Account) -> list[str]:
    return [row.id for row in accounts.memberships(workbook.store, of)]


def as_nia(workbook: Workbook) -> Any:
    from services.people import actor_of

    return as_(actor_of(row_of(workbook, People, NIA)), workbook)


@pytest.mark.parametrize("left_out", ["iss", "sub", "iat", "is_logged_in"])
def test_claims_that_leave_out_who_or_when_are_nobody_s(left_out: str) -> None:
    assert account_of(CLAIMS) is not None
    assert account_of({name: value for name, value in CLAIMS.items() if name != left_out}) is None


@pytest.mark.parametrize("when", [None, "yesterday", True, "1760000000"])
def test_a_moment_that_is_none_is_refused(when: object) -> None:
    assert account_of(CLAIMS | {"iat": when}) is None


@pytest.mark.parametrize(
    ("said", "is_verified"),
    [
        ({"email_verified": True}, True),
        ({"email_verified": "true"}, True),
        ({"xms_edov": 1}, True),
        ({"xms_edov": "1"}, True),
        ({"email_verified": False}, False),
        ({"email_verified": "false"}, False),
        ({"email_verified": None}, False),
        ({}, False),
    ],
)
def test_an_address_is_verified_only_where_the_provider_says_so(
    said: dict[str, object], is_verified: bool
) -> None:
    """Silence is no yes: some providers let anybody write any address into their account."""
    found = account_of(CLAIMS | said)
    assert found is not None and found.is_verified is is_verified


def test_the_addresses_of_one_s_own_tenant_count_as_verified_where_the_secrets_say_so() -> None:
    found = account_of(CLAIMS, trusted=("https://i.example.org",))
    assert found is not None and found.is_verified


def test_the_first_verified_sign_in_opens_the_row_and_writes_the_account_once(workbook: Workbook) -> None:
    assert ids(workbook, account(email=ADDRESS.upper())) == [NIA]
    accounts.bind(as_nia(workbook), op(), account())
    row = row_of(workbook, People, NIA)
    assert (row.issuer, row.subject) == ("https://i.example.org", "1")
    before = workbook.store.number()
    accounts.bind(as_nia(workbook), op(), account())
    assert workbook.store.number() == before


def test_an_unverified_address_opens_nothing(workbook: Workbook) -> None:
    assert ids(workbook, account(is_verified=False)) == []


def test_the_account_stays_the_person_when_the_address_changes_there(workbook: Workbook) -> None:
    accounts.bind(as_nia(workbook), op(), account())
    assert ids(workbook, account(email="nia.married@example.org", is_verified=False)) == [NIA]


def test_whoever_gets_the_old_address_is_a_stranger(workbook: Workbook) -> None:
    """The charity's provider gave a leaver's address to a new colleague."""
    accounts.bind(as_nia(workbook), op(), account())
    assert ids(workbook, account(subject="2")) == []
    put(workbook, People, "PER-NIAFIN", name="Nia", email=ADDRESS, role="Finance", status="active")
    assert ids(workbook, account(subject="2")) == []
    assert sorted(ids(workbook, account())) == ["PER-NIAFIN", NIA]


def test_two_first_sign_ins_at_once_leave_one_account(workbook: Workbook) -> None:
    ctx = as_nia(workbook)
    accounts.bind(ctx, op(), account())
    with nothing_written(workbook, NotAllowed):
        accounts.bind(ctx, op(), account(subject="2"))


def test_stopped_people_are_nobody(workbook: Workbook) -> None:
    accounts.bind(as_nia(workbook), op(), account())
    people_register.stop(as_(ADA, workbook), op(), row_of(workbook, People, NIA))
    assert ids(workbook, account()) == []


def test_starting_somebody_again_lets_their_next_account_in(workbook: Workbook) -> None:
    accounts.bind(as_nia(workbook), op(), account())
    for verb in (people_register.stop, people_register.start_again):
        verb(as_(ADA, workbook), op(), row_of(workbook, People, NIA))
    assert ids(workbook, account(subject="2")) == [NIA]


def test_another_address_needs_another_first_sign_in(workbook: Workbook) -> None:
    accounts.bind(as_nia(workbook), op(), account())
    typed = {"name": "Nia Newydd", "email": "nia@example.org", "role": Role.COORDINATOR}
    people_register.change(as_(ADA, workbook), op(), row_of(workbook, People, NIA), typed)
    assert ids(workbook, account()) == []


def test_nobody_writes_an_account_by_the_form_of_people(workbook: Workbook) -> None:
    typed = {"name": "Nia", "email": ADDRESS, "role": Role.COORDINATOR, "subject": "2", "issuer": "https://x"}
    with nothing_written(workbook, NotAllowed):
        people_register.change(as_(ADA, workbook), op(), row_of(workbook, People, NIA), typed)


def test_signing_out_ends_what_was_begun_before_and_nothing_after(workbook: Workbook) -> None:
    accounts.sign_out(as_nia(workbook), op())
    rows = [row_of(workbook, People, NIA)]
    assert accounts.has_ended(rows, account())
    later = Account("https://i.example.org", "1", ADDRESS, True, NOW + timedelta(seconds=1))
    assert not accounts.has_ended(rows, later)
    assert row_of(workbook, People, MAIR.id)["signed_out_at"] is None


@pytest.mark.parametrize("verb", ["bind", "sign_out"])
def test_neither_signing_in_nor_out_is_undone(workbook: Workbook, verb: str) -> None:
    key = op()
    accounts.bind(as_nia(workbook), key, account()) if verb == "bind" else accounts.sign_out(
        as_nia(workbook), key
    )
    with nothing_written(workbook, NotYet):
        history.undo(as_nia(workbook), op(), key)


def test_the_break_glass_administrator_is_one_verified_address_and_no_row(workbook: Workbook) -> None:
    (row,) = accounts.break_glass(account(), ADDRESS, ["ssw"])
    assert (row.id, row["role"], row["status"]) == ("break-glass", Role.ADMINISTRATOR, PersonStatus.ACTIVE)
    assert accounts.break_glass(account(is_verified=False), ADDRESS, ["ssw"]) == []
    assert accounts.break_glass(account(), "", ["ssw"]) == []
    assert accounts.break_glass(account(email=""), "", ["ssw"]) == []
    assert accounts.break_glass(account(), ANGHARAD.email, ["ssw"]) == []


def test_the_key_of_a_visit_names_nobody() -> None:
    assert "nia" not in account().key
    assert account().key != account(subject="2").key


def test_the_break_glass_administrator_can_invite_the_first_real_one(workbook: Workbook) -> None:
    from services.people import actor_of

    (row,) = accounts.break_glass(account(), ADDRESS, ["ssw"])
    ctx = as_(actor_of(row), workbook)
    typed = {"name": "Eleri Hale", "email": "eleri.hale@example.org", "role": Role.ADMINISTRATOR}
    people_register.invite(ctx, op(), typed)
    assert any(each["email"] == "eleri.hale@example.org" for each in people_register.listed(ctx))
    assert workbook.store.audit(1)[0]["who"] == "break-glass"
