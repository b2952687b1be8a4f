# SPDX-License-Identifier: GPL-2.0
"""What dig does not ask, to whoever resolves names at an address:

watch ADDRESS NAME SECONDS    asks for A again and again, prints when the answer is another one
garbage ADDRESS COUNT SEED    malformed questions of all kinds, by UDP and by TCP, and waits for no answer
burst ADDRESS NAME COUNT      so many questions from one socket; prints how many answers came in a second
"""

import random
import socket
import struct
import sys
import time

PORT = 53


def question(name, ident, kind=1):
    labels = b"".join(bytes([len(label)]) + label for label in name.encode().split(b"."))
    return struct.pack("!6H", ident, 0x100, 1, 0, 0, 0) + labels + struct.pack("!BHH", 0, kind, 1)


def connected(address, timeout):
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.settimeout(timeout)
    sock.connect((address, PORT))
    return sock


def addresses(wire):
    """Of an answer that repeats the question as it was; the last bytes of each record are its data."""
    count = struct.unpack("!H", wire[6:8])[0]
    return "%u:%u" % (wire[3] & 15, count)


def watch(address, name, seconds):
    sock = connected(address, 0.05)
    end = time.time() + float(seconds)
    last, ident = None, 0
    while time.time() < end:
        ident = (ident + 1) & 0xffff
        try:
            sock.send(question(name, ident))
            wire = sock.recv(65535)
        except OSError:
            continue
        if wire[:2] != struct.pack("!H", ident):
            continue
        if addresses(wire) != last:
            last = addresses(wire)
            print("%.6f %s" % (time.time(), last), flush=True)
        time.sleep(0.005)


def mangled(rng):
    wire = bytearray(question("www.example.com", rng.randrange(65536), rng.choice((1, 28, 255, 41))))
    if rng.random() < 0.5:      # with an OPT of whatever length
        wire[11] = 1
        wire += bytes([0]) + struct.pack("!HHIH", 41, 4096, rng.getrandbits(32), rng.randrange(20))
    for _ in range(rng.randrange(1, 8)):
        how = rng.randrange(4)
        at = rng.randrange(len(wire)) if wire else 0
        if how == 0 and wire:
            wire[at] = rng.randrange(256)
        elif how == 1:
            wire[at:at] = bytes([0xc0, rng.randrange(256)])
        elif how == 2:
            del wire[at:]
        else:
            wire += bytes(rng.randrange(256) for _ in range(rng.randrange(40)))
    return bytes(wire)


def garbage(address, count, seed):
    rng = random.Random(int(seed))
    sock = connected(address, 0.05)
    for i in range(int(count)):
        wire = mangled(rng)
        try:
            sock.send(wire)
            if i % 100 == 0:
                with socket.create_connection((address, PORT), 2) as stream:
                    stream.sendall(struct.pack("!H", rng.choice((0, 1, len(wire), 65535))) + wire)
            if i % 10 == 9:     # not faster than it may
                time.sleep(0.02)
        except OSError:
            pass


def burst(address, name, count):
    sock = connected(address, 1)
    for i in range(int(count)):
        sock.send(question(name, i))
    answers = 0
    try:
        while answers < int(count):
            sock.recv(65535)
            answers += 1
    except OSError:
        pass
    print(answers)


{"watch": watch, "garbage": garbage, "burst": burst}[sys.argv[1]](*sys.argv[2:])
