"""The kinds of document there are: what each says, and what its template is called (X8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from schemas.words import N_, Message
from services.documents.values import ActivityRecord, CreditNote, InvoiceLetter, Paper, WrittenAdvice

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


_ALL = (
    DocumentKind("invoice-letter", InvoiceLetter, "invoice", Message(N_("Invoice"))),
    DocumentKind("credit-note", CreditNote, "credit", Message(N_("Credit note"))),
    DocumentKind("activity-record", ActivityRecord, "record", Message(N_("Activity Record"))),
    DocumentKind("written-advice", WrittenAdvice, "advice", Message(N_("Written advice"))),
)

DOCUMENTS: Mapping[str, DocumentKind] = MappingProxyType({each.kind: each for each in _ALL})


def kind_of(value: Paper) -> DocumentKind:
    """The kind whose value this is."""
    return next(each for each in _ALL if each.shape is type(value))
