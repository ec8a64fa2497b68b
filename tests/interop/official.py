"""The official Open Badges 2.0 validator on a Python of today, with a built site for its web."""

import collections
import collections.abc
import io
import logging

# Names that it looks for where they were up to Python 3.9.
for name in ("Mapping", "MutableMapping", "Iterable", "Sequence", "Callable", "Hashable", "Set"):
    setattr(collections, name, getattr(collections.abc, name))

import requests  # noqa: E402
from requests.adapters import HTTPAdapter  # noqa: E402


def read_from(answer):
    """Lets `answer` give status, type and body of every address."""

    def send(self, request, **_):
        status, content_type, body = answer(request.url)
        response = requests.Response()
        response.status_code, response.url, response.request = status, request.url, request
        response.headers["Content-Type"] = content_type
        response.raw = io.BytesIO(body)
        response._content = body
        return response

    HTTPAdapter.send = send


def report(document, **options):
    """What it says of an address or a picture, read anew."""
    from openbadges import verify

    logging.disable(logging.CRITICAL)
    return verify(document, use_cache=False, **options)["report"]
