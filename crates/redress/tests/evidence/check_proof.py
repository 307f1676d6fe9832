"""Checks the proof of a case. Written from docs/manual/proving-a-case.md and nothing else.

Usage: check_proof.py PROOF KEY [RECEIPT]. Prints what holds and ends with 0, or says what does not and ends with 1.
"""

import base64
import hashlib
import os
import subprocess
import sys
import tempfile


def demand(holds, words):
    if not holds:
        sys.exit(f"does not hold: {words}")


def fingerprint(line):
    raw = base64.b64decode(line, validate=True)
    demand(len(raw) == 32, "a fingerprint has 32 bytes")
    return raw


def join(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def parts_of(text):
    head, *parts = text.split("===== begin proof =====\n")
    for part in parts:
        demand(part.endswith("===== end proof =====\n"), "a part has an end")
        proof, checkpoint, signature = part.removesuffix("===== end proof =====\n").split("\n\n")
        leaf, version, *lines = proof.split("\n")
        demand(version == "c2sp.org/tlog-proof@v1", "the version is known")
        lines = [line for line in lines if not line.startswith("extra ")]
        yield {
            "leaf": fingerprint(leaf.removeprefix("entry-hash ")),
            "index": int(lines[0].removeprefix("index ")),
            "path": [fingerprint(line) for line in lines[1:]],
            "checkpoint": checkpoint + "\n",
            "signature": signature,
        }


def root_of(part, entries):
    here, last, found, path = part["index"], entries - 1, part["leaf"], iter(part["path"])
    while last > 0:
        if here % 2 == 1:
            found = join(next(path), found)
        elif here < last:
            found = join(found, next(path))
        here, last = here // 2, last // 2
    demand(next(path, None) is None, "the path is used up")
    return found


def signed(part, key):
    raw = base64.b64decode(key.split("+", 2)[2])[-32:]
    signature = base64.b64decode(part["signature"].split()[-1])[-64:]
    with tempfile.TemporaryDirectory() as folder:
        files = {"public.der": bytes.fromhex("302a300506032b6570032100") + raw, "text": part["checkpoint"].encode(), "signature": signature}
        for name, contents in files.items():
            with open(os.path.join(folder, name), "wb") as file:
                file.write(contents)
        command = "openssl pkeyutl -verify -pubin -keyform DER -inkey public.der -rawin -in text -sigfile signature"
        return subprocess.run(command.split(), cwd=folder, capture_output=True).returncode == 0


def main(proof, key, receipt=None):
    with open(proof, encoding="utf-8", newline="") as file:
        text = file.read()
    parts = list(parts_of(text))
    demand(len(parts) == int(text.split("\nEntries")[1].split("\n")[0]), "there are as many parts as entries")
    first = parts[0]
    name, entries, root = first["checkpoint"].split("\n")[:3]
    demand(key.startswith(name + "+"), "the checkpoint is of the log of the key")
    demand(signed(first, key), "the checkpoint is signed")
    before = -1
    for part in parts:
        demand((part["checkpoint"], part["signature"]) == (first["checkpoint"], first["signature"]), "one checkpoint")
        demand(before < part["index"] < int(entries), "the entries are in order")
        demand(root_of(part, int(entries)) == fingerprint(root), "the path leads to the root")
        before = part["index"]
    if receipt:
        with open(receipt, encoding="utf-8", newline="") as file:
            given = next(parts_of(file.read()))
        demand((given["leaf"], given["index"]) == (first["leaf"], first["index"]), "it begins with the entry of the receipt")
    print(f"holds: {len(parts)} of {entries}")


main(*sys.argv[1:])
