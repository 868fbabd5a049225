"""The table `values.append` looks for: the last island of written cells that its range touches."""

from tests.sheets_standin.areas import Box
from tests.sheets_standin.sheet import Sheet


def last_table(sheet: Sheet, asked: Box) -> Box | None:
    """The bounding box of the last island meeting `asked`; islands are parted by blank rows or columns."""
    found = [island for island in islands(sheet) if _meet(island, asked)]
    return max(found, key=lambda box: (box.bottom, box.right), default=None)


def islands(sheet: Sheet) -> list[Box]:
    """The boxes of written cells, joined while they touch, corners counting."""
    boxes: list[Box] = []
    for row, cells in enumerate(sheet.cells):
        columns = sorted(c for c, cell in cells.items() if not cell.blank)
        for left, right in _runs(columns):
            boxes = _joined(boxes, Box(row, row + 1, left, right))
    return boxes


def _runs(columns: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for column in columns:
        if runs and runs[-1][1] == column:
            runs[-1] = (runs[-1][0], column + 1)
        else:
            runs.append((column, column + 1))
    return runs


def _joined(boxes: list[Box], new: Box) -> list[Box]:
    """The boxes with a new one, every box it touches taken into it, until none does."""
    while True:
        touching = [box for box in boxes if _touch(box, new)]
        if not touching:
            return [*boxes, new]
        boxes = [box for box in boxes if not _touch(box, new)]
        for box in touching:
            new = Box(min(box[0], new[0]), max(box[1], new[1]), min(box[2], new[2]), max(box[3], new[3]))


def _touch(one: Box, two: Box) -> bool:
    return one.top <= two.bottom and two.top <= one.bottom and one.left <= two.right and two.left <= one.right


def _meet(one: Box, two: Box) -> bool:
    return one.top < two.bottom and two.top < one.bottom and one.left < two.right and two.left < one.right
