# SPDX-License-Identifier: GPL-2.0
# Senders that race: each has a processor of its own, and in every round all of them send one frame,
# together: at the same moment; apart: each as fast as it can.
#
# racers.py together|apart ROUNDS NAMESPACE DEVICE KEY=VALUE... [+ NAMESPACE DEVICE KEY=VALUE...]...
#
# The frames are those of frames.py; step=sport or step=dport: one more in every round.

import ctypes
import errno
import mmap
import os
import socket
import struct
import sys

from frames import Frame

CLONE_NEWNET = 0x40000000
ETH_P_ALL = 3
libc = ctypes.CDLL(None, use_errno=True)


def enter(ns):
    fd = os.open("/run/netns/" + ns, os.O_RDONLY)
    if libc.setns(fd, CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "setns")
    os.close(fd)


def frames_of(words, own, count):
    f = Frame(word.split("=", 1) for word in words)
    key = f.get("step", "sport")
    first = f.number(key, "40000")
    for i in range(count):
        f[key] = str(first + i)
        yield f.bytes(own)


class Start:
    """A line that all of @n racers must reach before any of them goes on."""

    def __init__(self, n):
        self.at = mmap.mmap(-1, 4 * n)
        self.n = n

    def reach(self, me, turn):
        struct.pack_into("i", self.at, 4 * me, turn)
        while any(struct.unpack_from("i", self.at, 4 * i)[0] < turn for i in range(self.n)):
            os.sched_yield()


# A busy machine's queue may be full: then nobody has seen the frame.
def send(sock, data):
    while True:
        try:
            return sock.send(data)
        except OSError as e:
            if e.errno != errno.ENOBUFS:
                raise
            os.sched_yield()


def race(me, start, together, rounds, ns, dev, words):
    cpus = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cpus[me % len(cpus)]})
    enter(ns)
    sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
    sock.bind((dev, 0))
    frames = list(frames_of(words, sock.getsockname()[4], rounds))
    for turn, data in enumerate(frames, 1):
        if together:
            start.reach(me, turn)
        send(sock, data)


def racers(words):
    while words:
        end = words.index("+") if "+" in words else len(words)
        yield words[:end]
        words = words[end + 1:]


def main(how, rounds, *words):
    all_of_them = list(racers(list(words)))
    start = Start(len(all_of_them))
    children = []
    for me, (ns, dev, *keys) in enumerate(all_of_them):
        pid = os.fork()
        if not pid:
            race(me, start, how == "together", int(rounds), ns, dev, keys)
            os._exit(0)
        children.append(pid)
    if any([os.waitpid(pid, 0)[1] for pid in children]):
        sys.exit("a racer fell")


main(*sys.argv[1:])
