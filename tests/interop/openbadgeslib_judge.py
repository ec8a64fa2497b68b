"""`openbadgeslib`, both ways: it judges every hosted credential, and `accolade verify` judges what it signs.

It reads one suite, `eddsa-rdfc-2022`, and status lists without their proof; what that means for a badge is said in
`docs/interop.md`.

usage: openbadgeslib_judge.py ACCOLADE_BINARY SITE BASE_URL EXPECTED_JSON SCRATCH_FOLDER
"""

import datetime
import json
import pathlib
import subprocess
import sys

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from openbadgeslib.keys import public_jwk_from_pem
from openbadgeslib.ob3 import Achievement, Issuer, OB3LdpSigner, OB3LdpVerifier, OB3Signer, OpenBadgeCredential
from openbadgeslib.ob3.did import build_did_document
from published import Site, Tally, expected

ACCOLADE, SITE, BASE, EXPECTED, SCRATCH = sys.argv[1:6]
WEB = Site(SITE, BASE)
NOW, AWARDS = expected(EXPECTED)
SCRATCH = pathlib.Path(SCRATCH)
SCRATCH.mkdir(parents=True, exist_ok=True)


class Clock(datetime.datetime):
    """It has no parameter for the time: the clock it reads is the one of the demonstration."""

    @classmethod
    def now(cls, tz=None):
        return datetime.datetime.fromisoformat(NOW.replace("Z", "+00:00")).astimezone(tz)


for name, module in list(sys.modules.items()):
    if name.startswith("openbadgeslib") and getattr(module, "datetime", None) is datetime.datetime:
        module.datetime = Clock


def download(url, *_args, **_options):
    status, _type, body = WEB.answer(url)
    if status != 200:
        raise OSError(f"{status} {url}")
    return body


def judged(document):
    """None when it accepts the document, or why not."""
    try:
        verifier = OB3LdpVerifier.for_issuer_did(document["issuer"]["id"], download=download)
        verifier.verify(json.dumps(document), check_status=True, verify_status_list=False, download=download)
        return None
    except Exception as error:  # whatever a judge raises is its verdict
        return f"{type(error).__name__}: {error}"


def ours(tally):
    for award in AWARDS:
        document = json.loads((WEB.folder / "a" / award["id"] / "credential.json").read_bytes())
        why = judged(document)
        want = award["status"] == "active"
        tally.check(f"{award['n']}", (why is None) == want, f"expected {want}: {why}")
        changed = json.loads(json.dumps(document))
        changed["credentialSubject"]["achievement"]["name"] += "."
        tally.check(f"{award['n']} changed", judged(changed) is not None, "a changed letter was accepted")


def verified(name, text, documents):
    file, found = SCRATCH / f"{name}.txt", SCRATCH / f"{name}.documents.json"
    file.write_text(text)
    found.write_text(json.dumps({url: {"body": json.dumps(body)} for url, body in documents.items()}))
    run = subprocess.run(
        [ACCOLADE, "verify", str(file), "--documents", str(found), "--offline", "--now", NOW, "--json"],
        capture_output=True, text=True, check=False,
    )
    return run.returncode, run.stdout[-1500:] + run.stderr


def theirs(tally):
    keys = {
        "EdDSA": ed25519.Ed25519PrivateKey.generate(),
        "ES256": ec.generate_private_key(ec.SECP256R1()),
        "RS256": rsa.generate_private_key(public_exponent=65537, key_size=2048),
    }
    issued = datetime.datetime(2026, 2, 1, tzinfo=datetime.timezone.utc)
    ends = datetime.datetime(2027, 2, 1, tzinfo=datetime.timezone.utc)
    did = "did:web:elsewhere.example:issuers:maker"
    for algorithm, key in keys.items():
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        public = key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        documents = {
            "https://elsewhere.example/issuers/maker/did.json":
                build_did_document(did, [("k1", public_jwk_from_pem(public))])
        }
        credential = OpenBadgeCredential(
            issuer=Issuer(id=did, name="Atelier inventé", url="https://elsewhere.example/"),
            recipient_id="did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH",
            achievement=Achievement(
                id="https://elsewhere.example/velo", name="Réparer un vélo",
                description="Sait changer une chambre à air.", criteria_narrative="Le faire devant quelqu’un.",
            ),
            issuance_date=issued, expiration_date=ends,
        )
        forms = {"token": OB3Signer(pem, algorithm).sign(credential)}
        if algorithm == "EdDSA":
            forms["proof"] = OB3LdpSigner(pem, f"{did}#k1").sign_to_json(credential)
        for form, text in forms.items():
            code, said = verified(f"{algorithm}-{form}", text, documents)
            tally.check(f"{algorithm} {form}", code == 0, said)
            if form == "token":
                head, payload, signature = text.split(".")
                broken = f"{head}.{payload[:-8]}AAAAAAAA.{signature}"
            else:
                broken = text.replace("Réparer un v", "Voler un v").replace("R\\u00e9parer un v", "Voler un v")
            code, said = verified(f"{algorithm}-{form}-changed", broken, documents)
            tally.check(f"{algorithm} {form} changed", code == 1, said)


def main():
    tally = Tally("openbadgeslib")
    ours(tally)
    theirs(tally)
    return tally.finish()


sys.exit(main())
