"""Reliability E4: 64 descriptors, 1,000 connections. The server neither ends nor spins, and is itself again afterwards."""

import socket
import time

from server import Server


def processor(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100


def main():
    with Server("--rate", "0", "--quiet", prefix=("prlimit", "--nofile=64:64")) as server:
        server.get("/healthz")
        clients = []
        for _ in range(1_000):
            client = socket.socket()
            client.settimeout(1)
            try:
                client.connect(("127.0.0.1", server.port))
                clients.append(client)
            except OSError:
                client.close()
        before = processor(server.worker)
        time.sleep(5)
        share = (processor(server.worker) - before) / 5
        for client in clients:
            client.close()
        time.sleep(1.5)
        began = time.monotonic()
        server.get("/v1/search?q=lead")
        print(f"{len(clients)} connections with 64 descriptors: {share * 100:.1f} % of a processor while full; "
              f"answered {time.monotonic() - began:.2f} s after they had gone")
        if share >= 0.05:
            raise SystemExit("the server spins")
        if not server.is_running():
            raise SystemExit("the server ended")


main()
