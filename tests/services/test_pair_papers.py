"""The papers of a pair and the review, opened and read (W2, W3, W5, P7, W11, RM74); bundles without confidences."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document

from schemas.assignments import Assignments
from schemas.errors import NotAllowed, NotYet
from schemas.requests import Requests
from services import answers, bundle, diaries, pair_papers, requests, reviews, sheets
from services.workbook import Workbook
from tests import powys, wmtd
from tests.cast import op
from tests.powys import BETH, DORA
from tests.services.attempts_of_pairs import NOTES
from tests.wmtd import CLEM, EDIE, KIT, MOIRA, PAIR_ID, ROO, SHEET_ID, SIGNED_ID, UNTRAINED_ID

APPENDIX = (
    "Date", "Name of Supporter", "Name of Supportee", "Meeting at (location)", "Why we met today", "What we did",
    "What we achieved", "What we need to do next time", "Date and time of next meeting", "Signed (Supporter)",
    "Signed (Supportee)",
)  # fmt: skip


@pytest.fixture
def service(tmp_path: Path) -> Workbook:
    return wmtd.new_workbook(tmp_path / "workbook.sqlite3")


@pytest.fixture
def council(tmp_path: Path) -> Workbook:
    return powys.new_workbook(tmp_path / "council.sqlite3")


def rows_of(docx: bytes) -> list[tuple[str, ...]]:
    """Every row of every table."""
    tables = Document(io.BytesIO(docx)).tables
    return [tuple(cell.text for cell in row.cells) for table in tables for row in table.rows]


def words_of(docx: bytes) -> str:
    """Every paragraph and cell."""
    document = Document(io.BytesIO(docx))
    return "\n".join(
        [*(each.text for each in document.paragraphs), *("\t".join(row) for row in rows_of(docx))]
    )


def test_the_record_sheet_has_the_appendix_s_fields_in_its_order_and_no_other(service: Workbook) -> None:
    """W3."""
    rows = rows_of(pair_papers.sheet(wmtd.as_(KIT, service), SIGNED_ID, "en"))
    assert tuple(name for name, _ in rows) == APPENDIX
    assert dict(rows)["What we did"] == "A curry"
    assert dict(rows)["Signed (Supportee)"] == "Signed on 16 September 2026"


def test_a_sheet_to_fill_in_by_hand_has_the_names_alone(service: Workbook) -> None:
    rows = dict(rows_of(pair_papers.blank_sheet(wmtd.as_(KIT, service), PAIR_ID, "cy")))
    assert [words for words in rows.values() if words] == ["Kit Marlow", "Lou Tandy"]
    with pytest.raises(NotAllowed):
        pair_papers.sheet(wmtd.as_(ROO, service), SHEET_ID, "en")


def test_the_agreement_says_what_was_agreed_and_whom_each_can_go_to(service: Workbook) -> None:
    """W2, W13."""
    said = words_of(pair_papers.agreement(wmtd.as_(CLEM, service), PAIR_ID, "en"))
    for words in ("Getting on alone", "Three meals", "Be on time", "10 August 2026", "Lou Tandy\tClem Adair"):
        assert words in said
    with pytest.raises(NotYet, match="no agreement yet"):
        pair_papers.agreement(wmtd.as_(CLEM, service), wmtd.NEW_PAIR_ID, "en")


def test_a_certificate_is_for_the_whole_of_the_training(service: Workbook) -> None:
    """W5."""
    said = words_of(pair_papers.certificate(wmtd.as_(KIT, service), KIT.mentor, "en"))
    assert "finished on 16 March 2026" in said
    assert "health and safety\t16 March 2026" in said
    with pytest.raises(NotYet, match="Training still to come"):
        pair_papers.certificate(wmtd.as_(CLEM, service), UNTRAINED_ID, "en")
    with pytest.raises(NotAllowed):
        pair_papers.certificate(wmtd.as_(KIT, service), ROO.mentor, "en")


def test_the_review_hides_small_counts_and_means_of_few(service: Workbook) -> None:
    """RM74: five answered how safe they feel, four how useful it is."""
    for n in range(5):
        given = {"side": "supportee", "safe": Decimal(4), "useful": Decimal(5) if n < 4 else None}
        answers.give(wmtd.as_(KIT, service), given)
    wmtd.emptied(service)
    found = reviews.review(wmtd.as_(EDIE, service))
    supportees = next(each for each in found.voices if each.side == "supportee")
    assert (supportees.count, supportees.means["safe"], supportees.means["useful"]) == (
        5,
        Decimal("4.0"),
        None,
    )
    said = words_of(pair_papers.review(wmtd.as_(EDIE, service), "Cook more.", "en"))
    assert "Cook more." in said
    assert "Pairs\trunning\t–" in said
    assert "fewer than 5" in said


def test_how_pairs_ended_does_not_give_away_how_many_run(service: Workbook) -> None:
    """RM74: two run, which is too few to say; six ended, all as agreed, of eight that were matched."""
    common = {"matched_how": "by staff", "matched_why": "Both cook.", "starts_on": date(2026, 5, 4)}
    for n in range(6):
        wmtd.CAST.put(
            service, Assignments, f"ASG-NDDPR{n}", mentor=KIT.mentor, mentee=wmtd.OTHER_ID, status="ended",
            ends_on=date(2026, 7, 6), ending="agreed by both", **common,
        )  # fmt: skip
    found = {each.title: each.figures for each in reviews.review(wmtd.as_(EDIE, service)).sections}
    assert sum(each.count or 0 for each in found["How they were matched"]) == 8
    assert {each.count for each in (*found["Pairs"], *found["How pairs ended"])} == {None}


def test_the_review_says_an_answer_once_and_every_mean_with_one_decimal(service: Workbook) -> None:
    """W11: one deed may answer two voices; 4 beside 4.5 looks like another scale."""
    ctx, clem = wmtd.as_(EDIE, service), wmtd.as_(CLEM, service)
    for n in range(5):
        given = {"side": "supportee", "safe": Decimal(4), "useful": Decimal(4 + n % 2)}
        answers.give(wmtd.as_(KIT, service), given)
    wmtd.emptied(service)
    for row in answers.listed(clem):
        answers.respond(clem, op(), row, "The kitchen is open on Mondays.")
    said = words_of(pair_papers.review(ctx, "", "en"))
    assert said.count("The kitchen is open on Mondays.") == 1
    assert "supportee\t5\t4.4\t–\t4.0" in said


def test_the_review_of_powys_is_for_its_committee_a_year_after_the_start(council: Workbook) -> None:
    """P7."""
    ctx = powys.as_(DORA, council)
    assert reviews.due_on(ctx) == date(2026, 12, 1)
    assert "Democratic Services Committee" in words_of(pair_papers.review(ctx, "", "en"))
    with pytest.raises(NotAllowed):
        reviews.review(powys.as_(BETH, council))


def test_a_council_with_a_welsh_name_is_called_by_it_in_welsh(council: Workbook) -> None:
    """X7."""
    ctx = powys.as_(DORA, council)
    assert "Gan\tCyngor Sir Powys" in words_of(pair_papers.review(ctx, "", "cy"))
    assert "From\tPowys County Council" in words_of(pair_papers.review(ctx, "", "en"))


def test_a_bundle_opens_neither_notes_diaries_nor_unsigned_answers(
    service: Workbook, council: Workbook
) -> None:
    """RM72, RM78, RM79: whoever makes a bundle reads it."""
    diaries.write(
        wmtd.as_(KIT, service), op(), {"written_on": date(2026, 10, 6), "words": "Kit Marlow is afraid."}
    )
    answers.give(wmtd.as_(ROO, service), {"side": "supportee", "words": "Kit Marlow is late."})
    for module, workbook, manager, record in (
        (wmtd, service, MOIRA, KIT.mentor),
        (powys, council, powys.HELEN, BETH.mentor),
    ):
        ctx = module.as_(manager, workbook)
        given = {"kind": "access", "person": "Who asks", "answer_to": None, "received_on": date(2026, 10, 1)}
        ((_, cells),) = requests.receive(ctx, op(), given).saved
        known = {"record": record, "known_as": (), "identity_how": "met", "identity_on": ctx.today}
        requests.identify(ctx, op(), module.CAST.row_of(workbook, Requests, cells["_id"]), known)
        row = module.CAST.row_of(workbook, Requests, cells["_id"])
        made = str(bundle.made(ctx, row, "en"))
        assert (module is powys) or "datetime.date(2026, 10, 6)" in made, (
            "that there was an entry is theirs to know"
        )
        for words in ("is afraid", "is late", NOTES):
            assert words not in made
    assert sheets.notes(powys.as_(BETH, council), "SES-CHAJRS") == NOTES
