"""What the official Open Badges 2.0 validator takes for one hosted assertion, documents at hand.

Prints microseconds of CPU time, the median of many after a warm-up.

usage: bench.py SITE BASE_URL AWARD_ID
"""

import collections
import collections.abc
import io
import logging
import sys
import time

for name in ("Mapping", "MutableMapping", "Iterable", "Sequence", "Callable", "Hashable", "Set"):
    setattr(collections, name, getattr(collections.abc, name))

import requests  # noqa: E402
from requests.adapters import HTTPAdapter  # noqa: E402

from published import Site  # noqa: E402

SITE, BASE, AWARD = sys.argv[1:4]
WEB = Site(SITE, BASE)
KEPT = {}


def send(self, request, **_):
    if request.url not in KEPT:
        KEPT[request.url] = WEB.answer(request.url)
    status, content_type, body = KEPT[request.url]
    response = requests.Response()
    response.status_code, response.url, response.request = status, request.url, request
    response.headers["Content-Type"] = content_type
    response.raw = io.BytesIO(body)
    response._content = body
    return response


HTTPAdapter.send = send

from openbadges import verify  # noqa: E402

logging.disable(logging.CRITICAL)


def run():
    report = verify(f"{BASE}/a/{AWARD}/assertion.json", **{"use_cache": False})["report"]
    assert report["valid"], report["messages"]


for _ in range(3):
    run()
times = []
for _ in range(9):
    before = time.process_time()
    run()
    times.append(time.process_time() - before)
print(sorted(times)[4] * 1e6)
