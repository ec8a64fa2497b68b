"""The official Open Badges 2.0 validator on every hosted assertion and every baked picture.

usage: ob2_validator.py SITE BASE_URL EXPECTED_JSON
"""

import collections
import collections.abc
import datetime
import io
import logging
import sys

for name in ("Mapping", "MutableMapping", "Iterable", "Sequence", "Callable", "Hashable", "Set"):
    setattr(collections, name, getattr(collections.abc, name))

import requests  # noqa: E402
from requests.adapters import HTTPAdapter  # noqa: E402

from published import Site, Tally, expected  # noqa: E402

SITE, BASE, EXPECTED = sys.argv[1:4]
WEB = Site(SITE, BASE)


def send(self, request, **_):
    status, content_type, body = WEB.answer(request.url)
    response = requests.Response()
    response.status_code, response.url, response.request = status, request.url, request
    response.headers["Content-Type"] = content_type
    response.raw = io.BytesIO(body)
    response._content = body
    return response


HTTPAdapter.send = send

from openbadges import verify  # noqa: E402
from openbadges.verifier import verifier  # noqa: E402
from openbadges.verifier.tasks import validation  # noqa: E402

logging.disable(logging.CRITICAL)
reference_unbake = verifier.unbake


def unbake(image):
    """The reference unbaker returns bytes for an SVG with `verify=`, which the validator cannot read on Python 3."""
    found = reference_unbake(image)
    return found.decode() if isinstance(found, bytes) else found


verifier.unbake = unbake
NOW, AWARDS = expected(EXPECTED)


class Clock(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return datetime.datetime.fromisoformat(NOW.replace("Z", "+00:00")).astimezone(tz)


validation.datetime = Clock


def verdict(document, award):
    profile = {"email": [award["email"]]} if award.get("email") else None
    report = verify(document, recipient_profile=profile, **{"use_cache": False})["report"]
    return report["valid"], [message.get("result") for message in report["messages"]]


def main():
    tally = Tally("official Open Badges 2.0 validator")
    for award in AWARDS:
        want = award["status"] == "active"
        folder = f"a/{award['id']}"
        valid, messages = verdict(f"{BASE}/{folder}/assertion.json", award)
        tally.check(f"{award['n']} hosted", valid == want, f"valid={valid}, expected {want}: {messages}")
        for picture in ("badge.png", "badge.svg"):
            file = WEB.folder / folder / picture
            if award["status"] == "revoked" or not file.is_file():
                continue  # a withdrawn badge's pictures carry nothing
            with open(file, "rb") as image:
                valid, messages = verdict(image, award)
            tally.check(f"{award['n']} {picture}", valid == want, f"valid={valid}, expected {want}: {messages}")
    return tally.finish()


sys.exit(main())
