# SPDX-License-Identifier: GPL-2.0
# What `ip` does for the topology of a test, for a process that is running already: see tester.py,
# whose namespace is the one at hand.

import ctypes
import os
import socket
import struct

CLONE_NEWNET, MS_BIND = 0x40000000, 4096
NLM_REQUEST, NLM_ACK, NLM_EXCL, NLM_CREATE = 1, 4, 0x200, 0x400
NLMSG_ERROR = 2
RTM_NEWLINK, RTM_NEWADDR, RTM_NEWROUTE = 16, 20, 24
IFF_UP = 1
IFLA_IFNAME, IFLA_LINKINFO, IFLA_NET_NS_FD = 3, 18, 28
IFLA_INFO_KIND, IFLA_INFO_DATA, VETH_INFO_PEER = 1, 2, 1
IFA_ADDRESS, IFA_LOCAL = 1, 2
RTA_OIF, RTA_GATEWAY = 4, 5
RT_TABLE_MAIN, RTPROT_BOOT, RTN_UNICAST = 254, 3, 1

libc = ctypes.CDLL(None, use_errno=True)


def failed(what):
    return OSError(ctypes.get_errno(), what)


def attribute(kind, data):
    return struct.pack("HH", 4 + len(data), kind) + data + bytes(-len(data) % 4)


def ask(kind, body):
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE) as s:
        flags = NLM_REQUEST | NLM_ACK | NLM_EXCL | NLM_CREATE
        s.send(struct.pack("IHHII", 16 + len(body), kind, flags, 1, 0) + body)
        answer = s.recv(65536)
    said, error = struct.unpack_from("4xH10xi", answer)
    if said != NLMSG_ERROR or error:
        raise OSError(-error, "rtnetlink, request %d" % kind)


# A namespace as `ip netns add` makes it; the caller goes back to its own.
def add_netns(name):
    path = "/run/netns/" + name
    os.close(os.open(path, os.O_RDONLY | os.O_CREAT | os.O_EXCL, 0))
    if libc.unshare(CLONE_NEWNET):
        raise failed("unshare")
    if libc.mount(b"/proc/thread-self/ns/net", path.encode(), b"none", MS_BIND, None):
        raise failed(path)


def link_head(flags):
    return struct.pack("BxHiII", 0, 0, 0, flags, flags)


# A pair of devices: one here, up, and one in the namespace that @fd is, which cannot be up from the
# start.
def add_veth(dev, fd, peer):
    other = link_head(0) + attribute(IFLA_IFNAME, peer.encode() + b"\0") + \
        attribute(IFLA_NET_NS_FD, struct.pack("I", fd))
    info = attribute(IFLA_INFO_KIND, b"veth") + attribute(IFLA_INFO_DATA, attribute(VETH_INFO_PEER, other))
    ask(RTM_NEWLINK, link_head(IFF_UP) + attribute(IFLA_IFNAME, dev.encode() + b"\0") + attribute(IFLA_LINKINFO, info))


def add_address(dev, address, length):
    data = socket.inet_aton(address)
    ask(RTM_NEWADDR, struct.pack("BBBBI", socket.AF_INET, length, 0, 0, socket.if_nametoindex(dev)) +
        attribute(IFA_LOCAL, data) + attribute(IFA_ADDRESS, data))


def add_default_route(dev, gateway):
    ask(RTM_NEWROUTE, struct.pack("8BI", socket.AF_INET, 0, 0, 0, RT_TABLE_MAIN, RTPROT_BOOT, 0, RTN_UNICAST, 0) +
        attribute(RTA_GATEWAY, socket.inet_aton(gateway)) +
        attribute(RTA_OIF, struct.pack("I", socket.if_nametoindex(dev))))
