#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""The netlink family as the kernel's own YNL client sees it, by the specification alone.

ynl_client.py SPEC YNL-FOLDER VPCCTL

Runs in the router's namespace as ynl.sh laid it out. Says "ok NAME", or "# WHY" and
"not ok NAME", for every check, and "done" in the end; or "skip WHY".

What commands, attributes, bounds and notifications there are comes from the specification; valid
requests, and which attributes they need, from ynl_samples.py. A command or attribute that has no
sample there is a failure.
"""

import copy
import errno
import functools
import itertools
import json
import socket
import struct
import subprocess
import sys
import time

try:
    import yaml
except ImportError:
    print("skip no python3-yaml")
    sys.exit()

sys.dont_write_bytecode = True
SPEC, YNL, VPCCTL = sys.argv[1:4]
sys.path.insert(0, YNL)
# The same parser in C.
yaml.safe_load = functools.partial(yaml.load, Loader=yaml.CSafeLoader)

from lib import Netlink, NlError, YnlFamily  # noqa: E402
from ynl_samples import (BUILD, MAC_A, MAC_B, RULES, SAMPLES, TEAR_DOWN, addr,  # noqa: E402
                         prefix)

COOKIE = Netlink.NLMSGERR_ATTR_COOKIE
TOO_LONG = "prefix length is above that of the address"


def check(name, problems):
    for problem in problems[:20]:
        print("# %s" % str(problem).replace("\n", " "))
    print("%s %s" % ("not ok" if problems else "ok", name), flush=True)


# ---- the client ----


class Outcome:
    """What became of a request: an answer, or errno and extended acknowledgement."""

    def __init__(self, answer=None, error=None):
        self.answer = answer
        self.errno = error.error if error else 0
        self.extack = (error.nl_msg.extack or {}) if error else {}
        self.msg = self.extack.get("msg", "")
        # The core tells the policy that an attribute failed; the family never does.
        self.by_policy = "policy" in self.extack

    @property
    def index(self):
        """Of the operation that failed in a transaction."""
        for attr in self.extack.get("unknown", []):
            if attr.type == COOKIE:
                return struct.unpack("I", attr.raw)[0]
        return None

    def missing(self, attr_set):
        """Name of the attribute that is missing."""
        attr = self.extack.get("miss-type")
        if isinstance(attr, int) and attr in attr_set.attrs_by_val:
            return attr_set.attrs_by_val[attr].name
        return attr

    def __str__(self):
        if not self.errno:
            return "accepted"
        return "%s %s" % (errno.errorcode.get(self.errno, self.errno), self.extack)


family = YnlFamily(SPEC, schema="")
# Notifications between answers are too much for the library: they have a socket of their own.
listener = copy.copy(family)
listener.sock = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, Netlink.NETLINK_GENERIC)
listener.async_msg_queue = []
listener.ntf_subscribe("events")

NOTIFICATIONS = [name for name, msg in family.msgs.items() if msg.is_async]
GETS = [name for name, op in family.ops.items() if "dump" in op]
heard = set()
sent = set()


def do(cmd, request):
    try:
        return Outcome(family.do(cmd, dict(request)))
    except NlError as e:
        return Outcome(error=e)


def dump(cmd, request=None):
    try:
        return Outcome(family.dump(cmd, dict(request or {})))
    except NlError as e:
        return Outcome(error=e)


def notifications():
    listener.check_ntf()
    found = listener.async_msg_queue[:]
    listener.async_msg_queue.clear()
    heard.update(ntf["name"] for ntf in found)
    return found


def request_attrs(cmd):
    return family.ops[cmd]["do"].get("request", {}).get("attributes", [])


def reply_attrs(cmd, mode):
    return family.ops[cmd][mode].get("reply", {}).get("attributes", [])


def attr_spec(cmd, attr):
    return family.ops[cmd].attr_set[attr]


# ---- a valid request for every command ----

def samples(cmd):
    """Those of a command, with the ids that only the kernel knew."""
    found = []
    for request, required in SAMPLES.get(cmd, []):
        if not isinstance(required, dict):
            required = {attr: attr for attr in required}
        found.append((fill_in(request), required))
    return found


def fill_in(request):
    request = dict(request)
    if request.get("id") == "SESSION":
        request["id"] = sessions(1)[0]["id"]
    if request.get("id") in ("ASSOCIATION", "LISTENER", "TARGET"):
        request["id"] = dump(request["id"].lower() + "-get").answer[0]["id"]
    if request.get("rule-id") == "RULE":
        group = do("security-group-get", {"id": request["id"]}).answer
        request["rule-id"] = group["rule"][0]["rule-id"]
    return request


# ---- sessions ----


def send_datagram(source_port):
    """From one interface to the other, as the one's instance would."""
    udp = struct.pack("!HHHH", source_port, 9, 8, 0)
    ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 28, 0, 0, 64, socket.IPPROTO_UDP, 0,
                     addr("10.0.0.10"), addr("10.0.0.11"))
    total = sum(struct.unpack("!10H", ip))
    total = ~(total + (total >> 16)) & 0xffff
    ip = ip[:10] + struct.pack("!H", total) + ip[12:]
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as sock:
        sock.bind(("p-va", 0))
        sock.send(MAC_B + MAC_A + struct.pack("!H", 0x0800) + ip + udp)


def sessions(wanted):
    """They do not live long: at least as many as wanted, made if there are less."""
    for port in range(1024, 1124):
        found = dump("session-get").answer
        if len(found) >= wanted:
            return found
        send_datagram(port)
        time.sleep(0.01)
    raise RuntimeError("no datagram opens a session")


# ---- transactions ----

# The last operation of a trial, which is refused and takes everything back.
REFUSED = {"name": "vpcs", "value": 0}


def op_attr(cmd):
    """The attribute of an operation that holds those of a command; None: cannot be staged."""
    if cmd.endswith("-get") or cmd.startswith("txn-") or cmd.startswith("session-"):
        return None
    return family.ops[cmd].attr_set.name


def operation(cmd, request):
    return {"cmd": family.ops[cmd].req_value, op_attr(cmd): request}


def can_try(cmd):
    """Without a change."""
    return op_attr(cmd) or cmd in GETS


def trial(cmd, request):
    """Would it be accepted? Nothing is changed either way."""
    if not op_attr(cmd):
        return do(cmd, request)
    ops = [operation(cmd, request), operation("limits-set", REFUSED)]
    do("txn-begin", {})
    outcome = do("txn-add", {"op": ops})
    if outcome.errno:
        do("txn-abort", {})
        return outcome
    outcome = do("txn-commit", {})
    assert outcome.errno, "a trial was committed: %s %s" % (cmd, request)
    if outcome.index == 1:
        return Outcome()
    return outcome


# ---- the whole state ----

# What moves by itself, so that two looks may differ.
MOVING = {
    "session": ["original-packets", "original-bytes", "reply-packets", "reply-bytes", "expires",
                "tcp-state"],
    "stats": ["value"],
    "vpc": ["sessions"],
    "eni": ["sessions", "conntrack-allowance-available"],
    "limits": ["used"],
}


# What a dump spreads over several messages
ELEMENTS = {"prefix-list": ["entry"], "network-acl": ["entry"], "security-group": ["rule"],
            "target-group": ["target"],
            "endpoint": ["policy-document", "route-table", "security-group", "network-interface"]}


def noun_of(get):
    return get[:-len("-get")]


def still(noun, objects):
    """Objects that several messages tell of in one, and of what moves only that it is there."""
    found = []
    for obj in objects:
        obj = {k: "moves" if k in MOVING.get(noun, []) else v for k, v in obj.items()}
        elements = ELEMENTS.get(noun)
        if elements and found and found[-1]["id"] == obj["id"]:
            for element in set(elements) & set(obj):
                found[-1][element] = found[-1].get(element, []) + obj[element]
        else:
            found.append(obj)
    return found


def state():
    """All that no traffic changes."""
    found = {}
    for get in GETS:
        noun = noun_of(get)
        if noun not in ("session", "stats"):
            found[noun] = still(noun, dump(get).answer)
    return found


def unchanged(before):
    problems = ["%s was sent" % ntf["name"] for ntf in notifications()]
    now = state()
    return problems + ["%s changed: %s, was %s" % (noun, now[noun], before[noun])
                       for noun in now if now[noun] != before[noun]]


# ---- 1: every command with success ----


def undeclared(cmd, mode, answer):
    return ["%s: the answer has %s, which the specification does not" % (cmd, attr)
            for attr in set(answer or {}) - set(reply_attrs(cmd, mode))]


def told(cmd, answer, ntfs):
    """A change is told to listeners, a new object as it was answered."""
    if not ntfs:
        return ["%s: no notification" % cmd]
    if not answer or "id" not in answer:
        return []
    name = cmd + "-ntf"
    same = [ntf["msg"] for ntf in ntfs if ntf["name"] == name and ntf["msg"]["id"] == answer["id"]]
    if answer in same:
        return []
    return ["%s answered %s and notified %s" % (cmd, answer, same)]


def perform(cmd, request):
    """One command that must succeed, and what is wrong with its answer."""
    outcome = do(cmd, fill_in(request))
    if outcome.errno:
        return ["%s %s: %s" % (cmd, request, outcome)]
    sent.add((cmd, "do"))
    problems = undeclared(cmd, "do", outcome.answer)
    if reply_attrs(cmd, "do") and not outcome.answer:
        problems.append("%s: no answer" % cmd)
    ntfs = notifications()
    if not cmd.endswith("-get") and not cmd.startswith("txn-"):
        problems += told(cmd, outcome.answer, ntfs)
    return problems


def perform_all(name, steps):
    problems = []
    for cmd, request in steps:
        problems += perform(cmd, request)
    check(name, problems)


def transactions():
    ops = [operation("vpc-new", {"name": "t", "cidr": [prefix("10.20.0.0/16")]}),
           operation("subnet-new", {"name": "t", "vpc": "t", "cidr": prefix("10.20.0.0/24")})]
    undo = [operation("subnet-del", {"id": "t/t"}), operation("vpc-del", {"id": "t"})]
    before = state()
    problems = []
    for steps in (
            [("txn-begin", {}), ("txn-add", {"op": ops}), ("txn-abort", {"staged": 2})],
            [("txn-begin", {"staged": 0}), ("txn-add", {"op": ops[:1]}),
             ("txn-add", {"op": ops[1:]}), ("txn-commit", {"staged": 2})],
            [("txn-begin", {}), ("txn-add", {"op": undo}), ("txn-commit", {})]):
        for cmd, request in steps:
            problems += perform(cmd, request)
            if cmd == "txn-abort":
                problems += unchanged(before)
    problems += unchanged(before)
    check("transactions: begun, added to, aborted and committed", problems)


def refused_because(what, outcome, code, words):
    if outcome.errno == code and words in outcome.msg:
        return []
    return ["%s: %s, wanted %s with \"%s\"" % (what, outcome, errno.errorcode[code], words)]


def txn_refusals():
    """What is particular about the commands of a transaction."""
    before = state()
    vpc = operation("vpc-new", {"name": "t", "cidr": [prefix("10.20.0.0/16")]})
    problems = []
    for cmd in ("txn-add", "txn-commit", "txn-abort"):
        request = {"op": [vpc]} if cmd == "txn-add" else {}
        problems += refused_because(cmd + " before txn-begin", do(cmd, request), errno.ENOENT,
                                    "no transaction is open")
    for staged in (0, 1, 2):
        for cmd in ("txn-begin", "txn-commit", "txn-abort"):
            held = 0 if cmd == "txn-begin" else 1
            if staged == held and cmd != "txn-abort":
                continue
            if held:
                do("txn-begin", {})
                do("txn-add", {"op": [vpc]})
            outcome = do(cmd, {"staged": staged})
            if staged != held:
                problems += refused_because("%s staged %u" % (cmd, staged), outcome, errno.EINVAL,
                                            "holds %u operations, not %u" % (held, staged))
            elif outcome.errno or outcome.answer != {"staged": staged}:
                problems.append("%s staged %u: %s" % (cmd, staged, outcome))
    do("txn-begin", {})
    problems += refused_because("txn-begin twice", do("txn-begin", {}), errno.EBUSY, "is open")
    for what, op, words in (
            ("no command", {"vpc": vpc["vpc"]}, "command is required"),
            ("no object", {"cmd": vpc["cmd"]}, "not an operation"),
            ("two objects", dict(vpc, igw={"id": "igw"}), "of one object"),
            ("another object", {"cmd": vpc["cmd"], "igw": {"id": "igw"}}, "not an operation"),
            ("a get", {"cmd": family.ops["vpc-get"].req_value, "vpc": {"id": "my"}},
             "not an operation"),
            ("the last noun's end", {"cmd": family.ops["txn-begin"].req_value,
                                     "limits": {"name": "vpcs"}}, "not an operation"),
            ("no such command", {"cmd": 2 ** 32 - 1, "vpc": vpc["vpc"]}, "not an operation")):
        outcome = do("txn-add", {"op": [vpc, op]})
        problems += refused_because(what, outcome, errno.EINVAL, words)
        if outcome.index != 1:
            problems.append("%s: blames operation %s, not 1" % (what, outcome.index))
    do("txn-abort", {})
    check("transactions: what is malformed is refused", problems + unchanged(before))


# ---- 2: every required attribute missing ----


def names_missing(outcome, cmd, attr_set, attr):
    """EINVAL, and the attribute as the missing one or its words in the message."""
    if outcome.errno != errno.EINVAL:
        return False
    return outcome.missing(attr_set) == attr or attr.replace("-", " ") in outcome.msg


def without(request, attr):
    return {k: v for k, v in request.items() if k != attr}


def missing_in_nests(cmd, request):
    """A prefix without its address or length."""
    problems = []
    for attr, value in request.items():
        spec = attr_spec(cmd, attr)
        if spec["type"] != "nest" or spec["nested-attributes"] != "prefix":
            continue
        whole = value[0] if spec.is_multi else value
        for part in ("address", "length"):
            cut = without(whole, part)
            outcome = do(cmd, dict(request, **{attr: [cut] if spec.is_multi else cut}))
            if not names_missing(outcome, cmd, family.attr_sets["prefix"], part):
                problems.append("%s without %s.%s: %s" % (cmd, attr, part, outcome))
    return problems


def check_required(cmd):
    attr_set = family.ops[cmd].attr_set
    problems = []
    for request, required in samples(cmd):
        minimal = {k: v for k, v in request.items() if k in required}
        if can_try(cmd):
            outcome = trial(cmd, minimal)
            if outcome.errno:
                problems.append("%s with only %s: %s" % (cmd, list(minimal), outcome))
        for attr, reported in required.items():
            if reported is None:
                continue
            ways = [do] if not op_attr(cmd) else [do, trial]
            if cmd == "txn-add":
                do("txn-begin", {})
            for way in ways:
                outcome = way(cmd, without(request, attr))
                if not names_missing(outcome, cmd, attr_set, reported):
                    problems.append("%s without %s: %s" % (cmd, attr, outcome))
            if cmd == "txn-add":
                do("txn-abort", {})
        problems += missing_in_nests(cmd, request)
    check("%s: what is required" % cmd, problems)


# ---- 3: every bound, one below and one above ----

POLICY = "policy"       # refused by the policy that the specification makes


def number_probes(checks):
    """Values and whether the specification lets them pass."""
    for bound, sign in (("min", -1), ("max", 1)):
        if bound in checks:
            limit = checks[bound]
            yield from ((limit + sign * way, way <= 0) for way in (-1, 0, 1)
                        if limit + sign * way >= 0)


def length_probes(checks):
    if "exact-len" in checks:
        yield from ((checks["exact-len"] + way, way == 0) for way in (-1, 0, 1))
    if "min-len" in checks:
        yield from ((checks["min-len"] + way, way >= 0) for way in (-1, 0, 1))
    if "max-len" in checks:
        yield from ((checks["max-len"] + way, way <= 0) for way in (-1, 0, 1))


def constant(value):
    """A bound may be the name of a constant of the specification."""
    return family.consts[value]["value"] if value in family.consts else value


# The answer for one of them needs no filter.
UNREAD = {("session-get", "vpc"), ("session-get", "eni"), ("listener-get", "nlb"),
          ("target-get", "target-group")}


def nlb_refuses(cmd, attr):
    """Likewise of load balancers and what belongs to them."""
    if attr in ("name", "health-check-path"):
        return {errno.EINVAL}           # too long, or no path
    if attr == "address":
        return {errno.EINVAL}           # in no subnet
    if attr in ("scheme", "unhealthy-connection-termination", "health-check-protocol"):
        return {0, errno.EINVAL}        # what else it has is of the other
    if attr == "protocol" and cmd == "listener-new":
        return {errno.EINVAL}           # not the group's
    if attr in ("protocol", "port") and cmd in ("listener-set", "listener-del", "target-set",
                                                "target-del"):
        return {errno.ENOENT}
    return set()


def model_refuses(cmd, attr, spec, checks, value):
    """What the model says to a value that is within bounds: errnos, none when it takes it."""
    if checks.get("max-len") == constant("ref-max"):
        # No object has such a name.
        return set() if (cmd, attr) in UNREAD else {errno.ENOENT}
    if family.ops[cmd].attr_set.name in ("nlb", "listener", "target-group", "target"):
        return nlb_refuses(cmd, attr)
    if attr == "ifname" and cmd == "service-set":
        return {errno.EBUSY}
    if attr == "region" and cmd == "service-set":
        return {errno.EBUSY}            # its endpoint's is another one
    if attr in ("remove-zone", "remove-allowed-principal", "remove-supported-region"):
        return {errno.ENOENT}
    if attr == "allowed-principal":
        return {errno.EINVAL}           # no account
    if attr == "ifname" or (attr == "name" and cmd.startswith("limits-")):
        return {errno.EBUSY if cmd == "eni-set" else errno.ENOENT}
    if attr == "owner" and cmd.startswith("vpc-") and len(value) != 12:
        return {errno.EINVAL}
    if attr == "ip-address-type" and value > 0:
        return {errno.EOPNOTSUPP}
    if attr == "type":
        return {0, errno.EINVAL}        # what else it has is of the other type
    if attr == "address" and cmd.startswith("endpoint-"):
        return {errno.EINVAL}           # in no subnet
    if attr == "address-family" and value == 1:
        return {errno.EINVAL}           # there is an IPv4 entry
    if attr in ("secondary-address", "ipv6-address"):
        return {errno.ENOENT if cmd == "eni-unassign" else errno.EINVAL}
    if attr == "private-dns-name":
        return {errno.EINVAL}           # of labels that are too long
    if attr == "private-dns-enabled" and value == 1:
        return {errno.EINVAL}           # without dns-hostnames, or of a gateway endpoint
    if attr == "connectivity-type" and value == 0:
        return {errno.EINVAL}
    if attr == "target" and value in (2, 3, 4, 5, 6):
        return {errno.ENOENT, errno.EINVAL}
    if attr == "owner" and cmd.startswith("prefix-list-"):
        return {0, errno.EPERM, errno.EINVAL}
    if attr == "direction" and cmd == "security-group-rule-del":
        return {0, errno.ENOENT}        # the one of the rule, or the other
    if attr == "number" and cmd in ("network-acl-entry-set", "network-acl-entry-del"):
        return {errno.ENOENT}
    return set()


def judge(what, outcome, passes, may_refuse):
    if not passes:
        return [] if outcome.by_policy else ["%s: %s, wanted a refusal by policy" % (what, outcome)]
    if outcome.by_policy:
        return ["%s: %s, is within bounds" % (what, outcome)]
    if may_refuse:
        return [] if outcome.errno in may_refuse else [
            "%s: %s, wanted %s" % (what, outcome, [errno.errorcode.get(e, e) for e in may_refuse])]
    return ["%s: %s" % (what, outcome)] if outcome.errno else []


def probe(cmd, request, what, passes, may_refuse):
    """Out of bounds it is refused alone, in a dump and in a transaction."""
    what = "%s %s" % (cmd, what)
    problems = judge(what, trial(cmd, request), passes, may_refuse)
    if not passes and op_attr(cmd):
        problems += judge(what + " alone", do(cmd, request), passes, may_refuse)
    if not passes and cmd in GETS:
        problems += judge(what + " in a dump", dump(cmd, request), passes, may_refuse)
    return problems


def probe_plain(cmd, request, attr, spec):
    checks = {k: constant(v) for k, v in spec.get("checks", {}).items()}
    problems = []
    if "enum" in spec:
        last = max(family.consts[spec["enum"]].entries_by_val)
        if checks.get("max") != last:
            problems.append("%s: enum %s ends at %u, the bound is %s" % (
                attr, spec["enum"], last, checks.get("max")))
    if spec["type"] in ("string", "binary"):
        probes = [("1" * n if spec["type"] == "string" else bytes([2] * n), ok)
                  for n, ok in length_probes(checks)]
        shown = len
    else:
        probes = list(number_probes(checks))
        shown = int
    for value, passes in probes:
        problems += probe(cmd, dict(request, **{attr: value}), "%s %u" % (attr, shown(value)),
                          passes, model_refuses(cmd, attr, spec, checks, value))
    return problems


def probe_address(cmd, request, attr):
    """4 or 16 bytes, and IPv4 is meant."""
    problems = []
    for n in (3, 4, 5, 15, 16, 17):
        value = request[attr] if n == 4 else bytes([10] * n)
        outcome = trial(cmd, dict(request, **{attr: value}))
        wanted = 0 if n == 4 else errno.EINVAL
        if outcome.errno != wanted or (n not in (4, 16) and attr not in
                                       outcome.extack.get("bad-attr", "")):
            problems.append("%s %s of %u bytes: %s" % (cmd, attr, n, outcome))
    return problems


# Prefix lengths that the model takes, where it does not take all: from, to, in steps of.
LENGTHS = {
    ("vpc-new", "cidr"): (16, 28, 1),
    ("vpc-new", "ipv6-cidr"): (44, 60, 4),
    ("vpc-set", "cidr"): (16, 28, 1),
    ("uplink-new", "public-pool"): (16, 30, 1),
    ("uplink-set", "public-pool"): (16, 30, 1),
    ("vpc-set", "ipv6-cidr"): (44, 60, 4),
    ("subnet-set", "ipv6-cidr"): (44, 64, 4),
    ("subnet-new", "cidr"): (16, 28, 1),
    ("subnet-new", "ipv6-cidr"): (44, 64, 4),
    ("eni-new", "prefix"): (28, 28, 1),
    ("eni-assign", "prefix"): (28, 28, 1),
    ("service-new", "gateway"): (1, 30, 1),
    ("service-new", "pool"): (8, 28, 1),
    ("service-set", "gateway"): (1, 30, 1),
}
# What the model says to a prefix of the other family: it takes it, does not, or has none such.
OTHER_FAMILY = {0, errno.EINVAL, errno.ENOENT, errno.ERANGE}


def probe_prefix(cmd, request, attr, spec):
    whole = request[attr][0] if spec.is_multi else request[attr]
    problems = []

    def with_parts(**parts):
        value = dict(whole, **parts)
        return dict(request, **{attr: [value] if spec.is_multi else value})

    for n in (3, 4, 5, 15, 16, 17):
        own = len(whole["address"])
        outcome = trial(cmd, with_parts(address=whole["address"] if n == own else bytes([10] * n)))
        wanted = {own: {0}, 20 - own: OTHER_FAMILY}.get(n, {errno.EINVAL})
        if outcome.errno not in wanted or ("neither 4 nor 16" in outcome.msg) != (n not in (4, 16)):
            problems.append("%s %s.address of %u bytes: %s" % (cmd, attr, n, outcome))
    for address, length in ((addr("10.0.0.0"), 32), (addr("2001:db8::1"), 128)):
        if len(address) == len(whole["address"]):
            address = whole["address"]
        for n in (length - 1, length, length + 1):
            outcome = trial(cmd, with_parts(address=address, length=n))
            # The policy has one bound for both families.
            too_long = outcome.msg == TOO_LONG or (n > 128 and outcome.by_policy)
            if too_long != (n > length) or outcome.by_policy != (n > 128):
                problems.append("%s %s/%u of %u: %s" % (cmd, attr, n, length, outcome))
    low, high, step = LENGTHS.get((cmd, attr), (None, None, None))
    for n in (low - 1, low, low + 1, high - 1, high, high + 1) if low else ():
        outcome = trial(cmd, with_parts(length=n))
        if outcome.errno != (0 if low <= n <= high and n % step == 0 else errno.ERANGE):
            problems.append("%s %s/%u: %s" % (cmd, attr, n, outcome))
    for name, part in family.attr_sets["prefix"].items():
        if part["type"] == "string":
            checks = {k: constant(v) for k, v in part["checks"].items()}
            for n, passes in length_probes(checks):
                problems += probe(cmd, with_parts(**{name: "x" * n}),
                                  "%s.%s %u" % (attr, name, n), passes, set())
    return problems


def probe_attr(cmd, request, attr):
    spec = attr_spec(cmd, attr)
    if spec["type"] == "nest":
        if spec["nested-attributes"] == "prefix":
            return probe_prefix(cmd, request, attr, spec)
        return []       # an operation: its commands have their turn
    if spec["type"] == "binary" and spec.display_hint == "ipv4" and "checks" not in spec:
        return probe_address(cmd, request, attr)
    return probe_plain(cmd, request, attr, spec)


def strangers(cmd, request):
    """An attribute that is not one of the request's is refused."""
    problems = []
    for attr, spec in family.ops[cmd].attr_set.items():
        if attr in request_attrs(cmd):
            continue
        value = {"string": "x", "binary": bytes(4), "nest": {}, "flag": True}.get(spec["type"], 1)
        outcome = do(cmd, dict(request, **{attr: value}))
        if outcome.errno != errno.EINVAL or outcome.extack.get("bad-attr") != "." + attr:
            problems.append("%s with %s: %s" % (cmd, attr, outcome))
    return problems


def check_bounds(cmd):
    problems = []
    for request, _ in samples(cmd):
        if not can_try(cmd):
            continue
        outcome = trial(cmd, request)
        if outcome.errno:
            problems.append("%s %s: %s" % (cmd, request, outcome))
        for attr in request:
            problems += probe_attr(cmd, request, attr)
    known = {attr for request, _ in samples(cmd) for attr in request}
    problems += ["no sample of %s has %s" % (cmd, attr)
                 for attr in request_attrs(cmd) if attr not in known]
    problems += strangers(cmd, samples(cmd)[0][0])
    check("%s: bounds, one below and one above" % cmd, problems)


def check_limits():
    """The bounds of limits are the kernel's alone: it names them when it refuses."""
    before = state()
    problems = []
    for limit in dump("limits-get").answer:
        name = limit["name"]
        outcome = trial("limits-set", {"name": name, "value": 0})
        if limit.get("fixed"):
            problems += refused_because(name, outcome, errno.ENOENT, "not found")
            continue
        problems += refused_because(name, outcome, errno.ERANGE, "must be")
        low, high = (int(word) for word in outcome.msg.split("must be ")[1].split(" to "))
        for value in (low - 1, low, low + 1, high - 1, high, high + 1, 2 ** 64 - 1):
            outcome = trial("limits-set", {"name": name, "value": value})
            if "groups times" in outcome.msg and low <= value <= high:
                continue        # SG-8: two limits have one more for their product
            if outcome.errno != (0 if low <= value <= high else errno.ERANGE):
                problems.append("limit %s %u: %s" % (name, value, outcome))
    check("limits-set: each limit's bounds", problems + unchanged(before))


# ---- 4: dumps ----


def encoded(attr, value):
    if attr == "destination" and isinstance(value, dict):
        return {"address": addr(value["address"]), "length": value["length"]}
    return value


def check_gets(cmd):
    """Each object of the dump alone, by a get and by a narrowed dump."""
    noun = noun_of(cmd)
    objects = dump(cmd)
    if objects.errno or not objects.answer:
        check("%s: a dump and each of its objects" % cmd, ["%s: %s" % (cmd, objects)])
        return
    sent.add((cmd, "dump"))
    objects = still(noun, objects.answer)
    problems = []
    for obj in objects:
        problems += undeclared(cmd, "dump", obj)
        key = {attr: encoded(attr, obj[attr]) for attr in request_attrs(cmd) if attr in obj}
        outcome = do(cmd, key)
        if outcome.errno or still(noun, [outcome.answer]) != [obj]:
            problems.append("%s %s: %s %s, the dump has %s" % (
                cmd, key, outcome, outcome.answer, obj))
            continue
        sent.add((cmd, "do"))
    last = objects[-1]
    for attr in request_attrs(cmd):
        if attr not in last:
            continue
        narrowed = dump(cmd, {attr: encoded(attr, last[attr])})
        if narrowed.errno == errno.EOPNOTSUPP and narrowed.msg:
            continue
        wanted = [obj for obj in objects if obj.get(attr) == last[attr]]
        if narrowed.errno or still(noun, narrowed.answer) != wanted:
            problems.append("dump of %s by %s: %s %s" % (cmd, attr, narrowed, narrowed.answer))
    check("%s: a dump and each of its objects" % cmd, problems)


def vpcctl_show(noun):
    run = subprocess.run([VPCCTL, "-j", noun, "show"], capture_output=True, text=True, check=False)
    if run.returncode:
        return "vpcctl: exit code %d: %s" % (run.returncode, run.stderr)
    objects = json.loads(run.stdout)
    for obj in objects:
        obj.pop("dns-entries", None)    # what it makes of the rest
        if obj.get("state") == "pendingAcceptance":     # as AWS writes it (IFE-11)
            obj["state"] = "pending-acceptance"
    return still(noun, objects)


def check_vpcctl(cmd):
    noun = noun_of(cmd)
    # A packet may have come between the two.
    for _ in range(3):
        ours = still(noun, dump(cmd).answer)
        theirs = vpcctl_show(noun)
        if ours == theirs:
            break
    problems = [] if ours == theirs else ["YNL: %s" % ours, "vpcctl: %s" % theirs]
    if not ours:
        problems.append("nothing to compare")
    check("vpcctl -j %s show is the same dump" % noun, problems)


def check_long_list():
    """More than a message holds."""
    entries = [prefix("%u.%u.0.0/16" % (10 + i // 200, i % 200)) for i in range(2000)]
    limit = do("limits-get", {"name": "entries-per-prefix-list"}).answer
    problems = perform("limits-set", {"name": limit["name"], "value": len(entries)})
    problems += perform("prefix-list-new", {"name": "long", "max-entries": len(entries),
                                            "entry": entries})
    answer = dump("prefix-list-get", {"id": "long"}).answer
    if len(answer) < 2:
        problems.append("it came in %u messages" % len(answer))
    merged = still("prefix-list", answer)
    got = [(e["address"], e["length"]) for e in merged[0]["entry"]]
    if got != sorted(got, key=lambda e: addr(e[0])) or len(got) != merged[0]["entries"] or \
            len(set(got)) != len(entries):
        problems.append("%u entries of %u" % (len(got), len(entries)))
    if vpcctl_show("prefix-list") != still("prefix-list", dump("prefix-list-get").answer):
        problems.append("vpcctl shows something else")
    problems += perform("prefix-list-del", {"id": "long"})
    problems += perform("limits-set", {"name": limit["name"], "value": limit["value"]})
    check("a prefix list of several messages", problems)


def check_long_group():
    """Likewise."""
    limit = do("limits-get", {"name": "rules-per-security-group"}).answer
    product = do("limits-get", {"name": "groups-times-rules"}).answer
    problems = perform("limits-set", {"name": product["name"], "value": 20000})
    problems += perform("limits-set", {"name": limit["name"], "value": 2000})
    ops = [operation("security-group-rule-new", {
        "id": "my/unused", "direction": "ingress", "protocol": 6, "port-from": port,
        "port-to": port, "cidr": prefix("10.0.0.0/8")}) for port in range(1000)]
    problems += perform("txn-begin", {})
    for i in range(0, len(ops), 100):
        problems += perform("txn-add", {"op": ops[i:i + 100]})
    problems += perform("txn-commit", {})
    answer = dump("security-group-get", {"id": "my/unused"}).answer
    if len(answer) < 2:
        problems.append("it came in %u messages" % len(answer))
    merged = still("security-group", answer)
    got = [rule["port-from"] for rule in merged[0]["rule"] if "port-from" in rule]
    if got != list(range(len(ops))) or len(merged[0]["rule"]) != merged[0]["rules"]:
        problems.append("%u rules of %u" % (len(got), len(ops)))
    problems += refused_because("get", do("security-group-get", {"id": "my/unused"}),
                                errno.EMSGSIZE, "too long for a message")
    if vpcctl_show("security-group") != still("security-group",
                                              dump("security-group-get").answer):
        problems.append("vpcctl shows something else")
    problems += perform("security-group-del", {"id": "my/unused"})
    problems += perform("security-group-new", {"name": "unused", "vpc": "my"})
    problems += perform("limits-set", {"name": limit["name"], "value": limit["value"]})
    problems += perform("limits-set", {"name": product["name"], "value": product["value"]})
    check("a security group of several messages", problems)


def check_long_acl():
    rules = [dict(RULES[0], id="my/long", number=i + 1, direction=direction)
             for direction in ("egress", "ingress") for i in range(500)]
    limit = do("limits-get", {"name": "rules-per-network-acl"}).answer
    problems = perform("limits-set", {"name": limit["name"], "value": 500})
    problems += perform("network-acl-new", {"name": "long", "vpc": "my"})
    problems += perform("txn-begin", {})
    for i in range(0, len(rules), 100):
        problems += perform("txn-add", {"op": [operation("network-acl-entry-new", rule)
                                               for rule in rules[i:i + 100]]})
    problems += perform("txn-commit", {})
    answer = dump("network-acl-get", {"id": "my/long"}).answer
    if len(answer) < 2:
        problems.append("it came in %u messages" % len(answer))
    merged = still("network-acl", answer)
    got = [(e["direction"], e["number"]) for e in merged[0]["entry"]]
    if got != [(d, i + 1) for d in ("ingress", "egress") for i in range(500)]:
        problems.append("%u entries of %u" % (len(got), len(rules)))
    if vpcctl_show("network-acl") != still("network-acl", dump("network-acl-get").answer):
        problems.append("vpcctl shows something else")
    problems += perform("network-acl-del", {"id": "my/long"})
    problems += perform("limits-set", {"name": limit["name"], "value": limit["value"]})
    check("a network acl of several messages", problems)


# ---- everything ----


def main():
    unknown = [cmd for cmd in family.ops if cmd not in SAMPLES]
    check("all commands of the specification are known here",
          ["%s has no sample" % cmd for cmd in unknown] +
          ["%s is not in the specification" % cmd for cmd in SAMPLES if cmd not in family.ops])
    commands = [cmd for cmd in family.ops if cmd in SAMPLES]

    empty = state()
    notifications()
    perform_all("a configuration of everything is built", BUILD)
    transactions()
    txn_refusals()
    notifications()
    built = state()
    for noun, group in itertools.groupby(commands, lambda cmd: family.ops[cmd].attr_set.name):
        for cmd in group:
            check_required(cmd)
            check_bounds(cmd)
        check("%s: what is refused changes nothing" % noun, unchanged(built))
    check_limits()
    sessions(3)
    for cmd in GETS:
        check_gets(cmd)
        check_vpcctl(cmd)
    check_long_list()
    check_long_group()
    check_long_acl()
    perform_all("and taken down again", TEAR_DOWN)
    do("limits-set", {"name": "vpcs", "value": 1024})
    notifications()
    check("nothing is left", unchanged(empty))

    for cmd in family.ops:
        modes = [mode for mode in ("do", "dump") if mode in family.ops[cmd]]
        check("%s: sent with success" % cmd,
              ["never by %s" % mode for mode in modes if (cmd, mode) not in sent])
    for name in NOTIFICATIONS:
        check("%s: received" % name, [] if name in heard else ["never"])
    print("done")


main()
