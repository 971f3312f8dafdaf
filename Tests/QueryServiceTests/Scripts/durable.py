"""What POST /v1/records has acknowledged is there after kill -9: durable.py [ROUNDS].

A batch is sent, the server is killed the moment its answer is read, another one starts over the same index: every record
that was ever acknowledged has to be found, and what was not has to be there whole or not at all.
"""

import http.client
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time

from server import Server, program


def send(server, lines):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("POST", "/v1/records", "\n".join(lines),
                       {"Content-Type": "application/x-ndjson", "Authorization": "Bearer " + server.token})
    reply = connection.getresponse()
    body = json.loads(reply.read())
    return reply.status, body


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    seed = random.randrange(1 << 32)
    print("seed", seed)
    generator = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        first = f"{folder}/first.jsonl"
        with open(first, "w") as file:
            file.write('{"kind":"inspection","id":"FIRST","text":"first"}\n')
        os.environ["DOSSIER_INDEX"] = f"{folder}/index"
        subprocess.run([program(), "index", first], check=True, capture_output=True)
        acknowledged = set()
        unknown = []
        for number in range(rounds):
            server = Server("--rate", "0", "--quiet", tokens=True)
            total = json.loads(server.get("/v1/search?q=batchword&limit=0"))["total"]
            known = sum(size for _, size in acknowledged)
            possible = {known}
            for _, size in unknown:
                possible |= {count + size for count in possible}
            assert total in possible, f"round {number}: {total} found, {sorted(possible)} possible"
            for batch, size in acknowledged:
                found = json.loads(server.get(f"/v1/search?q=batch{batch}x&limit=0"))["total"]
                assert found == size, f"round {number}: batch {batch} has {found} of {size}"
            size = generator.randrange(1, 200)
            lines = [json.dumps({"kind": "inspection", "id": f"B{number}-{place}", "text": f"batchword batch{number}x"})
                     for place in range(size)]
            if number % 2 == 0:
                status, body = send(server, lines)
                assert status == 200 and body["indexed"] == size, body
                acknowledged.add((number, size))
            else:
                # Killed somewhere in the middle.
                thread = threading.Thread(target=lambda: quietly(server, lines), daemon=True)
                thread.start()
                time.sleep(generator.random() * 0.05)
                unknown.append((number, size))
            server.kill()
            server.stop()
        subprocess.run([program(), "check", "--deep"], check=True, capture_output=True)
    print(f"{rounds} kills, {len(acknowledged)} acknowledged batches all there, {len(unknown)} others whole or not there")


def quietly(server, lines):
    try:
        send(server, lines)
    except (OSError, http.client.HTTPException, ValueError):
        pass


main()
