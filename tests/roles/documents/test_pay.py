"""Pay that is not released: a reader without the permission sees it on no page and in no file."""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from tests.documents import pdfs
from tests.support import make
from tests.support.proof import PageClient
from tests.support.servers.databases import Database
from workbench.accounts import permissions
from workbench.accounts.model import Kind, Person
from workbench.accounts.permissions import Act, allow
from workbench.core.jobs.tables import JobState
from workbench.core.shape import unstructure
from workbench.grants import PERMISSIONS
from workbench.hiring.model import People
from workbench.packets import loading
from workbench.packets.model import RoleChoice, RunRequest
from workbench.packets.planning.role_options import DRAFT_PREFIX, select_roles
from workbench.packets.recipes.model import find_shipped_recipe
from workbench.roles.documents.kinds import DOCUMENTS
from workbench.roles.model import Pay

# The review quotes the words of both texts, and advises against the spread.
PAY = Pay(6_511_100, 18_522_200, variable="Zebra bonus, crush it in €.", benefits="Walrus days, crush it in €.")
SECRETS = ("65,111", "185,222", "6511100", "18522200", "Zebra", "Walrus", "1.6 times")
GRANTED = {
    "position-description",
    "interview-kit",
    "exercise-candidate",
    "exercise-interviewer",
}  # to interviewers, see workbench/roles/documents/kinds.py
RunJobs = Callable[[], list[JobState | None]]


@pytest.fixture
def _interviewers_read_drafts() -> Iterator[None]:
    """Let interviewers read and print drafts and editions, but not their pay."""
    acts = (Act.READ, Act.PRINT)
    more = (allow("draft", (*acts, Act.CREATE), Kind.INTERVIEWER), allow("edition", acts, Kind.INTERVIEWER))
    permissions.compose(*PERMISSIONS, more)
    yield
    permissions.compose(*PERMISSIONS)


@pytest.fixture
def paid(store: Database, people: dict[str, Person]) -> str:
    """The leader's draft with two editions of other pay, none of it released."""
    slug = make.draft(store, people["leader"], make.role(pay=PAY))
    make.edition(store, slug, people["leader"])
    with store.write.begin() as session:
        make.draft_row(session, slug).value = unstructure(make.role(pay=replace(PAY, benefits="")))
    make.edition(store, slug, people["leader"])
    with store.write.begin() as session:
        make.draft_row(session, slug).value = unstructure(make.role(pay=PAY))
    return slug


def readable(data: bytes, mimetype: str) -> str:
    """Return the text of a page or a file."""
    if mimetype == "application/pdf":
        return pdfs.text(data)
    if "openxmlformats" in mimetype:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return " ".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    return data.decode("utf-8", "replace")


def addresses(slug: str) -> list[str]:
    """Return the address of each page and file that reads a draft or an edition."""
    draft, edition = f"/roles/{slug}", f"/editions/{slug}/1"
    files = [f"{kind}{ending}" for kind in DOCUMENTS for ending in ("", ".pdf", ".docx", ".pdf?size=large")]
    return [
        *(draft, f"{draft}/check", f"{draft}/chain"),
        *(edition, f"/editions/compare?left={slug}/1&right={slug}/2"),
        *(f"{place}/metrics{ending}" for place in (draft, edition) for ending in ("", ".csv", ".xlsx")),
        *(f"{draft}/documents/{file}" for file in files),
        *(f"{edition}/{file}" for file in files),
    ]


def texts_for(reader: PageClient, slug: str) -> dict[str, str]:
    """Return the text of each page and file that a person may read, by its address."""
    found = {}
    for address in addresses(slug):
        answer = reader.get(address)
        if answer.status_code == 200:
            found[address] = readable(answer.data, answer.mimetype)
    return found


@pytest.mark.slow("opens every page and file of a role")
@pytest.mark.usefixtures("_interviewers_read_drafts")
def test_a_reader_of_drafts_sees_unreleased_pay_on_no_page_and_in_no_file(
    as_: Callable[[str], PageClient], paid: str, run_jobs: RunJobs
):
    reader = as_("interviewer")
    for place in (f"/roles/{paid}/documents/print", f"/editions/{paid}/1/print"):
        for options in ({}, {"size": "large"}):
            reader.post(place, data=options)
    assert set(run_jobs()) == {JobState.DONE}

    found = texts_for(reader, paid)

    assert f"/roles/{paid}/documents/position-description.pdf" in found
    assert "Tell me about a customer" in found[f"/roles/{paid}/documents/interview-kit.pdf"]
    for kind in GRANTED:
        pdf = found[f"/roles/{paid}/documents/{kind}.pdf?size=large"]
        assert "Not printed yet" not in pdf, kind
    leaks = {address: secret for address, text in found.items() for secret in SECRETS if secret in text}
    assert leaks == {}
    assert "Not released yet" in found[f"/roles/{paid}/check"]


@pytest.mark.slow("opens every page and file of a role")
def test_the_owner_sees_the_pay_in_each_place_where_another_reader_must_not(
    as_: Callable[[str], PageClient], paid: str, run_jobs: RunJobs
):
    owner = as_("leader")
    owner.post(f"/roles/{paid}/documents/print")
    run_jobs()

    found = texts_for(owner, paid)

    places = {
        word: {address.removeprefix(f"/roles/{paid}") for address, text in found.items() if word in text}
        for word in ("Zebra", "65,111")
    }
    description, annex = "/documents/position-description", "/documents/position-annex"
    assert {"/check", annex, f"{annex}.pdf", f"{annex}.docx"} <= places["Zebra"]
    assert {description, f"{description}.pdf", f"{description}.docx"} <= places["65,111"]
    assert "1.6 times" in found[f"/roles/{paid}/check"]
    assert "Walrus" in found[f"/editions/compare?left={paid}/1&right={paid}/2"]


@pytest.mark.usefixtures("_interviewers_read_drafts")
def test_a_draft_s_documents_and_metrics_are_read_by_those_who_may_read_their_kind(
    as_: Callable[[str], PageClient], paid: str
):
    reader, draft = as_("interviewer"), f"/roles/{paid}"
    for kind in DOCUMENTS:
        status = 200 if kind in GRANTED else 404
        for address in (f"documents/{kind}", f"documents/{kind}.pdf", f"documents/{kind}.docx", f"preview/{kind}.png"):
            assert reader.get(f"{draft}/{address}").status_code == status, address
    for place in (draft, f"/editions/{paid}/1"):
        for ending in ("", ".csv", ".xlsx"):
            assert reader.get(f"{place}/metrics{ending}").status_code == 404, place
    links = {link["href"] for link in reader.get(draft).page.select("a")}
    assert {kind for kind in DOCUMENTS if f"{draft}/documents/{kind}" in links} == GRANTED
    assert f"{draft}/metrics" not in links


@pytest.mark.slow("draws two pictures")
@pytest.mark.usefixtures("_interviewers_read_drafts")
def test_the_preview_of_a_reader_without_pay_is_another_than_the_owner_s(as_: Callable[[str], PageClient], paid: str):
    address = f"/roles/{paid}/preview/position-description.png?at=Pay"
    assert as_("interviewer").get(address).data != as_("leader").get(address).data


@pytest.mark.usefixtures("_interviewers_read_drafts")
@pytest.mark.parametrize("source", ["/roles/{}/copy", "/editions/{}/1/draft"])
def test_a_draft_that_a_reader_starts_from_another_has_none_of_its_pay(
    as_: Callable[[str], PageClient], store: Database, paid: str, source: str
):
    answer = as_("interviewer").post(source.format(paid))
    assert answer.status_code == 303
    assert make.stored_role(store, answer.location.rsplit("/", 1)[-1]).pay == Pay()


@pytest.mark.parametrize(("who", "sees"), [("leader", True), ("hr", True), ("interviewer", False), ("other", False)])
def test_a_print_run_has_the_pay_that_its_planner_may_see(
    store: Database, people: dict[str, Person], paid: str, who: str, sees: bool
):
    with store.read() as session:
        number, edition = make.draft_row(session, paid).id, make.edition_rows(session)[0].id
        choices = (RoleChoice(edition), *select_roles(session, people[who], [f"{DRAFT_PREFIX}{number}"]))
        request = RunRequest(find_shipped_recipe("file-copy"), choices, People(), "Ann")
        roles = loading.job_for_request(session, people[who], request).roles
    assert [chosen.role.pay == PAY for chosen in roles] == [sees, sees]
    assert [chosen.role.pay == Pay() for chosen in roles] == [not sees, not sees]
