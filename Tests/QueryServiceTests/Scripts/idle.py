"""10,000 connections that say nothing are held; a good client is answered in under 100 ms meanwhile.

Clients spread over 127.0.0.0/8, 200 an address, so that the share of one address is not what is tested. Asks for as many
descriptors as the system allows; holds fewer, and says so, where that is less.
"""

import resource
import socket
import statistics
import sys
import time

from server import Server


def main():
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    count = min(wanted - 10, hard - 200)
    if count < wanted - 10:
        print(f"the system allows {hard} descriptors: {count} connections rather than {wanted}")
    with Server("--rate", "0", "--quiet") as server:
        # The table of descriptors grows with them; a first request warms what is kept.
        server.get("/v1/search?q=lead")
        clients = []
        began = time.monotonic()
        for number in range(count):
            client = socket.socket()
            client.bind((f"127.0.{1 + number // 200 // 250}.{1 + number // 200 % 250}", 0))
            client.connect(("127.0.0.1", server.port))
            # A first byte of a head, or nothing at all.
            if number % 2 == 0:
                client.sendall(b"G")
            clients.append(client)
            if time.monotonic() - began > 8 and number % 2 == 0:
                pass
        opened = time.monotonic() - began
        times = []
        while time.monotonic() - began < 9.5 or len(times) < 50:
            start = time.monotonic()
            server.get("/v1/search?q=lead+coating")
            times.append(time.monotonic() - start)
            time.sleep(0.02)
        figures = server.get("/metrics").decode()
        held = int(next(line.split()[1] for line in figures.splitlines() if line.startswith("dossier_connections ")))
        print(f"{count} opened in {opened:.1f} s, {held} held at the end; a good client: median "
              f"{statistics.median(times) * 1000:.1f} ms, worst {max(times) * 1000:.1f} ms over {len(times)}; "
              f"anonymous memory {server.memory():.0f} MB")
        for client in clients:
            client.close()
        if max(times) >= 0.1:
            raise SystemExit("a good client waited 100 ms or longer")


main()
