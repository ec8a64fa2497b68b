"""A built site answered as if it were on the web, and nothing else: no socket is ever opened.

Shared by the Python judges. Types go by extension, as on a plain static host; a missing file is a 404.
"""

import json
import os
import pathlib

STANDARDS = pathlib.Path(
    os.environ.get("ACCOLADE_STANDARDS", pathlib.Path(__file__).resolve().parents[3] / "shared" / "standards")
)

TYPES = {
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".html": "text/html; charset=utf-8",
}


class Site:
    """The files below `folder`, at `base`, and the JSON-LD contexts of the standards."""

    def __init__(self, folder, base):
        self.folder = pathlib.Path(folder)
        self.base = base
        index = json.loads((STANDARDS / "contexts" / "index.json").read_text())["contexts"]
        self.contexts = {url: STANDARDS / "contexts" / entry["file"] for url, entry in index.items()}

    def answer(self, url):
        """(status, content type, bytes) for a GET of `url`."""
        url = url.split("#")[0]
        if url in self.contexts:
            return 200, "application/ld+json", self.contexts[url].read_bytes()
        if url == self.base or url.startswith(self.base + "/"):
            path = url[len(self.base):].lstrip("/")
            file = self.folder / (path + "index.html" if path == "" or path.endswith("/") else path)
            if file.is_file():
                return 200, TYPES.get(file.suffix, "application/octet-stream"), file.read_bytes()
        # Home pages of invented organisations answer, so that a judge's reachability probe says nothing.
        if ".example" in url and not url.startswith(self.base):
            return 200, "text/html; charset=utf-8", b"<!doctype html><title>invented</title>"
        return 404, "text/html", b"not found"


def expected(path):
    """The clock and the awards that have a hosted record."""
    document = json.loads(pathlib.Path(path).read_text())
    hosted = [award for award in document["awards"] if award["visibility"] != "private"]
    return document["now"], hosted


class Tally:
    """Counts verdicts, prints the ones that differ, and ends with one line a test runner would print."""

    def __init__(self, judge):
        self.judge, self.passed, self.failed = judge, 0, 0

    def check(self, name, holds, detail=""):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"  {self.judge}: {name}: {detail}")

    def finish(self):
        if self.passed + self.failed == 0:
            print(f"  {self.judge}: nothing was judged")
            self.failed += 1
        print(f"{self.judge}: {self.passed} passed, {self.failed} failed")
        return 1 if self.failed else 0
