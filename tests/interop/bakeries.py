"""Foreign bakeries read both records out of every baked picture, and they are the hosted ones.

OB 2.0: `openbadges-bakery`, the reference. OB 3.0: a reader of ours would prove nothing, so the chunk is read with
`pypng`'s chunk reader and the element with `minidom`, as the official OB 3.0 validator does.

usage: bakeries.py SITE BASE_URL EXPECTED_JSON
"""

import io
import json
import sys
from xml.dom import minidom

import png
from openbadges_bakery import unbake

from published import Site, Tally, expected

SITE, BASE, EXPECTED = sys.argv[1:4]
WEB = Site(SITE, BASE)


def ob3_from_png(data):
    keyword = b"openbadgecredential\0"
    bodies = [body[len(keyword):] for kind, body in png.Reader(bytes=data).chunks()
              if kind == b"iTXt" and body.startswith(keyword)]
    assert len(bodies) == 1, f"{len(bodies)} chunks"
    assert bodies[0][:2] == b"\0\0", "compressed"
    _language, _translated, text = bodies[0][2:].split(b"\0", 2)
    return text.decode()


def ob3_from_svg(data):
    document = minidom.parseString(data)
    elements = document.getElementsByTagNameNS("https://purl.imsglobal.org/ob/v3p0", "credential")
    assert len(elements) == 1, f"{len(elements)} elements"
    assert elements[0].tagName == "openbadges:credential", elements[0].tagName
    return "".join(n.data for n in elements[0].childNodes if n.nodeType == n.CDATA_SECTION_NODE)


def ob2(data):
    text = unbake(io.BytesIO(data))
    return text.decode() if isinstance(text, bytes) else text


def main():
    tally = Tally("foreign bakeries")
    _, awards = expected(EXPECTED)
    for award in awards:
        folder = WEB.folder / "a" / award["id"]
        for picture, ob3 in (("badge.png", ob3_from_png), ("badge.svg", ob3_from_svg)):
            file = folder / picture
            if not file.is_file():
                continue
            data = file.read_bytes()
            if award["status"] == "revoked":
                bare = b"openbadgecredential" not in data and b"openbadges" not in data
                tally.check(f"{award['n']} {picture}", bare, "a withdrawn badge's picture still carries a record")
                continue
            for generation, read, hosted in (("2.0", ob2, "assertion.json"), ("3.0", ob3, "credential.json")):
                name = f"{award['n']} {picture} {generation}"
                try:
                    text = read(data)
                    if text.startswith("http"):
                        holds = text == f"{BASE}/a/{award['id']}/{hosted}"
                    else:
                        holds = json.loads(text) == json.loads((folder / hosted).read_bytes())
                    tally.check(name, holds, "differs from the hosted record")
                except Exception as error:  # any failure of a foreign reader is a finding
                    tally.check(name, False, repr(error))
    return tally.finish()


sys.exit(main())
