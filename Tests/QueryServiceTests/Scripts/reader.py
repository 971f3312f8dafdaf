"""Random pipelined requests over one connection after another; another reader (h11) reads every response.

Every response has to be the one that its request asks for, in order: no request sees another's bytes. The seed is printed.
"""

import random
import socket
import sys

from server import Server

try:
    import h11
except ImportError:
    print("skipped: h11 is not installed (pip install 'h11>=0.16')")
    sys.exit(0)
if tuple(int(part) for part in h11.__version__.split(".")[:2]) < (0, 16):
    print("skipped: h11 is older than 0.16")
    sys.exit(0)


def request(number, generator):
    """Bytes, method, and what the body has to hold (None: nothing is claimed)."""
    text = f"word{number}"
    kind = generator.randrange(8)
    head = "Host: 127.0.0.1\r\n"
    if kind == 0:
        return f"GET /v1/analyze?text={text} HTTP/1.1\r\n{head}\r\n", "GET", text
    if kind == 1:
        return f"HEAD /v1/analyze?text={text} HTTP/1.1\r\n{head}\r\n", "HEAD", ""
    if kind == 2:
        body = f'{{"q": "{text}", "limit": 1}}'
        return (f"POST /v1/search HTTP/1.1\r\n{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
                f"{body}", "POST", f'"query":"{text}"')
    if kind == 3:
        body = f'{{"q": "{text}"}}'
        cut = generator.randrange(1, len(body))
        chunks = "".join(f"{len(part):x}\r\n{part}\r\n" for part in (body[:cut], body[cut:]))
        return (f"POST /v1/search HTTP/1.1\r\n{head}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                f"{chunks}0\r\n\r\n", "POST", f'"query":"{text}"')
    if kind == 4:
        return f"GET /v1/search?q={text}&nonsense=1 HTTP/1.1\r\n{head}\r\n", "GET", "unknown-parameter"
    if kind == 5:
        return f"GET /v1/export?q=id:4403-0187&fields=id HTTP/1.1\r\n{head}\r\n", "GET", "4403-0187"
    if kind == 6:
        return f"GET /v1/{text} HTTP/1.1\r\n{head}\r\n", "GET", "no-such-route"
    return f"GET /healthz HTTP/1.1\r\n{head}\r\n", "GET", '"ok"'


def run(port, generator, count):
    made = [request(generator.randrange(1_000_000), generator) for _ in range(count)]
    data = "".join(text for text, _, _ in made).encode()
    with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
        place = 0
        while place < len(data):
            step = generator.choice([1, 7, 100, 4_000, len(data)])
            client.sendall(data[place:place + step])
            place += step
        reader = h11.Connection(h11.CLIENT)
        pending = b""
        for _, method, mark in made:
            # h11 wants to know the request before it reads the response.
            reader.send(h11.Request(method=method, target="/", headers=[("Host", "a")]))
            reader.send(h11.EndOfMessage())
            body = b""
            while True:
                event = reader.next_event()
                if event is h11.NEED_DATA:
                    pending = client.recv(65_536)
                    reader.receive_data(pending)
                elif isinstance(event, h11.Response):
                    names = [name.lower() for name, _ in event.headers]
                    assert len(names) == len(set(names)), f"a field twice: {names}"
                    assert b"x-content-type-options" in names and b"content-security-policy" in names
                elif isinstance(event, h11.Data):
                    body += bytes(event.data)
                elif isinstance(event, h11.EndOfMessage):
                    break
                else:
                    raise AssertionError(f"unexpected {event}")
            assert mark in body.decode(), f"expected {mark!r} in {body[:200]!r}"
            reader.start_next_cycle()
    return count


def main():
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1 << 32)
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    print("seed", seed)
    generator = random.Random(seed)
    done = 0
    with Server("--rate", "0", "--quiet") as server:
        while done < wanted:
            done += run(server.port, generator, generator.randrange(1, 60))
    print(f"{done} responses read by h11 {h11.__version__}, each the one that was asked for")


main()
