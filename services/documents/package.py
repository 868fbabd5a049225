"""A Word file as the zip it is: opened safely, refused where it could do harm, written the same every time (X8)."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping

from schemas.errors import TemplateProblem
from schemas.words import N_, Message, message

MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MAX_FILE_BYTES = 5_000_000
MAX_UNPACKED_BYTES = 30_000_000
MAX_MEMBERS = 500
ZIP64_VERSION = 45
ZIP64_EXTRA = 0x0001
_EPOCH = (1980, 1, 1, 0, 0, 0)
_TYPES = "[Content_Types].xml"
_ACTIVE = re.compile(r"vbaproject|vbadata|activex|/embeddings/|\.(bin|exe|js|vbs|ps1)$", re.IGNORECASE)
_EXTERNAL = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.IGNORECASE)
_PLAIN_LINK = re.compile(rb"Target\s*=\s*[\"'](https?:|mailto:)", re.IGNORECASE)
_HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']", re.IGNORECASE)
_INSTRUCTION = re.compile(rb"<w:instrText\b[^>]*>([^<]*)</w:instrText>|w:instr\s*=\s*[\"']([^\"']*)[\"']")
_FETCHING = re.compile(
    rb"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|EMBED|MACROBUTTON)\b", re.IGNORECASE
)
_SPLIT_FETCHING = re.compile(rb"DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|MACROBUTTON", re.IGNORECASE)

_SAVE_AGAIN = Message(
    N_("Open it in Word, save it as a Word document (.docx) without a password, and upload that.")
)


def members_of(docx: bytes) -> dict[str, bytes]:
    """Every file inside a Word document, read within limits.

    Raises:
        TemplateProblem: not a Word document, too big, or made to unpack without end.
    """
    if len(docx) > MAX_FILE_BYTES:
        raise _too_big()
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            _refuse_bomb(archive)
            members = {info.filename: archive.read(info) for info in archive.infolist()}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as error:
        raise _not_word() from error
    if MAIN_TYPE.encode() not in members.get(_TYPES, b"") and not _has_macros(members):
        raise _not_word()
    return members


def refuse_harm(members: Mapping[str, bytes]) -> None:
    """Refuse a template that carries a program, or fetches something from elsewhere when opened.

    Raises:
        TemplateProblem: with what was found and how to take it out.
    """
    if _has_macros(members):
        raise TemplateProblem(
            Message(N_("This file carries a macro or an embedded program.")),
            Message(
                N_("Save it in Word as “Word document (.docx)”, which leaves macros out, and upload that.")
            ),
        )
    for name, content in members.items():
        if name.endswith((".xml", ".rels")):
            _refuse_harm_in(name, content)


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """A zip holding `files` (name to content); the same files always make the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files, key=lambda name: (name != _TYPES, name)):
            info = zipfile.ZipInfo(name, date_time=_EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            archive.writestr(info, files[name], compresslevel=6)
    return out.getvalue()


def normalised(docx: bytes) -> bytes:
    """The same Word document with members in a fixed order, at a fixed date, with fixed compression."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return zip_of({info.filename: archive.read(info) for info in archive.infolist()})


def has_zip64(archive_bytes: bytes) -> bool:
    """Whether any member is written in the large-file form, which Word refuses."""
    with zipfile.ZipFile(io.BytesIO(archive_bytes)) as archive:
        return any(_is_zip64(info) for info in archive.infolist()) or b"PK\x06\x06" in archive_bytes[-4096:]


def _is_zip64(info: zipfile.ZipInfo) -> bool:
    return info.extract_version >= ZIP64_VERSION or ZIP64_EXTRA in _extra_ids(info.extra)


def _extra_ids(extra: bytes) -> Iterator[int]:
    at = 0
    while at + 4 <= len(extra):
        yield int.from_bytes(extra[at : at + 2], "little")
        at += 4 + int.from_bytes(extra[at + 2 : at + 4], "little")


def _refuse_bomb(archive: zipfile.ZipFile) -> None:
    infos = archive.infolist()
    if len(infos) > MAX_MEMBERS or sum(info.file_size for info in infos) > MAX_UNPACKED_BYTES:
        raise _too_big()
    if len({info.filename for info in infos}) != len(infos):
        raise _not_word()


def _has_macros(members: Mapping[str, bytes]) -> bool:
    return b"macroEnabled" in members.get(_TYPES, b"") or any(_ACTIVE.search(name) for name in members)


def _refuse_harm_in(name: str, content: bytes) -> None:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or _is_unreadable(content):
        raise _not_word()
    outside = any(not _is_plain_link(found[0]) for found in _EXTERNAL.finditer(content))
    if outside or _has_fetching_field(content):
        raise TemplateProblem(
            message(N_("This file fetches something from outside itself (in {part})."), part=name),
            Message(
                N_(
                    "Put pictures into the document instead of linking them, take out linked fields, and save."
                )
            ),
        )


def _has_fetching_field(content: bytes) -> bool:
    """A field's name may be split over runs, so the pieces are also read as one."""
    pieces = [found[1] or found[2] or b"" for found in _INSTRUCTION.finditer(content)]
    return any(_FETCHING.search(piece) for piece in pieces) or bool(_SPLIT_FETCHING.search(b"".join(pieces)))


def _is_unreadable(content: bytes) -> bool:
    """UTF-16 XML would hide what is looked for here; Word writes UTF-8."""
    return content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in content[:64]


def _is_plain_link(relationship: bytes) -> bool:
    return bool(_HYPERLINK.search(relationship) and _PLAIN_LINK.search(relationship))


def _not_word() -> TemplateProblem:
    return TemplateProblem(
        Message(N_("This is not a Word document that can be used as a template.")), _SAVE_AGAIN
    )


def _too_big() -> TemplateProblem:
    return TemplateProblem(
        message(
            N_("This Word document is too large for a template (at most {megabytes} MB)."), megabytes="5"
        ),
        Message(N_("Use a smaller logo or fewer pictures, and upload it again.")),
    )
