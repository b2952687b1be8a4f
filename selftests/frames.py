# SPDX-License-Identifier: GPL-2.0
# Frames made by hand, from words KEY=VALUE; what is not said is as it should be.
#
#   type=ip|ip6|arp|ETHERTYPE  dmac= smac= vlan= count= cut=BYTES-OF-THE-FRAME
#   ip:  src= dst= proto=udp|tcp|icmp|NUMBER sport= dport= flags= seq= ack= icmp= code= data= size=
#        csum=START,OFFSET of a checksum that is left to the device, from the frame's first byte
#        id= ttl= options=HEX, what a header says: version= ihl= totlen= fragoff= ipsum= udplen=
#        quote=PROTO,SRC,SPORT,DST,DPORT: an ICMP error about that packet
#   ip6: src= dst= proto=, also icmp6; ports and data as above; ttl= totlen= version=
#        ext=PROTOCOL.HEX,...: extension headers, each but for its first byte
#        icmp6: mtu=, quote= as above; target= of neighbour discovery, sll= and tll= its options, to
#        its solicited-node group; wait=SECONDS as below, of an advertisement of target
#   arp: op= sha= spa= tha= tpa=; wait=SECONDS prints the MAC of an answer about tpa, or "none"

import socket
import struct

ip = socket.inet_aton


# An address of either family.
def packed(text):
    return socket.inet_pton(socket.AF_INET6, text) if ":" in text else ip(text)


def mac(text):
    return bytes.fromhex(text.replace(":", ""))


def checksum(data):
    data += b"\0" * (len(data) % 2)
    s = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while s >> 16:
        s = (s & 0xffff) + (s >> 16)
    return ~s & 0xffff


# What a checksum covers beside the @length bytes of the packet of protocol @nr.
def pseudo_header(src, dst, nr, length):
    if len(src) == 4:
        return src + dst + struct.pack("!BBH", 0, nr, length)
    return src + dst + struct.pack("!IHBB", length, 0, 0, nr)


class Frame(dict):
    def number(self, key, default):
        return int(self.get(key, default), 0)

    def payload(self):
        if "quote" in self:
            proto, src, sport, dst, dport = self["quote"].split(",")
            quoted = Frame(proto=proto, src=src, sport=sport, dst=dst, dport=dport)
            return quoted.ipv6()[:48] if ":" in src else quoted.ipv4()[:28]
        data = self.get("data", "sink").encode()
        size = self.number("size", str(len(data)))
        return (data * (size // len(data) + 1))[:size]

    def l4(self, src, dst):
        data = self.payload()
        proto = self.get("proto", "udp")
        ports = self.number("sport", "40000"), self.number("dport", "7")
        if proto == "udp":
            nr, at = 17, 6
            l4 = struct.pack("!HHHH", *ports, self.number("udplen", str(8 + len(data))), 0) + data
        elif proto == "tcp":
            nr, at = 6, 16
            l4 = struct.pack("!HHIIBBHHH", *ports, self.number("seq", "1"), self.number("ack", "0"),
                             self.number("doff", "5") << 4, self.number("flags", "2"), 1024, 0, 0) + data
        elif proto == "icmp":
            nr, at = 1, 2
            rest = (0, 0) if "quote" in self else (ports[0], 1)
            l4 = struct.pack("!BBHHH", self.number("icmp", "8"), self.number("code", "0"), 0, *rest) + data
        elif proto == "icmp6":
            nr, at = 58, 2
            l4 = struct.pack("!BBH", self.number("icmp", "128"), self.number("code", "0"), 0) + \
                self.icmp6(ports[0], data)
        else:
            return int(proto), data
        pseudo = b"" if nr == 1 else pseudo_header(src, dst, nr, len(l4))
        return nr, l4[:at] + struct.pack("!H", checksum(pseudo + l4)) + l4[at + 2:]

    # What follows the first four bytes.
    def icmp6(self, ident, data):
        if "target" in self:
            return bytes(4) + packed(self["target"]) + \
                b"".join(bytes([n, 1]) + mac(self[key]) for n, key in ((1, "sll"), (2, "tll")) if key in self)
        if "quote" in self:
            return struct.pack("!I", self.number("mtu", "0")) + data
        return struct.pack("!HH", ident, 1) + data

    # A whole packet, or one fragment: @part of the payload of protocol @nr, at @fragoff.
    def header(self, nr, part, fragoff):
        options = bytes.fromhex(self.get("options", ""))
        hlen = 20 + len(options)
        head = struct.pack("!BBHHHBBH",
                           self.number("version", "4") << 4 | self.number("ihl", str(hlen // 4)), 0,
                           self.number("totlen", str(hlen + len(part))), self.number("id", "1"),
                           fragoff, self.number("ttl", "64"), nr, 0)
        head += ip(self["src"]) + ip(self["dst"]) + options
        right = checksum(head)
        return head[:10] + struct.pack("!H", self.number("ipsum", str(right))) + head[12:] + part

    def ipv4(self):
        nr, l4 = self.l4(ip(self["src"]), ip(self["dst"]))
        return self.header(nr, l4, self.number("fragoff", "0"))

    # The same, a fragment with its header in front of @part and @nr that header's.
    def header6(self, nr, part):
        for ext in reversed(self["ext"].split(",") if "ext" in self else []):
            kind, _, body = ext.partition(".")
            part = bytes([nr]) + bytes.fromhex(body) + part
            nr = int(kind)
        return struct.pack("!IHBB", self.number("version", "6") << 28, self.number("totlen", str(len(part))),
                           nr, self.number("ttl", "64")) + packed(self["src"]) + packed(self["dst"]) + part

    def ipv6(self):
        return self.header6(*self.l4(packed(self["src"]), packed(self["dst"])))

    def arp(self, own):
        sha = mac(self["sha"]) if "sha" in self else own
        return struct.pack("!HHBBH", 1, 0x0800, 6, 4, self.number("op", "1")) + \
            sha + ip(self["spa"]) + mac(self.get("tha", "00:00:00:00:00:00")) + ip(self["tpa"])

    def ethernet(self, smac, proto, body):
        tag = struct.pack("!HH", 0x8100, self.number("vlan", "0")) if "vlan" in self else b""
        frame = mac(self.get("dmac") or self.group()) + smac + tag + struct.pack("!H", proto) + body
        # As a device would: padded, unless somebody cut it.
        return frame[:self.number("cut", "0")] if "cut" in self else frame.ljust(60, b"\0")

    # To whom a frame goes that nobody says it of: to all, or to a group of IPv6 (RFC 2464).
    def group(self):
        dst = packed(self.get("dst", "0.0.0.0"))
        return "33:33:" + dst[12:].hex(":") if dst[0] == 0xff and len(dst) == 16 else "ff:ff:ff:ff:ff:ff"

    def bytes(self, own):
        smac = mac(self["smac"]) if "smac" in self else own
        kind = self.get("type", "ip")
        if "target" in self:
            self.setdefault("dst", "ff02::1:ff%02x:%02x%02x" % tuple(packed(self["target"])[13:]))
        if kind == "ip":
            return self.ethernet(smac, 0x0800, self.ipv4())
        if kind == "ip6":
            return self.ethernet(smac, 0x86dd, self.ipv6())
        if kind == "arp":
            return self.ethernet(smac, 0x0806, self.arp(smac))
        return self.ethernet(smac, int(kind, 0), self.get("data", "frame").encode())

    # parts=START-END,...: pieces of the IP payload, in the order in which they are sent. The one
    # that ends with the payload is the last.
    def fragments(self, own):
        nr, l4 = self.l4(packed(self["src"]), packed(self["dst"]))
        for part in self["parts"].split(","):
            start, end = (int(n) for n in part.split("-"))
            more = end < len(l4)
            if self.get("type") == "ip6":
                head = struct.pack("!BBHI", nr, 0, start | more, self.number("id", "1"))
                yield self.ethernet(own, 0x86dd, self.header6(44, head + l4[start:end]))
            else:
                offset = more * 0x2000 | start // 8
                yield self.ethernet(own, 0x0800, self.header(nr, l4[start:end], offset))
