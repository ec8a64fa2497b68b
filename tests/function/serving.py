"""The function and its neighbour as processes: started on free ports, measured from outside, ended at the end."""

import json
import os
import pathlib
import shutil
import socket
import subprocess
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORK = ROOT / "target/function"
BASE = "https://badges.estran.example"
TICKS = os.sysconf("SC_CLK_TCK")


def build():
    """The site in debug, the servers as they are released; the names of both servers."""
    run = lambda *command: subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    run("cargo", "build", "--quiet", "--package", "accolade")
    run("cargo", "build", "--quiet", "--release", "--package", "accolade-verify-fn", "--no-default-features",
        "--features", "bare", "--bin", "accolade-verify-fn", "--bin", "bare")
    run(ROOT / "target/debug/accolade", "build", "--quiet", "--out", WORK / "site")
    return ROOT / "target/release/accolade-verify-fn", ROOT / "target/release/bare"


def site_with_one_proof():
    """The demo with one `eddsa-rdfc-2022` proof on each badge and list: a proof does not cover its neighbours."""
    target = WORK / "one-proof"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(WORK / "site", target)
    signed = list(target.glob("a/*/credential.json")) + list(target.glob("issuers/*/status/*.json"))
    for file in signed:
        document = json.loads(file.read_text())
        if isinstance(document.get("proof"), list):
            document["proof"] = next(one for one in document["proof"] if one["cryptosuite"] == "eddsa-rdfc-2022")
            file.write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")))
    return target


def awards():
    """Every award that is published, from the table of expected verdicts."""
    table = json.loads((ROOT / "tests/expected.json").read_text())
    return [award for award in table["awards"] if award["visibility"] != "private"]


class Server:
    """A server on a free port of this machine."""

    def __init__(self, *command):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"127.0.0.1:{self.port}"
        words = [str(word).replace("ADDRESS", self.address) for word in command]
        self.process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise SystemExit(f"{words[0]} does not listen")

    @classmethod
    def of_site(cls, program, site):
        return cls(program, "--site", site, "--listen", "ADDRESS", "--offline", "--rate", "0")

    def cpu_seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory_mb(self, name="VmRSS"):
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(name + ":"):
                return int(line.split()[1]) / 1024
        raise SystemExit("the server is gone")

    def get(self, path):
        with urllib.request.urlopen(f"http://{self.address}{path}") as answer:
            return json.load(answer)

    def end(self):
        self.process.terminate()
        self.process.wait(20)
