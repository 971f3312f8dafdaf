"""Starts and stops `dossier serve` for the scripts beside this file."""

import hashlib
import json
import os
import re
import secrets
import signal
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def program():
    named = os.environ.get("DOSSIER")
    for path in [named] if named else [ROOT / ".build/release/dossier", ROOT / ".build/debug/dossier"]:
        if path and os.access(path, os.X_OK):
            return str(path)
    raise SystemExit("build the program first: swift build -c release --product dossier")


class Server:
    """A server over an index of the sample collection, or over the one that DOSSIER_INDEX names."""

    def __init__(self, *flags, tokens=False, prefix=()):
        self.folder = tempfile.TemporaryDirectory(prefix="dossier-serve-")
        home = Path(self.folder.name)
        self.index = os.environ.get("DOSSIER_INDEX")
        if not self.index:
            self.index = str(home / "index")
            subprocess.run([program(), "index", str(ROOT / "seeds"), "--index", self.index], check=True,
                           capture_output=True)
        self.token = None
        flags = list(flags)
        if tokens:
            self.token = secrets.token_hex(32)
            digest = hashlib.sha256(self.token.encode()).hexdigest()
            path = home / "tokens.json"
            path.write_text(json.dumps({"tokens": [
                {"name": "script", "sha256": digest, "read": ["*"], "write": ["*"]}]}))
            path.chmod(0o600)
            flags += ["--tokens", str(path)]
        self.log = open(home / "log", "w+")
        self.process = subprocess.Popen(
            [*prefix, program(), "serve", "--collection", f"main={self.index}", "--listen", "127.0.0.1:0", "--state",
             str(home / "state"), *flags],
            stdout=subprocess.DEVNULL, stderr=self.log, env={**os.environ, "SWIFT_BACKTRACE": "enable=no"})
        self.port = self._port()
        self.worker = self._worker()

    def _worker(self):
        """The process that does the work: the server is its parent."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        children = path.read_text().split() if path.exists() else []
        return int(children[0]) if children else None

    def _port(self):
        for _ in range(1200):
            found = re.search(r"listening on http://[^ ]*:(\d+)/", Path(self.log.name).read_text())
            if found:
                return int(found[1])
            if self.process.poll() is not None:
                raise SystemExit("the server ended: " + Path(self.log.name).read_text())
            time.sleep(0.05)
        raise SystemExit("the server does not listen")

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    def get(self, path, timeout=10):
        request = urllib.request.Request(self.url(path))
        if self.token:
            request.add_header("Authorization", "Bearer " + self.token)
        with urllib.request.urlopen(request, timeout=timeout) as reply:
            return reply.read()

    def memory(self):
        """Anonymous memory, in megabytes."""
        text = Path(f"/proc/{self.worker}/status").read_text()
        return int(re.search(r"RssAnon:\s+(\d+)", text)[1]) / 1024

    def is_running(self):
        """Whether the worker that was started is still the one that serves."""
        return self.process.poll() is None and self._worker() == self.worker

    def kill(self):
        os.kill(self.worker, signal.SIGKILL)
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.terminate()
        try:
            code = self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
        self.log.close()
        self.folder.cleanup()
        return code

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
