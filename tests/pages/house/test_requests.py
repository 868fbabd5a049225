"""Requests about data, from note to certificate (X6)."""

from datetime import date

from schemas.requests import Requests
from services import requests
from tests.cast import ADA, ANGHARAD
from tests.desk import Desk, all_words
from tests.services.staff import fill, made, row_of

PAGE = "pages/house/requests.py"


def noted(desk: Desk, kind: str = "access") -> str:
    fill(desk.workbook)
    values = {"kind": kind, "person": "Gethin Llywelyn", "answer_to": None, "received_on": date(2026, 10, 1)}
    receipt = requests.receive(desk.as_(ANGHARAD), "op-noted", values)
    return made(desk.workbook, receipt, Requests).id


def test_an_empty_list_says_so(desk: Desk) -> None:
    assert "Nobody has asked anything yet." in all_words(desk.page(PAGE, ANGHARAD))


def test_a_request_is_noted_with_its_due_day(desk: Desk) -> None:
    test = desk.page(PAGE, ANGHARAD)
    test.button(key="receive:open").click().run()
    test.selectbox(key="receive:0:kind").set_value("access")
    test.text_input(key="receive:0:person").set_value("Gethin Llywelyn")
    test.button(key="receive:button").click().run()
    assert not test.exception
    words = all_words(test)
    assert "Gethin Llywelyn" in words
    assert "5 November 2026" in words


def test_its_drawer_asks_first_who_it_is(desk: Desk) -> None:
    id_ = noted(desk)
    test = desk.page(PAGE, ANGHARAD)
    test.button(key=f"open:{id_}").click().run()
    assert not test.exception
    test.selectbox(key=f"identity:{id_}:0:record").set_value("MEN-GETHIN")
    test.text_input(key=f"identity:{id_}:0:identity_how").set_value("met in person")
    test.button(key=f"identity:{id_}:button").click().run()
    assert row_of(desk.workbook, Requests, id_)["status"] == "in hand"


def test_an_erasure_shows_what_would_go_and_what_stands_against_it(desk: Desk) -> None:
    id_ = noted(desk, "erasure")
    known = {"record": "MEN-GETHIN", "known_as": (), "identity_how": "met", "identity_on": date(2026, 10, 1)}
    requests.identify(desk.as_(ANGHARAD), "op-known", row_of(desk.workbook, Requests, id_), known)
    test = desk.page(PAGE, ANGHARAD)
    test.button(key=f"open:{id_}").click().run()
    assert not test.exception
    assert [each.value for each in test.warning if "pool" in each.value]
    assert test.button(key=f"propose:{id_}:button").disabled


def test_the_bundle_wants_a_password_first(desk: Desk) -> None:
    id_ = noted(desk)
    known = {"record": "MEN-GETHIN", "known_as": (), "identity_how": "met", "identity_on": date(2026, 10, 1)}
    requests.identify(desk.as_(ANGHARAD), "op-known", row_of(desk.workbook, Requests, id_), known)
    test = desk.page(PAGE, ANGHARAD)
    test.button(key=f"open:{id_}").click().run()
    assert not test.exception
    assert not test.download_button
    assert test.text_input(key=f"password:bundle:{id_}").proto.type == 1  # dots, not letters


def test_it_reads_in_welsh(desk: Desk) -> None:
    noted(desk)
    assert "Ceisiadau" in all_words(desk.page(PAGE, ANGHARAD, language="cy"))


def test_nobody_else_sees_it(desk: Desk) -> None:
    assert desk.page(PAGE, ADA).error
