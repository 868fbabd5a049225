"""PDF and pictures of a finished Word document, through LibreOffice and poppler where they are installed (X8)."""

import os
import shutil
import signal
import subprocess  # noqa: S404 - fixed programs, fixed arguments, files of our own naming
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from schemas.errors import OurError
from schemas.words import N_, Message

_FILTER = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
_TIME_LIMIT_SECONDS = 60


class NoPdf(OurError):
    """A PDF could not be made; the Word document is still there."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason, Message(N_("Download the Word document instead.")))


def available() -> bool:
    """Whether this machine can make PDFs."""
    return _office() is not None


def can_picture() -> bool:
    """Whether this machine can also show a document's pages as pictures."""
    return available() and shutil.which("pdftoppm") is not None


def to_pdf(docx: bytes, seconds: int = _TIME_LIMIT_SECONDS) -> bytes:
    """A tagged (accessible) PDF of a Word document; about a second and a half.

    Every call has an office profile of its own: two at once on one profile lose a file without a word.

    Raises:
        NoPdf: LibreOffice is absent, fails, or takes longer than `seconds`.
    """
    office = _office()
    if office is None:
        raise NoPdf(Message(N_("PDF is not available on this machine.")))
    with tempfile.TemporaryDirectory(prefix="document-") as folder:
        source = Path(folder, "document.docx")
        source.write_bytes(docx)
        _run(_conversion(office, source), source.parent, seconds)
        made = source.with_suffix(".pdf")
        if not made.is_file() or not made.stat().st_size:
            raise NoPdf(Message(N_("The PDF could not be made.")))
        return made.read_bytes()


def to_pictures(pdf: bytes, dots_per_inch: int = 80, pages: int = 10) -> tuple[bytes, ...]:
    """The first pages of a PDF as PNG pictures, for a preview; none where poppler is not installed."""
    poppler = shutil.which("pdftoppm")
    if poppler is None:
        return ()
    with tempfile.TemporaryDirectory(prefix="document-") as folder:
        source = Path(folder, "document.pdf")
        source.write_bytes(pdf)
        size = ["-r", str(dots_per_inch), "-l", str(pages)]
        _run(
            [poppler, "-png", *size, str(source), str(Path(folder, "page"))],
            source.parent,
            _TIME_LIMIT_SECONDS,
        )
        return tuple(picture.read_bytes() for picture in sorted(Path(folder).glob("page*.png")))


def _office() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def _conversion(office: str, source: Path) -> list[str]:
    profile = source.parent / "profile"
    options = ["--headless", "--norestore", "--nolockcheck", "--nologo", "--nodefault"]
    output = ["--convert-to", _FILTER, "--outdir", str(source.parent), str(source)]
    return [office, f"-env:UserInstallation={profile.as_uri()}", *options, *output]


def _run(command: Sequence[str], folder: Path, seconds: int) -> None:
    """Run to the end or to the time limit; on the limit the whole process group goes, helpers included."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(  # noqa: S603 - no shell; the arguments are ours
        command,
        cwd=folder,
        env=_surroundings(folder),
        stdin=quiet,
        stdout=quiet,
        stderr=quiet,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise NoPdf(Message(N_("Making the PDF took too long."))) from error


def _surroundings(folder: Path) -> Mapping[str, str]:
    """Nothing of this process's environment reaches the converter, secrets least of all."""
    return {"HOME": str(folder), "PATH": os.defpath, "LANG": "C.UTF-8"}
