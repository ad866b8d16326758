"""A browser is named in two words, whatever it says about itself."""

import pytest

from workbench.core.text.browsers import browser_words

LIKE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"
APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (LIKE, "Chrome on Windows"),
        (f"{LIKE} Edg/156.0.0.0", "Edge on Windows"),
        (f"{LIKE} OPR/120.0.0.0", "Opera on Windows"),
        (f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {APPLE} Version/19.0 Safari/605.1.15", "Safari on Mac"),
        (
            f"Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) {APPLE} Version/19.0 Safari/604.1",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        (
            LIKE.replace("Windows NT 10.0; Win64; x64", "X11; Linux x86_64").replace("Chrome", "HeadlessChrome"),
            "Chrome on Linux",
        ),
        ("Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/156.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Something on Windows", "A browser on Windows"),
        ("Firefox/140.0", "Firefox"),
        ("curl/8.0", "Unknown browser"),
        ("", "Unknown browser"),
    ],
)
def test_a_browser_is_named_in_words(user_agent: str, words: str):
    assert browser_words(user_agent) == words
