"""How the objects of a document refer to each other while the engine has not written it yet."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydyf import PDF


def number_of(reference: bytes) -> int:
    """Give the number of the object that a reference (`b"12 0 R"`) leads to."""
    return int(reference.split()[0])


def object_at(pdf: "PDF", reference: bytes) -> Any:
    """Give the object that a reference leads to."""
    return pdf.objects[number_of(reference)]
