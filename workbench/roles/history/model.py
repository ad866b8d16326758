"""Name the parts of a role, and undo one change of it without the loss of a later text."""

from collections.abc import Mapping
from typing import Any, Final

from workbench.core.shape import structure, unstructure
from workbench.roles.fields import PURPOSE, ROLE
from workbench.roles.model import Role

KEEP_DAYS = 90  # of a state in the history, and of a draft in the trash
_MISSING: Final = None  # plain data has no empty values
_ANSWERS = {each.page: each.label for each in PURPOSE}
_PAGES = {"seat": "Title and place", "everything": "The whole role"} | {
    each.page: each.label for each in reversed(ROLE) if each.page not in ("seat", "purpose")
}
_PAGES |= {"pay": "Pay", "targets": "The targets", "promises": "Promises"}
_ITEMS = {"expectations": "a target of", "questions": "a question of", "supports": "the support of"} | {
    "exercise": "the material of an exercise of"
}


def label_of_part(part: str, *roles: Role) -> str:
    """Return the name of a part as a reader knows it; an accountability is named by its outcome in the first role with one."""
    head, *path = part.split("/")
    if head != "accountabilities" or not path:
        return _ANSWERS.get(part) or _PAGES.get(part) or part.capitalize()
    outcomes = [item.outcome for role in roles for item in role.accountabilities if item.key == path[0]]
    outcome = next(filter(None, outcomes), "")
    name = f"“{outcome}”" if outcome else "a new accountability"
    words = _ITEMS.get(path[-1] if path[-1] == "exercise" else path[1], "") if len(path) > 1 else ""
    label = f"{words} {name}" if words else name
    return label[0].upper() + label[1:]


def undo(now: Role, before: Role, after: Role) -> Role:
    """Return the role of `now` without the change from `before` to `after`.

    A text that has changed once more since then stays as it is now. Accountabilities, expectations and questions are matched
    by key; any other list is one text. The result equals `now` where nothing of the change is left to undo.
    """
    return structure(Role, _merge(unstructure(after), unstructure(now), unstructure(before)))


def _merge(base: Any, ours: Any, theirs: Any) -> Any:
    """Return ours with the difference from base to theirs; ours stays where both differ from base."""
    if ours in (base, theirs):
        return theirs
    if base == theirs:
        return ours
    sides = (base, ours, theirs)
    if all(isinstance(each, Mapping) for each in sides):
        names = dict.fromkeys([*ours, *theirs])
        merged = {name: _merge(*(each.get(name, _MISSING) for each in sides)) for name in names}
        return {name: value for name, value in merged.items() if value is not _MISSING}
    if all(_is_keyed(each) for each in sides):
        return _merge_keyed(*({item["key"]: item for item in each or ()} for each in sides))
    return ours


def _is_keyed(value: Any) -> bool:
    """Return whether a value is a list of items with keys; an empty list is left out of plain data."""
    if value is None:
        return True
    return isinstance(value, list) and all(isinstance(item, Mapping) and "key" in item for item in value)


def _merge_keyed(base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]) -> list[Any]:
    """Merge lists item by item. Theirs has the order, unless ours was put into another order since."""
    merged = {
        key: _merge(*(side.get(key, _MISSING) for side in (base, ours, theirs)))
        for key in dict.fromkeys([*ours, *theirs])
    }
    moved = [key for key in base if key in ours] != [key for key in ours if key in base]
    first, second = (ours, theirs) if moved else (theirs, ours)
    order = list(first)
    for key in (key for key in second if key not in first):
        order.insert(_place_of(key, list(second), order), key)
    return [merged[key] for key in order if merged[key] is not _MISSING]


def _place_of(key: str, keys: list[str], order: list[str]) -> int:
    """Return the place in `order` for a key: after the nearest key before it in its own list."""
    earlier = [each for each in keys[: keys.index(key)] if each in order]
    return order.index(earlier[-1]) + 1 if earlier else 0
