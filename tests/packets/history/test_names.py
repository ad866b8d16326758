"""The history page calls runs and recipes by their titles, and links to a run for those who may read it."""

from tests.support import make
from workbench.accounts.audit import AuditAct, record
from workbench.accounts.model import Thing
from workbench.hiring.people import People
from workbench.packets.model import Delivery
from workbench.packets.recipes.tables import add_recipe


def test_runs_and_recipes_are_called_by_their_titles(as_, slug, store, people):
    leader = people["leader"]
    number = make.print_run(
        store, slug, leader, "file-copy", People(), Delivery.ONE_FILE, finished=False, name="December"
    )
    with store.write.begin() as session:
        recipe = add_recipe(session, make.recipe_draft(), leader.id)
        record(session, leader, AuditAct.ERASED, Thing("packet", leader.id, str(number)), panel=True)
        record(session, leader, AuditAct.RETIRED, Thing("recipe", leader.id, recipe.name))
    page = as_("hr").get("/history").page
    words = [" ".join(line.p.text.split()) for line in page.select(".lines li")]
    assert words[0] == "LB Lea Berg retired the recipe “Second round”"
    assert words[1].startswith(f"LB Lea Berg erased the names in run {number}: December")
    assert words[1].endswith(": the panel too")
    assert page.select_one(f'.lines a[href="/packets/{number}"]')
