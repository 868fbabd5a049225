"""A changed Word template checked before anybody relies on it (X8)."""

import hashlib

import streamlit as st

from pages import ui
from pages.ui import _
from schemas.column import text
from schemas.errors import OurError
from schemas.words import N_
from services import documents
from services.documents import DocumentKind, kinds_in, pdf
from services.documents.check import TemplateReport

LANGUAGES = {"en": N_("English"), "cy": N_("Welsh")}
FAULTS = (text(N_("Field"), name="field"), text(N_("What is wrong, and where"), name="reason"))

ctx = ui.visit("templates.check")


def present(kind: DocumentKind, language: str) -> None:
    """The template in use, and a sample made with it."""
    template = kind.template(ctx.programme.documents, language)
    with st.container(horizontal=True):
        ui.download(
            _(N_("Download the present template")), lambda: template, kind.file_name, ui.WORD, key="present"
        )
        ui.download(
            _(N_("Download a sample")),
            lambda: documents.render(template, documents.sample(kind.kind, language), language),
            f"sample-{kind.file_name}",
            ui.WORD,
            key="sample",
        )


def show_report(report: TemplateReport) -> None:
    """Every fault with field and place, or that there is none."""
    if report.is_good:
        st.success(_(N_("This template is right: every field is known, and none that is needed is missing.")))
    else:
        count = len(report.faults)
        st.error(
            _(N_("{count} thing must be mended first."), N_("{count} things must be mended first."), count),
            icon=":material/error:",
        )
        rows = [{"field": each.field, "reason": ui.say(each.reason)} for each in report.faults]
        ui.print_view(rows, FAULTS)
        for remedy in dict.fromkeys(ui.say(each.remedy) for each in report.faults if not each.field):
            ui.text(remedy)
        ui.text(_(N_("Mend these in Word, then choose the file again.")))
    if report.unused:
        with st.expander(_(N_("Fields it could show, and does not"))):
            ui.text("\n".join(report.unused))


def show_good(kind: DocumentKind, language: str, template: bytes) -> None:
    """A sample made with the new template, as a file and, where this machine can, as a picture."""
    sample = documents.render(template, documents.sample(kind.kind, language), language)
    ui.download(
        _(N_("Download a sample made with it")),
        lambda: sample,
        f"sample-{kind.file_name}",
        ui.WORD,
        key="new",
    )
    place = f"{language}/{kind.file_name}"
    st.caption(_(N_("To use it, put it into the programme’s documents folder as {file}."), file=place))
    if not pdf.can_picture():
        st.caption(_(N_("This machine can't show it as a picture: LibreOffice is not installed.")))
        return
    with st.spinner(_(N_("Making a picture of it"))):
        for number, picture in enumerate(pictures(sample), start=1):
            st.image(
                picture, caption=_(N_("Page {number} of the sample, with invented people"), number=number)
            )


def pictures(sample: bytes) -> tuple[bytes, ...]:
    """The sample's pages; made once for the same file, because it takes a second or two."""
    digest = hashlib.sha256(sample).hexdigest()
    kept = st.session_state.get("templates:pictures")
    if kept is None or kept[0] != digest:
        kept = (digest, pdf.to_pictures(pdf.to_pdf(sample)))
        st.session_state["templates:pictures"] = kept
    made: tuple[bytes, ...] = kept[1]
    return made


ui.title(
    _(N_("Templates")),
    _(N_("Download a template, change it in Word, and check it here before it is used.")),
)
kinds = kinds_in(ctx.programme.documents)
with st.container(horizontal=True):
    name = ui.pick(
        "document", {key: ui.say(kind.title) for key, kind in kinds.items()}, label=_(N_("Document")),
        default=next(iter(kinds)),
    ) or next(iter(kinds))  # fmt: skip
    spoken = ui.pick("in", {code: _(LANGUAGES[code]) for code in ctx.programme.languages}, label=_(N_("Language")),
                     default="en") or "en"  # fmt: skip
kind = kinds[name]
try:
    present(kind, spoken)
    changed = st.file_uploader(
        _(N_("Your changed template (.docx)")), key=f"template:{name}:{spoken}", max_upload_size=10
    )
    if changed is not None:
        report = documents.check(changed.getvalue(), name)
        show_report(report)
        if report.is_good:
            show_good(kind, spoken, changed.getvalue())
except OurError as error:
    ui.show_error(error)
