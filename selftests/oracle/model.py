# SPDX-License-Identifier: GPL-2.0
"""A reference model of the router, from the rules alone: what becomes of a packet, and why.

It shares nothing with the kernel but the words of vpcctl's commands, which apply() understands, and
the names of the drop reasons. It is made to be read beside the rules, not to be fast: every packet is
judged anew, and a flow is remembered only where a rule says that something is (SG-9, GWE-13, NAT-7,
the gateways' TCP). Where the rules leave a choice, judge() returns None: such a packet is not sent.
"""

import collections

TCP, UDP, ICMP = 6, 17, 1
ECHO_REPLY, UNREACHABLE, ECHO = 0, 3, 8
SYN, RST, ACK = 2, 4, 16
ANY_PORT = (0, 65535)

# port: where it enters; dmac: "router", or the interface whose MAC it has. For ICMP sport is the id
# and dport the type.
Packet = collections.namedtuple("Packet", "port smac dmac src dst proto sport dport flags")
# what: "drop" with the reasons that may be given, or "out" by a port, as a packet to `dmac`, for which
# a gateway may choose any source port if any_sport; way: the Way there
Verdict = collections.namedtuple("Verdict", "what reasons port packet any_sport notes way",
                                 defaults=(None,))


def number(text):
    a, b, c, d = text.split(".")
    return int(a) << 24 | int(b) << 16 | int(c) << 8 | int(d)


def dotted(n):
    return "%d.%d.%d.%d" % (n >> 24, n >> 16 & 255, n >> 8 & 255, n & 255)


class Net(collections.namedtuple("Net", "address length")):
    def __contains__(self, address):
        return not (address ^ self.address) >> (32 - self.length) if self.length else True

    def __str__(self):
        return "%s/%d" % (dotted(self.address), self.length)

    def covers(self, other):
        return self.length <= other.length and other.address in self

    def last(self):
        return self.address | (1 << (32 - self.length)) - 1


def net(text):
    address, length = text.split("/")
    length = int(length)
    return Net(number(address) >> (32 - length) << (32 - length) if length else 0, length)  # VPC-2


EVERYBODY = net("0.0.0.0/0")
INVALID_SOURCES = [net("0.0.0.0/8"), net("127.0.0.0/8"), net("224.0.0.0/4")]
MULTICAST = net("224.0.0.0/4")
BROADCAST = number("255.255.255.255")
RESERVED = [net("169.254.0.0/16"), net("0.0.0.0/8"), net("127.0.0.0/8")]
PRIVATE = [net("10.0.0.0/8"), net("172.16.0.0/12"), net("192.168.0.0/16"), net("100.64.0.0/10")]


def within(address, nets):
    return any(address in n for n in nets)


class Thing:
    def __init__(self, **members):
        self.__dict__.update(members)


class Way(Thing):
    """Where the routes lead a packet, stage by stage.

    kind: what is there in the end, or "drop" with @reasons; entry: the port and the tuple that it came
    in with; border: it leaves its sender's subnet; last: the subnet whose table sent it on, None
    beyond a gateway; borders: those at NAT gateways, as (subnet, direction, packet); nat: the NAT
    gateway on the way; back: that restores an answer; origin: the VPC of who sent it; interface: of an
    endpoint, where it came as @arrived, and which turns it away for @turned; endpoint: of either type
    """

    refused = gateway = back = False
    target = port = packet = last = nat = peering = origin = interface = arrived = endpoint = None
    reasons = turned = frozenset()

    def __init__(self, kind, packet, **members):
        super().__init__(kind=kind, entry=(packet.port, key_of(packet)), borders=[], **members)

    def drop(self, *reasons):
        self.kind, self.reasons = "drop", set(reasons)
        return self


def options(words):
    """The rest of a command: KEY VALUE ..."""
    return dict(zip(words[::2], words[1::2]))


def ports_of(opts):
    first, _, last = opts.get("port", "0-65535").partition("-")
    return int(first), int(last or first)


PROTOCOLS = {"tcp": TCP, "udp": UDP, "icmp": ICMP, "all": None}


def filter_of(opts):
    """What a rule of a group or an entry of an ACL says of protocol, ports and ICMP type."""
    return PROTOCOLS[opts.get("protocol", "all")], ports_of(opts), \
        int(opts["icmp-type"]) if "icmp-type" in opts else None


def filter_matches(what, packet):
    proto, ports, icmp = what
    if proto is None:
        return True                                     # SG-3: ports do not count
    if proto != packet.proto:
        return False
    if proto == ICMP:
        return icmp is None or icmp == packet.dport
    return ports[0] <= packet.dport <= ports[1]


INSIDE_TARGETS = ("eni", "nat-gateway")

# Endpoint policies: statements of an effect and elements (key, negated?, values), which say what
# their conditions do in a document. An action is a protocol and ports.
ALL_TCP, HTTP, HTTPS, ALL_UDP = (TCP, 0, 65535), (TCP, 80, 80), (TCP, 443, 443), (UDP, 0, 65535)
POLICIES = {
    "default": None,
    "connections": [("allow", [("action", False, [ALL_TCP])])],
    "pages": [("allow", [("action", False, [HTTP, (UDP, 8, 79), (ICMP, 0, 65535)])])],
    "no-pages": [("deny", [("action", False, [HTTP, (UDP, 0, 79)])]), ("allow", [])],
    "near": [("allow", [("vpc-source-ip", False, ["10.0.0.0/24", "10.2.0.10/32"])])],
    "far": [("allow", []), ("deny", [("vpc-source-ip", True, ["10.0.1.0/24", "10.2.0.0/15"]),
                                     ("action", False, [ALL_UDP, HTTPS])])],
    "account": [("allow", [("principal-account", False, ["333333333333", "111111111111"])]),
                ("deny", [("principal-account", False, ["111111111111"]),
                          ("action", False, [ALL_UDP])])],
    "strangers": [("allow", [("principal-account", True, ["111111111111"])])],
    "of-a": [("allow", [("source-vpc", False, ["a"])]),
             ("allow", [("source-vpce", False, ["b-q", "b-s3"]), ("action", True, [HTTP])])],
    "nowhere": [("allow", [("source-ip", False, ["0.0.0.0/0"])])],
    "nothing": [("allow", []), ("deny", [("source-ip", True, ["0.0.0.0/0"])])],
}


class Refused(Exception):
    pass


def need(condition):
    if not condition:
        raise Refused


def key_of(packet):
    return packet.src, packet.dst, packet.proto, packet.sport, packet.dport


def inverse(key):
    src, dst, proto, sport, dport = key
    if proto == ICMP:
        return dst, src, proto, sport, {ECHO: ECHO_REPLY, ECHO_REPLY: ECHO}.get(dport, dport)
    return dst, src, proto, dport, sport


# How the router calls it when the way of a flow is no longer what it was
BROKEN = {"path-changed", "tcp-not-syn", "reply-path", "no-session"}


def unsolicited(packet):
    """Why a gateway does not begin a flow with it."""
    if packet.proto == TCP and packet.flags & (SYN | ACK) != SYN:
        return {"tcp-not-syn"}
    if packet.proto == ICMP and packet.dport != ECHO:
        return {"no-session", "icmp-type", "endpoint-protocol"}
    return set()


class Model:
    def __init__(self):
        self.vpcs, self.subnets, self.enis, self.tables = {}, {}, {}, {}
        self.lists, self.igws, self.eips, self.peerings = {}, {}, {}, {}
        self.services, self.endpoints, self.groups, self.acls = {}, {}, {}, {}
        self.nats = {}
        # SG-9: (interface, other end's port, key as first seen, leaving?) -> "sure" or "soft"
        self.tracked = {}
        # (port, key) -> (port, key) for both directions of a flow that was delivered
        self.flows = {}
        # NAT-7: (port, key) of both directions -> the flow
        self.translated = {}
        self.originals = set()
        self.dead = set()
        # IFE-26: (port, key) of both directions -> the flow
        self.by_interface = {}
        # POL-5: (port, key) of flows that an endpoint let in -> the endpoint
        self.let_in = {}
        self.interfaces = []

    # ---- the configuration ----

    def apply(self, words):
        """One command. False: the rules refuse it, or it concerns what is not there."""
        try:
            getattr(self, (words[0] + "_" + words[1]).replace("-", "_"))(*words[2:])
        except (Refused, KeyError):
            return False
        return True

    def vpc_add(self, name, *words):
        need(name not in self.vpcs)
        cidrs = [net(v) for k, v in zip(words[::2], words[1::2]) if k == "cidr"]
        self.vpcs[name] = Thing(name=name, cidrs=cidrs, main=name + "/main",
                                owner=options(words).get("owner"))
        self.tables[name + "/main"] = Thing(vpc=name, routes={})
        # VPC-11, SG-2, ACL-3
        self.groups[name + "/default"] = Thing(vpc=name, rules=[
            ("ingress", (None, ANY_PORT, None), "group", name + "/default"),
            ("egress", (None, ANY_PORT, None), "cidr", EVERYBODY)])
        everything = "allow", (None, ANY_PORT, None), EVERYBODY
        self.acls[name + "/default"] = Thing(vpc=name, entries={
            "ingress": {100: everything}, "egress": {100: everything}})

    def subnet_add(self, name, *words):
        opts = options(words)
        vpc = name.split("/")[0]
        self.subnets[name] = Thing(name=name, vpc=vpc, net=net(opts["cidr"]), table=None,
                                   acl=vpc + "/default", zone=opts["zone"])

    def eni_add(self, name, *words):
        opts = options(words)
        subnet = self.subnets[opts["subnet"]]
        self.enis[name] = Thing(name=name, subnet=subnet, vpc=subnet.vpc,
                                address=number(opts["address"]),
                                check=opts.get("source-dest-check", "on") == "on",
                                groups=[subnet.vpc + "/default"])

    def eni_set(self, name, *words):
        eni = self.enis[name]
        pairs = list(zip(words[::2], words[1::2]))
        groups = [v for k, v in pairs if k == "security-group"]
        need(all(self.groups[g].vpc == eni.vpc for g in groups))
        if groups:
            eni.groups = groups                         # SG-17
        for k, v in pairs:
            if k == "source-dest-check":
                eni.check = v == "on"

    def route_table_add(self, name):
        self.tables[name] = Thing(vpc=name.split("/")[0], routes={})

    def route_table_associate(self, table, _, subnet):
        need(self.tables[table].vpc == self.subnets[subnet].vpc)
        need(not self.subnets[subnet].table)            # RT-2
        self.subnets[subnet].table = table

    def route_table_disassociate(self, _, subnet):
        need(self.subnets[subnet].table)
        self.subnets[subnet].table = None               # RT-1

    def route_table_main(self, table):
        need(self.vpcs[self.tables[table].vpc].main != table)
        self.vpcs[self.tables[table].vpc].main = table  # RT-1

    def table_of(self, subnet):
        return subnet.table or self.vpcs[subnet.vpc].main

    def target_of(self, table, words):
        kind, name = words
        vpc = self.tables[table].vpc
        if kind == "igw":
            need(self.igws[name].vpc == vpc)            # RT-27
        elif kind == "eni":
            need(self.enis[name].vpc == vpc)            # RT-27
        elif kind == "nat-gateway":
            need(self.nats[name].vpc == vpc)            # RT-27
        elif kind == "peering":
            need(vpc in self.peerings[name].vpcs)       # RT-27
        return kind, name

    @staticmethod
    def destination(word):
        return net(word) if "/" in word else word

    def route_add(self, table, dest, *target):
        dest = self.destination(dest)
        routes = self.tables[table].routes
        need(dest not in routes)                        # RT-19
        if isinstance(dest, Net):
            for cidr in self.vpcs[self.tables[table].vpc].cidrs:
                if cidr.covers(dest):                   # RT-12
                    need(target[0] in INSIDE_TARGETS)
                    need(dest in [s.net for s in self.subnets.values()
                                  if s.vpc == self.tables[table].vpc])
        else:
            need(dest in self.lists)
        routes[dest] = self.target_of(table, target)

    def route_replace(self, table, dest, *target):
        dest = self.destination(dest)
        need(dest in self.tables[table].routes)         # RT-19
        target = self.target_of(table, target)
        if isinstance(dest, Net) and within(dest.address, self.vpcs[self.tables[table].vpc].cidrs):
            need(target[0] in INSIDE_TARGETS)           # RT-12
        self.tables[table].routes[dest] = target

    def route_del(self, table, dest):
        del self.tables[table].routes[self.destination(dest)]

    def prefix_list_add(self, name, *words):
        self.lists[name] = {net(v) for k, v in zip(words[::2], words[1::2]) if k == "entry"}

    def prefix_list_set(self, name, *words):
        entries = set(self.lists[name])
        for k, v in zip(words[::2], words[1::2]):
            need((net(v) in entries) == (k == "remove"))
            entries ^= {net(v)}
        need(entries)
        self.lists[name] = entries                      # PFX-9

    def uplink_add(self, name, *_):
        self.uplink = name

    def igw_add(self, name, *words):
        self.igws[name] = Thing(vpc=options(words)["vpc"])

    def eip_add(self, address, *_):
        self.eips[number(address)] = None

    def eip_associate(self, address, _, eni):
        need(number(address) in self.eips)
        need(self.eips[number(address)] not in self.nats)   # NAT-12
        need(any(g.vpc == self.enis[eni].vpc for g in self.igws.values()))  # EIP-5
        for other, holder in self.eips.items():
            if holder == eni:
                self.eips[other] = None                 # EIP-2
        self.eips[number(address)] = eni

    def eip_disassociate(self, address):
        need(self.eips[number(address)] in self.enis)
        self.eips[number(address)] = None

    def peering_add(self, name, _, vpc, __, peer):
        need(name not in self.peerings)
        need(not any(set(p.vpcs) == {vpc, peer} for p in self.peerings.values()))  # PCX-2
        need(not any(a.covers(b) or b.covers(a) for a in self.vpcs[vpc].cidrs
                     for b in self.vpcs[peer].cidrs))   # PCX-2
        self.peerings[name] = Thing(vpcs=(vpc, peer), active=False)

    def peering_accept(self, name):
        need(not self.peerings[name].active)
        self.peerings[name].active = True

    def peering_del(self, name):
        del self.peerings[name]
        self.target_gone("peering", name)

    def target_gone(self, kind, name):
        # RT-24: a new one of the same name does not revive its routes
        for table in self.tables.values():
            for dest, target in table.routes.items():
                if target == (kind, name):
                    table.routes[dest] = ("gone", name)

    def nat_gateway_add(self, name, *words):
        need(name not in self.nats)
        opts = options(words)
        subnet, public = self.subnets[opts["subnet"]], None
        if opts.get("connectivity-type") != "private":
            public = number(opts["eip"])
            need(not self.eips[public] and self.igw_of(subnet.vpc))     # NAT-1, NAT-2
            self.eips[public] = name
        self.nats[name] = Thing(name=name, subnet=subnet, vpc=subnet.vpc, public=public,
                                address=number(opts["address"]))

    def nat_gateway_del(self, name):
        nat = self.nats.pop(name)
        if nat.public:
            self.eips[nat.public] = None                # NAT-17
        self.target_gone("nat-gateway", name)           # RT-23
        self.dead.update(entry for entry, flow in self.translated.items() if flow.nat is nat)

    def service_add(self, name, *words):
        opts = options(words)
        self.services[name] = Thing(
            list=opts.get("prefix-list"), gateway=number(opts["gateway"].split("/")[0]),
            address=number(opts["address"]) if "address" in opts else None)

    def endpoint_add(self, name, *words):
        need(name not in self.endpoints)
        opts = options(words)
        group = opts.get("security-group", opts["vpc"] + "/default")    # IFE-6
        self.endpoints[name] = Thing(name=name, vpc=opts["vpc"], service=opts["service"], tables=set(),
                                     groups=[group], policy=None)       # POL-1
        if "route-table" in opts:
            self.endpoint_set(name, "add-route-table", opts["route-table"])
        if "subnet" in opts:
            addresses = [v for k, v in zip(words[::2], words[1::2]) if k == "address"]
            for subnet, address in zip(opts["subnet"].split(","), addresses):
                self.endpoint_set(name, "add-subnet", subnet, "address", address)

    def endpoint_del(self, name):
        self.interfaces_gone(self.endpoints.pop(name), self.interfaces)     # IFE-15

    def endpoint_set(self, name, verb, what, *words):
        endpoint = self.endpoints[name]
        if verb == "policy":
            endpoint.policy = self.policy_of(POLICIES[what])
        else:
            getattr(self, verb.partition("-")[2].replace("-", "_") + "_of")(
                endpoint, verb.startswith("add"), what, *words)

    def policy_of(self, statements):
        """Endpoints by name become those that are there: another one of the same name is not meant."""
        def values_of(key, values):
            need(key != "source-vpce" or all(v in self.endpoints for v in values))
            return [self.endpoints[v] for v in values] if key == "source-vpce" else values
        return statements and [(effect, [(key, negate, values_of(key, values))
                                         for key, negate, values in elements])
                               for effect, elements in statements]

    def route_table_of(self, endpoint, add, table):
        need(self.tables[table].vpc == endpoint.vpc)
        need((table in endpoint.tables) != add)
        need(not add or not any(                        # GWE-7
            table in e.tables and e.service == endpoint.service for e in self.endpoints.values()))
        endpoint.tables ^= {table}

    def subnet_of(self, endpoint, add, name, *words):
        subnet = self.subnets[name]
        own = [i for i in self.interfaces if i.endpoint is endpoint]
        need(subnet.vpc == endpoint.vpc)
        if not add:
            need(any(i.subnet is subnet for i in own))
            self.interfaces_gone(endpoint, [i for i in own if i.subnet is subnet])  # IFE-4
            return
        need(not any(i.subnet.zone == subnet.zone for i in own))        # IFE-1
        self.names = getattr(self, "names", 0) + 1
        self.interfaces.append(Thing(
            name="interface %d" % self.names, endpoint=endpoint, vpc=endpoint.vpc, subnet=subnet,
            address=number(options(words)["address"]), groups=endpoint.groups, check=False))

    def security_group_of(self, endpoint, add, group):
        need(self.groups[group].vpc == endpoint.vpc)
        need((group in endpoint.groups) != add)
        need(add or len(endpoint.groups) > 1)           # IFE-6
        endpoint.groups = endpoint.groups + [group] if add else [g for g in endpoint.groups if g != group]
        for i in self.interfaces:
            if i.endpoint is endpoint:
                i.groups = endpoint.groups              # SG-17

    def interfaces_gone(self, endpoint, which):
        gone = [i for i in which if i.endpoint is endpoint]
        self.interfaces = [i for i in self.interfaces if i not in gone]
        self.dead.update(entry for entry, flow in self.by_interface.items() if flow.interface in gone)

    def security_group_add(self, name):
        self.groups[name] = Thing(vpc=name.split("/")[0], rules=[
            ("egress", (None, ANY_PORT, None), "cidr", EVERYBODY)])     # SG-2

    def rule_of(self, direction, words):
        opts = options(words)
        peer = [(k, opts[k]) for k in ("cidr", "prefix-list", "group") if k in opts][0]
        if peer[0] == "group":
            need(peer[1] in self.groups)
        if peer[0] == "prefix-list":
            need(peer[1] in self.lists)
        return direction, filter_of(opts), peer[0], net(peer[1]) if peer[0] == "cidr" else peer[1]

    def security_group_rule_add(self, group, direction, *words):
        rule = self.rule_of(direction, words)
        need(rule not in self.groups[group].rules)      # SG-3
        if rule[2] == "group":                          # SG-6: of this VPC, or of a peered one
            ours, theirs = self.groups[group].vpc, self.groups[rule[3]].vpc
            need(ours == theirs or self.peered(ours, theirs))
        self.groups[group].rules.append(rule)

    def security_group_rule_del(self, group, direction, *words):
        rule = self.rule_of(direction, words)
        need(rule in self.groups[group].rules)          # SG-3
        self.groups[group].rules.remove(rule)

    def network_acl_add(self, name):
        self.acls[name] = Thing(vpc=name.split("/")[0], entries={"ingress": {}, "egress": {}})

    def network_acl_entry_add(self, acl, nr, direction, action, *words):
        entries = self.acls[acl].entries[direction]
        need(int(nr) not in entries)                    # ACL-4
        opts = options(words)
        entries[int(nr)] = action, filter_of(opts), net(opts["cidr"])

    def network_acl_entry_replace(self, acl, nr, direction, action, *words):
        self.network_acl_entry_del(acl, nr, direction)
        self.network_acl_entry_add(acl, nr, direction, action, *words)

    def network_acl_entry_del(self, acl, nr, direction):
        del self.acls[acl].entries[direction][int(nr)]  # ACL-4

    def network_acl_associate(self, acl, _, subnet):
        need(self.acls[acl].vpc == self.subnets[subnet].vpc)
        self.subnets[subnet].acl = acl                  # ACL-1

    # ---- helpers ----

    def peered(self, vpc, other):
        return any(p.active and set(p.vpcs) == {vpc, other} for p in self.peerings.values())

    def owner(self, vpc, address):
        for eni in self.enis.values():
            if eni.vpc == vpc and eni.address == address:
                return eni
        return None

    def nat_at(self, vpc, address):
        return next((n for n in self.nats.values() if (n.vpc, n.address) == (vpc, address)), None)

    def interface_at(self, vpc, address):
        return next((i for i in self.interfaces if (i.vpc, i.address) == (vpc, address)), None)

    def public_of(self, eni):
        for address, holder in self.eips.items():
            if holder == eni.name:
                return address
        return None

    def igw_of(self, vpc):
        return next((name for name, igw in self.igws.items() if igw.vpc == vpc), None)

    def reserved(self, vpc, address):
        for subnet in self.subnets.values():            # VPC-19
            n = subnet.net
            if subnet.vpc == vpc and address in n and \
                    (address - n.address < 4 or address == n.last()):
                return True
        return self.vpcs[vpc].cidrs[0].address + 2 == address   # VPC-20

    # ---- routes ----

    def lookup(self, subnet, dst):
        """RT-17: the longest prefix of all; RT-18: of equal ones the static route."""
        table = self.tables[self.table_of(subnet)]
        best = None
        candidates = [(c, ("local", None), 1) for c in self.vpcs[subnet.vpc].cidrs]
        for dest, target in table.routes.items():
            if isinstance(dest, Net):
                candidates.append((dest, target, 1))
            else:
                candidates += [(entry, target, 0) for entry in self.lists[dest]]
        for name, endpoint in self.endpoints.items():   # GWE-3, GWE-8
            if self.table_of(subnet) in endpoint.tables:
                entries = self.lists[self.services[endpoint.service].list]
                candidates += [(entry, ("endpoint", name), 0) for entry in entries]
        ties = set()
        for dest, target, static in candidates:
            if dst not in dest:
                continue
            rank = dest.length, static
            if best is None or rank > best[0]:
                best, ties = (rank, target), {target}
            elif rank == best[0]:
                ties.add(target)
        if len(ties) > 1:
            return "tie", None                          # RT-18d: arbitrary
        return best[1] if best else ("none", None)

    def peering_toward(self, eni, target):
        """Do the routes lead from the one to the other over a peering connection between them?"""
        kind, name = self.lookup(eni.subnet, target.address)
        return kind == "peering" and self.peerings[name].active and target.vpc != eni.vpc and \
            target.vpc in self.peerings[name].vpcs

    # ---- filters ----

    def acl_denies(self, subnet, direction, packet):
        peer = packet.src if direction == "ingress" else packet.dst
        entries = self.acls[subnet.acl].entries[direction]
        for nr in sorted(entries):                      # ACL-2
            action, what, cidr = entries[nr]
            if peer in cidr and filter_matches(what, packet):
                return action == "deny"
        return True

    def rule_matches(self, rule, direction, eni, packet, other):
        """@other: the interface at the other end, when the packet comes from or goes to it directly
        and by its private address."""
        _, what, kind, value = rule
        peer = packet.src if direction == "ingress" else packet.dst
        if rule[0] != direction or not filter_matches(what, packet):
            return False
        if kind == "cidr":
            return peer in value
        if kind == "prefix-list":
            return within(peer, self.lists[value])
        group = self.groups[value]                      # SG-6, SG-7
        if group.vpc != eni.vpc and not self.peered(group.vpc, eni.vpc):
            return False
        if other and other.address == peer:
            return other.vpc == group.vpc and value in other.groups
        if direction == "egress":
            # Through an appliance: whether the address counts is open.
            member = self.owner(group.vpc, peer) or self.interface_at(group.vpc, peer)
            if member and value in member.groups:
                return None
        return False

    def group_verdict(self, eni, direction, packet, other):
        """(allowed?, is it tracked?), each True, False or None: the rules do not say."""
        rules = [r for g in eni.groups for r in self.groups[g].rules]
        matched = [(r, self.rule_matches(r, direction, eni, packet, other)) for r in rules]
        allowing = [r for r, m in matched if m]
        if not allowing:
            return (None if any(m is None for _, m in matched) else False), None
        if packet.proto == ICMP:
            return True, True                           # SG-10
        if not any(r[2] == "cidr" and r[3] == EVERYBODY for r in allowing):
            return True, True
        back = "egress" if direction == "ingress" else "ingress"
        if not any(r[0] == back and r[2] == "cidr" and r[3] == EVERYBODY and
                   r[1][0] in (None, packet.proto) and r[1][1] == ANY_PORT for r in rules):
            return True, True
        # SG-10. A narrower rule that allows it as well leaves the question open.
        return True, False if all(r[3] == EVERYBODY for r in allowing) else None

    def group_check(self, eni, direction, packet, peer_port, other, notes, always=False):
        """True: passes; False: is dropped; None: the rules do not say. @always: SG-13."""
        key = key_of(packet)
        leaving = direction == "egress"
        mine = [(eni.name, peer_port, key, leaving), (eni.name, peer_port, inverse(key), not leaving)]
        states = {self.tracked.get(entry) for entry in mine}
        if "sure" in states:
            return True                                 # SG-9, SG-11
        allowed, tracked = self.group_verdict(eni, direction, packet, other)
        if allowed:
            tracked = always or tracked
            if tracked is not False:
                notes.append((mine[0], "sure" if tracked else "soft"))
            return True
        if allowed is None or "soft" in states:
            return None
        # RT-31: a flow that changes its way is known to one of its ways only
        for name, _, k, out in self.tracked:
            if name == eni.name and (k, out) in ((key, leaving), (inverse(key), not leaving)):
                return None
        return False

    # ---- judging ----

    def judge(self, packet):
        """What becomes of it: a Verdict, or None where the rules leave that open."""
        key = key_of(packet)
        if (packet.port, key) in self.dead:
            return None
        # When does a connection begin anew that never ended?
        if packet.proto == TCP and packet.flags == SYN and any(
                k in (key, inverse(key)) for _, k in self.flows):
            return None
        if packet.port in self.enis:
            return self.from_eni(packet, self.enis[packet.port])
        if packet.port == self.uplink:
            return self.from_uplink(packet)
        return self.from_service(packet)

    @staticmethod
    def drop(*reasons):
        return Verdict("drop", set(reasons), None, None, False, [])

    def from_eni(self, packet, eni):
        dst = packet.dst
        if packet.smac != eni.name:
            return self.drop("source-mac")              # ENI-5
        if eni.check and packet.src != eni.address:
            return self.drop("source-address")          # ENI-5
        if within(packet.src, INVALID_SOURCES) or packet.src == BROADCAST:
            return self.drop("source-invalid")
        if dst in MULTICAST:
            return self.drop("multicast")               # L2-5
        if dst == BROADCAST:
            return self.drop("broadcast")               # L2-4
        if within(dst, RESERVED):
            return self.drop("reserved-address")        # RT-15, VPC-24
        if dst == eni.address or dst == self.public_of(eni):
            return None                                 # to itself
        way = self.way(packet, eni)
        return way and self.finish(packet, eni, way)

    def way(self, packet, eni):
        """Where the routes lead: a Way, or None."""
        dst = packet.dst
        way = Way("local", packet, border=False, last=eni.subnet, origin=eni.vpc)
        if packet.dmac != "router":                     # L2-8
            target = self.enis.get(packet.dmac)
            if not target or target.subnet is not eni.subnet or target is eni:
                return way.drop("unknown-mac")
            return self.deliver(target, packet, way)
        flow = self.translated.get(way.entry)
        if flow and flow.entry != way.entry and flow.nat.address == dst:
            return self.nat_answer(packet, eni, flow, way)
        if dst in eni.subnet.net:                       # RT-20, RT-13, ACL-5
            return self.local(eni.vpc, packet, way)
        way.border = True
        return self.by_route(packet, eni, way)

    # @eni: or a NAT gateway, which sends by its subnet's table as well
    def by_route(self, packet, eni, way):
        kind, name = self.lookup(eni.subnet, packet.dst)
        if kind == "tie":
            return None
        if kind == "none":
            return way.drop("no-route")                 # RT-21
        if kind == "gone" or kind == "peering" and not self.peerings[name].active:
            return way.drop("blackhole")                # RT-22, RT-23
        way.kind = kind
        return getattr(self, "by_" + kind.replace("-", "_"))(packet, eni, name, way)

    def local(self, vpc, packet, way):
        if self.reserved(vpc, packet.dst):
            return way.drop("reserved-address", "broadcast")
        nat = self.nat_at(vpc, packet.dst)
        if nat:
            return self.nat_return(nat, packet, way)
        interface = self.interface_at(vpc, packet.dst)
        if interface:
            return self.to_interface(interface, packet, way)
        target = self.owner(vpc, packet.dst)
        if not target:
            return way.drop("no-such-address")
        return self.deliver(target, packet, way)

    # IFE-17: also for who comes over a peering
    def to_interface(self, interface, packet, way):
        if way.nat or self.nat_at(way.origin, packet.src) or self.interface_at(way.origin, packet.src):
            return None                                 # Who is that?
        if way.entry in self.flows and way.entry not in self.originals:
            return None                                 # an answer to what came by another way
        service = self.services[interface.endpoint.service]
        way.gateway, way.target, way.interface, way.arrived = True, interface, interface, packet
        way.endpoint, way.port = interface.endpoint, interface.endpoint.service
        reasons = set()
        if packet.proto not in (TCP, UDP):
            reasons.add("endpoint-protocol")            # IFE-18
        if not self.owner(way.origin, packet.src):
            reasons.add("endpoint-transit")             # IFE-17
        if self.forbidden(packet, way):
            reasons.add("endpoint-policy")              # POL-6
        way.turned = reasons
        flow = self.by_interface.get(way.entry)
        known = flow.sport if flow and flow.interface is interface else None
        way.packet = packet._replace(src=service.gateway, dst=service.address, sport=known)     # IFE-26
        return way

    # ---- endpoint policies ----

    def forbidden(self, packet, way):
        """Does the policy of way.endpoint keep it from beginning a flow?"""
        policy = way.endpoint.policy
        if policy is None or self.let_in.get(way.entry) is way.endpoint:    # POL-1, POL-5
            return False
        if way.entry in self.flows and way.entry not in self.originals:
            return False                                # an answer begins nothing
        effects = {effect for effect, elements in policy
                   if all(self.element_holds(packet, way, *e) for e in elements)}
        return effects != {"allow"}                     # POL-3

    def element_holds(self, packet, way, key, negate, values):
        return any(self.value_matches(packet, way, key, value) for value in values) != negate

    def value_matches(self, packet, way, key, value):
        if key == "action":
            proto, first, last = value
            return proto == packet.proto and (proto == ICMP or first <= packet.dport <= last)
        if key == "vpc-source-ip":
            return packet.src in net(value)
        return {"principal-account": self.vpcs[way.origin].owner, "source-vpc": way.endpoint.vpc,
                "source-vpce": way.endpoint,
                "source-ip": None}[key] == value        # GWE-14

    def deliver(self, target, packet, way):
        way.refused = target.check and packet.dst != target.address     # ENI-6
        way.target, way.port, way.packet = target, target.name, packet
        return way

    def by_local(self, packet, eni, _, way):
        return self.local(eni.vpc, packet, way)

    def by_eni(self, packet, eni, name, way):
        target = self.enis[name]
        if target is eni:
            return None
        return self.deliver(target, packet, way)        # RT-30

    def by_peering(self, packet, eni, name, way):
        peer = next(v for v in self.peerings[name].vpcs if v != eni.vpc)
        if not within(packet.src, self.vpcs[eni.vpc].cidrs) or \
                not within(packet.dst, self.vpcs[peer].cidrs):
            return way.drop("peering-transit")          # PCX-4
        way.peering = self.peerings[name]
        return self.local(peer, packet, way)

    def by_nat_gateway(self, packet, eni, name, way):
        nat = self.nats[name]
        if way.nat:
            return way.drop("nat-gateway-route")        # NAT-5
        if self.nat_at(eni.vpc, packet.src):
            return None                                 # what an appliance got from one
        if way.entry in self.flows and way.entry not in self.originals:
            return None                                 # an answer to what came by another way
        way.nat, way.gateway = nat, True
        reasons = set()
        if not self.owner(eni.vpc, packet.src):
            reasons.add("nat-gateway-source")           # NAT-13
        if packet.proto == ICMP and packet.dport != ECHO:
            reasons.add("nat-gateway-protocol")         # NAT-3
        if reasons:
            return way.drop(*reasons)
        self.enter_nat(nat, packet, way)
        flow = self.translated.get(way.entry)
        known = flow.sport if flow and flow.nat is nat else None    # NAT-23
        return self.leave_nat(nat, packet._replace(src=nat.address, sport=known), way)

    def enter_nat(self, nat, packet, way):
        if way.last is not nat.subnet:
            way.borders.append((nat.subnet, "ingress", packet))     # NAT-11
        way.last = nat.subnet

    def leave_nat(self, nat, packet, way):
        if packet.dst in nat.subnet.net:
            return self.local(nat.vpc, packet, way)
        way.borders.append((nat.subnet, "egress", packet))          # NAT-11
        if self.lookup(nat.subnet, packet.dst)[0] == "endpoint":
            return None                                 # Is a NAT gateway a client of one? GWE-12
        return self.by_route(packet, nat, way)          # NAT-4

    def nat_return(self, nat, packet, way):
        flow, known = self.translated.get(way.entry), self.flows.get(way.entry)
        if not flow or flow.entry == way.entry or flow.nat is not nat:
            # What an appliance got from one has its address: whose are the answers?
            return None if known else way.drop("nat-gateway-unsolicited")   # NAT-10, NAT-22
        way.nat, way.back = nat, True
        self.enter_nat(nat, packet, way)
        _, dst, _, sport, dport = known[1]
        return self.leave_nat(nat, packet._replace(dst=dst, sport=sport, dport=dport), way)

    def nat_answer(self, packet, eni, flow, way):
        """NAT-13a: back to the gateway, whether or not there is a route."""
        way.border = eni.subnet is not flow.nat.subnet
        if eni.vpc != flow.nat.vpc and flow.peering not in self.peerings.values():
            # PCX-7; or does another connection do as well?
            return None if self.peered(eni.vpc, flow.nat.vpc) else way.drop("blackhole", *BROKEN)
        if eni.vpc == flow.nat.vpc and way.border and \
                self.lookup(eni.subnet, packet.dst)[0] != "local":
            return None                                 # to an appliance in between, or not?
        return self.nat_return(flow.nat, packet, way)

    def by_igw(self, packet, eni, _, way):
        reasons = set()
        if not way.nat and self.nat_at(eni.vpc, packet.src):
            return None                                 # what an appliance got from one
        source = self.owner(eni.vpc, packet.src)
        public = way.nat.public if way.nat else source and self.public_of(source)   # NAT-4
        if not public:
            reasons.add("no-public-address")            # IGW-4
        if within(packet.dst, PRIVATE):
            reasons.add("igw-private-address")          # IGW-13a
        if reasons:
            return way.drop(*reasons)
        way.gateway = True
        if packet.dst in self.eips:                     # IGW-7
            return self.into_vpc(packet._replace(src=public), way)
        way.target, way.port = None, self.uplink
        way.packet = packet._replace(src=public)        # IGW-2
        return way

    def into_vpc(self, packet, way):
        holder = self.eips[packet.dst]
        if not holder:
            return way.drop("eip-not-associated")       # IGW-13a
        way.gateway, way.last = True, None
        if holder in self.nats:
            nat = self.nats[holder]
            return self.nat_return(nat, packet._replace(dst=nat.address), way)  # NAT-4
        target = self.enis[holder]
        way.target, way.port = target, target.name
        way.packet = packet._replace(dst=target.address)    # IGW-2
        return way

    def by_endpoint(self, packet, eni, name, way):
        reasons = set()
        if not way.nat and self.nat_at(eni.vpc, packet.src):
            return None                                 # what an appliance got from one
        if not within(packet.src, self.vpcs[eni.vpc].cidrs):
            reasons.add("endpoint-transit")             # GWE-12
        elif not self.owner(eni.vpc, packet.src):
            return None                                 # of the VPC, but nobody's
        if packet.proto not in (TCP, ICMP):
            reasons.add("endpoint-protocol")            # GWE-13
        if reasons:
            return way.drop(*reasons)
        way.gateway, way.endpoint = True, self.endpoints[name]
        if self.forbidden(packet, way):
            return way.drop("endpoint-policy")          # POL-6
        way.target, way.port, way.packet = None, way.endpoint.service, packet   # GWE-10
        return way

    def finish(self, packet, eni, way):
        """Filters in ACL-6's order, then what a flow's past has to say."""
        notes, reasons = [], set()
        out = way.kind != "drop"
        if out and way.nat and way.port == packet.port:
            return None                                 # to itself
        arrived = way.arrived or way.packet
        other = way.target if out and not way.nat and way.target and \
            arrived.dst == packet.dst == way.target.address else None
        if eni:
            verdict = self.group_check(eni, "egress", packet, way.port if out else None, other, notes,
                                       way.nat and not way.back or way.interface)   # SG-13, IFE-22
            if verdict is None and out:
                return None
            if not verdict:                             # or may be
                reasons.add("security-group-egress")
            if way.border and self.acl_denies(eni.subnet, "egress", packet):
                # An appliance in the same subnet: is that a border? ACL-5
                if out and self.first_stop(way) is eni.subnet:
                    return None
                reasons.add("network-acl-egress")
        for subnet, direction, what in way.borders:     # NAT-11
            if self.acl_denies(subnet, direction, what):
                if out and way.target and way.target.subnet is subnet and direction == "egress":
                    return None                         # likewise
                reasons.add("network-acl-" + direction)
        if not out:
            if way.gateway:
                reasons |= unsolicited(packet)
            return self.drop(*(reasons | way.reasons))._replace(way=way)
        if way.target:
            if way.target.subnet is not way.last and \
                    self.acl_denies(way.target.subnet, "ingress", arrived):
                reasons.add("network-acl-ingress")      # ACL-5, ACL-6, IFE-21
            sender = eni if eni and arrived.src == packet.src == eni.address else None
            verdict = self.group_check(way.target, "ingress", arrived, packet.port, sender, notes,
                                       way.interface)   # IFE-20, IFE-22
            if verdict is None:
                if not reasons:
                    return None
            elif not verdict:
                reasons.add("security-group-ingress")
            if way.refused:                             # 0.1: the last of all
                if way.gateway:
                    reasons |= unsolicited(packet)      # NAT-21: the gateway's answer to it
                return self.drop("destination-check", *reasons)._replace(way=way)
            if way.turned:
                return self.drop(*(reasons | way.turned | unsolicited(packet)))._replace(way=way)
        return self.past(packet, way, notes, reasons)

    @staticmethod
    def first_stop(way):
        """The subnet of whoever gets it from the sender."""
        return way.nat.subnet if way.nat else way.target and way.target.subnet

    def past(self, packet, way, notes, reasons):
        before = self.flows.get((packet.port, key_of(packet)))
        flow = self.translated.get(way.entry)
        if before and flow and flow.entry == way.entry and flow.nat is way.nat and \
                before[0] != way.port:
            return None                                 # RT-29: the gateway's state, or a new flow?
        if before and self.moved(before, way):
            if not self.goes_on(packet, before, flow, way):
                # What was under way breaks: GWE-11, EIP-4, IGW-5. Whether the groups of who would get it
                # track it is not asked then.
                reasons |= BROKEN | {"security-group-ingress"}
                return Verdict("drop", reasons, None, None, False, ["dead"], way)
            before = None                               # IGW-2, RT-29: no connection, the next packet
        if way.gateway and not before:
            reasons = reasons | unsolicited(packet)
        if reasons:
            return self.drop(*reasons)._replace(way=way)
        packet = way.packet
        any_sport = packet.sport is None
        if before:
            packet = packet._replace(sport=before[1][3])
        elif way.gateway and (way.port, inverse(key_of(packet))) in self.flows:
            # Somebody of another VPC has the same addresses and ports there: GWE-10. What came in by
            # another public address before is no flow any more, when the interface has lost that.
            any_sport = not way.target
        dmac = way.target.name if way.target and not way.interface else "next"
        return Verdict("out", None, way.port, packet._replace(port=way.port, smac=None, dmac=dmac),
                       any_sport, notes, way)

    def goes_on(self, packet, before, flow, way):
        """With another translation it is judged as if it were the first; an answer never is."""
        if (packet.port, key_of(packet)) not in self.originals:
            return False
        # To an appliance from now on, which RT-30 wants to get it as it is: no gateway knew it.
        plain = not way.gateway and not flow and before[0] not in self.services
        return plain or packet.proto != TCP

    def moved(self, before, way):
        """Its translation is not what it was."""
        port, key = before
        now = key_of(way.packet)
        # EIP-4: who has the public address now may have the private one of who had it, in another
        # VPC. In one VPC, who has the private one gets what an appliance has asked in its name.
        other_vpc = way.kind == "uplink" and self.enis[port].vpc != way.target.vpc
        service = port in self.services or way.port in self.services    # RT-29: it keeps a state
        return port != way.port and (key != now or other_vpc or service) or key[:2] != now[:2]

    def from_uplink(self, packet):
        if packet.dst not in self.eips:
            return None                                 # the host's
        holder = self.eips[packet.dst]
        before = self.flows.get((packet.port, key_of(packet)))
        reasons = set()
        if not holder:
            reasons.add("eip-not-associated")           # IGW-13a
            if before:
                reasons |= BROKEN
        if holder in self.nats and not before:
            reasons.add("nat-gateway-unsolicited")      # NAT-10
        if within(packet.src, INVALID_SOURCES):
            reasons.add("source-invalid")
        if within(packet.src, PRIVATE):
            reasons.add("igw-private-address")          # IGW-13a
        if self.eips.get(packet.src) or packet.src in self.eips and reasons:
            reasons.add("source-address")
        if not before:
            reasons |= unsolicited(packet) if reasons else set()
        if reasons:
            return self.drop(*reasons)
        if packet.src in self.eips:
            return None
        way = self.into_vpc(packet, Way("uplink", packet, border=True))
        return way and self.finish(packet, None, way)

    def from_service(self, packet):
        before = self.flows.get((packet.port, key_of(packet)))
        if not before:
            return self.drop("no-session")              # GWE-13
        port, key = before
        asked = inverse(key)
        request = Packet(port, port, "router", *asked, 0)
        eni = self.enis[port]
        way, flow = self.way(request, eni), self.by_interface.get((packet.port, key_of(packet)))
        if not way or way.turned or (flow and way.interface is not flow.interface):
            return None
        if not flow and way.kind != "endpoint" or way.port != packet.port:
            return None                                 # GWE-11: broken, however it is called
        if eni.address != key[1]:
            return None
        back = packet._replace(src=key[0], dst=key[1], sport=key[3], dport=key[4])
        way = Way("service", packet, border=True, gateway=True)
        if flow and flow.interface.subnet is not eni.subnet:
            way.borders.append((flow.interface.subnet, "egress", back))     # IFE-21
        way.last = flow and flow.interface.subnet
        return self.finish(packet, None, self.deliver(eni, back, way))

    # ---- what a packet leaves behind ----

    def delivered(self, packet, verdict, actual):
        """@actual: what came out, which has the port that the router chose."""
        here, there = (packet.port, key_of(packet)), (verdict.port, key_of(actual))
        answer = here in self.flows and here not in self.originals
        for entry, state in verdict.notes:
            if entry[2][3] is None:
                entry = entry[:2] + (entry[2][:3] + (actual.sport,) + entry[2][4:],) + entry[3:]
            # Does an answer that the rules let pass begin to track an untracked flow? SG-9, SG-10
            if self.tracked.get(entry) != "sure":
                self.tracked[entry] = "soft" if answer else state
        if verdict.way.back:
            return                                      # the flow is as it was
        if here not in self.flows:
            self.originals.add(here)
        self.forget(here, there)
        self.flows[here] = there
        back = there[0], inverse(there[1])
        self.flows[back] = here[0], inverse(here[1])
        if verdict.way.kind == "service":
            return
        self.note_endpoint(here, back, verdict.way, actual)
        self.translated.pop(here, None)
        if verdict.way.nat:
            self.translated[here] = self.translated[back] = Thing(
                entry=here, nat=verdict.way.nat, sport=actual.sport, peering=verdict.way.peering)

    def note_endpoint(self, here, back, way, actual):
        self.let_in.pop(here, None)
        self.by_interface.pop(here, None)
        if way.endpoint:
            self.let_in[here] = way.endpoint
        if way.interface:
            self.by_interface[here] = self.by_interface[back] = Thing(
                entry=here, interface=way.interface, sport=actual.sport)

    def forget(self, here, there):
        """Of a flow that now has another translation: who still answers the old one speaks to nobody."""
        old = self.flows.get(here)
        if not old or old[1] == there[1]:
            return
        back = old[0], inverse(old[1])
        self.flows.pop(back, None)
        self.dead.add(back)

    def bad_port(self, packet, verdict, actual):
        """What is wrong with the port that a NAT gateway chose for a new flow, or an endpoint's."""
        if not verdict.any_sport or not (verdict.way.nat or verdict.way.interface):
            return None
        if packet.proto != ICMP and actual.sport < 1024:
            return "a port below 1024"                  # NAT-23
        back = verdict.port, inverse(key_of(actual))
        if back in self.flows and back not in self.dead:
            return "the port of another flow to there"  # NAT-7, IFE-26
        return None

    def answer(self, packet, verdict, reason):
        """What the router itself says about a packet that was dropped for @reason, or None."""
        way = verdict.way
        if reason == "endpoint-policy" and packet.proto != TCP:         # POL-6
            router = self.enis[packet.port].subnet.net.address + 1
            return Packet(packet.port, None, packet.port, router, packet.src, ICMP, 0, UNREACHABLE, 0)
        if reason == "tcp-not-syn":                     # NAT-21, IFE-23
            if not way or way.back or not (way.nat or way.interface):
                return None
        elif reason != "endpoint-policy":
            return None
        return Packet(packet.port, None, packet.port, packet.dst, packet.src, TCP, packet.dport,
                      packet.sport, RST if packet.flags & ACK else RST | ACK)

    def dropped(self, packet, verdict):
        if "dead" in verdict.notes:
            self.dead.add((packet.port, key_of(packet)))
            self.dead.update([(p, k) for (p, k), (q, l) in self.flows.items()
                              if q == packet.port and inverse(l) == key_of(packet)])
