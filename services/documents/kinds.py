"""The kinds of document there are: what each says, and what its template is called (X8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from schemas.errors import TemplateProblem
from schemas.words import N_, Message, message
from services.documents.pair_values import Certificate, MeetingSheet, PairAgreement, SchemeReview
from services.documents.values import (
    ActivityRecord,
    Bill,
    ClaimForm,
    CreditNote,
    FinalReview,
    ImprovementPlan,
    InvoiceLetter,
    Paper,
    PeerLetter,
    PlanSample,
    PurchaseOrder,
    SmartPlan,
    WrittenAdvice,
)

LOCALES = MappingProxyType({"en": "en-GB", "cy": "cy-GB"})


@dataclass(frozen=True)
class DocumentKind:
    """A kind of document. `root` is the name its template uses: {{ invoice.number }}."""

    kind: str
    shape: type[Paper]
    root: str
    title: Message

    @property
    def file_name(self) -> str:
        """The template's file name in templates/<programme>/documents/<language>/."""
        return f"{self.kind}.docx"

    def template(self, folder: Path, language: str) -> bytes:
        """The template in a programme's documents folder; the English one where there is none in `language`.

        Raises:
            TemplateProblem: the programme has no template for this document.
        """
        for each in (language, "en"):
            path = folder / each / self.file_name
            if each in LOCALES and path.is_file():
                return path.read_bytes()
        raise TemplateProblem(
            message(N_("This programme has no template for “{document}”."), document=self.title),
            message(
                N_("Put {file} into the programme’s documents folder, or upload it."), file=self.file_name
            ),
        )


_ALL = (
    DocumentKind("invoice-letter", InvoiceLetter, "invoice", Message(N_("Invoice"))),
    DocumentKind("credit-note", CreditNote, "credit", Message(N_("Credit note"))),
    DocumentKind("activity-record", ActivityRecord, "record", Message(N_("Activity Record"))),
    DocumentKind("written-advice", WrittenAdvice, "advice", Message(N_("Written advice"))),
    DocumentKind("smart-plan", SmartPlan, "plan", Message(N_("SMART Action Plan"))),
    DocumentKind("final-review", FinalReview, "review", Message(N_("Final review"))),
    DocumentKind("improvement-plan", ImprovementPlan, "plan", Message(N_("Performance Improvement Plan"))),
    DocumentKind("plan-sample", PlanSample, "sample", Message(N_("Sample of action plans"))),
    DocumentKind("peer-letter", PeerLetter, "letter", Message(N_("Letter"))),
    DocumentKind("purchase-order", PurchaseOrder, "order", Message(N_("Purchase order"))),
    DocumentKind("claim-form", ClaimForm, "claim", Message(N_("Claim for expenses"))),
    DocumentKind("pair-agreement", PairAgreement, "agreement", Message(N_("Agreement"))),
    DocumentKind("meeting-sheet", MeetingSheet, "sheet", Message(N_("Meeting Record Sheet"))),
    DocumentKind("certificate", Certificate, "certificate", Message(N_("Certificate"))),
    DocumentKind("scheme-review", SchemeReview, "review", Message(N_("Review of the scheme"))),
    DocumentKind("bill", Bill, "bill", Message(N_("Invoice to the buyer"))),
)

DOCUMENTS: Mapping[str, DocumentKind] = MappingProxyType({each.kind: each for each in _ALL})


def kinds_in(folder: Path) -> Mapping[str, DocumentKind]:
    """The documents of a programme: those that it has an English template for."""
    return {each.kind: each for each in _ALL if (folder / "en" / each.file_name).is_file()}


def kind_of(value: Paper) -> DocumentKind:
    """The kind whose value this is."""
    return next(each for each in _ALL if each.shape is type(value))
