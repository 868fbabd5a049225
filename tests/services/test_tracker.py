"""The Mentee Tracker: every field of 3.5, only one's own, only under a password (D13, 3.6, RM45, RM46, RM55, RM56)."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msoffcrypto
import pytest
from openpyxl import Workbook, load_workbook

from schemas.cases import Cases, Interviews, Outcomes
from schemas.column import Row
from schemas.contracts import Contracts, ReturnKind, ReturnLines
from schemas.errors import NotAllowed, NotYet, TemplateProblem
from schemas.mentees import Mentees, Plans
from schemas.work import Sessions
from services import buyer_books, records, returns, tracker
from services.context import Context
from services.passwords import WeakPassword
from services.workbook import Workbook as House
from tests import dwp
from tests.cast import op
from tests.dwp import put

JUNE = returns.month_of(date(2024, 6, 1))
PASSWORD = "quiet lantern harbour"
LATER = date(2024, 7, 4)


def scene(workbook: House) -> None:
    """Sasha, no customer, with everything 3.5 asks for; Rowan, a customer, started too; each with a mentor."""
    dwp.begin(workbook)
    mentee = {"mentee": dwp.OTHER_MENTEE_ID, "case": dwp.OTHER_CASE_ID}
    put(
        workbook, Interviews, "DIA-SASHAV", **mentee, held_on=date(2024, 5, 14), addiction="alcohol",
        employment="never worked", treatment="waiting for treatment", barrier_health=True, barrier_housing=False,
        barrier_other="childcare", disclosure="disclosed since the start", disclosed_on=date(2024, 6, 20),
    )  # fmt: skip
    put(
        workbook,
        Plans,
        "PLA-SASHAV",
        **mentee,
        version=Decimal(1),
        agreed_on=date(2024, 5, 21),
        status="agreed",
    )
    for n, (on, attendance, minutes) in enumerate(
        [
            (date(2024, 5, 14), "attended", 60),
            (date(2024, 5, 28), "attended", 20),
            (date(2024, 6, 4), "missed", 0),
            (date(2024, 7, 2), "attended", 60),
        ]
    ):
        put(
            workbook, Sessions, f"SES-SASHA{n}", **mentee, mentor=dwp.OMAR.mentor, held_on=on,
            attendance=attendance, minutes=Decimal(minutes), status="record in",
        )  # fmt: skip
    for n, (kind, step, on, what) in enumerate(
        [
            ("treatment", "referred", date(2024, 5, 20), ""),
            ("treatment", "entered or started", date(2024, 6, 3), ""),
            ("treatment", "dropped out", date(2024, 6, 25), ""),
            ("training", "entered or started", date(2024, 6, 10), "=food hygiene"),
            ("work", "entered or started", date(2024, 7, 1), "retail"),
        ]
    ):
        put(
            workbook, Outcomes, f"OUT-SASHA{n}", **mentee, kind=kind, step=step, reached_on=on, what=what,
            reason="moved house" if step == "dropped out" else "",
        )  # fmt: skip
    put(
        workbook, Mentees, "GRP-ALEXTY", name="Alex Tyne", date_of_birth=date(1979, 1, 1), area="8",
        is_customer=True, nino="XX123456A", status="active",
    )  # fmt: skip
    put(
        workbook, Cases, "CAS-ALEXTY", number="C0003", mentee="GRP-ALEXTY", mentor=dwp.DEE.mentor, area="8",
        received_on=date(2024, 5, 1), route="Jobcentre Plus", met_on=date(2024, 5, 7), outcome="started",
        started_on=date(2024, 5, 14), left_on=date(2024, 6, 28), is_dropout=True, left_reason="no contact",
        benefit="JSA",
    )  # fmt: skip


@pytest.fixture
def workbook(tmp_path: Path) -> House:
    return dwp.new_workbook(tmp_path / "w.sqlite3", scene)


def as_(actor: Any, workbook: House) -> Context:
    return dwp.on(dwp.as_(actor, workbook), LATER)


def by_number(made: tracker.Tracker) -> dict[str, tracker.Values]:
    return {line.values["number"]: line.values for line in made.lines}


def opened(content: bytes, password: str = PASSWORD) -> list[dict[str, Any]]:
    book = msoffcrypto.OfficeFile(io.BytesIO(content))
    book.load_key(password=password)
    plain = io.BytesIO()
    book.decrypt(plain)
    heads, *rows = load_workbook(plain).active.iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_a_line_has_every_field_of_3_5_as_it_stood_at_the_months_end(workbook: House) -> None:
    sasha = by_number(tracker.of_month(as_(dwp.NORA, workbook), None, JUNE))["C0002"]
    assert set(sasha) <= {column.name for column in tracker.COLUMNS}
    expected = {
        "nino": "", "taking_part": "started", "started_on": date(2024, 5, 14), "addiction": "alcohol",
        "employment": "never worked", "benefit": "None", "treatment": "waiting for treatment",
        "route": "Third party", "interview_on": date(2024, 5, 14), "plan_on": date(2024, 5, 21),
        "predisclosed": False, "disclosed_on": date(2024, 6, 20), "barrier_health": True,
        "barrier_housing": False, "barrier_other": "childcare", "attended": 2, "missed": 1, "departure": None,
        "treatment_referred": date(2024, 5, 20), "treatment_started": date(2024, 6, 3),
        "treatment_left": date(2024, 6, 25), "treatment_reason": "moved house",
        "training_on": date(2024, 6, 10), "training_type": "=food hygiene", "work_on": None, "work_type": None,
    }  # fmt: skip
    assert {name: sasha[name] for name in expected} == expected


def test_a_dropout_is_told_with_its_day_and_reason_from_the_month_it_fell_in(workbook: House) -> None:
    ctx = as_(dwp.NORA, workbook)
    alex = by_number(tracker.of_month(ctx, None, JUNE))["C0003"]
    assert (alex["departure"], alex["left_on"], alex["left_reason"]) == (
        "dropout",
        date(2024, 6, 28),
        "no contact",
    )
    may = by_number(tracker.of_month(ctx, None, returns.month_of(date(2024, 5, 1))))["C0003"]
    assert (may["departure"], may["left_reason"]) == (None, None)


def test_a_mentor_sees_the_own_mentees_and_no_count_of_others(workbook: House) -> None:
    """3.6, RM46."""
    seen = tracker.of_month(as_(dwp.OMAR, workbook), None, JUNE)
    assert list(by_number(seen)) == ["C0002"] and seen.left_out == 0
    assert list(by_number(tracker.of_month(as_(dwp.DEE, workbook), None, JUNE))) == ["C0003"]
    for actor in (dwp.FERN, dwp.ELSA, dwp.ANDY):
        with pytest.raises(NotAllowed):
            tracker.of_month(as_(actor, workbook), None, JUNE)


def test_the_number_is_masked_on_the_screen_and_whole_in_the_file(workbook: House) -> None:
    ctx = as_(dwp.NORA, workbook)
    assert by_number(tracker.of_month(ctx, None, JUNE))["C0003"]["nino"] == "••••56A"
    rows = opened(tracker.file(ctx, None, JUNE, PASSWORD))
    assert [row["NINO (DWP customers only)"] for row in rows] == [None, "XX123456A"]
    assert "Alex Tyne" not in str(rows) and "Sasha" not in str(rows)


def test_the_file_is_made_by_the_contract_manager_alone_and_only_with_a_password(workbook: House) -> None:
    """RM55, RM56."""
    for actor in (dwp.COLIN, dwp.DEE, dwp.FERN, dwp.ELSA, dwp.ANDY):
        with pytest.raises(NotAllowed):
            tracker.file(as_(actor, workbook), None, JUNE, PASSWORD)
    for weak in ("", "short", "aaaaaaaaaaaaaa"):
        with pytest.raises(WeakPassword):
            tracker.file(as_(dwp.NORA, workbook), None, JUNE, weak)
    made = tracker.file(as_(dwp.NORA, workbook), None, JUNE, PASSWORD)
    assert not made.startswith(b"PK") and msoffcrypto.OfficeFile(io.BytesIO(made)).is_encrypted()


def test_the_file_has_dates_and_numbers_and_no_formula(workbook: House) -> None:
    row = opened(tracker.file(as_(dwp.NORA, workbook), None, JUNE, PASSWORD))[0]
    assert row["Start date"].date() == date(2024, 5, 14) and row["Appointments attended"] == 2
    assert row["Training: type"] == "=food hygiene" and row["Barrier: other health"] == "yes"


def test_it_can_be_made_for_one_mentor(workbook: House) -> None:
    rows = opened(tracker.file(as_(dwp.NORA, workbook), None, JUNE, PASSWORD, dwp.OMAR.mentor))
    assert [row["Our reference"] for row in rows] == ["C0002"]


def test_whoever_withdrew_or_never_agreed_is_in_no_line(workbook: House) -> None:
    """RM53, RM54: withdrawn and no customer stays out; a customer since stays in."""
    ctx = as_(dwp.NORA, workbook)
    mentee = records.ground(ctx).get(Mentees, dwp.OTHER_MENTEE_ID)
    put(
        workbook, Mentees, "GRP-NOCONS", name="No Yes", date_of_birth=date(1979, 1, 1), is_customer=False,
        status="active",
    )  # fmt: skip
    put(
        workbook, Cases, "CAS-NOCONS", number="C0009", mentee="GRP-NOCONS", mentor=dwp.DEE.mentor, area="8",
        received_on=date(2024, 5, 1), route="Third party", started_on=date(2024, 5, 14),
    )  # fmt: skip
    _set(ctx, mentee, consent_withdrawn_on=date(2024, 7, 1))
    made = tracker.of_month(ctx, None, JUNE)
    assert list(by_number(made)) == ["C0003"] and (made.left_out, made.without_consent) == (1, 1)
    _set(ctx, records.kept(ctx).get(Mentees, mentee.id), is_customer=True)
    assert sorted(by_number(tracker.of_month(ctx, None, JUNE))) == ["C0002", "C0003"]


def _set(ctx: Context, mentee: Row, **values: Any) -> None:
    from services.store.interface import Needs

    records.commit(
        ctx, op(), "consent.record", sorted(values), Needs(rows=((Mentees.tab, mentee.id),)),
        lambda fresh: [records.Edit(Mentees, mentee.id, values)],
    )  # fmt: skip


def test_sending_it_keeps_every_line_sealed_as_it_was(workbook: House) -> None:
    ctx = as_(dwp.NORA, workbook)
    contract = records.ground(ctx).get(Contracts, dwp.CONTRACT_ID)
    tracker.send(ctx, op(), contract, JUNE, {"sent_on": LATER})
    row = returns.sent_row(ctx, contract, ReturnKind.TRACKER, JUNE)
    assert row is not None and returns.is_as_sent(ctx, row)
    lines = records.ground(ctx).where(ReturnLines, "sent", row.id)
    assert {line["mentee"] for line in lines} == {"GRP-ALEXTY", dwp.OTHER_MENTEE_ID}
    assert all(line["content"].token.startswith("sealed:") for line in lines)
    with pytest.raises(NotYet, match="sent already"):
        tracker.send(ctx, op(), contract, JUNE, {"sent_on": LATER})
    with pytest.raises(NotAllowed):
        tracker.send(as_(dwp.COLIN, workbook), op(), contract, JUNE, {"sent_on": LATER})


def buyers() -> bytes:
    book = Workbook()
    book.active.title = "Cover"
    sheet = book.create_sheet("Mentees")
    sheet["A3"], sheet["C3"] = "Start", "Reference"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_buyers_own_workbook_is_filled_through_the_map() -> None:
    at = {"sheet": "Mentees", "first_row": "4", "number": "C", "started_on": "A"}
    rows = [{"number": "=C1", "started_on": date(2024, 5, 14)}, {"number": "C2"}]
    sheet = load_workbook(io.BytesIO(buyer_books.with_rows(buyers(), at, rows)))["Mentees"]
    assert (sheet["C3"].value, sheet["C4"].value, sheet["C4"].data_type, sheet["C5"].value) == (
        "Reference",
        "=C1",
        "s",
        "C2",
    )
    assert sheet["A4"].value.date() == date(2024, 5, 14)


@pytest.mark.parametrize("at", [{"sheet": "Other"}, {"sheet": "Mentees", "number": "nowhere!"}])
def test_a_map_that_does_not_fit_is_told(at: dict[str, str]) -> None:
    with pytest.raises(TemplateProblem):
        buyer_books.with_rows(buyers(), at, [{"number": "C1"}])


def test_a_workbook_without_a_map_is_refused_in_words(workbook: House) -> None:
    with pytest.raises(NotYet, match="which column"):
        tracker.file(as_(dwp.NORA, workbook), None, JUNE, PASSWORD, book=buyers())
