"""The levels of sharing, and the relations that they give."""

from workbench.accounts.model import Relation
from workbench.roles.sharing.model import AccessLevel, Collaborator, relations_of


def test_a_level_gives_one_relation_and_pay_another():
    assert relations_of(7, AccessLevel.COMMENT, sees_pay=False) == {(Relation.COMMENTER, 7)}
    assert relations_of(7, AccessLevel.EDIT, sees_pay=True) == {(Relation.EDITOR, 7), (Relation.PAY_READER, 7)}


def test_what_a_collaborator_may_do_is_said_in_words():
    assert Collaborator(7, "Tom", AccessLevel.READ, sees_pay=False).words == "Read"
    assert Collaborator(7, "Tom", AccessLevel.EDIT, sees_pay=True).words == "Read, comment and edit, and see the pay"
