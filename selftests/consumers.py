# SPDX-License-Identifier: GPL-2.0
"""Many consumers of one endpoint service, all with the same addresses: what they say and hear.

consumers.py batch N CLIENT ENDPOINT SERVICE
    the commands of vpcctl -b that make their VPCs, interfaces and endpoints
consumers.py talk N CLIENT ENDPOINT NODE TARGET:DEVICE [SILENT...] < JSON of eni show
    each asks by UDP and opens a connection, and gets its own answers; SILENT ones get nothing

Consumer I is who is behind the device I; a process speaks for all of them and for the target. Ends
with 1 and what was wrong.
"""

import collections
import contextlib
import json
import socket
import struct
import sys
import time

from frames import Frame

ETH_P_ALL, SOL_PACKET, PACKET_IGNORE_OUTGOING, SO_RCVBUFFORCE = 3, 263, 23, 33
UDP, TCP = 17, 6
SYN, ACK = 2, 16
PORT = 40000                    # of every consumer
PATIENCE = 10                   # seconds without a packet in which one must come
AT_A_TIME = 100                 # packets in the queues of the router and of this socket

Packet = collections.namedtuple("Packet", "device src dst proto sport dport flags data")


def mac_of(i):
    return "02:00:00:01:%02x:%02x" % divmod(i, 256)


def batch(count, client, endpoint, service):
    for i in range(count):
        print("""vpc add c%d cidr 10.0.0.0/16 region us-east-1 owner 222222222222
subnet add c%d/net cidr 10.0.0.0/24 zone us-east-1a
security-group rule-add c%d/default ingress cidr 0.0.0.0/0
eni add c%d subnet c%d/net dev v%d address %s mac %s
endpoint add e%d vpc c%d service %s type interface subnet c%d/net address %s""" % (
            i, i, i, i, i, i, client, mac_of(i), i, i, service, i, endpoint))


class Wire:
    """Every packet in and out of the devices of this namespace."""

    def __init__(self, enis):
        self.mac = {eni["name"]: (eni["router-mac"], eni["mac"]) for eni in enis if "name" in eni}
        self.sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
        self.sock.setsockopt(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1)
        self.sock.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 16 << 20)
        self.sock.settimeout(PATIENCE)

    def send(self, eni, device, **words):
        dmac, smac = self.mac[eni]
        frame = Frame(dmac=dmac, smac=smac, **{k: str(v) for k, v in words.items()})
        self.sock.sendto(frame.bytes(None), (device, 0))

    def receive(self):
        data, where = self.sock.recvfrom(2048)
        proto, sport, dport = data[23], *struct.unpack_from("!HH", data, 34)
        at, flags = (42, 0) if proto == UDP else (54, data[47])
        total, = struct.unpack_from("!H", data, 16)
        return Packet(where[0], socket.inet_ntoa(data[26:30]), socket.inet_ntoa(data[30:34]), proto, sport,
                      dport, flags, data[at:14 + total].decode())


def need(condition, *what):
    if not condition:
        sys.exit("wrong: " + " ".join(str(w) for w in what))


class Talk:
    def __init__(self, wire, client, endpoint, node, target):
        self.wire, self.client, self.endpoint, self.node = wire, client, endpoint, node
        self.target, self.device = target.split(":")
        self.ports = {}

    def ask(self, i, proto, data, flags=0):
        self.wire.send("c%d" % i, "c%d" % i, src=self.client, dst=self.endpoint, sport=PORT, dport=7,
                       proto={UDP: "udp", TCP: "tcp"}[proto], flags=flags, data=data)

    # What the target gets says who asks: nothing else in the packet does (IFE-25, IFE-26).
    def arrives(self, proto, word):
        got = self.wire.receive()
        need((got.device, got.src, got.dst, got.proto, got.dport) ==
             (self.device, self.node, self.target, proto, 7), got)
        need(got.data.startswith(word), got)
        i = int(got.data[len(word):])
        need(self.ports.setdefault((proto, i), got.sport) == got.sport, got, "another port")
        return i

    def answer(self, i, proto, data, flags=0):
        self.wire.send(self.device, self.device, src=self.target, dst=self.node, sport=7,
                       dport=self.ports[proto, i], proto={UDP: "udp", TCP: "tcp"}[proto], flags=flags,
                       data=data)

    def hears(self, proto, word, flags=0):
        got = self.wire.receive()
        need((got.src, got.dst, got.proto, got.sport, got.dport, got.flags) ==
             (self.endpoint, self.client, proto, 7, PORT, flags), got)
        need("%s%s" % (word, got.device[1:]) == got.data, got)
        return int(got.device[1:])

    # Asked and answered, some at a time; each exactly once
    def round(self, who, proto, question, answer, asked=0, answered=0):
        for at in range(0, len(who), AT_A_TIME):
            some = who[at:at + AT_A_TIME]
            for i in some:
                self.ask(i, proto, "%s%d" % (question, i), asked)
            came = [self.arrives(proto, question) for _ in some]
            need(sorted(came) == some, "to the target came", came)
            for i in came:
                self.answer(i, proto, "%s%d" % (answer, i), answered)
            heard = [self.hears(proto, answer, answered) for _ in some]
            need(sorted(heard) == some, "answers came to", heard)

    def all_different(self, proto, count):
        ports = {port for (p, _), port in self.ports.items() if p == proto}
        need(len(ports) == count, len(ports), "ports for", count)


def talk(count, client, endpoint, node, target, silent):
    wire = Wire(json.load(sys.stdin))
    it = Talk(wire, client, endpoint, node, target)
    who = [i for i in range(count) if i not in silent]
    for i in silent:
        it.ask(i, UDP, "silent%d" % i)
        it.ask(i, TCP, "silent%d" % i, SYN)
    it.round(who, UDP, "ask", "answer")
    it.round(who, TCP, "open", "opened", SYN, SYN | ACK)
    it.round(who, TCP, "get", "got", ACK, ACK)
    it.all_different(UDP, len(who))
    it.all_different(TCP, len(who))
    wire.sock.settimeout(0.5)
    with contextlib.suppress(TimeoutError):
        need(False, "and at last came", wire.receive())


def main():
    start = time.monotonic()
    what, count, *words = sys.argv[1:]
    if what == "batch":
        batch(int(count), *words)
        return
    talk(int(count), *words[:4], {int(word) for word in words[4:]})
    print("%.1f s" % (time.monotonic() - start))


if __name__ == "__main__":
    main()
