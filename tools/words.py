"""Gather every word a person sees into the catalogues, compile them, and say what is missing (X7).

`python -m tools.words` brings `locale/cy/LC_MESSAGES/mentor_desk.po` up to the code and compiles it;
`python -m tools.words --check` changes nothing and fails where a word lacks its Welsh.

A plural is written `message(N_("{count} line"), N_("{count} lines"), n)`. pybabel's own reader sees two words
there, not one with two forms, so the code is read here by its syntax tree.
"""

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
READ = ("app.py", "pages", "services", "schemas")
LANGUAGES = ("cy",)
GAP = re.compile(r"\{(\w+)[^}]*\}")
DATELESS = datetime(2026, 1, 1, tzinfo=UTC)  # the same words compile to the same bytes, whatever the day
PLURAL = {"message", "Message", "_"}
Word = str | tuple[str, str]


def main(arguments: list[str] | None = None) -> int:
    """0 where every catalogue is whole."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail where a word is missing")
    is_check = parser.parse_args(arguments).check
    return max(_language(code, gathered(), is_check=is_check) for code in LANGUAGES)


def gathered() -> Catalog:
    """Every marked word of the code, with the files it stands in."""
    found: dict[Word, set[str]] = {}
    for file in files():
        for word in words_of(file.read_text()):
            found.setdefault(word, set()).add(str(file.relative_to(ROOT)))
    plurals = {word[0]: word for word in found if isinstance(word, tuple)}
    catalogue = Catalog(project="Mentor Desk", charset="utf-8")
    for word in sorted(found, key=str):
        if isinstance(word, tuple) or word not in plurals:
            catalogue.add(word, locations=[(name, 0) for name in sorted(found[word])])
    return catalogue


def files() -> Iterator[Path]:
    """The Python files whose words people see."""
    for name in READ:
        path = ROOT / name
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))


def words_of(source: str) -> Iterator[Word]:
    """The marked words of one file: `N_("…")`, and pairs of them as singular and plural."""
    nodes = list(ast.walk(ast.parse(source)))
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    paired: set[int] = set()
    for said in _pairs(nodes):
        one, many = (_marked(arg) for arg in said)
        if one and many:
            paired |= {id(arg) for arg in said}
            yield one, many
    for call in calls:
        if id(call) not in paired and (word := _marked(call)):
            yield word


def _pairs(nodes: list[ast.AST]) -> Iterator[list[ast.expr]]:
    """What may be a word with its plural: a call's first two arguments, or two counting words kept together."""
    for node in nodes:
        if isinstance(node, ast.Call) and _name(node) in PLURAL:
            yield (node.args + [ast.Constant(None)] * 2)[:2]
        elif isinstance(node, ast.Tuple) and ["{count}" in _marked(each) for each in node.elts] == [
            True,
            True,
        ]:
            yield node.elts


def _marked(node: ast.expr | None) -> str:
    if not isinstance(node, ast.Call) or _name(node) not in {"N_", "_"} or not node.args:
        return ""
    first = node.args[0]
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _language(code: str, wanted: Catalog, *, is_check: bool) -> int:
    po = ROOT / "locale" / code / "LC_MESSAGES" / "mentor_desk.po"
    kept = read_po(BytesIO(po.read_bytes()), locale=code) if po.exists() else Catalog(locale=code)
    kept.update(wanted, no_fuzzy_matching=True, update_header_comment=False)
    kept.obsolete.clear()
    if not is_check:
        _write(kept, po)
    faults = list(_faults(kept))
    sys.stdout.write("".join(f"{code}: {fault}\n" for fault in faults))
    sys.stdout.write(f"{code}: {len(kept)} words, {len(faults)} to mend\n")
    return 1 if faults and is_check else 0


def _write(catalogue: Catalog, po: Path) -> None:
    po.parent.mkdir(parents=True, exist_ok=True)
    text, compiled = BytesIO(), BytesIO()
    catalogue.creation_date = catalogue.revision_date = DATELESS
    write_po(text, catalogue, omit_header=False, sort_output=True, include_lineno=False, width=100)
    dated = re.sub(rb'"(POT-Creation-Date|PO-Revision-Date|Generated-By)[^\n]*\n', b"", text.getvalue())
    po.write_bytes(dated)
    write_mo(compiled, catalogue)
    po.with_suffix(".mo").write_bytes(compiled.getvalue())


def _faults(catalogue: Catalog) -> Iterator[str]:
    for entry in catalogue:
        if not entry.id:
            continue
        said = _forms(entry.string)
        if not said or not all(said):
            yield f"no words for {entry.id!r}"
        elif any(_gaps(each) - _wanted_gaps(entry) for each in said):
            yield f"other gaps in the words for {entry.id!r}"


def _wanted_gaps(entry: Message) -> set[str]:
    return set().union(*(_gaps(form) for form in _forms(entry.id)))


def _forms(said: object) -> tuple[str, ...]:
    """The one form of a word, or the several of a plural."""
    if isinstance(said, str):
        return (said,)
    return tuple(said) if isinstance(said, list | tuple) else ()


def _gaps(text: str) -> set[str]:
    return set(GAP.findall(text))


if __name__ == "__main__":
    sys.exit(main())
