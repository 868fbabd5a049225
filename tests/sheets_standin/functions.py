"""The functions formulas may use here. Others are `#NAME?`, as unknown ones are in Google."""

from collections.abc import Callable, Iterator, Sequence

from tests.sheets_standin.cells import Fault, Scalar, plain_number
from tests.sheets_standin.showing import general

Values = list[Scalar]


class Problem(Exception):
    """A formula that comes to an error."""

    def __init__(self, fault: Fault):
        super().__init__(fault.message)
        self.fault = fault


def number_of(value: Scalar) -> float | int:
    """A value as a number; texts that are no number are an error."""
    if isinstance(value, Fault):
        raise Problem(value)
    if value is None:
        return 0
    if isinstance(value, str):
        try:
            return plain_number(float(value))
        except ValueError:
            text = f"Function parameter expects number values. But '{value}' is a text and cannot be coerced to a number."
            raise Problem(Fault("VALUE", "#VALUE!", text)) from None
    return int(value) if isinstance(value, bool) else value


def text_of(value: Scalar) -> str:
    """A value as a text."""
    if isinstance(value, Fault):
        raise Problem(value)
    if value is None or isinstance(value, str):
        return value or ""
    return str(value).upper() if isinstance(value, bool) else general(value)


def _numbers(given: Sequence[Values]) -> Iterator[float | int]:
    """The numbers among values; texts, blanks and booleans in ranges are left out."""
    for values in given:
        for value in values:
            if isinstance(value, Fault):
                raise Problem(value)
            if isinstance(value, int | float) and not isinstance(value, bool):
                yield value


def _first(given: Sequence[Values], at: int = 0) -> Scalar:
    if at >= len(given) or not given[at]:
        raise Problem(Fault("N_A", "#N/A", "Wrong number of arguments."))
    return given[at][0]


def _average(given: Sequence[Values]) -> Scalar:
    found = list(_numbers(given))
    if not found:
        raise Problem(
            Fault(
                "DIVIDE_BY_ZERO", "#DIV/0!", "Evaluation of function AVERAGE caused a divide by zero error."
            )
        )
    return plain_number(sum(found) / len(found))


def _round(given: Sequence[Values]) -> Scalar:
    from decimal import ROUND_HALF_UP, Decimal

    digits = int(number_of(_first(given, 1))) if len(given) > 1 else 0
    number = Decimal(repr(number_of(_first(given))))
    return plain_number(float(number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)))


def _if(given: Sequence[Values]) -> Scalar:
    test = _first(given)
    if isinstance(test, Fault):
        raise Problem(test)
    if test:
        return _first(given, 1)
    return _first(given, 2) if len(given) > 2 else False


def _written(given: Sequence[Values]) -> Scalar:
    return sum(value is not None for values in given for value in values)


def _link(given: Sequence[Values]) -> Scalar:
    return _first(given, 1) if len(given) > 1 else _first(given)


def _if_error(given: Sequence[Values]) -> Scalar:
    value = _first(given)
    return (_first(given, 1) if len(given) > 1 else None) if isinstance(value, Fault) else value


FUNCTIONS: dict[str, Callable[[Sequence[Values]], Scalar]] = {
    "SUM": lambda given: plain_number(sum(_numbers(given))),
    "AVERAGE": _average,
    "MIN": lambda given: min(_numbers(given), default=0),
    "MAX": lambda given: max(_numbers(given), default=0),
    "COUNT": lambda given: sum(1 for _ in _numbers(given)),
    "COUNTA": _written,
    "ROUND": _round,
    "ABS": lambda given: abs(number_of(_first(given))),
    "IF": _if,
    "IFERROR": _if_error,
    "AND": lambda given: all(bool(value) for values in given for value in values),
    "OR": lambda given: any(bool(value) for values in given for value in values),
    "NOT": lambda given: not _first(given),
    "CONCATENATE": lambda given: "".join(text_of(value) for values in given for value in values),
    "LEN": lambda given: len(text_of(_first(given))),
    "UPPER": lambda given: text_of(_first(given)).upper(),
    "LOWER": lambda given: text_of(_first(given)).lower(),
    "TRIM": lambda given: " ".join(text_of(_first(given)).split()),
    "HYPERLINK": _link,
}
