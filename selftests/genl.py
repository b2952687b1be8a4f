# SPDX-License-Identifier: GPL-2.0
# A small client of the netlink API, for what vpcctl cannot do: die in the middle of a transaction,
# or change things a thousand times a second.
#
# genl.py stage commit|hold NAME    stages a VPC of that name, says "staged N", commits or waits
# genl.py churn SECONDS             VPCs come and go, one change at a time; says how many changes
# genl.py singles TABLE IGW         adds each CIDR of standard input to the table and deletes it again,
#                                   one change at a time; says the middle of the microseconds that
#                                   an add, a delete, and one that is refused at once take

import contextlib
import os
import re
import signal
import socket
import statistics
import struct
import sys
import time

HEADER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../uapi/linux/vpc.h")
NESTED = 0x8000
NLM_F_REQUEST_ACK = 5
GENL_ID_CTRL, CTRL_CMD_GETFAMILY, CTRL_ATTR_FAMILY_ID, CTRL_ATTR_FAMILY_NAME = 16, 3, 1, 2


# The numbers of the header's enumerations, by name.
def numbers():
    nr = {}
    with open(HEADER) as f:
        text = re.sub(r"/\*.*?\*/", "", f.read(), flags=re.S)
    for body in re.findall(r"enum[^{;]*\{([^}]*)\}", text):
        value = 0
        for item in body.split(","):
            m = re.match(r"\s*(\w+)\s*(?:=\s*(\d+))?\s*$", item)
            if m:
                value = int(m[2]) if m[2] else value
                nr[m[1]] = value
                value += 1
    return nr


NR = numbers()


def attr(kind, data):
    return struct.pack("HH", 4 + len(data), kind) + data + b"\0" * (-len(data) % 4)


def text(kind, value):
    return attr(kind, value.encode() + b"\0")


def find(attrs, wanted):
    while attrs:
        length, kind = struct.unpack_from("HH", attrs)
        if kind & 0x3fff == wanted:
            return attrs[4:length]
        attrs = attrs[(length + 3) & ~3:]


class Client:
    def __init__(self):
        self.sock = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 16)
        self.sock.bind((0, 0))
        self.seq = 0
        answer = self.talk(GENL_ID_CTRL, CTRL_CMD_GETFAMILY, text(CTRL_ATTR_FAMILY_NAME, "vpc"))
        self.family = struct.unpack("H", find(answer, CTRL_ATTR_FAMILY_ID))[0]

    # One request; the attributes of its answer, if it has any.
    def talk(self, family, cmd, attrs):
        self.seq += 1
        self.sock.send(struct.pack("IHHIIBBH", 20 + len(attrs), family, NLM_F_REQUEST_ACK,
                                   self.seq, 0, cmd, 1, 0) + attrs)
        answer = None
        while True:
            data = self.sock.recv(65536)
            while data:
                length, kind = struct.unpack_from("IH", data)
                if kind == 2:
                    error = struct.unpack_from("i", data, 16)[0]
                    if error:
                        raise OSError(-error, "command %d" % cmd)
                    return answer
                answer = data[20:length]
                data = data[(length + 3) & ~3:]

    def ask(self, command, attrs=b""):
        return self.talk(self.family, NR["VPC_CMD_" + command], attrs)


def prefix(kind, address, length):
    return attr(kind | NESTED, attr(NR["VPC_A_PREFIX_ADDRESS"], socket.inet_aton(address)) +
                attr(NR["VPC_A_PREFIX_LENGTH"], bytes([length])))


def vpc(name, address):
    return text(NR["VPC_A_VPC_NAME"], name) + prefix(NR["VPC_A_VPC_CIDR"], address, 16)


def stage(what, name):
    client = Client()
    op = attr(NR["VPC_A_OP_CMD"], struct.pack("I", NR["VPC_CMD_VPC_NEW"])) + \
        attr(NR["VPC_A_OP_VPC"] | NESTED, vpc(name, "10.77.0.0"))
    client.ask("TXN_BEGIN")
    answer = client.ask("TXN_ADD", attr(NR["VPC_A_TXN_OP"] | NESTED, op))
    print("staged", struct.unpack("I", find(answer, NR["VPC_A_TXN_STAGED"]))[0], flush=True)
    if what == "hold":
        signal.pause()
    client.ask("TXN_COMMIT")
    print("committed", flush=True)


# For so many seconds, and longer until there were so many changes
def churn(seconds, least=0):
    client = Client()
    start = time.monotonic()
    changes = 0
    while time.monotonic() < start + float(seconds) or changes < int(least):
        client.ask("VPC_NEW", vpc("churn", "10.78.0.0"))
        client.ask("VPC_DEL", text(NR["VPC_A_VPC_ID"], "churn"))
        changes += 2
    print(changes, "changes in", round(time.monotonic() - start, 1), "s", flush=True)


def microseconds(ask, *args):
    start = time.perf_counter()
    with contextlib.suppress(FileNotFoundError):
        ask(*args)
    return (time.perf_counter() - start) * 1e6


def singles(table, igw):
    client = Client()
    inside = text(NR["VPC_A_ROUTE_ROUTE_TABLE"], table)
    nowhere = text(NR["VPC_A_ROUTE_ROUTE_TABLE"], "no such table")
    target = attr(NR["VPC_A_ROUTE_TARGET"], bytes([NR["VPC_TARGET_IGW"]])) + text(NR["VPC_A_ROUTE_TARGET_ID"], igw)
    took = []
    for line in sys.stdin:
        address, length = line.strip().split("/")
        route = prefix(NR["VPC_A_ROUTE_DESTINATION"], address, int(length))
        took.append((microseconds(client.ask, "ROUTE_NEW", inside + route + target),
                     microseconds(client.ask, "ROUTE_DEL", inside + route),
                     microseconds(client.ask, "ROUTE_NEW", nowhere + route + target)))
    print(*("%.0f" % statistics.median(times) for times in zip(*took)))


if __name__ == "__main__":
    {"stage": stage, "churn": churn, "singles": singles}[sys.argv[1]](*sys.argv[2:])
