"""The sentence of each notice."""

import pytest

from workbench.core.clock import now
from workbench.roles.notices.model import Notice, NoticeKind


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_has_a_sentence_with_who_and_what(kind: NoticeKind):
    notice = Notice(1, kind, "Tom", "closer", "Closer", "", "said yes", now(), None)
    assert notice.sentence.startswith("Tom ")
    assert "Closer" in notice.sentence
