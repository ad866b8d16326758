"""Find the objects of a PDF by their references while the layout engine has not written it yet."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydyf import PDF


def number_of(reference: bytes) -> int:
    """Return the object number of a reference (`b"12 0 R"`)."""
    return int(reference.split()[0])


def object_at(pdf: "PDF", reference: bytes) -> Any:
    """Return the object of a reference."""
    return pdf.objects[number_of(reference)]
