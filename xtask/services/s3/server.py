"""A server that speaks S3, on the loopback: moto, and in front of it what makes a bucket fail for as long as a test asks.

server.py --port-file FILE [--port N] [--stay] [--certificate FILE --key FILE]

Faults are asked for by bucket, so that tests side by side do not meet:

    PUT    /_faults/BUCKET?seconds=60            every request is answered 503 for a minute
    PUT    /_faults/BUCKET?requests=3            the next three are
    PUT    /_faults/BUCKET?requests=1&lost=put   the next PUT is obeyed, and its answer is lost: 503
                                  ...&lost=finish  the same of the next upload in parts that is finished
    DELETE /_faults/BUCKET                       as if nothing had been asked for
    GET    /_faults/BUCKET                       how many requests were answered so, as a number

The server ends when its standard input closes, unless it was told to stay. What it holds is in memory and goes with it.
"""

import argparse
import logging
import os
import sys
import threading
import time
from urllib.parse import parse_qs

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

SLOW_DOWN = b"<Error><Code>SlowDown</Code><Message>asked for by a test</Message></Error>"


class Faults:
    """What buckets are asked to do wrong."""

    def __init__(self, application):
        self.application = application
        self.lock = threading.Lock()
        self.asked = {}
        self.counted = {}

    def __call__(self, environ, start_response):
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        if path.startswith("/_faults/"):
            return self.ask(path.removeprefix("/_faults/"), method, environ, start_response)
        fault = self.fault_for(path.split("/")[1], what(environ))
        if fault is None:
            return self.application(environ, start_response)
        # What was sent is read in any case: a client that is still writing would see a broken connection and no answer.
        if fault["lost"]:
            for _ in self.application(environ, lambda *_: None):
                pass
        else:
            drain(environ)
        return answer(start_response, "503 Slow Down", SLOW_DOWN)

    def ask(self, bucket, method, environ, start_response):
        drain(environ)
        wanted = {name: values[0] for name, values in parse_qs(environ["QUERY_STRING"]).items()}
        with self.lock:
            if method == "GET":
                return answer(start_response, "200 OK", str(self.counted.get(bucket, 0)).encode())
            self.asked.pop(bucket, None)
            if method == "PUT":
                seconds = float(wanted.get("seconds", "inf"))
                self.asked[bucket] = {
                    "until": time.monotonic() + seconds,
                    "left": float(wanted.get("requests", "inf")),
                    "lost": wanted.get("lost"),
                }
        return answer(start_response, "200 OK", b"")

    def fault_for(self, bucket, does):
        with self.lock:
            fault = self.asked.get(bucket)
            if fault is None or time.monotonic() >= fault["until"] or fault["left"] <= 0:
                return None
            if fault["lost"] and fault["lost"] != does:
                return None
            fault["left"] -= 1
            self.counted[bucket] = self.counted.get(bucket, 0) + 1
            return fault


def what(environ):
    method = environ["REQUEST_METHOD"]
    return "finish" if method == "POST" and "uploadId=" in environ["QUERY_STRING"] else method.lower()


def drain(environ):
    left = int(environ.get("CONTENT_LENGTH") or 0)
    while left > 0:
        read = environ["wsgi.input"].read(min(left, 65536))
        if not read:
            return
        left -= len(read)


def answer(start_response, status, body):
    start_response(status, [("Content-Type", "application/xml"), ("Content-Length", str(len(body)))])
    return [body]


class Quiet(WSGIRequestHandler):
    """Keeps connections open as S3 does, and says nothing of each request."""

    protocol_version = "HTTP/1.1"

    def log(self, *_):
        pass


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--port-file", required=True)
    arguments.add_argument("--port", type=int, default=0)
    arguments.add_argument("--stay", action="store_true")
    arguments.add_argument("--certificate", help="speaks TLS under it")
    arguments.add_argument("--key")
    arguments = arguments.parse_args()
    logging.disable(logging.WARNING)
    application = Faults(DomainDispatcherApplication(create_backend_app))
    tls = (arguments.certificate, arguments.key) if arguments.certificate else None
    server = make_server("127.0.0.1", arguments.port, application, threaded=True, request_handler=Quiet, ssl_context=tls)
    whole(arguments.port_file, f"{server.port}\n")
    print(f"s3: listening on 127.0.0.1:{server.port}", flush=True)
    if not arguments.stay:
        threading.Thread(target=end_with_input, daemon=True).start()
    server.serve_forever()


def end_with_input():
    while sys.stdin.buffer.read(1024):
        pass
    os._exit(0)


def whole(path, text):
    """Readers that watch for the file never see half of it."""
    with open(f"{path}.part", "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(f"{path}.part", path)


if __name__ == "__main__":
    main()
