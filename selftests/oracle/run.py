# SPDX-License-Identifier: GPL-2.0
"""Runs the same steps through the router and through the reference model, and compares.

run.py VPCCTL SEED STEPS

Prints "ok NAME", or "# WHY" and "not ok NAME", and what was done. Devices all end in one namespace,
which has no addresses: this process is every instance, the internet and the service at once. What is
dropped must be counted under a reason that the model gave; that is also how silence is told from
delay. A disagreement is shrunk: the fewest steps that still disagree are printed.
"""

import collections
import contextlib
import ctypes
import json
import os
import random
import socket
import struct
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

import genl  # noqa: E402
from frames import checksum  # noqa: E402
from generate import (QUEUE, QUEUE_HOST, S3_HOSTS, S3_NETS, SERVICE, UPLINK, Topology,  # noqa: E402
                      Traffic, describe, mac_of)
from model import ICMP, TCP, UDP, Model, Packet, key_of  # noqa: E402
import words  # noqa: E402

CLONE_NEWNET = 0x40000000
ETH_P_ALL, SOL_PACKET, PACKET_IGNORE_OUTGOING, SO_RCVBUFFORCE = 3, 263, 23, 33
EPISODE = 500                   # steps in one topology
CHANGES = 0.08                  # share of the steps
PATIENCE = [2.0, 0.3]           # seconds for what must come or be counted; when shrinking
SHRINK_SECONDS = float(os.environ.get("VPC_SHRINK", 120))
NEXT_MAC = {UPLINK: "02:00:00:00:02:01", SERVICE: "02:00:00:00:02:02", QUEUE: "02:00:00:00:02:03"}
INSIDE = {UPLINK: "uplink", SERVICE: "s3", QUEUE: "queue"}      # the router's devices
NOBODY = "02:00:00:00:03:01"

libc = ctypes.CDLL(None, use_errno=True)
VPCCTL, SEED, STEPS = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
R, O = "or-%x" % os.getpid(), "oo-%x" % os.getpid()


class Disagreement(Exception):
    pass


def enter(ns):
    fd = os.open("/run/netns/" + ns, os.O_RDONLY)
    if libc.setns(fd, CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "setns")
    os.close(fd)


def ip(lines, ns=None):
    subprocess.run(["ip"] + (["-n", ns] if ns else []) + ["-batch", "-"], input="\n".join(lines), text=True,
                   check=True)


def raw_mac(text):
    return bytes.fromhex(text.replace(":", ""))


def quiet():
    for where in "all", "default":
        for name, value in (("ipv6/conf/%s/disable_ipv6", "1"), ("ipv4/conf/%s/rp_filter", "0")):
            with contextlib.suppress(FileNotFoundError), open("/proc/sys/net/" + name % where, "w") as f:
                f.write(value)


# ---- packets ----

def l4(packet, data):
    src, dst = struct.pack("!I", packet.src), struct.pack("!I", packet.dst)
    if packet.proto == UDP:
        body = struct.pack("!HHHH", packet.sport, packet.dport, 8 + len(data), 0) + data
        at = 6
    elif packet.proto == TCP:
        body = struct.pack("!HHIIBBHHH", packet.sport, packet.dport, 1000, 2000, 0x50, packet.flags, 1024, 0,
                           0) + data
        at = 16
    else:
        body = struct.pack("!BBHHH", packet.dport, 0, 0, packet.sport, 1) + data
        at = 2
    pseudo = b"" if packet.proto == ICMP else src + dst + struct.pack("!BBH", 0, packet.proto, len(body))
    return body[:at] + struct.pack("!H", checksum(pseudo + body)) + body[at + 2:]


def frame(smac, dmac, packet, data):
    body = l4(packet, data)
    head = struct.pack("!BBHHHBBHII", 0x45, 0, 20 + len(body), 1, 0, 64, packet.proto, 0, packet.src, packet.dst)
    head = head[:10] + struct.pack("!H", checksum(head)) + head[12:]
    return (dmac + smac + b"\x08\0" + head + body).ljust(60, b"\0")


# What came out, with its payload and what is wrong with it.
def parse(data):
    wrong = []
    if data[12:14] != b"\x08\0":
        return None, 0, b"", ["no IPv4: " + data[:40].hex()]
    total, ttl, proto = struct.unpack_from("!H4xBB", data, 16)
    src, dst = struct.unpack_from("!II", data, 26)
    head, body = data[14:34], data[34:14 + total]
    if checksum(head):
        wrong.append("the header's checksum is wrong")
    flags = 0
    if proto == ICMP:
        sport, dport = struct.unpack_from("!H", body, 4)[0], body[0]
        payload, pseudo = body[8:], b""
    else:
        sport, dport = struct.unpack_from("!HH", body)
        payload = body[8:] if proto == UDP else body[20:]
        flags = body[13] if proto == TCP else 0
        pseudo = data[26:34] + struct.pack("!BBH", 0, proto, len(body))
    if checksum(pseudo + body):
        wrong.append("its checksum is wrong")
    return Packet(None, None, None, src, dst, proto, sport, dport, flags), ttl, payload, wrong


# ---- the router ----

class Router:
    """Namespaces, devices and the configuration of one topology, and what goes in and out."""

    def __init__(self, topology, patience):
        self.topology, self.patience = topology, patience
        self.device = {name: name for name in topology.eni_names}
        self.device.update({UPLINK: "o-inet", SERVICE: "o-s3", QUEUE: "o-queue"})
        self.port_of = {dev: port for port, dev in self.device.items()}
        self.counts = collections.Counter()
        self.sent = 0

    def __enter__(self):
        ip(["netns add " + R, "netns add " + O])
        for ns in (R, O):
            enter(ns)
            quiet()
        links = [("v-" + name, name) for name in self.topology.eni_names] + \
            [("uplink", "o-inet"), ("s3", "o-s3"), ("queue", "o-queue")]
        ip(["link add %s up type veth peer name %s netns %s" % (a, b, O) for a, b in links], R)
        ip(["link set %s up" % b for _, b in links], O)
        ip(["link set lo up", "route add default via 203.0.113.1 dev uplink onlink",
            "neigh add 203.0.113.1 lladdr %s dev uplink nud permanent" % NEXT_MAC[UPLINK]] +
           ["route add %s dev s3 scope link" % net for net in S3_NETS[1:]] +
           ["neigh add %s lladdr %s dev s3 nud permanent" % (host, NEXT_MAC[SERVICE]) for host in S3_HOSTS] +
           ["neigh add %s lladdr %s dev queue nud permanent" % (QUEUE_HOST, NEXT_MAC[QUEUE])], R)
        self.sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
        self.sock.setsockopt(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1)
        self.sock.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 4 << 20)
        self.sock.setblocking(False)
        self.inside = self.interfaces(R)
        enter(R)
        self.netlink = genl.Client()
        return self

    def __exit__(self, *_):
        self.sock.close()
        self.netlink.sock.close()
        ip(["netns del " + R, "netns del " + O])

    @staticmethod
    def interfaces(ns):
        out = subprocess.run(["ip", "-n", ns, "-j", "link"], capture_output=True, text=True, check=True).stdout
        return {link["ifname"]: raw_mac(link["address"]) for link in json.loads(out)}

    def configure(self, commands):
        subprocess.run([VPCCTL, "-n", R, "-b", "-"], input="\n".join(" ".join(c) for c in commands), text=True,
                       check=True)
        out = subprocess.run([VPCCTL, "-n", R, "-j", "eni", "show"], capture_output=True, text=True,
                             check=True).stdout
        enis = {eni["name"]: eni for eni in json.loads(out) if "name" in eni}
        self.router_mac = {name: raw_mac(eni["router-mac"]) for name, eni in enis.items()}
        self.mac = {name: raw_mac(mac_of(i)) for i, name in enumerate(self.topology.eni_names)}

    def change(self, command):
        """Why it was refused, or None."""
        try:
            self.netlink.ask(*words.request(command))
        except OSError as e:
            return str(e)
        return None

    def count(self, port, reason):
        nr = genl.NR
        answer = self.netlink.ask("STATS_GET", genl.text(nr["VPC_A_STATS_PORT"], port) +
                                  genl.text(nr["VPC_A_STATS_COUNTER"], reason))
        return int.from_bytes(genl.find(answer, nr["VPC_A_STATS_VALUE"]), sys.byteorder)

    def drops(self):
        out = subprocess.run([VPCCTL, "-n", R, "stats", "drops"], capture_output=True, text=True).stdout
        return [line for line in out.splitlines() if not line.endswith(" 0")]

    def send(self, packet):
        port = packet.port
        if port in self.mac:
            smac = self.mac[packet.smac]
            dmac = self.router_mac[port] if packet.dmac == "router" else self.mac[packet.dmac]
        else:
            smac = NEXT_MAC[port]
            smac, dmac = raw_mac(smac), self.inside[INSIDE[port]]
        self.sent += 1
        data = b"oracle%06d" % self.sent
        self.sock.sendto(frame(smac, dmac, packet, data), (self.device[port], 0))
        return data

    def receive(self):
        """All that came out by now: (port, smac, dmac, packet, TTL, payload, complaints)."""
        got = []
        with contextlib.suppress(BlockingIOError):
            while True:
                data, where = self.sock.recvfrom(2048)
                got.append((self.port_of[where[0]], data[6:12], data[:6], *parse(data)))
        return got

    # ---- comparing ----

    def settle(self):
        """Nothing came late, and no drop was counted that nobody saw."""
        late = self.receive()
        if late:
            raise Disagreement("out of %s came %s, late" % (late[0][0], describe(late[0][3])))
        counted = collections.Counter()
        for line in self.drops():
            fields = line.split()
            port = fields[fields.index("name") + 1] if "name" in fields else "no port"
            counted[port, fields[-2]] += int(fields[-1])
        if counted != +self.counts:
            raise Disagreement("counted in the end: " + ", ".join(
                "%s %s %+d" % (*which, counted[which] - self.counts[which])
                for which in counted | self.counts if counted[which] != self.counts[which]))

    def expect_drop(self, packet, verdict, model, data):
        port, end = packet.port, time.monotonic() + self.patience
        got = []
        while True:
            got += self.receive()
            if got and not any(model.answer(packet, verdict, reason) for reason in verdict.reasons):
                raise Disagreement("the model drops it (%s), but out of %s came %s" % (
                    ", ".join(sorted(verdict.reasons)), got[0][0], describe(got[0][3])))
            for reason in verdict.reasons:
                if self.count(port, reason) == self.counts[port, reason] + 1:
                    self.counts[port, reason] += 1
                    self.expect_answer(model.answer(packet, verdict, reason), got, end, data)
                    return reason
            if time.monotonic() > end:
                raise Disagreement("the model drops it for %s, but at %s is counted: %s" % (
                    " or ".join(sorted(verdict.reasons)), port,
                    "; ".join(" ".join(line.split()) for line in self.drops())))

    def expect_answer(self, answer, got, end, data):
        """Exactly that came out, or nothing if it is None. An ICMP error quotes all of the packet."""
        while answer and not got and time.monotonic() < end:
            got = self.receive()
        came = [describe(out) for _, _, _, out, *_ in got]
        if came != ([describe(answer)] if answer else []):
            raise Disagreement("it was dropped and answered by %s, the model: %s" % (
                " and ".join(came) or "nothing", describe(answer)))
        for port, smac, dmac, out, ttl, payload, wrong in got:
            whole = payload.endswith(data) if out.proto == ICMP else not payload
            if wrong or not whole or ttl != 64 or port != answer.port or dmac != self.mac[port] or \
                    smac != self.router_mac[port]:
                raise Disagreement("an answer out of %s to %s, TTL %d: %s" % (
                    port, dmac.hex(":"), ttl, ", ".join(wrong)))

    def expect_packet(self, packet, verdict, data):
        want, end = verdict.packet, time.monotonic() + self.patience
        got = self.receive()
        while not got and time.monotonic() < end:
            got = self.receive()
        if not got:
            raise Disagreement("the model lets %s out of %s, but nothing came; counted: %s" % (
                describe(want), verdict.port, "; ".join(" ".join(line.split()) for line in self.drops())))
        port, smac, dmac, out, ttl, payload, wrong = got[0]
        if len(got) > 1:
            wrong.append("and something else came out of " + got[1][0])
        if port != verdict.port:
            wrong.append("out of %s" % port)
        if payload != data:
            wrong.append("another payload")
        if out:
            if ttl != (63 if verdict.way.nat else 64):  # L2-9: a NAT gateway is a hop
                wrong.append("TTL %d" % ttl)
            if verdict.any_sport:
                want = want._replace(sport=out.sport)
            if key_of(out) + (out.flags,) != key_of(want) + (packet.flags,):
                wrong.append(describe(out))
            to = self.mac[verdict.port] if verdict.port in self.mac else raw_mac(NEXT_MAC[verdict.port])
            if dmac != to:
                wrong.append("to the MAC " + dmac.hex(":"))
            own = self.router_mac.get(verdict.port) or \
                self.inside[INSIDE[verdict.port]]
            if packet.dmac == "router" and smac != own:
                wrong.append("from the MAC " + smac.hex(":"))
        if wrong:
            raise Disagreement("the model lets %s out of %s, but it came: %s" % (
                describe(want), verdict.port, ", ".join(wrong)))
        return want._replace(flags=packet.flags)


# ---- one world ----

class Sent(Packet):
    """A packet as it was first sent, and the port that a NAT gateway or endpoint chose for it then."""

    chosen = None


class World:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.topology = Topology(self.rng)
        self.model = Model()
        if not all([self.model.apply(command) for command in self.topology.commands]):
            raise ValueError("the model does not know the topology")
        self.opening = list(self.topology.opening)
        self.traffic = Traffic(self.rng, self.topology, self.model)
        self.tally = collections.Counter()
        self.ports = {}     # as the router chose them when the steps were made -> and in this run

    def next_step(self):
        if self.opening:
            return self.opening.pop(0)
        if self.rng.random() < CHANGES:
            return self.topology.change(self.rng)
        return Sent(*self.traffic.packet())

    def take(self, router, step):
        """False: the rules have nothing to say about it."""
        if isinstance(step, list):
            return self.take_change(router, step)
        packet = Packet(*step)._replace(sport=self.ports.get(step.sport, step.sport),
                                        dport=self.ports.get(step.dport, step.dport))
        verdict = self.model.judge(packet)
        if not verdict:
            self.tally["open"] += 1
            return False
        data = router.send(packet)
        if verdict.what == "drop":
            self.tally[router.expect_drop(packet, verdict, self.model, data)] += 1
            self.model.dropped(packet, verdict)
            return True
        actual = router.expect_packet(packet, verdict, data)
        self.tally["out of " + (verdict.port if verdict.port in INSIDE else "an interface")] += 1
        if verdict.way.nat:
            self.tally["back by a NAT gateway" if verdict.way.back else "out by a NAT gateway"] += 1
        if verdict.port == QUEUE and verdict.way.peering:
            self.tally["to an interface endpoint over a peering"] += 1
        if packet.port == QUEUE:
            self.tally["back by an interface endpoint"] += 1
        self.with_port(step, packet, verdict, actual)
        self.model.delivered(packet, verdict, actual)
        self.traffic.seen(packet, verdict.port, actual)
        return True

    def with_port(self, step, packet, verdict, actual):
        wrong = self.model.bad_port(packet, verdict, actual)
        if wrong:
            raise Disagreement("it came with %s: %s" % (wrong, describe(actual)))
        if verdict.any_sport and (verdict.way.nat or verdict.way.interface):
            step.chosen = step.chosen or actual.sport
            self.ports[step.chosen] = actual.sport

    def take_change(self, router, step):
        if not self.model.apply(step):
            return False
        why = router.change(step)
        if why:
            raise Disagreement("the model accepts this command, the router: " + why)
        self.tally["changes"] += 1
        return True


def play(seed, steps=None, count=0):
    """Those steps, or @count new ones: (steps taken, disagreement or None, tally)."""
    world = World(seed)
    taken = []
    with Router(world.topology, PATIENCE[steps is not None]) as router:
        router.configure(world.topology.commands)
        while len(taken) < count or steps:
            step = steps.pop(0) if steps is not None else world.next_step()
            try:
                if world.take(router, step):
                    taken.append(step)
                elif steps is not None and not steps:
                    break
            except Disagreement as e:
                return taken + [step], str(e), world
            if steps is not None and not steps:
                break
        try:
            router.settle()
        except Disagreement as e:
            return taken, str(e), world
    return taken, None, world


def shrink(seed, steps, why):
    """Steps left out as long as some disagreement stays: halves, quarters, single ones."""
    end = time.monotonic() + SHRINK_SECONDS
    size = len(steps) // 2
    while size and time.monotonic() < end:
        at, progress = 0, False
        while at < len(steps) - 1 and time.monotonic() < end:
            fewer = steps[:at] + steps[min(at + size, len(steps) - 1):]
            taken, again, _ = play(seed, list(fewer))
            if again:
                steps, why, progress = taken, again, True
            else:
                at += size
        if size > 1 or not progress:
            size //= 2
    return steps, why


def show_step(step):
    if isinstance(step, list):
        return "vpcctl " + " ".join(step)
    words_ = "%s: %s" % (step.port, describe(step))
    if step.dmac != "router":
        words_ += ", to the MAC of " + step.dmac
    if step.smac not in (step.port, "next"):
        words_ += ", from the MAC of " + step.smac
    return words_


def report(seed, steps, why):
    print("# seed %d, topology:" % seed)
    for command in World(seed).topology.commands:
        print("#   vpcctl " + " ".join(command))
    print("# then:")
    for step in steps:
        print("#   " + show_step(step))
    print("# " + why, flush=True)


def main():
    total = collections.Counter()
    done, episode, start = 0, 0, time.monotonic()
    disagreements = 0
    while done < STEPS and not disagreements:
        seed = SEED + episode
        steps, why, world = play(seed, count=min(EPISODE, STEPS - done))
        total += world.tally
        done += len(steps)
        episode += 1
        if why:
            disagreements += 1
            print("# seed %d disagrees after %d steps: %s; shrinking" % (seed, len(steps), why), flush=True)
            report(seed, *shrink(seed, steps, why))
    seconds = time.monotonic() - start
    print("# VPC_SEED=%d: %d steps in %d topologies, %.0f s, %.0f a second" % (
        SEED, done, episode, seconds, done / seconds))
    print("# " + ", ".join("%d %s" % (n, what) for what, n in total.most_common()))
    print("%s the router and the model agree on %d steps" % ("not ok" if disagreements else "ok", STEPS), flush=True)
    for what in ("changes", "out of an interface", "out of inet", "out of s3", "security-group-ingress",
                 "network-acl-egress", "no-route", "blackhole", "no-public-address", "peering-transit",
                 "out by a NAT gateway", "back by a NAT gateway", "nat-gateway-unsolicited", "out of queue",
                 "back by an interface endpoint", "to an interface endpoint over a peering",
                 "endpoint-policy"):
        if not disagreements and STEPS >= 5000:
            print("%s among them: %s" % ("ok" if total[what] else "not ok", what), flush=True)
    print("done")


if __name__ == "__main__":
    main()
