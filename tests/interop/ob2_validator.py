"""The official Open Badges 2.0 validator on every hosted assertion and every baked picture.

usage: ob2_validator.py SITE BASE_URL EXPECTED_JSON
"""

import datetime
import sys

from official import read_from, report
from published import Site, Tally, expected

from openbadges.verifier import verifier
from openbadges.verifier.tasks import validation

SITE, BASE, EXPECTED = sys.argv[1:4]
WEB = Site(SITE, BASE)
read_from(WEB.answer)
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
    found = report(document, recipient_profile=profile)
    return found["valid"], [message.get("result") for message in found["messages"]]


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
