"""What a pair writes down of its meetings: the record sheet, both signatures, notes for the two alone (P5, W3).

Which fields a sheet has, whether it is signed and whether staff read it is the programme's data. What both signed is
never changed: a dated correction is added beside it (RM77). Notes between the two are sealed, opened by the pair's
mentor alone, and each view is logged (RM71, RM72).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from schemas.assignments import Assignments, AssignmentStatus
from schemas.column import Row, new_id
from schemas.errors import InvalidEntry, NotYet
from schemas.mentees import Mentees
from schemas.mentors import Mentors
from schemas.scans import Scans
from schemas.words import N_, Message, day_words, message
from schemas.work import Sessions, SessionStatus
from services import access, courses, records, scans, steps
from services.context import Context
from services.records import Edit, FreshRows, Intent, New, Values
from services.scans import Paper
from services.store.interface import Needs, Receipt

WRITE, SEE, OPEN = "sheets.write", "sheets.see", "pair_notes.open"
# What officers see of a meeting where its words stay between the two (P5).
DATES = ("held_on", "next_on", "next_at")
NOTES = "pair_notes"
SIGNED_ON = {"mentor": "signed_mentor_on", "mentee": "signed_mentee_on"}
Side = Literal["mentor", "mentee"]
SCAN = Sessions.columns["scan"]


def fields(ctx: Context) -> tuple[str, ...]:
    """The columns of a sheet, in the programme's order."""
    return courses.terms(ctx.programme).sheet


def is_read_by(ctx: Context) -> bool:
    """Whether the actor reads the words of sheets: a mentor the own ones, staff where the programme says so."""
    return access.may(ctx, WRITE) or (access.may(ctx, SEE) and courses.terms(ctx.programme).staff_read)


def listed(ctx: Context, pair: str) -> list[Row]:
    """A pair's meetings, the newest first; where their words stay between the two, staff see their dates alone."""
    access.require(ctx, WRITE if access.may(ctx, WRITE) else SEE)
    rows = records.view(ctx)
    rows.get(Assignments, pair)
    found = [_as_seen(ctx, row) for row in rows.where(Sessions, "assignment", pair)]
    return sorted(found, key=lambda row: (row["held_on"], row.id), reverse=True)


def _as_seen(ctx: Context, row: Row) -> Row:
    if is_read_by(ctx):
        return row
    kept = {*DATES, "mentor", "mentee", "assignment", "status", "programme"}
    return Row({name: value if name in kept or name.startswith("_") else None for name, value in row.items()})


def get(ctx: Context, id_: str) -> Row:
    """One sheet with its words; refused where they stay between the two (RM71, RM75, RM76)."""
    if not is_read_by(ctx):
        access.refuse(ctx, SEE, id_)
    return records.view(ctx).get(Sessions, id_)


def notes(ctx: Context, id_: str) -> str:
    """What is noted between the two, for the pair's own mentor alone; the view is logged by id (RM71, RM72)."""
    access.require(ctx, OPEN)
    row = records.view(ctx).get(Sessions, id_)
    if row["mentor"] != ctx.actor.mentor:
        access.refuse(ctx, OPEN, id_)
    return records.unseal(ctx, row, NOTES, OPEN)


def is_signed(row: Row) -> bool:
    """Whether both have signed it."""
    return row["signed_mentor_on"] is not None and row["signed_mentee_on"] is not None


def write(ctx: Context, op_id: str, pair: str, values: Values, shown: Row | None = None) -> Receipt:
    """Write a meeting down, or mend what is not signed by both; a signature given before falls with the change."""
    typed = steps.only(ctx, WRITE, values, fields(ctx))
    now_typed = {**(shown or {}), **typed}
    steps.needed(Sessions, now_typed, "held_on")
    _in_order(ctx, now_typed)

    def decide(fresh: FreshRows) -> list[Intent]:
        row = _own_pair(ctx, fresh, pair)
        _not_before_the_first(row, now_typed["held_on"])
        if shown is None:
            own = {"mentor": row["mentor"], "mentee": row["mentee"], "assignment": row.id}
            return [New(Sessions, {**typed, **own, "status": SessionStatus.IN}, new_id(Sessions.prefix))]
        now = _open(ctx, fresh, shown, pair)
        unsigned = (
            dict.fromkeys((*SIGNED_ON.values(), "signed_how", "scan")) if _changes(ctx, now, typed) else {}
        )
        return [Edit(Sessions, now.id, {**typed, **unsigned}, shown=shown)]

    needs = Needs(rows=((Assignments.tab, pair), (Sessions.tab, shown.id if shown else "")))
    return records.commit(ctx, op_id, WRITE, [pair, shown.id if shown else "", typed], needs, decide)


def _changes(ctx: Context, now: Row, typed: Values) -> bool:
    """Whether the words change that somebody may have signed."""
    return any(now[name] != value for name, value in typed.items() if name != NOTES)


def _in_order(ctx: Context, typed: Mapping[str, Any]) -> None:
    steps.not_ahead(ctx, Sessions, "held_on", typed["held_on"])
    following: date | None = typed.get("next_on")
    if following is not None and following < typed["held_on"]:
        words = Message(N_("can't be before this meeting."))
        raise InvalidEntry([Sessions.columns["next_on"].problem(words)])


def _not_before_the_first(pair: Row, held_on: date) -> None:
    if pair["first_met_on"] and held_on < pair["first_met_on"]:
        words = Message(N_("can't be before the first meeting."))
        raise InvalidEntry([Sessions.columns["held_on"].problem(words)])


def _own_pair(ctx: Context, fresh: FreshRows, pair: str) -> Row:
    row = fresh.find(Assignments, pair)
    if row is None or row["mentor"] != ctx.actor.mentor:
        access.refuse(ctx, WRITE, pair)
    if row["status"] != AssignmentStatus.APPROVED:
        raise NotYet(
            Message(N_("This pair is not running.")),
            Message(N_("Sheets belong to meetings after the first one, and before the end.")),
        )
    return row


def _open(ctx: Context, fresh: FreshRows, shown: Row, pair: str) -> Row:
    now = fresh.find(Sessions, shown.id)
    if now is None or now["assignment"] != pair or now["mentor"] != ctx.actor.mentor:
        access.refuse(ctx, WRITE, shown.id)
    if is_signed(now):
        raise NotYet(
            Message(N_("Both of you have signed this sheet.")),
            Message(N_("Add a correction: it stands beside it with its day.")),
        )
    return now


def is_on_paper(ctx: Context, how: str) -> bool:
    """Whether this way of signing leaves a paper, of which a photo or scan is kept (W3)."""
    return bool(how) and how == courses.terms(ctx.programme).on_paper


def sign(
    ctx: Context, op_id: str, shown: Row, sides: tuple[Side, ...], how: str, paper: bytes = b""
) -> Receipt:
    """Sign a sheet, for oneself or both together: on the screen, or by the printed sheet, which is kept with it (W3)."""
    access.require(ctx, WRITE)
    steps.needed(Sessions, {"signed_how": how}, "signed_how")
    if not courses.terms(ctx.programme).is_signed:
        access.refuse(ctx, WRITE, shown.id)
    scan, made = _scanned(ctx, shown, paper) if is_on_paper(ctx, how) else ("", [])

    def decide(fresh: FreshRows) -> list[Intent]:
        now = _open(ctx, fresh, shown, shown["assignment"])
        signed: dict[str, Any] = {
            SIGNED_ON[side]: ctx.today for side in sides if now[SIGNED_ON[side]] is None
        }
        signed |= {"signed_how": how} | ({"scan": scan} if scan else {})
        after = Row(now, **signed)
        status = {"status": SessionStatus.ACCEPTED} if is_signed(after) else {}
        return [*made, Edit(Sessions, now.id, {**signed, **status}, shown=shown, signs=True)]

    needs = Needs(rows=((Sessions.tab, shown.id),))
    content = [shown.id, sides, how, scans.digest(paper)]
    return records.commit(ctx, op_id, WRITE, content, needs, decide)


def _scanned(ctx: Context, shown: Row, paper: bytes) -> tuple[str, list[Intent]]:
    """The id and the rows of the paper that both signed; it can't be left out."""
    if not paper:
        raise InvalidEntry([SCAN.problem(Message(N_("is needed: a photo or scan of it, signed by both.")))])
    id_ = new_id(Scans.prefix)
    return id_, scans.kept(ctx, id_, scans.prepared(paper, SCAN), shown["mentee"])


def scan(ctx: Context, id_: str) -> Paper:
    """The paper that both signed, for who may open the sheet itself (RM75, RM76); each view is logged by id."""
    row = get(ctx, id_)
    if not row["scan"]:
        raise NotYet(Message(N_("There is no photo or scan of it.")), scans.ASK)
    return scans.read(ctx, row, SCAN.name)


def correct(ctx: Context, op_id: str, shown: Row, words: str) -> Receipt:
    """Add a dated correction beside what both signed; what stands there stays (RM77)."""
    steps.needed(Sessions, {"corrections": words}, "corrections")

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.find(Sessions, shown.id)
        if now is None or now["mentor"] != ctx.actor.mentor:
            access.refuse(ctx, WRITE, shown.id)
        if not is_signed(now):
            raise NotYet(
                Message(N_("This sheet is not signed by both yet.")), Message(N_("Change it itself."))
            )
        line = f"{day_words(ctx.today, ctx.language)}, {ctx.actor.name}: {words.strip()}"
        lines = "\n".join(filter(None, (now["corrections"], line)))
        return [Edit(Sessions, now.id, {"corrections": lines}, shown=shown)]

    needs = Needs(rows=((Sessions.tab, shown.id),))
    return records.commit(ctx, op_id, WRITE, [shown.id, words], needs, decide)


def names(ctx: Context, row: Row) -> tuple[str, str]:
    """Who met: mentor and mentee by name."""
    rows = records.view(ctx)
    return rows.name(Mentors, row["mentor"]), rows.name(Mentees, row["mentee"])


def state(ctx: Context, row: Row) -> Message:
    """Whether a sheet is signed, in words."""
    if is_signed(row):
        return message(
            N_("signed by both on {day}"), day=max(row["signed_mentor_on"], row["signed_mentee_on"])
        )
    if row["signed_mentor_on"] or row["signed_mentee_on"]:
        return Message(N_("one signature is missing"))
    return Message(N_("not signed yet"))
