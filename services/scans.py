"""Photos and scans of papers: checked by what is in them, made small, kept sealed in pieces (L6, W3, RM68).

A file is taken for what its first bytes say, whatever it is called. A picture is opened, turned upright, made smaller
and saved anew, so that nothing else that stood in it is kept, nor where it was taken. A PDF is kept as bytes and
shown nowhere here. The content is in no list, search or export; whoever may see its record may see it, and it goes
to whoever it is about, with what else is held about them (X6).
"""

import base64
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from schemas.column import Column, Row
from schemas.errors import InvalidEntry, NotYet
from schemas.kinds import LONG_LENGTH, Unreadable
from schemas.scans import ScanPieces, Scans
from schemas.words import N_, Message, message
from services import access, records
from services.context import Context
from services.records import Edit, FreshRows, Intent, New

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
ASK = Message(N_("Ask whoever wrote it down to add one."))


@dataclass(frozen=True)
class Paper:
    """A scan's content as it is kept: its form, and the bytes."""

    form: str
    content: bytes

    @property
    def mime(self) -> str:
        """What a browser is told that it is."""
        return MIME[self.form]


def form_of(content: bytes) -> str:
    """What a file is by its first bytes; `Unreadable` for anything else."""
    found = next((form for form, begins in BEGINS.items() if content.startswith(begins)), "")
    if not found:
        raise Unreadable(Message(N_("must be a photo (JPEG or PNG) or a PDF.")))
    return found


def prepared(content: bytes, field: Column) -> Paper:
    """What is kept of a file given for this field: pictures upright, small and made anew as JPEG, a PDF as it is.

    Raises `InvalidEntry` about the field for anything else, and for what is too large or damaged.
    """
    try:
        return _prepared(content)
    except Unreadable as error:
        raise InvalidEntry([field.problem(error.words)]) from error


def _prepared(content: bytes) -> Paper:
    if len(content) > MOST_GIVEN:
        raise _too_large(MOST_GIVEN)
    form = form_of(content)
    if form != PDF:
        return Paper(JPEG, _small(content, form))
    if len(content) > MOST_KEPT[PDF]:
        raise _too_large(MOST_KEPT[PDF])
    return Paper(PDF, content)


def _too_large(most: int) -> Unreadable:
    words = N_("is larger than {most} kB. Take a photo of it instead, or make it smaller.")
    return Unreadable(message(words, most=f"{most // 1000:,}"))


def _small(content: bytes, form: str) -> bytes:
    picture = _opened(content, form)
    for side in SIDES:
        picture.thumbnail((side, side))
        for quality in QUALITIES:
            made = io.BytesIO()
            picture.save(made, "JPEG", quality=quality, optimize=True)
            if made.tell() <= MOST_KEPT[JPEG]:
                return made.getvalue()
    raise _too_large(MOST_KEPT[JPEG])


def _opened(content: bytes, form: str) -> Any:
    """The picture, upright and without anything beside its colours; whatever is wrong in the file is one refusal."""
    from PIL import Image, ImageOps

    try:
        picture: Any = Image.open(io.BytesIO(content), formats=(form,))
        if picture.width * picture.height > MOST_PIXELS[form]:
            raise Unreadable(Message(N_("is too large a picture. Take it again with fewer pixels.")))
        picture.draft("RGB", (SIDES[0], SIDES[0]))
        upright = ImageOps.exif_transpose(picture)
        return _on_white(upright)
    except Unreadable:
        raise
    except Exception as error:  # Pillow fails on a damaged or hostile file in many ways of its own
        raise Unreadable(Message(N_("can’t be read as a picture. Take the photo again."))) from error


def _on_white(picture: Any) -> Any:
    """Clear parts turned white: a JPEG has none, and black on black can't be read."""
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


def digest(content: bytes) -> str:
    """What tells one content from another."""
    return hashlib.sha256(content).hexdigest()


def kept(ctx: Context, scan: str, paper: Paper, mentee: str | None = None) -> list[Intent]:
    """The rows that keep a paper under this id, as the actor's own; `mentee` where it is about one too."""
    whose = {"mentor": ctx.actor.mentor, "mentee": mentee}
    size, mark = len(paper.content), digest(paper.content)
    first = {**whose, "taken_on": ctx.today, "form": paper.form, "size": size, "digest": mark}
    made: list[Intent] = [New(Scans, first, scan)]
    for place, piece in enumerate(pieces(paper.content), start=1):
        made.append(New(ScanPieces, {**whose, "scan": scan, "place": place, "content": piece}))
    return made


def put_away(fresh: FreshRows, scan: str, why: str) -> list[Intent]:
    """A scan and its pieces out of use, together with the record that named it; nothing where there is none."""
    if not scan:
        return []
    found = fresh.where(ScanPieces, "scan", scan)
    gone = {"_archived": why}
    return [Edit(Scans, scan, gone), *(Edit(ScanPieces, each.id, gone) for each in found)]


def pieces(content: bytes) -> list[str]:
    """A content as texts that each fit a cell."""
    starts = range(0, len(content), PIECE_BYTES)
    return [base64.b64encode(content[start : start + PIECE_BYTES]).decode() for start in starts]


def whole(form: str, mark: str, texts: Sequence[str]) -> Paper | None:
    """A paper put together of its pieces in their order; nothing where one is lost or was changed."""
    try:
        content = b"".join(base64.b64decode(text) for text in texts)
    except ValueError:  # somebody typed over a cell
        return None
    return Paper(form, content) if digest(content) == mark else None


def read(ctx: Context, record: Row, field: str) -> Paper:
    """The paper that a record names in this field, for who may open the record; each view is logged by id.

    That the actor may open the record, and that there is a paper, is for the caller to have asked. Raises `NotYet`
    where it is no longer whole, and like absent where the scan is not theirs to see.
    """
    rows = records.view(ctx)
    row = rows.get(Scans, record[field])
    found = sorted(rows.where(ScanPieces, "scan", row.id), key=lambda each: each["place"])
    texts = [ctx.workbook.seals.readable(each["content"]) or "" for each in found]
    paper = whole(row["form"], row["digest"], texts)
    if paper is None:
        raise NotYet(Message(N_("This photo or scan is no longer whole.")), ASK)
    access.log.info("opened %s=%s record=%s actor=%s", field, row.id, record.id, ctx.actor.id)
    return paper


def file_name(kind: str, record: str, form: str) -> str:
    """What a scan is called when it is taken out: by number, naming nobody."""
    return f"{kind}-{record}.{ENDINGS[form]}"
