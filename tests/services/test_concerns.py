"""A safeguarding concern goes to the lead and the deputy, and to no one else (D30, W10, RM80, RM81)."""

import io
import logging
from datetime import date
from pathlib import Path

import pytest

from schemas.cases import Concerns
from schemas.column import Role, Row
from schemas.errors import InvalidEntry, NotAllowed, NotFound, NotYet
from schemas.people import People
from schemas.requests import Requests
from services import (
    access,
    bundle,
    concerns,
    due,
    erasure,
    exports,
    history,
    people_register,
    records,
    repairs,
    requests,
)
from services.context import Actor, Context
from services.people import actor_of
from services.workbook import Workbook
from tests.cast import op
from tests.dwp import (
    ANDY,
    CAST,
    COLIN,
    DEE,
    ELSA,
    FERN,
    MENTEE_ID,
    NORA,
    NOW,
    OMAR,
    as_,
    new_workbook,
    put,
    row_of,
)

WORDS = "Rowan Pike said the man at home hits the children."
PASSWORD = "slate otter lantern tide"  # noqa: S105 - a test's own


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    """Fern, of finance, is the lead; Andy, the administrator, the deputy: the duty goes with no role."""
    workbook = new_workbook(tmp_path / "workbook.sqlite3")
    for by, who, duty in (
        (NORA, FERN, "safeguarding lead"),
        (NORA, ANDY, "deputy safeguarding lead"),
    ):
        row = row_of(workbook, People, who.id)
        given = {name: row[name] for name in people_register.FIELDS} | {"duty": duty}
        people_register.change(as_(by, workbook), op(), row, given)
    return workbook


def on_duty(actor: Actor, workbook: Workbook) -> Context:
    """As the next click makes them: with what People says of their duty."""
    return as_(actor_of(row_of(workbook, People, actor.id)), workbook)


def raise_one(workbook: Workbook, who: Actor = DEE, **more: object) -> Row:
    given = {"about": "Rowan Pike", "words": WORDS, "is_urgent": True, **more}
    saved = concerns.raise_one(as_(who, workbook), op(), given).saved
    (id_,) = [cells["_id"] for tab, cells in saved if tab == Concerns.tab]
    return row_of(workbook, Concerns, id_)


def test_it_is_at_once_with_the_lead_and_the_deputy(
    workbook: Workbook, caplog: pytest.LogCaptureFixture
) -> None:
    row = raise_one(workbook)
    caplog.set_level(logging.INFO)
    for holder in (FERN, ANDY):
        ctx = on_duty(holder, workbook)
        (found,) = [each for each in due.of(ctx) if each.kind == "concern"]
        assert (found.on, found.params) == (NOW.date(), {"id": row.id})
        assert [each.id for each in concerns.listed(ctx)] == [row.id]
        assert concerns.opened(ctx, row) == {"about": "Rowan Pike", "words": WORDS, "actions": ""}
        assert concerns.raised_by(ctx, row) == "Dee Flint"
        assert f"opened column=words record={row.id} actor={holder.id}" in caplog.text
    assert "Rowan" not in caplog.text


@pytest.mark.parametrize("actor", [NORA, COLIN, DEE, OMAR], ids=lambda actor: actor.name)
def test_managers_co_ordinators_and_mentors_may_raise_one(workbook: Workbook, actor: Actor) -> None:
    """RM80."""
    assert raise_one(workbook, actor)["raised_by"] == actor.id


@pytest.mark.parametrize("actor", [FERN, ELSA, ANDY], ids=lambda actor: actor.name)
def test_the_others_may_not(workbook: Workbook, actor: Actor) -> None:
    """RM80."""
    with pytest.raises(NotAllowed):
        raise_one(workbook, actor)


def test_an_empty_one_is_not_sent(workbook: Workbook) -> None:
    with pytest.raises(InvalidEntry):
        concerns.raise_one(as_(DEE, workbook), op(), {"about": "Rowan Pike", "words": "", "is_urgent": None})


def test_whoever_raised_it_sees_that_it_arrived_and_when_and_no_more(workbook: Workbook) -> None:
    row = raise_one(workbook)
    lead = on_duty(FERN, workbook)
    concerns.take_up(lead, op(), row)
    (own,) = concerns.mine(as_(DEE, workbook))
    assert {name for name, value in own.items() if value is not None} == {
        "_id",
        "programme",
        "raised_by",
        "raised_at",
    }
    assert own["raised_at"] == NOW
    for deed in (
        lambda: concerns.opened(as_(DEE, workbook), own),
        lambda: concerns.listed(as_(DEE, workbook)),
        lambda: concerns.take_up(as_(DEE, workbook), op(), own),
        lambda: concerns.unreadable(as_(DEE, workbook)),
    ):
        with pytest.raises(NotAllowed):
            deed()


@pytest.mark.parametrize("actor", [NORA, COLIN, OMAR, ELSA], ids=lambda actor: actor.name)
def test_no_other_manager_co_ordinator_mentor_or_evaluator_sees_that_there_is_one(
    workbook: Workbook, actor: Actor
) -> None:
    row = raise_one(workbook)
    ctx = as_(actor, workbook)
    assert not records.view(ctx).all(Concerns)
    assert not concerns.mine(ctx)
    assert not any(each.kind == "concern" for each in due.of(ctx))
    with pytest.raises(NotFound):
        records.view(ctx).get(Concerns, row.id)
    with pytest.raises(NotAllowed):
        concerns.opened(ctx, row)


def test_the_lead_takes_it_up_closes_it_and_takes_it_up_again(workbook: Workbook) -> None:
    row, lead, deputy = raise_one(workbook), on_duty(FERN, workbook), on_duty(ANDY, workbook)
    concerns.take_up(lead, op(), row)
    now = row_of(workbook, Concerns, row.id)
    assert (now["status"], now["taken_up_by"], now["taken_up_on"]) == ("taken up", "Fern Oakes", NOW.date())
    assert not any(each.kind == "concern" for each in due.of(deputy))
    with pytest.raises(NotYet):
        concerns.take_up(deputy, op(), now)
    concerns.close(lead, op(), now, {"actions": "Told the council.", "closed_on": NOW.date()})
    now = row_of(workbook, Concerns, row.id)
    assert now["status"] == "closed"
    assert concerns.opened(deputy, now)["actions"] == "Told the council."
    concerns.take_up(deputy, op(), now)
    assert row_of(workbook, Concerns, row.id)["status"] == "taken up"


def test_nothing_of_it_stands_open_in_the_workbook(workbook: Workbook) -> None:
    """Whoever may open the sheet reads neither what nor about whom (X6)."""
    raise_one(workbook)
    (cells,) = workbook.store.read(Concerns.tab).rows[Concerns.tab]
    assert "Rowan" not in str(cells) and MENTEE_ID not in str(cells)
    assert not any(column.to for column in Concerns.columns.values())
    audit = [entry for entry in workbook.store.audit(50) if entry["register"] == Concerns.tab]
    assert audit and "Rowan" not in str(audit) and MENTEE_ID not in str(audit)


def test_it_is_in_no_history_page_of_anybody(workbook: Workbook) -> None:
    """Not of the manager who raised it, nor of the administrator who is deputy in the list of all changes."""
    row = raise_one(workbook, NORA)
    for ctx in (as_(NORA, workbook), on_duty(ANDY, workbook)):
        assert all(tab != Concerns.tab for tab, *_ in history.newest(ctx))
    with pytest.raises(NotAllowed):
        history.of_record(as_(NORA, workbook), Concerns, row.id)
    assert history.of_record(on_duty(ANDY, workbook), Concerns, row.id)


def test_it_is_in_no_export(workbook: Workbook) -> None:
    import openpyxl

    raise_one(workbook, NORA)
    file = exports.whole_workbook(as_(NORA, workbook), PASSWORD)
    book = openpyxl.load_workbook(io.BytesIO(opened(file)))
    assert "Complaints" in book.sheetnames and "Concerns" not in book.sheetnames


def opened(file: bytes) -> bytes:
    """A protected Office file, opened with its password."""
    import msoffcrypto

    out, locked = io.BytesIO(), msoffcrypto.OfficeFile(io.BytesIO(file))
    locked.load_key(password=PASSWORD)
    locked.decrypt(out)
    return out.getvalue()


def test_a_wrong_cell_of_one_is_told_to_the_lead_and_to_nobody_else(workbook: Workbook) -> None:
    with pytest.raises(NotFound):
        put(workbook, Concerns, "SAF-BROKEN", raised_by=DEE.id, words="x")
    lead, deputy = on_duty(FERN, workbook), on_duty(ANDY, workbook)
    assert concerns.unreadable(lead) == 1
    assert [each.page for each in due.of(lead) if each.kind == "concern"] == ["concerns"]
    assert any(row.register is Concerns for row in repairs.report(deputy).rows)
    told = repairs.report(as_(NORA, workbook))
    assert Concerns.tab not in told.counts and not any(row.register is Concerns for row in told.rows)
    assert not any(each.kind in ("concern", "sheet") for each in due.of(as_(NORA, workbook)))


def test_nothing_deletes_it(workbook: Workbook) -> None:
    """RM81: not undoing, not a period, not the erasure of the person it is about or of whoever raised it."""
    row = raise_one(workbook, NORA)
    ctx = as_(NORA, workbook)
    change = workbook.store.audit(1)[0]
    with pytest.raises(NotYet):
        history.undo(ctx, op(), change["op_id"])
    before = workbook.store.read(Concerns.tab).rows[Concerns.tab]
    put(workbook, People, "PER-SECOND", name="Rhys Tudor", email="rhys.tudor@example.org",
        role=Role.MANAGER, status="active")  # fmt: skip
    second = as_(actor_of(row_of(workbook, People, "PER-SECOND")), workbook)
    asked = ask(workbook, "erasure", DEE.mentor, "Dee Flint", ("Rowan Pike",))
    put_left(workbook)
    assert all(part.tab != Concerns.tab for part in erasure.preview(ctx, asked).parts)
    erasure.propose(ctx, op(), asked, "She asked for it.")
    erasure.confirm(second, op(), row_of(workbook, Requests, asked.id))
    assert workbook.store.read(Concerns.tab).rows[Concerns.tab] == before
    assert concerns.opened(on_duty(FERN, workbook), row)["words"] == WORDS
    assert not [name for name in vars(concerns) if "delete" in name or "archive" in name]


def ask(workbook: Workbook, kind: str, record: str, name: str, known_as: tuple[str, ...] = ()) -> Row:
    ctx = as_(NORA, workbook)
    given = {"kind": kind, "person": name, "answer_to": "by post", "received_on": ctx.today}
    saved = requests.receive(ctx, op(), given).saved
    (id_,) = [cells["_id"] for tab, cells in saved if tab == Requests.tab]
    known = {
        "record": record,
        "known_as": known_as,
        "identity_how": "met",
        "identity_on": ctx.today,
    }
    requests.identify(ctx, op(), row_of(workbook, Requests, id_), known)
    return row_of(workbook, Requests, id_)


def put_left(workbook: Workbook) -> None:
    """Dee has left, so that nothing stands against erasing her."""
    from schemas.cases import Cases
    from schemas.mentors import Mentors
    from services.store.interface import Needs, Operation, Update

    left = {"status": "left", "left_on": "2024-05-31"}
    was = dict.fromkeys(left, "")
    (cells,) = [
        each for each in workbook.store.read(Mentors.tab).rows[Mentors.tab] if each["_id"] == DEE.mentor
    ]
    was |= {"status": cells["status"]}
    (case,) = [
        each for each in workbook.store.read(Cases.tab).rows[Cases.tab] if each["mentor"] == DEE.mentor
    ]
    changes = [
        Update(Mentors.tab, DEE.mentor, left, was),
        Update(Cases.tab, case["_id"], {"mentor": OMAR.mentor}, {"mentor": DEE.mentor}),
    ]
    needs = Needs(rows=((Mentors.tab, DEE.mentor), (Cases.tab, case["_id"])))
    workbook.take(
        workbook.store.commit(Operation(op(), "", "test", "start", NOW, "dwp"), needs, lambda fresh: changes)
    )


def test_a_person_s_own_bundle_says_who_answers_for_concerns_and_holds_none(workbook: Workbook) -> None:
    raise_one(workbook)
    asked = ask(workbook, "access", DEE.mentor, "Dee Flint", ("Rowan Pike",))
    found = bundle.made(as_(NORA, workbook), asked, "en")
    said = str([sheet.rows for sheet in (*found.own, found.changes, found.mentions)])
    assert "children" not in said and "Concerns" not in said
    paper = bundle._paper(as_(NORA, workbook), found)
    assert any("safeguarding lead answers" in line for line in paper.intro)


def test_consent_withdrawn_hides_no_concern_from_the_lead(workbook: Workbook) -> None:
    """Safety does not rest on consent: a concern is tied to no record that goes out of use (D3)."""
    assert "mentee" not in Concerns.columns


def test_it_is_kept_while_nobody_holds_the_duty_and_somebody_is_asked_to_be_named(tmp_path: Path) -> None:
    workbook = new_workbook(tmp_path / "bare.sqlite3")
    raise_one(workbook)
    assert not concerns.holders(as_(DEE, workbook))
    for actor in (NORA, ANDY):
        assert [each.page for each in due.of(as_(actor, workbook)) if each.kind == "duty"] == ["people"]
    assert not any(each.kind == "duty" for each in due.of(as_(COLIN, workbook)))


# --- the duty --------------------------------------------------------------------------------------


def test_everybody_knows_whom_to_turn_to(workbook: Workbook) -> None:
    for actor in CAST:
        named = concerns.holders(as_(actor, workbook))
        assert [(each.duty, each.name) for each in named] == [
            ("safeguarding lead", "Fern Oakes"),
            ("deputy safeguarding lead", "Andy Marr"),
        ]


def test_nobody_gives_themselves_the_duty(workbook: Workbook) -> None:
    row = row_of(workbook, People, NORA.id)
    given = {name: row[name] for name in people_register.FIELDS} | {"duty": "safeguarding lead"}
    with pytest.raises(NotYet):
        people_register.change(as_(NORA, workbook), op(), row, given)


def test_only_a_manager_or_an_administrator_gives_it(workbook: Workbook) -> None:
    row = row_of(workbook, People, ELSA.id)
    given = {name: row[name] for name in people_register.FIELDS} | {"duty": "safeguarding lead"}
    for actor in (COLIN, DEE, FERN):
        with pytest.raises(NotAllowed):
            people_register.change(as_(actor, workbook), op(), row, given)


def test_one_person_holds_each_duty(workbook: Workbook) -> None:
    row = row_of(workbook, People, ELSA.id)
    given = {name: row[name] for name in people_register.FIELDS} | {"duty": "safeguarding lead"}
    with pytest.raises(InvalidEntry) as caught:
        people_register.change(as_(NORA, workbook), op(), row, given)
    assert "Take it from them first" in str(caught.value)


def test_whoever_loses_the_duty_reads_nothing_at_the_next_click(workbook: Workbook) -> None:
    row = raise_one(workbook)
    lead = row_of(workbook, People, FERN.id)
    given = {name: lead[name] for name in people_register.FIELDS} | {"duty": None}
    people_register.change(as_(NORA, workbook), op(), lead, given)
    with pytest.raises(NotAllowed):
        concerns.opened(on_duty(FERN, workbook), row)
    assert access.scope(on_duty(FERN, workbook), Concerns.tab) is access.Scope.OWN


def test_the_date_of_closing_is_no_later_than_today(workbook: Workbook) -> None:
    row, lead = raise_one(workbook), on_duty(FERN, workbook)
    concerns.take_up(lead, op(), row)
    now = row_of(workbook, Concerns, row.id)
    with pytest.raises(InvalidEntry):
        concerns.close(lead, op(), now, {"actions": "x", "closed_on": date(2024, 6, 13)})
