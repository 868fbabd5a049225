"""Receipts, photographed or on paper: checked by what is in them, made small, kept sealed in pieces (L6, RM68).

A file is taken for what its first bytes say, whatever it is called. A picture is opened, turned upright, made smaller
and saved anew, so that nothing else that stood in it is kept, nor where it was taken. A PDF is kept as bytes and
opened nowhere here. The content is in no list, search or export; whoever may see the claim may see it.
"""

import base64
import hashlib
import io
from dataclasses import dataclass
from typing import Any

from schemas.column import Row, new_id
from schemas.errors import InvalidEntry, NotYet
from schemas.expenses import Expenses, ReceiptPieces, Receipts
from schemas.kinds import LONG_LENGTH
from schemas.words import N_, Message, message
from services import access, expense_claims, records, steps
from services.context import Context
from services.expense_claims import OPEN
from services.records import Edit, FreshRows, Intent, New
from services.store.interface import Needs, Receipt

JPEG, PNG, PDF = "JPEG", "PNG", "PDF"
BEGINS = {JPEG: b"\xff\xd8\xff", PNG: b"\x89PNG\r\n\x1a\n", PDF: b"%PDF-"}
ENDINGS = {JPEG: "jpg", PNG: "png", PDF: "pdf"}
MIME = {JPEG: "image/jpeg", PNG: "image/png", PDF: "application/pdf"}
MOST_GIVEN = 10_000_000
MOST_KEPT = {JPEG: 200_000, PDF: 400_000}
# A telephone's largest photo; a small file with more than that may fill the memory when it is opened.
MOST_PIXELS = {JPEG: 50_000_000, PNG: 20_000_000}
SIDES = (1600, 1200, 900)
QUALITIES = (80, 65, 50)
PIECE_BYTES = LONG_LENGTH // 4 * 3


@dataclass(frozen=True)
class Paper:
    """A receipt's content as it is kept: its form, and the bytes."""

    form: str
    content: bytes

    @property
    def mime(self) -> str:
        """What a browser is told that it is."""
        return MIME[self.form]


def form_of(content: bytes) -> str:
    """What a file is by its first bytes; `InvalidEntry` for anything else."""
    found = next((form for form, begins in BEGINS.items() if content.startswith(begins)), "")
    if not found:
        raise _refused(Message(N_("must be a photo (JPEG or PNG) or a PDF.")))
    return found


def prepared(content: bytes) -> Paper:
    """What is kept of a file: pictures upright, small and made anew as JPEG, a PDF as it is."""
    if len(content) > MOST_GIVEN:
        raise _refused(_too_large(MOST_GIVEN))
    form = form_of(content)
    if form == PDF:
        if len(content) > MOST_KEPT[PDF]:
            raise _refused(_too_large(MOST_KEPT[PDF]))
        return Paper(PDF, content)
    return Paper(JPEG, _small(content, form))


def _too_large(most: int) -> Message:
    words = N_("is larger than {most} kB. Take a photo of it instead, or make it smaller.")
    return message(words, most=f"{most // 1000:,}")


def _refused(words: Message) -> InvalidEntry:
    return InvalidEntry([Expenses.columns["receipt"].problem(words)])


def _small(content: bytes, form: str) -> bytes:
    picture = _opened(content, form)
    for side in SIDES:
        picture.thumbnail((side, side))
        for quality in QUALITIES:
            made = io.BytesIO()
            picture.save(made, "JPEG", quality=quality, optimize=True)
            if made.tell() <= MOST_KEPT[JPEG]:
                return made.getvalue()
    raise _refused(_too_large(MOST_KEPT[JPEG]))


def _opened(content: bytes, form: str) -> Any:
    """The picture, upright and without anything beside its colours; whatever is wrong in the file is one refusal."""
    from PIL import Image, ImageOps

    try:
        picture: Any = Image.open(io.BytesIO(content), formats=(form,))
        if picture.width * picture.height > MOST_PIXELS[form]:
            raise _refused(Message(N_("is too large a picture. Take it again with fewer pixels.")))
        picture.draft("RGB", (SIDES[0], SIDES[0]))
        upright = ImageOps.exif_transpose(picture)
        return _on_white(upright)
    except InvalidEntry:
        raise
    except Exception as error:  # Pillow fails on a damaged or hostile file in many ways of its own
        raise _refused(Message(N_("can’t be read as a picture. Take the photo again."))) from error


def _on_white(picture: Any) -> Any:
    """Clear parts turned white: a JPEG has none, and black on black is no receipt."""
    from PIL import Image

    if "A" not in picture.getbands() and "transparency" not in picture.info:
        clean = picture.convert("RGB")
    else:
        layered = picture.convert("RGBA")
        clean = Image.new("RGB", layered.size, "white")
        clean.paste(layered, mask=layered.getchannel("A"))
    clean.info.clear()
    return clean


# --- kept and read ----------------------------------------------------------------------------------------


def add(ctx: Context, op_id: str, shown: Row, content: bytes) -> Receipt:
    """Keep a receipt with one's own item that is not sent or came back; a newer one takes its place."""
    expense_claims.terms(ctx)
    access.require(ctx, "expenses.claim")
    paper = prepared(content)
    receipt = new_id(Receipts.prefix)

    def decide(fresh: FreshRows) -> list[Intent]:
        now = fresh.get(Expenses, shown.id)
        if now["mentor"] != ctx.actor.mentor:
            access.refuse(ctx, "expenses.claim", shown.id)
        steps.at(ctx, now, *OPEN)
        return [
            *kept(ctx, receipt, paper),
            Edit(Expenses, shown.id, {"receipt": receipt}, shown=shown),
        ]

    needs = Needs(rows=((Expenses.tab, shown.id),))
    return records.commit(ctx, op_id, "expenses.claim", ["receipt", shown.id, digest(content)], needs, decide)


def digest(content: bytes) -> str:
    """What tells one content from another."""
    return hashlib.sha256(content).hexdigest()


def kept(ctx: Context, receipt: str, paper: Paper) -> list[Intent]:
    """The rows that keep a receipt under this id, as the actor's own."""
    first = {
        "mentor": ctx.actor.mentor,
        "taken_on": ctx.today,
        "form": paper.form,
        "size": len(paper.content),
        "digest": digest(paper.content),
    }
    made: list[Intent] = [New(Receipts, first, receipt)]
    for place, piece in enumerate(pieces(paper.content), start=1):
        values = {"mentor": ctx.actor.mentor, "receipt": receipt, "place": place, "content": piece}
        made.append(New(ReceiptPieces, values))
    return made


def pieces(content: bytes) -> list[str]:
    """A content as texts that each fit a cell."""
    starts = range(0, len(content), PIECE_BYTES)
    return [base64.b64encode(content[start : start + PIECE_BYTES]).decode() for start in starts]


def read(ctx: Context, expense: str) -> Paper:
    """The receipt of an item, for who may see the claim; each view is logged by id.

    Raises `NotYet` where there is none or it is no longer whole, and like absent where the item is not theirs to see.
    """
    access.require(ctx, "expenses.claim" if ctx.actor.mentor else "expenses.see")
    rows = records.view(ctx)
    item = rows.get(Expenses, expense)
    if not item["receipt"]:
        raise NotYet(
            Message(N_("There is no receipt yet.")), Message(N_("Ask whoever claims it to add one."))
        )
    row = rows.get(Receipts, item["receipt"])
    found = sorted(rows.where(ReceiptPieces, "receipt", row.id), key=lambda each: each["place"])
    content = b"".join(base64.b64decode(ctx.workbook.seals.readable(each["content"]) or "") for each in found)
    if digest(content) != row["digest"]:
        raise NotYet(
            Message(N_("This receipt is no longer whole.")), Message(N_("Ask whoever claims it to add one."))
        )
    access.log.info("opened receipt=%s record=%s actor=%s", row.id, expense, ctx.actor.id)
    return Paper(row["form"], content)


def file_name(expense: str, form: str) -> str:
    """What a receipt is called when it is taken out: by number, naming nobody."""
    return f"receipt-{expense}.{ENDINGS[form]}"
