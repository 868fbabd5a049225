"""Just enough of a formula language: arithmetic, comparison, text, references and a few functions."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tests.sheets_standin.areas import Area, a1_corners
from tests.sheets_standin.cells import Fault, Scalar, plain_number
from tests.sheets_standin.errors import GoogleError
from tests.sheets_standin.functions import FUNCTIONS, Problem, Values, number_of, text_of

if TYPE_CHECKING:
    from tests.sheets_standin.book import Book
    from tests.sheets_standin.sheet import Sheet

TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)(?![A-Za-z:!])
    |(?P<text>"(?:[^"]|"")*")
    |(?P<name>(?:'(?:[^']|'')+'!|[A-Za-z_]\w*!)?\$?[A-Za-z_\d][\w.$]*(?::\$?[A-Za-z\d$]+)?)
    |(?P<mark><>|<=|>=|[-+*/^&=<>(),;%]|\#REF!))""",
    re.VERBOSE,
)
PARSE_ERROR = Fault("ERROR", "#ERROR!", "Formula parse error.")
CIRCLE = Fault(
    "REF",
    "#REF!",
    "Circular dependency detected. To resolve with iterative calculation, see File > Settings.",
)
LEVELS: tuple[tuple[str, ...], ...] = (
    ("=", "<>", "<", ">", "<=", ">="),
    ("&",),
    ("+", "-"),
    ("*", "/"),
    ("^",),
)


def evaluate(book: "Book", sheet: "Sheet", row: int, column: int) -> Scalar:
    """What the formula in a cell comes to."""
    return _evaluated(book, sheet, row, column, frozenset())


def _evaluated(
    book: "Book", sheet: "Sheet", row: int, column: int, seen: frozenset[tuple[int, int, int]]
) -> Scalar:
    place = (sheet.id, row, column)
    formula = sheet.cell(row, column).formula or ""
    if place in seen:
        return CIRCLE
    try:
        return Parser(book, sheet, formula[1:], seen | {place}).result()
    except Problem as problem:
        return problem.fault
    except (RecursionError, OverflowError):
        return Fault("NUM", "#NUM!", "The result is too large.")


class Parser:
    """Reads a formula and works it out on the way."""

    def __init__(self, book: "Book", sheet: "Sheet", text: str, seen: frozenset[tuple[int, int, int]]):
        self._book, self._sheet, self._seen = book, sheet, seen
        self._tokens = list(_tokens(text))
        self._at = 0

    def result(self) -> Scalar:
        """The formula's value."""
        value = _single(self._level(0))
        if self._at < len(self._tokens):
            raise Problem(PARSE_ERROR)
        return 0 if value is None else value

    def _peek(self) -> str:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else ""

    def _next(self) -> tuple[str, str]:
        if self._at >= len(self._tokens):
            raise Problem(PARSE_ERROR)
        self._at += 1
        return self._tokens[self._at - 1]

    def _level(self, level: int) -> Values:
        if level == len(LEVELS):
            return self._unary()
        left = self._level(level + 1)
        while self._peek() in LEVELS[level] and self._tokens[self._at][0] == "mark":
            mark = self._next()[1]
            left = [_combined(mark, _single(left), _single(self._level(level + 1)))]
        return left

    def _unary(self) -> Values:
        if self._peek() in ("+", "-"):
            sign = -1 if self._next()[1] == "-" else 1
            return [plain_number(sign * number_of(_single(self._unary())))]
        found = self._atom()
        while self._peek() == "%":
            self._next()
            found = [plain_number(number_of(_single(found)) / 100)]
        return found

    def _atom(self) -> Values:
        kind, text = self._next()
        if kind == "number":
            return [plain_number(float(text))]
        if kind == "text":
            return [text[1:-1].replace('""', '"')]
        if text == "(":
            found = self._level(0)
            self._expect(")")
            return found
        if kind != "name":
            raise Problem(
                Fault("REF", "#REF!", "Reference does not exist") if text == "#REF!" else PARSE_ERROR
            )
        return self._call(text) if self._peek() == "(" else self._named(text)

    def _expect(self, mark: str) -> None:
        if self._next()[1] != mark:
            raise Problem(PARSE_ERROR)

    def _call(self, name: str) -> Values:
        self._next()
        given: list[Values] = []
        while self._peek() != ")":
            given.append(self._level(0))
            if self._peek() in (",", ";"):
                self._next()
            elif self._peek() != ")":
                raise Problem(PARSE_ERROR)
        self._next()
        function = FUNCTIONS.get(name.upper())
        if function is None:
            raise Problem(Fault("NAME", "#NAME?", f"Unknown function: '{name.upper()}'."))
        return [function(given)]

    def _named(self, text: str) -> Values:
        if text.upper() in ("TRUE", "FALSE"):
            return [text.upper() == "TRUE"]
        sheet, area = self._area(text)
        box = area.clipped(sheet.row_count, sheet.column_count)
        return [
            self._cell(sheet, row, column)
            for row in range(box.top, min(box.bottom, max(len(sheet.cells), box.top + 1)))
            for column in range(box.left, box.right)
        ]

    def _area(self, text: str) -> "tuple[Sheet, Area]":
        if "!" in text:
            try:
                return self._book.find(text)
            except GoogleError:
                raise Problem(Fault("REF", "#REF!", "Unresolved sheet name.")) from None
        if corners := a1_corners(text):
            return self._sheet, Area(self._sheet.id, *corners)
        named = self._book.named_area(text)
        if named is None:
            raise Problem(Fault("NAME", "#NAME?", f"Unknown range name: '{text.upper()}'."))
        return self._book.sheet(named.sheet), named

    def _cell(self, sheet: "Sheet", row: int, column: int) -> Scalar:
        cell = sheet.cell(row, column)
        if cell.formula is None:
            return cell.value
        return _evaluated(self._book, sheet, row, column, self._seen)


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at, end = 0, len(text.rstrip())
    while at < end:
        found = TOKEN.match(text, at)
        if not found:
            raise Problem(PARSE_ERROR)
        yield str(found.lastgroup), found[str(found.lastgroup)]
        at = found.end()


def _single(values: Values) -> Scalar:
    """The one value of an operand; an error goes on."""
    if len(values) != 1:
        raise Problem(Fault("VALUE", "#VALUE!", "An array value could not be found."))
    if isinstance(values[0], Fault):
        raise Problem(values[0])
    return values[0]


def _combined(mark: str, left: Scalar, right: Scalar) -> Scalar:
    if mark == "&":
        return text_of(left) + text_of(right)
    if mark in LEVELS[0]:
        return _compared(mark, left, right)
    first, second = number_of(left), number_of(right)
    if mark == "/" and second == 0:
        raise Problem(Fault("DIVIDE_BY_ZERO", "#DIV/0!", "Function DIVIDE parameter 2 cannot be zero."))
    made = {"+": first + second, "-": first - second, "*": first * second}.get(mark)
    if made is None:
        made = first / second if mark == "/" else first**second
    return plain_number(made)


def _compared(mark: str, left: Scalar, right: Scalar) -> bool:
    def key(value: Scalar) -> tuple[int, float | str]:
        if isinstance(value, str):
            return (1, value.casefold())
        return (2, float(value)) if isinstance(value, bool) else (0, float(value or 0))  # type: ignore[arg-type]

    one, two = key(left), key(right)
    if left is None and isinstance(right, str):
        one = (1, "")
    if right is None and isinstance(left, str):
        two = (1, "")
    answers = {
        "=": one == two,
        "<>": one != two,
        "<": one < two,
        ">": one > two,
        "<=": one <= two,
        ">=": one >= two,
    }
    return answers[mark]
