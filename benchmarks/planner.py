"""Measure the server time of the planner's pages in one process of the real application; print a table."""

import sys
import tempfile
import time
from pathlib import Path

from flask.testing import FlaskClient

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # for the builders of the tests
from tests.support import site
from tests.support.servers import databases

ALLOWED = 0.060  # seconds of processor time a page
STAGES = "&stages-0-name=opportunities&stages-0-share=11+of+50&stages-1-name=meetings&stages-1-share=35%25"
PAGES = {
    "as it opens": "/planner",
    "three kinds of work, a team of three": "/planner?target=5000000&deal=45000&starts=2027-01-01&months=12&country=US"
    f"&people=3&confidence=0.9{STAGES}&stages-2-name=calls&stages-2-share=3%25",
    "twenty million in three years": f"/planner?target=20000000&deal=45000&starts=2027-01-01&months=36{STAGES}",
    "existing accounts": "/planner/accounts",
    "halfway through": "/planner/so-far",
    "catalogue of metrics": "/metrics",
}


def best(client: FlaskClient, address: str, rounds: int = 15) -> float:
    """Return the processor seconds of one page: the best of several rounds, so that other load does not count."""
    found = []
    for _ in range(rounds):
        start = time.process_time()
        answer = FlaskClient.open(client, address)  # skips the proof-reading
        found.append(time.process_time() - start)
        assert answer.status_code == 200, address
    return min(found)


def main() -> int:
    """Print the table; return 1 if a page is too slow."""
    with databases.fresh("sqlite", Path(tempfile.mkdtemp())) as store:
        client = site.app(store).test_client().sign_in(site.people(store)["leader"])
        rows = [(what, best(client, address)) for what, address in PAGES.items()]
    print(f"{'page':<40}{'ms':>10}{'allowed ms':>14}")
    for what, seconds in rows:
        print(f"{what:<40}{seconds * 1e3:>10.1f}{ALLOWED * 1e3:>14.0f}")
    return 1 if any(seconds > ALLOWED for _, seconds in rows) else 0


if __name__ == "__main__":
    raise SystemExit(main())
