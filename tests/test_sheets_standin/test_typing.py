"""RAW and USER_ENTERED, render options, locales, number formats and formulas."""

import pytest

from tests.sheets_standin.workbook import Spreadsheet

USER = {"valueInputOption": "USER_ENTERED"}


def typed(book: Spreadsheet, text: object, locale: str = "en_US") -> tuple[object, object]:
    """(unformatted, formatted) value of a cell after typing."""
    book.properties["locale"] = locale
    book.values_update("Sheet1!A1", {"values": [[text]]}, **USER)
    plain = book.values_get("Sheet1!A1", valueRenderOption="UNFORMATTED_VALUE").get("values", [[None]])[0][0]
    return plain, book.values_get("Sheet1!A1").get("values", [[None]])[0][0]


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("0042", 42, "42"),
        ("2,000,000.01", 2000000.01, "2,000,000.01"),
        ("2020-01-01", 43831, "2020-01-01"),
        ("=4/2", 2, "2"),
        ("0.12", 0.12, "0.12"),
        ("12%", 0.12, "12%"),
        ("12.5%", 0.125, "12.50%"),
        ("TRUE", True, "TRUE"),
        ("false", False, "FALSE"),
        ("$3.50", 3.5, "$3.50"),
        ("-$1,000.00", -1000, "-$1,000.00"),
        ("£3.50", "£3.50", "£3.50"),
        ("1e3", 1000, "1.00E+03"),
        ("'0042", "0042", "0042"),
        ("07700 900123", "07700 900123", "07700 900123"),
        ("3/4/2026", 46085, "3/4/2026"),
        ("31/12/2026", "31/12/2026", "31/12/2026"),
        ("10:30", 0.4375, "10:30"),
        ("2020-01-01 12:00:00", 43831.5, "2020-01-01 12:00:00"),
        ("hello", "hello", "hello"),
    ],
)
def test_typing_is_understood_as_in_america(book: Spreadsheet, text: str, value: object, shown: str) -> None:
    assert typed(book, text) == (value, shown)


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("03/04/2026", 46115, "03/04/2026"),
        ("31/12/2026", 46387, "31/12/2026"),
        ("12/31/2026", "12/31/2026", "12/31/2026"),
        ("£1,234.50", 1234.5, "£1,234.50"),
        ("3 Apr 2026", 46115, "3 Apr 2026"),
        ("2026-04-03", 46115, "2026-04-03"),
    ],
)
def test_typing_is_understood_as_in_britain(book: Spreadsheet, text: str, value: object, shown: str) -> None:
    assert typed(book, text, "en_GB") == (value, shown)


def test_raw_keeps_text_text_and_numbers_numbers(book: Spreadsheet) -> None:
    values = [["2012", 2012, "=1+1", "TRUE", True, "0042", 1.5]]
    book.values_update("Sheet1!A1", {"values": values}, valueInputOption="RAW")
    assert book.values_get("Sheet1!A1:G1", valueRenderOption="UNFORMATTED_VALUE")["values"] == values


def test_dates_are_rendered_as_each_option_asks(book: Spreadsheet) -> None:
    book.values_update("Sheet1!A1", {"values": [["=4/2", "2020-01-01", "0.12"]]}, **USER)

    def read(how: str, dates: str = "SERIAL_NUMBER") -> list[object]:
        options = {"valueRenderOption": how, "dateTimeRenderOption": dates}
        return list(book.values_get("Sheet1!A1:C1", **options)["values"][0])

    assert read("FORMATTED_VALUE") == ["2", "2020-01-01", "0.12"]
    assert read("UNFORMATTED_VALUE") == [2, 43831, 0.12]
    assert read("UNFORMATTED_VALUE", "FORMATTED_STRING") == [2, "2020-01-01", 0.12]
    assert read("FORMULA") == ["=4/2", 43831, 0.12]


def test_a_date_written_as_a_number_is_shown_by_its_format(book: Spreadsheet) -> None:
    form = {"numberFormat": {"type": "DATE"}}
    cell = {"userEnteredValue": {"numberValue": 43831}, "userEnteredFormat": form}
    book.properties["locale"] = "en_GB"
    request = {
        "start": {"sheetId": 0},
        "rows": [{"values": [cell]}],
        "fields": "userEnteredValue,userEnteredFormat",
    }
    book.batch_update({"requests": [{"updateCells": request}]})
    assert book.values_get("Sheet1!A1")["values"] == [["01/01/2020"]]
    book.properties["locale"] = "en_US"
    assert book.values_get("Sheet1!A1")["values"] == [["1/1/2020"]]


def test_typing_into_a_text_cell_stays_text(book: Spreadsheet) -> None:
    cell = {"userEnteredFormat": {"numberFormat": {"type": "TEXT"}}}
    whole = {"sheetId": 0, "startColumnIndex": 0, "endColumnIndex": 1}
    book.batch_update(
        {"requests": [{"repeatCell": {"range": whole, "cell": cell, "fields": "userEnteredFormat"}}]}
    )
    assert typed(book, "0042") == ("0042", "0042")


@pytest.mark.parametrize(
    ("number", "pattern", "shown"),
    [
        (1234.5, "#,##0.00", "1,234.50"),
        (-1234.5, "#,##0.00;(#,##0.00)", "(1,234.50)"),
        (0.005, "0.00%", "0.50%"),
        (1234567, "#,##0", "1,234,567"),
        (2.5, "[$£]#,##0.00", "£2.50"),
        (7, "000", "007"),
        (1.5, "0.##", "1.5"),
        (2, '0 "hours"', "2 hours"),
        (12345, "0.00E+00", "1.23E+04"),
    ],
)
def test_numbers_are_shown_by_their_pattern(
    book: Spreadsheet, number: float, pattern: str, shown: str
) -> None:
    form = {"numberFormat": {"type": "NUMBER", "pattern": pattern}}
    cell = {"userEnteredValue": {"numberValue": number}, "userEnteredFormat": form}
    book.batch_update(
        {"requests": [{"updateCells": {"start": {}, "rows": [{"values": [cell]}], "fields": "*"}}]}
    )
    assert book.values_get("Sheet1!A1")["values"] == [[shown]]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=3/2", 1.5),
        ("=SUM(B1:B3)", 6),
        ("=SUM(B1:B3,10)*2", 32),
        ('="a"&B1', "a1"),
        ('=IF(B1>0,"yes","no")', "yes"),
        ("=1/0", "#DIV/0!"),
        ("=NONSENSE(1)", "#NAME?"),
        ("=nonsense", "#NAME?"),
        ("=Gone!A1", "#REF!"),
        ("=A1", "#REF!"),
        ("=B4+1", "#VALUE!"),
        ("=(1", "#ERROR!"),
        ("=-B2^2", 4),
        ("=50%", 0.5),
        ("='Sheet1'!B2", 2),
    ],
)
def test_simple_formulas_are_worked_out(book: Spreadsheet, formula: str, value: object) -> None:
    book.values_update("Sheet1!B1", {"values": [[1], [2], [3], ["text"]]}, valueInputOption="RAW")
    assert typed(book, formula)[0] == value
