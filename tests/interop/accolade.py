"""Our own verifier on every hosted assertion, credential and picture, compared with the table the demo was made from.

usage: accolade.py ACCOLADE_BINARY SITE BASE_URL EXPECTED_JSON
"""

import json
import pathlib
import subprocess
import sys

from published import Tally, expected

ACCOLADE, SITE, BASE, EXPECTED = sys.argv[1:5]
NOW, AWARDS = expected(EXPECTED)
EXIT = {"valid": 0, "invalid": 1, "unknown": 3}


def main():
    tally = Tally("accolade verify")
    for award in AWARDS:
        folder = pathlib.Path(SITE) / "a" / award["id"]
        inputs = {
            "assertion URL": f"{BASE}/a/{award['id']}/assertion.json",
            "credential URL": f"{BASE}/a/{award['id']}/credential.json",
            "page URL": f"{BASE}/a/{award['id']}/",
        }
        if award["status"] != "revoked":
            inputs |= {p: str(folder / p) for p in ("badge.png", "badge.svg") if (folder / p).is_file()}
        for name, given in inputs.items():
            person = ["--recipient", award["email"]] if award.get("email") and award["status"] == "active" else []
            run = subprocess.run(
                [ACCOLADE, "verify", given, "--site", SITE, "--repo", ".", "--offline", "--now", NOW, "--json", *person],
                capture_output=True, text=True, check=False,
            )
            try:
                report = json.loads(run.stdout)
            except ValueError:
                tally.check(f"{award['n']} {name}", False, run.stdout + run.stderr)
                continue
            got = (report["verdict"], report["status"], run.returncode)
            want = (award["verdict"], award["status"], EXIT[award["verdict"]])
            failing = [c for c in report["checks"] if c["outcome"] != "pass"]
            tally.check(f"{award['n']} {name}", got == want, f"{got}, expected {want}: {failing}")
    return tally.finish()


sys.exit(main())
