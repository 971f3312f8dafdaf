"""Runs schemathesis over a server of its own. Called by contract.sh, which looks whether it is there. Prints what the server
counted, route by route."""

import collections
import os
import re
import subprocess
import sys
import tempfile

from server import Server

CHECKS = ["not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
          "response_schema_conformance", "negative_data_rejection", "missing_required_header", "unsupported_method"]
# Queries, dates and names of fields have rules that JSON Schema cannot tell: a request may be refused that is good by it,
# so "positive_data_acceptance" is not among the checks.

HOOKS = '''
import schemathesis

@schemathesis.serializer("application/x-ndjson")
def lines(context, value):
    return value.encode("utf-8", "replace") if isinstance(value, str) else b"{}"
'''


def counts(server):
    """Answers by route and status, as the server's own figures have them."""
    routes = collections.defaultdict(collections.Counter)
    for line in server.get("/metrics").decode().splitlines():
        found = re.match(r'dossier_requests_total\{(.*)\} (\d+)', line)
        if found:
            labels = dict(re.findall(r'(\w+)="([^"]*)"', found[1]))
            routes[labels.get("route", "")][labels.get("status", "")] += int(found[2])
    for route, statuses in sorted(routes.items()):
        said = " ".join(f"{status}:{count}" for status, count in sorted(statuses.items()))
        print(f"{sum(statuses.values()):6} {route:32} {said}", flush=True)
    print(f"{sum(sum(statuses.values()) for statuses in routes.values()):6} requests")
    bad = {status for statuses in routes.values() for status in statuses if status.startswith("5") and status != "503"}
    return not bad


def main():
    cases = sys.argv[1] if len(sys.argv) > 1 else "450"
    with Server("--rate", "0", "--quiet", tokens=True) as server, tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "hooks.py"), "w") as file:
            file.write(HOOKS)
        result = subprocess.run(
            ["schemathesis", "run", server.url("/openapi.json"), "--phases", "examples,coverage,fuzzing", "-n", cases,
             "--checks", ",".join(CHECKS), "-H", "Authorization: Bearer " + server.token, "--request-timeout", "30",
             "--continue-on-failure"],
            cwd=folder, env={**os.environ, "SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": folder})
        if not server.is_running():
            raise SystemExit("the server ended")
        if not counts(server):
            raise SystemExit("an answer of 5xx that is not 503")
        raise SystemExit(result.returncode)


main()
