"""A full disk is known behind whatever wraps it, and nothing else is taken for one."""

import errno
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from workbench.core.storage.disk import is_full, means_disk_full


class FromDriver(Exception):
    """An error of a database, with what its driver tells of it."""

    def __init__(self, **values: object) -> None:
        super().__init__("the driver said so")
        self.__dict__ |= values


@pytest.mark.parametrize(
    ("error", "full"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), True),
        (OSError(errno.EACCES, "Permission denied"), False),
        (OperationalError("INSERT", {}, FromDriver(sqlite_errorcode=13)), True),
        (OperationalError("INSERT", {}, FromDriver(sqlite_errorcode=5)), False),
        (OperationalError("INSERT", {}, FromDriver(sqlstate="53100")), True),
        (OperationalError("INSERT", {}, FromDriver(sqlstate="57P01")), False),
        (ValueError("words"), False),
    ],
)
def test_a_full_disk_is_told_from_other_troubles(error: Exception, full: bool):
    assert means_disk_full(error) is full


@pytest.mark.parametrize("how", ["__cause__", "__context__"])
def test_a_full_disk_is_known_behind_another_error(how: str):
    for number, full in ((errno.ENOSPC, True), (errno.EIO, False)):
        error = ValueError("the archive cannot be closed")
        setattr(error, how, OSError(number, "written no more"))
        assert means_disk_full(error) is full


def test_a_disk_with_room_is_not_full_and_of_one_that_is_not_there_nobody_says_so(tmp_path: Path):
    assert not is_full(tmp_path)
    assert not is_full(tmp_path / "gone")
