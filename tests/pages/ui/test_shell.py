"""Signing in and finding one's way, role by role (X5, X7)."""

import pytest

from pages.ui import house, visitor
from pages.ui.house import House
from pages.ui.navigation import PLACES, is_open
from schemas.column import Role
from services.context import Actor
from services.settings import Settings
from services.store.interface import Append, Needs, Operation
from tests.cast import ANGHARAD, CAST, EVAN, MAIR, MARC, NOW
from tests.desk import Desk, all_words


def at_this_machine(monkeypatch: pytest.MonkeyPatch, *, is_here: bool = True) -> None:
    """The in-process app has no address of its own: say where its browser is."""
    monkeypatch.setattr(visitor, "is_at_this_machine", lambda: is_here)


def with_sign_in(desk: Desk) -> None:
    """The same workbook where sign-in with an account is set up."""
    here = house.house()
    settings = Settings(here.settings.store, here.settings.keys, has_sign_in=True)
    house.settle(House(settings, desk.workbook, here.programmes))


@pytest.mark.parametrize("person", CAST, ids=lambda person: person.role.name)
def test_each_role_opens_today_and_is_named_in_the_sidebar(desk: Desk, person: Actor) -> None:
    test = desk.app(person)
    assert not test.exception
    assert not test.error
    assert test.title[0].value == "Today"
    assert person.name in all_words(test)


@pytest.mark.parametrize("person", CAST, ids=lambda person: person.role.name)
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.url)
def test_a_page_opens_for_who_has_the_right_and_refuses_everyone_else(
    desk: Desk, person: Actor, place: object
) -> None:
    """X5: every page as every role; what is refused shows no title, no figure and no row."""
    test = desk.page(place.file, person)
    assert not test.exception
    if is_open(place, desk.as_(person)):
        assert test.title or not place.in_menu  # a record's own page has nothing to show without its id
    else:
        assert not test.title
        assert not test.metric
        assert not test.dataframe
        assert "not open to you" in test.error[0].proto.title


def test_nobody_is_offered_the_invented_people_only_on_the_machine_itself(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Design 8: without sign-in the app runs on loopback only, and says so plainly elsewhere."""
    at_this_machine(monkeypatch)
    assert len(desk.app().button) == len(CAST)
    at_this_machine(monkeypatch, is_here=False)
    refused = desk.app()
    assert not refused.button
    assert refused.error[0].proto.title == "Sign-in is not set up, so nobody can come in from here."


def test_the_invented_people_stand_by_programme_and_whoever_works_in_two_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Marc helps in another programme too: he is offered with his own, and switches in the sidebar."""
    at_this_machine(monkeypatch)
    add_person(desk, "PER-SECOND", MARC.email, Role.COORDINATOR, "dwp")
    add_person(desk, "PER-OTHERS", "other.one@example.org", Role.MANAGER, "dwp")
    test = desk.app()
    assert [each.value for each in test.subheader] == [
        "Sustainable Steps Wales – Mentoring",
        "Peer Mentoring for People with a Substance Dependency",
    ]
    assert len(test.button) == len(CAST) + 1
    assert "Also Facilitator in Peer Mentoring" in all_words(test)


def test_a_person_with_a_real_address_is_never_offered_to_choose(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_this_machine(monkeypatch)
    add_person(desk, "PER-REAL22", "someone@charity.wales", Role.MANAGER)
    assert "someone" not in all_words(desk.app()).casefold()


def test_with_sign_in_set_up_nobody_may_choose(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    at_this_machine(monkeypatch)
    with_sign_in(desk)
    (button,) = desk.app().button
    assert button.label == "Sign in"


def test_an_address_that_works_in_no_programme_is_told_what_to_do(desk: Desk) -> None:
    with_sign_in(desk)
    stranger = Actor("", "", Role.MANAGER, "stranger@example.org")
    test = desk.app(stranger)
    assert not test.title or test.title[0].value == "Mentor Desk"
    assert test.error[0].proto.title == "This account opens nothing here."


def test_a_stopped_person_is_out_at_their_next_click(desk: Desk) -> None:
    test = desk.app(ANGHARAD)
    from services.store.interface import Update

    change = Update("People", ANGHARAD.id, {"status": "stopped"}, {"status": "active"})
    needs = Needs(rows=(("People", ANGHARAD.id),))
    desk.workbook.store.commit(
        Operation("stop", "", "test", "stop", NOW, "ssw"), needs, lambda fresh: [change]
    )
    assert test.run().title[0].value == "Mentor Desk"


def test_one_person_with_two_roles_is_offered_the_switch(desk: Desk) -> None:
    add_person(desk, "PER-SECOND", MAIR.email, Role.FINANCE)
    test = desk.app(MAIR)
    assert len(test.selectbox(key=":membership").options) == 2
    assert not any(box.key == ":membership" for box in desk.app(EVAN).selectbox)


def test_every_page_says_that_its_people_are_invented(desk: Desk) -> None:
    assert "invented people" in all_words(desk.app(MAIR))
    with_sign_in(desk)
    assert "invented people" not in all_words(desk.app(MAIR))


def add_person(desk: Desk, id_: str, email: str, role: Role, programme: str = "ssw") -> None:
    """One more row of People."""
    cells = {
        "_id": id_,
        "programme": programme,
        "name": "Someone Else",
        "email": email,
        "role": role.value,
        "status": "active",
    }
    desk.workbook.store.commit(
        Operation(f"add {id_}", "", "test", "add", NOW, "ssw"),
        Needs(),
        lambda fresh: [Append("People", cells)],
    )
