"""The store of an installation is where its settings say."""

from pathlib import Path

from tests.support.servers.databases import Database
from workbench.documents.store.installation import open_store


def test_documents_are_stored_in_the_data_folder_or_in_the_one_that_machines_share(store: Database, tmp_path: Path):
    assert open_store(store.settings()).folder == tmp_path / "documents"
    assert open_store(store.settings(files="/mnt/shared")).folder == Path("/mnt/shared/documents")
