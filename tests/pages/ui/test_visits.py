"""How long a visit lasts, and where a person with several programmes goes (X5, RM02, RM05)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import house, visits
from pages.ui.house import House
from schemas.column import Role
from services.context import Actor
from services.settings import Settings, SignIn
from services.store.interface import Append, Needs, Operation
from tests.cast import ANGHARAD, MAIR, NOW
from tests.desk import ROOT, Desk, all_words, claims
from tests.server import PATIENCE

RULES = SignIn("https://desk.example.org/oauth2callback")


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    visits.forget()
    yield
    visits.forget()


class Clock:
    """The house's clock in the test's hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = NOW
        monkeypatch.setattr(House, "now", lambda _: self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def with_rules(desk: Desk, **more: object) -> None:
    """Sign-in with an account, set up as the secrets would."""
    here = house.house()
    rules = replace(RULES, **more)
    settings = Settings(here.settings.store, here.settings.keys, has_sign_in=True, sign_in=rules)
    house.settle(replace(here, settings=settings))


def opened(person: Actor, since: datetime, **others: object) -> AppTest:
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    test.user = claims(person, since, **others)
    return test.run()


def is_in(test: AppTest) -> bool:
    assert not test.exception
    return any(each.value == "Today" for each in test.title)


def is_over(test: AppTest) -> bool:
    return any(each.proto.title == "Your visit is over." for each in test.info)


def test_sixty_minutes_without_a_click_end_a_visit_and_every_click_begins_them_anew(
    desk: Desk, clock: Clock
) -> None:
    with_rules(desk)
    test = opened(MAIR, NOW)
    for minutes in (59, 118, 177):
        clock.now = NOW + timedelta(minutes=minutes)
        assert is_in(test.run())
    clock.now += timedelta(minutes=60)
    assert is_over(test.run())
    clock.now += timedelta(minutes=1)
    assert is_over(test.run()), "looking at the sign-in page is not coming in"


def test_twelve_hours_end_a_visit_however_busy(desk: Desk, clock: Clock) -> None:
    with_rules(desk)
    test = opened(MAIR, NOW)
    for quarter in range(1, 48):
        clock.now = NOW + timedelta(minutes=15 * quarter)
        visits.clicked(visits_account(), clock.now, MAIR.id)
    assert is_in(test.run())
    clock.now = NOW + timedelta(hours=12)
    assert is_over(test.run())


def visits_account():  # noqa: ANN201
    from services.accounts import account_of

    return account_of(claims(MAIR, NOW))


def test_a_server_that_has_just_started_trusts_no_old_cookie(desk: Desk, clock: Clock) -> None:
    """It knows nobody's last click, so a sign-in of more than an hour ago is asked for again."""
    with_rules(desk)
    assert is_in(opened(MAIR, NOW - timedelta(minutes=59)))
    visits.forget()
    assert is_over(opened(MAIR, NOW - timedelta(minutes=60)))


def test_the_warning_comes_five_minutes_before_the_end_and_looking_at_it_is_no_click(clock: Clock) -> None:
    account = visits_account()
    visits.clicked(account, NOW, MAIR.id)
    early, late = NOW + timedelta(minutes=54, seconds=59), NOW + timedelta(minutes=55)
    assert not visits.is_ending(account, RULES, early)
    assert visits.is_ending(account, RULES, late)
    assert visits.ends_at(account, RULES) == NOW + timedelta(hours=1)


def test_who_signed_out_is_out_with_every_cookie_of_before(desk: Desk, clock: Clock) -> None:
    from services import accounts
    from tests.cast import op

    with_rules(desk)
    test = opened(MAIR, NOW)
    assert is_in(test)
    accounts.sign_out(desk.as_(MAIR), op())
    assert is_over(test.run())
    assert is_over(opened(MAIR, NOW))
    clock.now = NOW + timedelta(minutes=2)
    assert is_in(opened(MAIR, NOW + timedelta(minutes=1)))


@pytest.mark.parametrize(
    "others",
    [
        {"email": "stranger@example.org", "sub": "9"},
        {"sub": "9", "email_verified": False},
        {"sub": "9"},
        {"iss": "https://elsewhere.example.org"},
        {"iat": None},
    ],
    ids=["unknown", "unverified", "the address of somebody else's account", "other issuer", "no moment"],
)
def test_every_account_that_opens_nothing_reads_the_same(
    desk: Desk, clock: Clock, others: dict[str, object]
) -> None:
    """RM02."""
    with_rules(desk)
    test = opened(ANGHARAD, NOW, **others)
    assert not test.exception
    assert [each.proto.title for each in test.error] == ["This account opens nothing here."]
    assert [each.label for each in test.button] == ["Sign out"]
    assert ANGHARAD.name not in all_words(test)


def test_the_break_glass_administrator_comes_in_is_told_and_is_logged_each_time(
    desk: Desk, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    with_rules(desk, break_glass="chair@example.org")
    chair = Actor("chair-9", "", Role.ADMINISTRATOR, "chair@example.org")
    several = opened(chair, NOW)
    assert not is_in(several)
    assert [each.label for each in several.button] == ["Open"] * len(house.house().programmes)
    here = house.house()
    house.settle(replace(here, programmes={"ssw": here.programmes["ssw"]}))
    caplog.clear()
    test = opened(chair, NOW)
    assert is_in(test)
    assert "break-glass administrator" in all_words(test) + "".join(each.value for each in test.warning)
    said = caplog.text.count("break-glass administrator programme=ssw")
    test.run()
    assert 0 < said < caplog.text.count("break-glass administrator programme=ssw")
    assert "chair@example.org" not in caplog.text
    assert not is_in(opened(chair, NOW, email_verified=False))


def test_a_person_of_two_programmes_says_first_where_to_work(desk: Desk, clock: Clock) -> None:
    with_rules(desk)
    here = house.house()
    other = replace(here.programmes["ssw"], code="two")
    house.settle(replace(here, programmes={**here.programmes, "two": other}))
    cells = {"_id": "PER-SECOND", "programme": "two", "name": "Mair Pritchard", "email": MAIR.email}
    row = Append("People", {**cells, "role": "Facilitator", "status": "active"})
    desk.workbook.store.commit(Operation("two", "", "test", "add", NOW, "two"), Needs(), lambda fresh: [row])
    test = opened(MAIR, NOW)
    assert not is_in(test)
    assert [each.label for each in test.button] == ["Open", "Open"]
    assert not test.dataframe and not test.metric


def test_the_log_of_coming_in_names_nobody(
    desk: Desk, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    with_rules(desk)
    opened(MAIR, NOW)
    assert f"signed in actor={MAIR.id}" in caplog.text
    assert "opened page=today programme=ssw" in caplog.text
    assert MAIR.email not in caplog.text and "Pritchard" not in caplog.text
