"""Files that are there as a whole or not at all, and are found as soon as they are there."""

from pathlib import Path

import pytest

from workbench.documents.store import disk


def test_a_file_is_found_as_soon_as_it_is_there(tmp_path: Path):
    file = tmp_path / "ab" / "abc.pdf"
    assert not disk.exists(file)
    file.parent.mkdir()
    assert not disk.exists(file)
    disk.write_file(file, b"whole")
    assert disk.exists(file)
    assert [place.name for place in file.parent.iterdir()] == ["abc.pdf"]


def test_a_file_that_the_system_remembers_as_missing_is_found_after_its_folder_was_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file, checks = tmp_path / "abc.pdf", []
    disk.write_file(file, b"whole")
    real = Path.is_file

    def remembered(place: Path) -> bool:
        checks.append(place)
        return len(checks) > 1 and real(place)  # as NFS does for a minute

    monkeypatch.setattr(Path, "is_file", remembered)
    assert disk.exists(file)
    assert len(checks) == 2
