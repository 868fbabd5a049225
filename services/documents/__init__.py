"""One value and one Word template in, one document out; no register is read here (X8).

    values.py    what each document says        kinds.py    which documents there are
    render.py    fill and prove                 check.py    is this template fit to use?
    pdf.py       PDF and pictures               samples.py  invented values for a preview

Importing this package loads neither Word's nor Jinja's libraries; rendering and checking do.
"""

from services.documents.check import TemplateFault, TemplateReport, check
from services.documents.kinds import DOCUMENTS, DocumentKind, kind_of, kinds_in
from services.documents.package import zip_of
from services.documents.pair_values import (
    Certificate,
    ElementRow,
    FigureRow,
    MeetingSheet,
    PairAgreement,
    SchemeReview,
    VoiceRow,
)
from services.documents.render import render
from services.documents.samples import sample
from services.documents.text import clean_text
from services.documents.values import (
    ActivityRecord,
    Bill,
    BillRow,
    BodyRow,
    ClaimForm,
    ConfirmationRow,
    CostRow,
    CreditNote,
    ExpenseRow,
    FinalReview,
    ImprovementPlan,
    ImprovementRow,
    InvoiceLetter,
    InvoiceRow,
    MeasureRow,
    Paper,
    PeerLetter,
    PlanRow,
    PlanSample,
    ProgressRow,
    PurchaseOrder,
    ReviewRow,
    Row,
    SampleRow,
    SignpostingRow,
    SmartPlan,
    WrittenAdvice,
)

__all__ = [
    "ActivityRecord",
    "Bill",
    "BillRow",
    "BodyRow",
    "Certificate",
    "ClaimForm",
    "ConfirmationRow",
    "CostRow",
    "CreditNote",
    "DOCUMENTS",
    "DocumentKind",
    "ElementRow",
    "ExpenseRow",
    "FigureRow",
    "FinalReview",
    "ImprovementPlan",
    "ImprovementRow",
    "InvoiceLetter",
    "InvoiceRow",
    "MeasureRow",
    "MeetingSheet",
    "PairAgreement",
    "Paper",
    "PeerLetter",
    "PlanRow",
    "PlanSample",
    "ProgressRow",
    "PurchaseOrder",
    "ReviewRow",
    "Row",
    "SampleRow",
    "SchemeReview",
    "SignpostingRow",
    "SmartPlan",
    "TemplateFault",
    "TemplateReport",
    "VoiceRow",
    "WrittenAdvice",
    "check",
    "clean_text",
    "kind_of",
    "kinds_in",
    "render",
    "sample",
    "zip_of",
]
