"""Field masks: which parts of an answer to give, and which parts of a thing a request changes."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

Mask = dict[str, "Mask"]
"""A tree of names; an empty tree means everything below. `*` stands for every name."""

EVERYTHING: Mask = {}


@lru_cache(maxsize=1024)
def parse_mask(text: str) -> Mask:
    """The tree of `a.b,c(d,e/f)`; dots and slashes mean the same."""
    mask, rest = _names(text.replace(" ", ""), 0)
    return mask if rest >= len(text.replace(" ", "")) else {}


def _names(text: str, at: int) -> tuple[Mask, int]:
    mask: Mask = {}
    while at < len(text) and text[at] != ")":
        at = _path(text, at, mask)
        if at < len(text) and text[at] == ",":
            at += 1
    return mask, at


def _path(text: str, at: int, into: Mask) -> int:
    """Read one path into the tree; a name already taken whole stays whole."""
    whole = False
    while True:
        end = at
        while end < len(text) and text[end] not in ".,/()":
            end += 1
        known = text[at:end] in into
        whole = whole or (known and not into[text[at:end]])
        parent, into = into, into.setdefault(text[at:end], {})
        if end >= len(text) or text[end] in ",)":
            parent[text[at:end]] = {}
            return end
        at = end + 1
        if text[end] == "(":
            inner, at = _names(text, at)
            if not whole:
                into.update(inner)
            return at + 1
        if whole:
            into = {}


def below(mask: Mask | None, name: str) -> Mask | None:
    """The mask for what stands under `name`; None when it is not asked for. {} asks for everything."""
    if mask is None or not mask:
        return mask
    found = mask.get(name)
    return mask.get("*") if found is None else found


def prune(value: Any, mask: Mask | None) -> Any:
    """Only the masked parts of an answer; lists keep their positions."""
    if not mask:
        return value
    if isinstance(value, list | tuple):
        return [prune(one, mask) for one in value]
    if not isinstance(value, Mapping):
        return value
    kept = ((key, part, below(mask, key)) for key, part in value.items())
    return {key: prune(part, inner) for key, part, inner in kept if inner is not None}


def overlay(old: Mapping[str, Any], new: Mapping[str, Any], mask: Mask) -> dict[str, Any]:
    """`old` with the masked parts taken from `new`; a masked part absent there is cleared."""
    if not mask or "*" in mask:
        return dict(new)
    made = dict(old)
    for name, inner in mask.items():
        part = new.get(name)
        if inner and (isinstance(part, Mapping) or part is None):
            before = made.get(name)
            changed = overlay(before if isinstance(before, Mapping) else {}, part or {}, inner)
            _set(made, name, changed or None)
        else:
            _set(made, name, part)
    return made


def _set(made: dict[str, Any], name: str, part: Any) -> None:
    if part is None:
        made.pop(name, None)
    else:
        made[name] = part


def paths(mask: Mask, before: str = "") -> Iterator[str]:
    """Each path of the tree, dotted."""
    for name, inner in mask.items():
        if inner:
            yield from paths(inner, f"{before}{name}.")
        else:
            yield before + name
