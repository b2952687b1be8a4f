# SPDX-License-Identifier: GPL-2.0
"""Random topologies, and what is done in them: packets, their replies, and changes in between.

What comes next depends on what came out before, as a reply does on the packet. Every step is literal,
though: a list of them can be run again, and some of them left out. Only the ports that NAT gateways
and interface endpoints choose are others each time; run.py puts them in their places.
"""

from model import (ACK, ECHO, ECHO_REPLY, ICMP, POLICIES, RST, SYN, TCP, UDP, Packet, dotted, inverse,
                   key_of, number)

UPLINK, SERVICE, QUEUE = "inet", "s3", "queue"
QUEUE_HOST, QUEUE_GATEWAY = "52.95.193.155", "52.95.193.1"
QUEUES = {"a-q": "vpc a service queue type interface subnet a/s0,a/s1 address 10.0.0.60 address 10.0.1.60",
          "b-q": "vpc b service queue type interface subnet b/s0 address 10.0.0.60 security-group b/g0",
          "c-q": "vpc c service queue type interface subnet c/s0 address 10.2.0.60"}
S3_NETS = ["52.219.56.0/22", "52.219.144.0/20"]
S3_HOSTS = ["52.219.56.9", "52.219.57.10", "52.219.144.11"]
INET_HOSTS = ["198.51.100.7", "198.51.100.77", "192.0.2.9"]
EIPS = ["203.0.113.%d" % n for n in range(10, 16)]
NAT_EIPS = ["203.0.113.20", "203.0.113.21"]
NATS = {"a-nat": "subnet a/s0 eip 203.0.113.20 address 10.0.0.50",
        "a-quiet": "subnet a/s2 connectivity-type private address 10.1.2.50",
        "b-nat": "subnet b/s0 eip 203.0.113.21 address 10.0.0.50"}
NAT_ADDRESSES = ["10.0.0.50", "10.1.2.50"]
PORTS = [7, 80, 443]
CLIENT_PORTS = [40000, 40001, 1030]


class Topology:
    """Two VPCs of the same addresses, a third that is peered with both, and all that they have."""

    def __init__(self, rng):
        self.rng = rng
        self.commands = []      # objects, that stay
        self.opening = []       # the first changes: what a smaller case can do without
        self.eni_names = []
        self.places = {}        # subnet -> the first three bytes of its addresses
        self.build()

    def do(self, text):
        self.commands.append(text.split())

    def then(self, text):
        self.opening.append(text.split())

    def build(self):
        rng = self.rng
        self.vpcs = {"a": ["10.0", "10.1"], "b": ["10.0"], "c": ["10.2", "10.3"]}
        self.do("uplink add inet dev uplink")
        self.do("prefix-list add s3-list max-entries 10 " + " ".join("entry " + n for n in S3_NETS))
        self.do("prefix-list add far max-entries 10 entry 198.51.100.64/26 entry 10.0.0.10/32")
        self.do("service add s3 type gateway prefix-list s3-list dev s3 gateway 52.219.56.1/22")
        self.do("service add queue type interface address %s dev queue gateway %s/24" % (QUEUE_HOST, QUEUE_GATEWAY))
        self.accounts = {"a": " owner 111111111111", "b": "", "c": " owner 333333333333"}
        self.subnets, self.tables, self.groups, self.acls = [], [], [], []
        for vpc, blocks in self.vpcs.items():
            self.do("vpc add %s %s" % (vpc, " ".join("cidr %s.0.0/16" % b for b in blocks)) + self.accounts[vpc])
            self.fill(vpc, blocks)
        self.do("igw add a-igw vpc a uplink inet")
        self.do("igw add b-igw vpc b uplink inet")
        self.do("peering add pa vpc a peer-vpc c")
        self.do("peering add pb vpc b peer-vpc c")
        self.do("peering accept pa")
        self.do("peering accept pb")
        for vpc in "ab":
            self.do("endpoint add %s-s3 vpc %s service s3 type gateway" % (vpc, vpc))
        for name, words in QUEUES.items():
            self.do("endpoint add %s %s" % (name, words))
            self.then("security-group rule-add %s/%s ingress cidr 10.0.0.0/8" % (name[0], "g0" if name == "b-q" else "default"))
        for address in EIPS + NAT_EIPS:
            self.do("eip add %s uplink inet" % address)
        for name, words in NATS.items():
            self.do("nat-gateway add %s %s" % (name, words))
        self.connect()
        for _ in range(40):
            self.then(" ".join(self.change(rng)))

    # What makes the gateways used, before chance has its way
    def connect(self):
        rng = self.rng
        for vpc in "ab":
            for table in range(3):
                if table and rng.random() < 0.5:
                    self.then("route add %s/t%d 0.0.0.0/0 nat-gateway %s-nat" % (vpc, table, vpc))
                elif rng.random() < 0.7:
                    self.then("route add %s/t%d 0.0.0.0/0 igw %s-igw" % (vpc, table, vpc))
                if rng.random() < 0.5:
                    self.then("endpoint set %s-s3 add-route-table %s/t%d" % (vpc, vpc, table))
                if rng.random() < 0.7:
                    self.then("route add %s/t%d 10.2.0.0/15 peering p%s" % (vpc, table, vpc))
                elif table < 2:
                    self.then("route add %s/t%d 10.2.0.0/15 nat-gateway %s" %
                              (vpc, table, "a-quiet" if vpc == "a" else "b-nat"))
        for table in range(3):
            self.then("route add c/t%d 10.0.0.0/16 peering %s" % (table, rng.choice(("pa", "pb"))))
        for address in EIPS[:4]:
            self.then("eip associate %s eni %s" % (address, rng.choice(
                [e for e in self.eni_names if e[0] != "c"])))

    def fill(self, vpc, blocks):
        rng = self.rng
        for name in ("t0", "t1", "t2"):
            self.do("route-table add %s/%s" % (vpc, name))
            self.tables.append("%s/%s" % (vpc, name))
        self.groups.append(vpc + "/default")
        self.acls.append(vpc + "/default")
        for name in ("g0", "g1"):
            self.do("security-group add %s/%s" % (vpc, name))
            self.groups.append("%s/%s" % (vpc, name))
        self.do("network-acl add %s/acl" % vpc)
        self.acls.append(vpc + "/acl")
        for direction in ("ingress", "egress"):
            self.do("network-acl entry-add %s/acl 100 %s allow protocol all cidr 0.0.0.0/0" % (vpc, direction))
        # Most worlds let most through: filters are then what changes.
        if rng.random() < 0.8:
            self.then("security-group rule-add %s/default ingress cidr 0.0.0.0/0" % vpc)
        places = [blocks[0] + ".0", blocks[0] + ".1", blocks[-1] + ".2"]
        for i, place in enumerate(places):
            subnet = "%s/s%d" % (vpc, i)
            self.subnets.append(subnet)
            self.places[subnet] = place
            self.do("subnet add %s cidr %s.0/24 zone ap-northeast-2%s" % (subnet, place, "aca"[i]))
            self.do("route-table associate %s/t%d subnet %s" % (vpc, i, subnet))
            for host in (10, 20) if i < 2 else (10,):
                self.add_eni("%s%d%d" % (vpc, i, host), subnet, "%s.%d" % (place, host), "on")
        self.add_eni(vpc + "m", "%s/s2" % vpc, places[2] + ".40", "off")

    def add_eni(self, name, subnet, address, check):
        self.eni_names.append(name)
        self.do("eni add %s subnet %s dev v-%s address %s mac %s source-dest-check %s" %
                (name, subnet, name, address, mac_of(self.eni_names.index(name)), check))

    # ---- changes ----

    def change(self, rng):
        return rng.choices((self.route, self.list_change, self.rule, self.entry, self.wear, self.check,
                            self.eip, self.endpoint, self.peering, self.table, self.acl, self.nat,
                            self.queue, self.policy),
                           (20, 4, 16, 12, 8, 3, 6, 5, 4, 4, 4, 4, 5, 8))[0](rng)

    @staticmethod
    def vpc_of(name):
        return name.split("/")[0]

    @staticmethod
    def nats(vpc):
        return ["nat-gateway " + name for name in NATS if name[0] == vpc]

    def targets(self, vpc):
        enis = ["eni " + vpc + "m", "eni " + vpc + "m", "eni %s010" % vpc]
        gateway = {"a": ["igw a-igw"] * 2 + ["peering pa"] + self.nats("a"),
                   "b": ["igw b-igw"] * 2 + ["peering pb"] + self.nats("b"),
                   "c": ["peering pa", "peering pb"]}[vpc]
        return enis + gateway

    def route(self, rng):
        table = rng.choice(self.tables)
        vpc = self.vpc_of(table)
        outside = ["0.0.0.0/0", "0.0.0.0/0", "198.51.100.0/24", "198.51.100.64/26", "52.219.0.0/16",
                   "52.219.56.0/22", "52.219.57.0/24", "203.0.113.0/24", "172.16.0.0/12", "far"]
        peers = {"a": ["10.2.0.0/16", "10.3.0.0/16", "10.2.0.0/15"], "b": ["10.2.0.0/16", "10.3.2.0/24"],
                 "c": ["10.0.0.0/16", "10.0.0.0/16", "10.1.0.0/16", "10.0.1.0/24"]}[vpc]
        inside = ["%s.%d.0/24" % (b, i) for b in self.vpcs[vpc] for i in range(3)]
        kind = rng.choice(("outside", "peers", "inside"))
        if kind == "outside":
            dest, target = rng.choice(outside), rng.choice(self.targets(vpc))
        elif kind == "peers":
            dest = rng.choice(peers)
            target = rng.choice([t for t in self.targets(vpc) if t.startswith("peering")] * 2 +
                                ["eni " + vpc + "m"] + self.nats(vpc))
        else:
            dest = rng.choice(inside)
            target = rng.choice(["eni " + vpc + "m"] * 3 + self.nats(vpc))
        verb = rng.choice(("add", "add", "replace", "del"))
        return ["route", verb, table, dest] + (target.split() if verb != "del" else [])

    def list_change(self, rng):
        name, entries = rng.choice((
            ("s3-list", S3_NETS + ["52.219.57.0/24", "52.219.0.0/16"]),
            ("far", ["198.51.100.64/26", "198.51.100.0/24", "192.0.2.0/24", "10.0.0.10/32", "10.2.0.0/24"])))
        return ["prefix-list", "set", name, rng.choice(("add", "remove")), rng.choice(entries)]

    def filter(self, rng):
        return rng.choice((["protocol", "all"], ["protocol", "tcp"], ["protocol", "udp"], ["protocol", "icmp"],
                           ["protocol", "icmp", "icmp-type", "8"], ["protocol", "icmp", "icmp-type", "0"],
                           ["protocol", "tcp", "port", "80"], ["protocol", "udp", "port", "7-80"],
                           ["protocol", "tcp", "port", "1024-65535"], ["protocol", "udp", "port", "0-65535"],
                           ["protocol", "tcp", "port", "80-443"]))

    def rule(self, rng):
        group = rng.choice(self.groups)
        peer = rng.choice((["cidr", "0.0.0.0/0"], ["cidr", "0.0.0.0/0"], ["cidr", "10.0.0.0/8"],
                           ["cidr", "10.0.0.10/32"], ["cidr", "198.51.100.0/25"], ["cidr", "10.0.1.0/24"],
                           ["prefix-list", rng.choice(("s3-list", "far"))],
                           ["group", rng.choice(self.groups)], ["group", self.vpc_of(group) + "/g0"]))
        return ["security-group", rng.choice(("rule-add", "rule-del", "rule-del")), group,
                rng.choice(("ingress", "egress"))] + self.filter(rng) + peer

    def entry(self, rng):
        acl = rng.choice(self.acls)
        verb = rng.choice(("entry-add", "entry-replace", "entry-del"))
        words = ["network-acl", verb, acl, rng.choice(("50", "90", "100", "100", "150")),
                 rng.choice(("ingress", "egress"))]
        if verb == "entry-del":
            return words
        return words + [rng.choice(("allow", "allow", "deny"))] + self.filter(rng) + \
            ["cidr", rng.choice(("0.0.0.0/0", "0.0.0.0/0", "10.0.0.0/24", "10.0.0.0/8", "198.51.100.0/24",
                                 "10.0.1.10/32"))]

    def wear(self, rng):
        eni = rng.choice(self.eni_names)
        names = rng.sample(("default", "g0", "g1"), rng.choice((1, 1, 2)))
        return ["eni", "set", eni] + sum((["security-group", "%s/%s" % (eni[0], n)] for n in names), [])

    def check(self, rng):
        return ["eni", "set", rng.choice("abc") + "m", "source-dest-check", rng.choice(("on", "off", "off"))]

    def eip(self, rng):
        address = rng.choice(EIPS)
        if rng.random() < 0.3:
            return ["eip", "disassociate", address]
        return ["eip", "associate", address, "eni", rng.choice([e for e in self.eni_names if e[0] != "c"])]

    def endpoint(self, rng):
        vpc = rng.choice("ab")
        return ["endpoint", "set", vpc + "-s3", rng.choice(("add-route-table", "remove-route-table")),
                "%s/t%d" % (vpc, rng.randrange(3))]

    def queue(self, rng):
        name = rng.choice(list(QUEUES))
        subnet = "%s/s%d" % (name[0], rng.randrange(3))
        group = "%s/%s" % (name[0], rng.choice(("default", "g0", "g1")))
        return rng.choice((["endpoint", "del", name], ["endpoint", "add", name] + QUEUES[name].split(),
                           ["endpoint", "add", name] + QUEUES[name].split(),
                           ["endpoint", "set", name, "add-subnet", subnet, "address", self.places[subnet] + ".60"],
                           ["endpoint", "set", name, "add-subnet", subnet, "address", self.places[subnet] + ".60"],
                           ["endpoint", "set", name, "remove-subnet", subnet],
                           ["endpoint", "set", name, "add-security-group", group],
                           ["endpoint", "set", name, "remove-security-group", group]))

    @staticmethod
    def policy(rng):
        name = rng.choice(list(QUEUES) * 2 + ["a-s3", "b-s3"])
        policy = rng.choice(list(POLICIES)) if rng.random() < 0.7 else "default"
        return ["endpoint", "set", name, "policy", policy]

    def peering(self, rng):
        vpc = rng.choice("ab")
        return rng.choice((["peering", "del", "p" + vpc],
                           ["peering", "add", "p" + vpc, "vpc", vpc, "peer-vpc", "c"],
                           ["peering", "add", "p" + vpc, "vpc", vpc, "peer-vpc", "c"],
                           ["peering", "accept", "p" + vpc], ["peering", "accept", "p" + vpc]))

    @staticmethod
    def nat(rng):
        name = rng.choice(list(NATS))
        if rng.random() < 0.2:
            return ["nat-gateway", "del", name]
        return ["nat-gateway", "add", name] + NATS[name].split()

    def table(self, rng):
        subnet = rng.choice(self.subnets)
        table = "%s/t%d" % (self.vpc_of(subnet), rng.randrange(3))
        return rng.choice((["route-table", "disassociate", "subnet", subnet],
                           ["route-table", "associate", table, "subnet", subnet],
                           ["route-table", "main", table]))

    def acl(self, rng):
        subnet = rng.choice(self.subnets)
        return ["network-acl", "associate",
                "%s/%s" % (self.vpc_of(subnet), rng.choice(("default", "acl"))), "subnet", subnet]


def mac_of(index):
    return "02:00:00:00:01:%02x" % index


class Traffic:
    """Packets: new flows, more of the old ones, answers, and what an appliance sends on."""

    def __init__(self, rng, topology, model):
        self.rng, self.topology, self.model = rng, topology, model
        self.recent = []     # (packet as sent, port where it came out, packet as it came out)

    def seen(self, packet, port, out):
        self.recent.append((packet, port, out))
        del self.recent[:-40]

    def packet(self):
        rng = self.rng
        if self.recent and rng.random() < 0.5:
            return self.more()
        roll = rng.random()
        if roll < 0.1:
            return self.over_peering()
        if roll < 0.25:
            return self.to_nat()
        if roll < 0.4 and self.model.interfaces:
            return self.to_queue()
        roll = rng.random()
        if roll < 0.7:
            return self.from_eni(rng.choice(self.topology.eni_names))
        if roll < 0.83:
            return self.to_gateway()
        if roll < 0.97:
            return self.from_uplink()
        dst = self.model.enis[rng.choice(self.topology.eni_names)].address
        if rng.random() < 0.5:
            dst = rng.choice((dst, number(QUEUE_GATEWAY), number("10.0.0.60")))
            return Packet(QUEUE, "next", "router", number(QUEUE_HOST), dst, *self.flow())
        src = number(rng.choice(S3_HOSTS))
        return Packet(SERVICE, "next", "router", src, dst, *self.flow())

    def flow(self):
        rng = self.rng
        proto = rng.choices((TCP, UDP, ICMP), (40, 30, 30))[0]
        if proto == ICMP:
            return ICMP, rng.choice(CLIENT_PORTS), ECHO if rng.random() < 0.95 else ECHO_REPLY, 0
        flags = (SYN if rng.random() < 0.75 else ACK) if proto == TCP else 0
        return proto, rng.choice(CLIENT_PORTS), rng.choice(PORTS), flags

    def more(self):
        rng = self.rng
        sent, port, out = rng.choice(self.recent)
        flags = ACK if sent.proto == TCP else 0
        roll = rng.random()
        if roll < 0.3:
            return sent._replace(flags=flags)
        eni = self.model.enis.get(port)
        if eni and out.dst != eni.address:              # an appliance: it sends on
            return out._replace(port=port, smac=port, dmac="router", flags=sent.flags)
        flags = rng.choice((ACK, SYN | ACK)) if sent.proto == TCP else 0
        answer = Packet(port, port if eni else "next", "router", *inverse(key_of(out)), flags)
        if port == UPLINK and rng.random() < 0.05:      # of a stranger, or from another port
            answer = answer._replace(**rng.choice(({"src": number(rng.choice(INET_HOSTS))},
                                                   {"sport": rng.choice(PORTS)})))
        return answer

    def from_eni(self, name):
        rng, model = self.rng, self.model
        eni = model.enis[name]
        src, smac, dmac = eni.address, name, "router"
        others = list(model.enis.values())
        near = [e for e in others if e.vpc == eni.vpc and e is not eni]
        roll = rng.random()
        if roll < 0.35:
            dst = rng.choice(near).address
        elif roll < 0.55:
            dst = rng.choice(others).address
        elif roll < 0.64:
            dst = number(rng.choice(EIPS + NAT_EIPS + NAT_ADDRESSES))
        elif roll < 0.8:
            dst = number(rng.choice(INET_HOSTS))
        elif roll < 0.92:
            dst = number(rng.choice(S3_HOSTS))
        else:
            low = eni.subnet.net.address
            dst = rng.choice((low, low + 1, low + 2, low + 99, low + 255, low ^ 0x100 | 99, low ^ 0x100 | 3,
                              number("255.255.255.255"), number("224.0.0.251"), number("169.254.169.254"),
                              number("172.16.9.9"), number("10.3.2.99"), number("127.0.0.1")))
        if rng.random() < 0.06:
            neighbour = rng.choice(near)
            dmac = neighbour.name
            if rng.random() < 0.7:
                dst = neighbour.address
        if rng.random() < 0.02:
            smac = rng.choice(near).name
        if rng.random() < (0.03 if eni.check else 0.25):
            src = rng.choice((rng.choice(others).address, number("192.168.9.9"), number("127.0.0.1"),
                              number("224.0.0.1")))
        return Packet(name, smac, dmac, src, dst, *self.flow())

    # An appliance lets others into the peer, most of them of where it is not itself (PCX-4).
    def over_peering(self):
        rng, model = self.rng, self.model
        ways = [(eni, e) for eni in model.enis.values() if not eni.check
                for e in model.enis.values() if model.peering_toward(eni, e)]
        if not ways:
            return self.from_eni(rng.choice(self.topology.eni_names))
        eni, target = rng.choice(ways)
        ours = [e.address for e in model.enis.values() if e.vpc == eni.vpc]
        theirs = [e.address for e in model.enis.values() if e.vpc == target.vpc and e is not target]
        others = [number(host) for host in INET_HOSTS + ["192.168.9.9", "10.4.0.10", "10.3.9.9"]]
        others += [e.address for e in model.enis.values() if e.vpc not in (eni.vpc, target.vpc)]
        src = rng.choice(rng.choice((ours, theirs, theirs, others, others)))
        return Packet(eni.name, eni.name, "router", src, target.address, *self.flow())

    # Where the first routes lead to a NAT gateway; few draws find one of them.
    def to_nat(self):
        rng, model = self.rng, self.model
        for _ in range(12):
            eni = model.enis[rng.choice(self.topology.eni_names)]
            other = rng.choice(list(model.enis.values()))
            dst = rng.choice((number(rng.choice(INET_HOSTS)), number(rng.choice(INET_HOSTS)),
                              number(rng.choice(EIPS)), other.address))
            if dst not in eni.subnet.net and model.lookup(eni.subnet, dst)[0] == "nat-gateway":
                return Packet(eni.name, eni.name, "router", eni.address, dst, *self.flow())
        return self.from_eni(rng.choice(self.topology.eni_names))

    # Of the VPC or over a peering, mostly
    def to_queue(self):
        rng, model = self.rng, self.model
        interface = rng.choice(model.interfaces)
        enis = [e for e in model.enis.values()
                if e.vpc == interface.vpc or model.peering_toward(e, interface)]
        eni = rng.choice(enis if rng.random() < 0.9 else list(model.enis.values()))
        return Packet(eni.name, eni.name, "router", eni.address, interface.address, *self.flow())

    # By who is known outside, mostly
    def to_gateway(self):
        rng, model = self.rng, self.model
        public = [holder for holder in model.eips.values() if holder in model.enis]
        eni = model.enis[rng.choice(public or self.topology.eni_names)]
        dst = number(rng.choice(INET_HOSTS + S3_HOSTS))
        return Packet(eni.name, eni.name, "router", eni.address, dst, *self.flow())

    def from_uplink(self):
        rng = self.rng
        src = number(rng.choice(INET_HOSTS + S3_HOSTS))
        if rng.random() < 0.08:
            src = number(rng.choice(["10.0.0.10", "100.64.1.1", "127.0.0.1", EIPS[0], "224.0.0.9"]))
        dst = number(rng.choice(EIPS + NAT_EIPS))
        used = [address for address, holder in self.model.eips.items() if holder]
        if used and rng.random() < 0.8:
            dst = rng.choice(used)
        return Packet(UPLINK, "next", "router", src, dst, *self.flow())


def describe(packet):
    if not packet:
        return "nothing"
    src, dst = dotted(packet.src), dotted(packet.dst)
    if packet.proto == ICMP:
        what = "ICMP %s > %s type %d id %d" % (src, dst, packet.dport, packet.sport)
    else:
        names = {0: "", SYN: " SYN", ACK: " ACK", SYN | ACK: " SYN,ACK", RST: " RST"}
        flags = names.get(packet.flags, packet.flags)
        what = "%s %s:%d > %s:%d%s" % ({TCP: "TCP", UDP: "UDP"}[packet.proto], src, packet.sport, dst,
                                       packet.dport, flags)
    return what
