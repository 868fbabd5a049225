"""A Google spreadsheet in memory, with the calls of the Sheets API, without HTTP.

Each call takes and gives Google's own JSON as dicts and raises `GoogleError`. A clone is cheap
(rows and cells are shared, never changed in place), so that a model check can branch at every step.
"""

from collections.abc import Sequence
from typing import Any

from tests.sheets_standin import metadata, values
from tests.sheets_standin.areas import Area
from tests.sheets_standin.batch import apply_requests
from tests.sheets_standin.book import Book
from tests.sheets_standin.errors import not_found
from tests.sheets_standin.masks import below, parse_mask, prune
from tests.sheets_standin.reading import spreadsheet_answer
from tests.sheets_standin.rendering import value_range
from tests.sheets_standin.sheet import Sheet

Json = dict[str, Any]


class Spreadsheet(Book):
    """One spreadsheet: `get`, `batch_update` and the `values` calls."""

    def clone(self) -> "Spreadsheet":
        """The same spreadsheet, to be changed without changing this one."""
        made = Spreadsheet.__new__(Spreadsheet)
        made.key, made.chance = self.key, self.chance
        made.take(self.copy_state())
        return made

    def __deepcopy__(self, memo: dict[int, Any]) -> "Spreadsheet":
        return self.clone()

    def get(
        self, ranges: Sequence[str] = (), include_grid_data: bool = False, fields: str | None = None
    ) -> Json:
        """`spreadsheets.get`."""
        areas = [self.find(text) for text in ranges]
        return spreadsheet_answer(self, areas, include_grid_data, parse_mask(fields) if fields else None)

    def batch_update(self, body: Json, fields: str | None = None) -> Json:
        """`spreadsheets.batchUpdate`: all of its requests or none."""
        work = self.copy_state()
        replies = apply_requests(work, body.get("requests") or [])
        mask = parse_mask(fields) if fields else None
        answer = prune({"spreadsheetId": self.key, "replies": replies}, mask)
        if body.get("includeSpreadsheetInResponse"):
            inner = below(mask, "updatedSpreadsheet")
            areas = [work.find(text) for text in body.get("responseRanges") or ()]
            if mask is None or inner is not None:
                grid = bool(body.get("responseIncludeGridData"))
                answer["updatedSpreadsheet"] = spreadsheet_answer(work, areas, grid, inner)
        self._accept(work)
        return dict(answer)

    def _accept(self, work: Book) -> None:
        work.version = self.version + 1
        self.take(work)

    def values_get(self, a1: str, **options: Any) -> Json:
        """`values.get`; options: majorDimension, valueRenderOption, dateTimeRenderOption."""
        return values.get_values(self, a1, options)

    def values_batch_get(self, ranges: Sequence[str], **options: Any) -> Json:
        """`values.batchGet`."""
        found = [self.find_box(text) for text in ranges]
        answers = [value_range(self, sheet, box, options) for sheet, box in found]
        return {"spreadsheetId": self.key} | ({"valueRanges": answers} if answers else {})

    def values_update(self, a1: str, body: Json, **options: Any) -> Json:
        """`values.update`; options: valueInputOption and those of the answer."""
        work = self.copy_state()
        answer = values.update_values(work, a1, body, options)
        self._accept(work)
        return answer

    def values_append(self, a1: str, body: Json, **options: Any) -> Json:
        """`values.append`; options: valueInputOption, insertDataOption and those of the answer."""
        work = self.copy_state()
        answer = values.append_values(work, a1, body, options)
        self._accept(work)
        return answer

    def values_batch_update(self, body: Json) -> Json:
        """`values.batchUpdate`."""
        work = self.copy_state()
        found = [(*work.find(one.get("range") or ""), one) for one in body.get("data") or []]
        answer = values.batch_update_values(work, found, body)
        self._accept(work)
        return answer

    def values_clear(self, a1: str) -> Json:
        """`values.clear`."""
        return {"spreadsheetId": self.key, "clearedRange": self._clear([self.find(a1)])[0]}

    def values_batch_clear(self, body: Json) -> Json:
        """`values.batchClear`."""
        cleared = self._clear([self.find(text) for text in body.get("ranges") or []])
        return {"spreadsheetId": self.key, "clearedRanges": cleared}

    def _clear(self, found: Sequence[tuple[Sheet, Area]]) -> list[str]:
        boxes = [(sheet, self.within_grid(sheet, area)) for sheet, area in found]
        self.version += 1
        return [values.clear_values(self, sheet, box) for sheet, box in boxes]

    def get_by_data_filter(self, body: Json, fields: str | None = None) -> Json:
        """`spreadsheets.getByDataFilter`."""
        areas = [area for one in body.get("dataFilters") or [] for area in metadata.filter_areas(self, one)]
        mask = parse_mask(fields) if fields else None
        return spreadsheet_answer(self, areas, bool(body.get("includeGridData")), mask)

    def values_batch_get_by_data_filter(self, body: Json) -> Json:
        """`values.batchGetByDataFilter`."""
        answers = []
        for one in body.get("dataFilters") or []:
            for sheet, area in metadata.filter_areas(self, one):
                box = self.within_grid(sheet, area)
                answers.append({"valueRange": value_range(self, sheet, box, body), "dataFilters": [one]})
        return {"spreadsheetId": self.key} | ({"valueRanges": answers} if answers else {})

    def values_batch_update_by_data_filter(self, body: Json) -> Json:
        """`values.batchUpdateByDataFilter`."""
        work = self.copy_state()
        given = [
            (one, area)
            for one in body.get("data") or []
            for area in metadata.filter_areas(work, one["dataFilter"])
        ]
        answer = values.batch_update_values(work, [(*area, one) for one, area in given], body)
        for (one, _), written in zip(given, answer.get("responses", []), strict=True):
            del written["spreadsheetId"]
            written["dataFilter"] = one["dataFilter"]
        self._accept(work)
        return answer

    def values_batch_clear_by_data_filter(self, body: Json) -> Json:
        """`values.batchClearByDataFilter`."""
        found = [area for one in body.get("dataFilters") or [] for area in metadata.filter_areas(self, one)]
        cleared = self._clear(found)
        return {"spreadsheetId": self.key} | ({"clearedRanges": cleared} if cleared else {})

    def metadata_search(self, body: Json) -> Json:
        """`developerMetadata.search`."""
        return metadata.search(self, body.get("dataFilters") or [])

    def metadata_get(self, number: int) -> Json:
        """`developerMetadata.get`."""
        for one in self.metadata:
            if one["metadataId"] == number:
                return one
        raise not_found()
