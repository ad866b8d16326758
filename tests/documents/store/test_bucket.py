"""A bucket on a real server: whole objects under names, and a plain sentence for everything that goes wrong."""

import hashlib
import os
import signal
from pathlib import Path

import pytest

from tests.support.servers.buckets import S3
from workbench.documents.store import bucket as module
from workbench.documents.store.bucket import Bucket, BucketUnavailable, connection


@pytest.fixture
def bucket(s3: S3) -> Bucket:
    return Bucket("company/printed")


def test_what_is_put_there_is_read_told_of_and_taken_out(bucket: Bucket, s3: S3):
    bucket.write({"ab/one.json": b"{}", "ab/one.pdf": b"%PDF", "two words/Łódź & more.pdf": b"x"})

    assert set(s3.objects()) == {"ab/one.json", "ab/one.pdf", "two words/Łódź & more.pdf"}
    assert bucket.read(["ab/one.pdf", "ab/none", "two words/Łódź & more.pdf"]) == {
        "ab/one.pdf": b"%PDF",
        "two words/Łódź & more.pdf": b"x",
    }
    assert (bucket.has("ab/one.pdf"), bucket.has("ab/on")) == (True, False)
    assert {name: lying.size for name, lying in bucket.names("ab/").items()} == {"ab/one.json": 2, "ab/one.pdf": 4}
    assert set(bucket.names("ab/one.p")) == {"ab/one.pdf"}
    assert set(bucket.subfolder("ab").names()) == {"one.json", "one.pdf"}
    bucket.remove(["ab/one.pdf", "ab/none"])
    assert set(bucket.names("ab/")) == {"ab/one.json"}
    assert bucket.names("nothing/") == {}


@pytest.mark.slow("sends and fetches a file of many megabytes")
def test_a_large_file_comes_back_as_it_was(bucket: Bucket, tmp_path: Path):
    data = bytes(range(256)) * 480_000  # more than is sent in one piece
    (tmp_path / "large").write_bytes(data)
    bucket.upload(tmp_path / "large", "large")
    assert bucket.download("large", tmp_path / "cache" / "large", hashlib.sha256(data).hexdigest())
    assert (tmp_path / "cache" / "large").read_bytes() == data


def test_a_damaged_object_is_not_put_in_place(bucket: Bucket, tmp_path: Path):
    bucket.write({"one": b"damaged"})
    assert not bucket.download("one", tmp_path / "cache" / "one", hashlib.sha256(b"sound").hexdigest())
    assert not bucket.download("none", tmp_path / "cache" / "one", "")
    assert list((tmp_path / "cache").iterdir()) == []


def failures_of(bucket: Bucket, tmp_path: Path) -> list[str]:
    """Ask everything that there is to ask; give the reasons."""
    (tmp_path / "file").write_bytes(b"x")
    reasons = []
    for ask in (
        lambda: bucket.read(["one"]),
        lambda: bucket.has("one"),
        bucket.names,
        lambda: bucket.write({"one": b"1"}),
        lambda: bucket.remove(["one"]),
        lambda: bucket.upload(tmp_path / "file", "one"),
        lambda: bucket.download("one", tmp_path / "cache" / "one", ""),
    ):
        with pytest.raises(BucketUnavailable) as caught:
            ask()
        reasons.append(caught.value.reason)
    return reasons


def test_a_server_that_is_away_is_never_an_empty_answer(bucket: Bucket, s3: S3, tmp_path: Path):
    bucket.write({"one": b"1"})
    s3.stop()
    assert all("does not answer" in reason for reason in failures_of(bucket, tmp_path))
    s3.start()
    assert bucket.read(["one"]) == {"one": b"1"}


def test_a_server_that_says_nothing_is_given_up_in_time(bucket: Bucket, s3: S3, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "_READ_SECONDS", 1)
    connection.cache_clear()
    os.kill(s3.process.pid, signal.SIGSTOP)
    with pytest.raises(BucketUnavailable, match="does not answer"):
        bucket.read(["one"])
    os.kill(s3.process.pid, signal.SIGCONT)
    assert bucket.read(["one"]) == {}


def test_a_bucket_that_was_never_made_is_told_from_one_that_is_empty(s3: S3, tmp_path: Path):
    reasons = failures_of(Bucket("compnay/printed"), tmp_path)
    assert set(reasons) == {"There is no such bucket; make it, or correct WORKBENCH_FILES."}


def test_wrong_keys_are_named(bucket: Bucket, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another")
    connection.cache_clear()
    assert all("refuses us" in reason for reason in failures_of(bucket, tmp_path))
