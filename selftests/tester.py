# SPDX-License-Identifier: GPL-2.0
# The tests' hands in the namespaces: one process that sends, answers, captures and counts in all
# of them, because starting a process costs more than a packet on an emulated kernel.
#
# Reads commands, one a line, words separated by tabs, and answers each with lines of output that
# begin with a space and one last line, "=ok" or "=failed". See lib_traffic.sh, which asks.

import contextlib
import ctypes
import errno
import fcntl
import os
import queue
import socket
import struct
import sys
import threading
import time

import rtnl
from frames import Frame, checksum, packed

CLONE_NEWNET = 0x40000000
ETH_P_ALL = 3
IP_PKTINFO = 8
IP_MTU_DISCOVER, IPV6_MTU_DISCOVER, PMTUDISC_DONT = 10, 23, 0
PACKET_OUTGOING = 4
PACKET_STATISTICS = 6
PACKET_VNET_HDR = 15
SIOCGIFFLAGS, SIOCSIFFLAGS, SIOCGIFHWADDR, IFF_UP = 0x8913, 0x8914, 0x8927, 1
SO_ATTACH_FILTER, SO_RCVBUFFORCE = 26, 33
SOL_PACKET = 263

folder = sys.argv[1]
libc = ctypes.CDLL(None, use_errno=True)
ip = socket.inet_aton


def say(text):
    for line in str(text).splitlines():
        print(" " + line)


# ---- namespaces ----

home = os.open("/proc/thread-self/ns/net", os.O_RDONLY)


def enter(fd):
    if libc.setns(fd, CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "setns")


# What is opened in here belongs to the namespace for good: sockets, threads that use them.
@contextlib.contextmanager
def inside(ns):
    fd = os.open("/run/netns/" + ns, os.O_RDONLY)
    enter(fd)
    try:
        yield
    finally:
        enter(home)
        os.close(fd)


def add_netns(name):
    try:
        rtnl.add_netns(name)
    finally:
        enter(home)


# A pair of devices between two namespaces, up
def add_veth(ns, dev, peer_ns, peer):
    fd = os.open("/run/netns/" + peer_ns, os.O_RDONLY)
    try:
        with inside(ns):
            rtnl.add_veth(dev, fd, peer)
    finally:
        os.close(fd)
    up(peer_ns, peer)


# Numbers eth0 as an instance does: a /24, whose first address is the router
def number(ns, address):
    with inside(ns):
        rtnl.add_address("eth0", address, 24)
        rtnl.add_default_route("eth0", address.rpartition(".")[0] + ".1")


def sysctl(name, value):
    path = "/proc/sys/net/" + name
    if os.path.exists(path):
        with open(path, "w") as f:
            f.write(value)


def set_up(dev):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        name = dev.encode()
        flags = struct.unpack("16sh", fcntl.ioctl(s, SIOCGIFFLAGS, struct.pack("16sh14x", name, 0))[:18])[1]
        fcntl.ioctl(s, SIOCSIFFLAGS, struct.pack("16sh14x", name, flags | IFF_UP))


# Nobody asks for IPv6 where no test does, and a neighbour discovery would count as a drop. Where
# one does, addresses are there at once and nobody looks for a router.
def quiet(ns):
    with inside(ns):
        for where in "all", "default":
            sysctl("ipv6/conf/%s/disable_ipv6" % where, "1")
            sysctl("ipv6/conf/%s/accept_ra" % where, "0")
            sysctl("ipv6/conf/%s/dad_transmits" % where, "0")
            sysctl("ipv6/conf/%s/router_solicitations" % where, "0")
            sysctl("ipv4/conf/%s/rp_filter" % where, "0")
            sysctl("ipv4/conf/%s/send_redirects" % where, "0")
        set_up("lo")


def ipv6(ns, *devs):
    with inside(ns):
        for dev in devs:
            sysctl("ipv6/conf/%s/disable_ipv6" % dev, "0")


def up(ns, dev):
    with inside(ns):
        set_up(dev)


def forwarding(ns):
    with inside(ns):
        sysctl("ipv4/ip_forward", "1")
        sysctl("ipv6/conf/all/forwarding", "1")


# The kernel closes a packet socket only when no processor can be in it any more: tens of
# milliseconds in which a thread waits and not the test.
class PacketSocket(socket.socket):
    def __init__(self):
        super().__init__(socket.AF_PACKET, socket.SOCK_RAW, 0)

    def __exit__(self, *_):
        closing.put(self)


closing = queue.SimpleQueue()


def close_all():
    while True:
        closing.get().close()


# Of what comes by the device such a socket gets nothing unless it is to listen.
def raw(dev, listens=False):
    sock = PacketSocket()
    sock.bind((dev, ETH_P_ALL if listens else 0))
    return sock


def mac_address(ns, dev):
    with inside(ns), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        data = fcntl.ioctl(s, SIOCGIFHWADDR, struct.pack("16s24x", dev.encode()))
        say(data[18:24].hex(":"))


# ---- captures ----
#
# A section holds what has come since the last mark, in FOLDER/TAG.SECTION.pcap, an empty file if
# nothing has. The filter is libpcap's. Of a section that lost packets only one thing is known: that
# it is not empty, since those before had filled the buffer. It is not to be read.

class Instructions(ctypes.Structure):
    _fields_ = [("len", ctypes.c_uint), ("insns", ctypes.c_void_p)]


class SockFprog(ctypes.Structure):
    _fields_ = [("len", ctypes.c_ushort), ("insns", ctypes.c_void_p)]


PCAP_HEADER = struct.pack("IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1)
pcap = None


def compiled(text):
    global pcap
    if not pcap:
        pcap = ctypes.CDLL("libpcap.so.0.8")
        pcap.pcap_open_dead.restype = ctypes.c_void_p
        pcap.pcap_geterr.restype = ctypes.c_char_p
        pcap.dead = ctypes.c_void_p(pcap.pcap_open_dead(1, 65535))
    program = Instructions()
    if pcap.pcap_compile(pcap.dead, ctypes.byref(program), text.encode(), 1, 0xffffffff):
        raise ValueError("filter '%s': %s" % (text, pcap.pcap_geterr(pcap.dead).decode()))
    return program


class Capture:
    def __init__(self, tag, ns, dev, text):
        program = compiled(text)
        with inside(ns):
            self.sock = PacketSocket()
        self.tag, self.section = tag, 0
        self.sock.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 16 << 20)
        self.sock.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER,
                             bytes(SockFprog(program.len, program.insns)))
        self.sock.bind((dev, ETH_P_ALL))
        self.sock.setblocking(False)

    # What is on its way through the router's queues still belongs to this section.
    def mark(self):
        time.sleep(0.05)
        packets = []
        with contextlib.suppress(BlockingIOError):
            while True:
                packets.append(self.sock.recv(65536))
        with open("%s/%s.%d.pcap" % (folder, self.tag, self.section), "wb") as f:
            if packets:
                f.write(PCAP_HEADER)
            for data in packets:
                f.write(struct.pack("IIII", 0, 0, len(data), len(data)) + data)
        lost = struct.unpack("II", self.sock.getsockopt(SOL_PACKET, PACKET_STATISTICS, 8))[1]
        losses["%s.%d" % (self.tag, self.section)] = lost
        self.section += 1

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.sock.__exit__()


captures = {}
losses = {}


def capture(tag, ns, dev, text):
    captures[tag] = Capture(tag, ns, dev, text)


def mark(tag):
    captures[tag].mark()


def stop(tag):
    with captures.pop(tag) as ended:
        ended.mark()


# One tcpdump prints the packets of all sections, with absolute sequence numbers: it is not to
# remember a flow. What follows a section tells that its last line has come.
ending = struct.pack("IIII", 0, 0, 14, 14) + bytes.fromhex("0200000000ee0200000000ee9999")
tcpdump = []


def start_tcpdump():
    theirs, packets = os.pipe()
    lines, theirs_too = os.pipe()
    os.posix_spawnp("tcpdump", ["tcpdump", "-Z", "root", "-nletS", "-r", "-"], os.environ, file_actions=[
        (os.POSIX_SPAWN_DUP2, theirs, 0), (os.POSIX_SPAWN_DUP2, theirs_too, 1),
        (os.POSIX_SPAWN_OPEN, 2, "/dev/null", os.O_WRONLY, 0)])
    os.close(theirs)
    os.close(theirs_too)
    tcpdump[:] = open(packets, "wb"), open(lines, "rb")
    tcpdump[0].write(PCAP_HEADER)


def feed_tcpdump(packets):
    tcpdump[0].write(packets + ending)
    tcpdump[0].flush()


# One packet a line, in FOLDER/TAG.SECTION.text. Of what tcpdump cannot name it prints the bytes, on
# lines of their own.
def text(tag, section):
    lost = losses["%s.%s" % (tag, section)]
    if lost:
        raise OSError("section %s of capture %s lost %d packets" % (section, tag, lost))
    name = "%s/%s.%s" % (folder, tag, section)
    with open(name + ".pcap", "rb") as f:
        packets = f.read()[len(PCAP_HEADER):]
    with open(name + ".text", "wb") as f:
        if not packets:
            return
        if not tcpdump:
            start_tcpdump()
        background(feed_tcpdump, packets)
        for line in tcpdump[1]:
            if line.startswith(b"02:00:00:00:00:ee > 02:00:00:00:00:ee"):
                return
            if not line[:1].isspace():
                f.write(line)
    raise OSError("tcpdump died")


# ---- hand-made frames: see frames.py ----

def arp_answer(sock, tpa, seconds):
    end = time.monotonic() + seconds
    while True:
        sock.settimeout(max(0.001, end - time.monotonic()))
        try:
            got, addr = sock.recvfrom(2048)
        except TimeoutError:
            return "none"
        if addr[2] != PACKET_OUTGOING and got[12:14] == b"\x08\x06" and \
                got[20:22] == b"\0\2" and got[28:32] == tpa:
            return got[22:28].hex(":")


def nd_answer(sock, target, seconds):
    end = time.monotonic() + seconds
    while True:
        sock.settimeout(max(0.001, end - time.monotonic()))
        try:
            got, addr = sock.recvfrom(2048)
        except TimeoutError:
            return "none"
        if addr[2] != PACKET_OUTGOING and got[12:14] == b"\x86\xdd" and got[20:22] == b"\x3a\xff" and \
                got[54:56] == b"\x88\0" and got[62:80] == target + b"\2\1":
            return got[80:86].hex(":")


def frame(ns, dev, *words):
    f = Frame(word.split("=", 1) for word in words)
    with inside(ns):
        sock = raw(dev, "wait" in f)
    with sock:
        data = f.bytes(sock.getsockname()[4])
        if "csum" in f:
            sock.setsockopt(SOL_PACKET, PACKET_VNET_HDR, 1)
            data = struct.pack("BBHHHH", 1, 0, 0, 0, *map(int, f["csum"].split(","))) + data
        for _ in range(f.number("count", "1")):
            sock.send(data)
        if "wait" in f and "target" in f:
            say(nd_answer(sock, packed(f["target"]), float(f["wait"])))
        elif "wait" in f:
            say(arp_answer(sock, ip(f["tpa"]), float(f["wait"])))


# fragments NAMESPACE DEVICE parts=... KEY=VALUE...; "+" divides senders, who take turns
def fragments(*words):
    senders = []
    while words:
        end = words.index("+") if "+" in words else len(words)
        ns, dev, *keys = words[:end]
        words = words[end + 1:]
        with inside(ns):
            sock = raw(dev)
        f = Frame(word.split("=", 1) for word in keys)
        senders.append((sock, list(f.fragments(sock.getsockname()[4]))))
    for turn in range(max(len(frames) for _, frames in senders)):
        for sock, frames in senders:
            if turn < len(frames):
                sock.send(frames[turn])
    for sock, _ in senders:
        closing.put(sock)


# ---- pings ----

ping_id = os.getpid() & 0xffff


# The ICMP message in what a raw socket got: of IPv6 it comes without the IP header.
def icmp_of(got, six):
    return got if six else got[4 * (got[0] & 15):]


# How many of COUNT requests were answered by the very host. The next one follows the answer, or comes
# BETWEEN seconds later.
def pinged(ns, dst, count, wait, ttl=0, size=48, between=0.03):
    global ping_id
    ping_id = (ping_id + 1) & 0xffff
    six = ":" in dst
    request, reply = (128, 129) if six else (8, 0)
    with inside(ns):
        sock = socket.socket(family(dst), socket.SOCK_RAW, socket.IPPROTO_ICMPV6 if six else socket.IPPROTO_ICMP)
    missing = set()
    with sock:
        if ttl and six:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_UNICAST_HOPS, ttl)
        elif ttl:
            sock.setsockopt(socket.IPPROTO_IP, socket.IP_TTL, ttl)
        if six:
            # Cut what is too long for the device alone: the test says what the way takes.
            sock.setsockopt(socket.IPPROTO_IPV6, IPV6_MTU_DISCOVER, PMTUDISC_DONT)
        for seq in range(1, count + 1):
            missing.add(seq)
            data = struct.pack("!BBHHH", request, 0, 0, ping_id, seq) + b"p" * size
            # No route to the destination is an answer as good as none.
            with contextlib.suppress(OSError):
                sock.sendto(data[:2] + struct.pack("!H", checksum(data)) + data[4:], (dst, 0))
            end = time.monotonic() + (wait if seq == count else between)
            while missing and time.monotonic() < end:
                sock.settimeout(max(0.001, end - time.monotonic()))
                with contextlib.suppress(OSError):
                    got, peer = sock.recvfrom(65536)
                    got = icmp_of(got, six)
                    kind, _, _, ident, n = struct.unpack_from("!BBHHH", got)
                    if len(got) == 8 + size and kind == reply and ident == ping_id and peer[0] == dst:
                        missing.discard(n)
    return count - len(missing)


def ping_all(ns, dst, *words):
    options = {key: int(value) for key, value in (word.split("=", 1) for word in words)}
    n = pinged(ns, dst, 3, 2, **options)
    say("%s > %s: %d of 3 answered" % (ns, dst, n))
    return n == 3


# Once, until neighbours are resolved, then in earnest.
def ping_ok(ns, dst, *words):
    end = time.monotonic() + 3
    while not pinged(ns, dst, 1, 1) and time.monotonic() < end:
        pass
    return ping_all(ns, dst, *words)


def ping_fails(ns, dst, seconds="0.3"):
    n = pinged(ns, dst, 3, float(seconds), between=0)
    say("%s > %s: %d of 3 answered" % (ns, dst, n))
    return n == 0


# ---- servers: HTTP on 80 says who asks; echo on 7; sink on 9 says the SHA-256 of all it got ----
#
# Echo answers "LINE|PEER|PORT"; over UDP likewise, unless the datagram begins with "sink".

def serve_http(conn, peer, ns):
    data = b""
    while b"\r\n\r\n" not in data:
        more = conn.recv(4096)
        if not more:
            return
        data += more
    body = "host=%s peer=%s port=%d\n" % (ns, peer[0], peer[1])
    conn.sendall(("HTTP/1.0 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)).encode())


echoing = {}     # who is served: "PEER|PORT" -> connection


def serve_echo(conn, peer, _):
    who = "%s|%d" % (peer[0], peer[1])
    echoing[who] = conn
    while data := conn.recv(4096):
        for line in data.splitlines():
            conn.sendall(line + ("|%s\n" % who).encode())


def serve_sink(conn, *_):
    import hashlib      # takes the time of many packets to load
    total = hashlib.sha256()
    # In user-mode Linux beside another guest a wake-up costs milliseconds.
    conn.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 1 << 18)
    while data := conn.recv(1 << 18):
        total.update(data)
    conn.sendall(total.hexdigest().encode())


def serve_one(handler, conn, peer, ns):
    with contextlib.suppress(OSError), conn:
        handler(conn, peer, ns)


def accept(sock, handler, ns):
    while True:
        conn, peer = sock.accept()
        background(serve_one, handler, conn, peer, ns)


# From the address that was asked, of the many that there may be.
def serve_udp(sock):
    while True:
        data, info, _, peer = sock.recvmsg(65536, 64)
        if data.startswith(b"sink"):
            continue
        source = struct.pack("I4s4s", 0, info[0][2][4:8], bytes(4))
        with contextlib.suppress(OSError):
            sock.sendmsg([data.strip() + ("|%s|%d\n" % peer).encode()],
                         [(socket.IPPROTO_IP, IP_PKTINFO, source)], 0, peer)


# There is one address only, and so one source.
def serve_udp6(sock):
    while True:
        data, peer = sock.recvfrom(65536)
        if data.startswith(b"sink"):
            continue
        with contextlib.suppress(OSError):
            sock.sendto(data.strip() + ("|%s|%d\n" % peer[:2]).encode(), peer)


def background(function, *args):
    threading.Thread(target=function, args=args, daemon=True).start()


def listen(port, handler, ns, kind=socket.AF_INET):
    sock = socket.socket(kind)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if kind == socket.AF_INET6:
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    sock.bind(("", port))
    sock.listen(64)
    background(accept, sock, handler, ns)


# The same by IPv6 only.
def serve6(ns):
    with inside(ns):
        listen(80, serve_http, ns, socket.AF_INET6)
        listen(7, serve_echo, ns, socket.AF_INET6)
        listen(9, serve_sink, ns, socket.AF_INET6)
        udp = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
        udp.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        udp.setsockopt(socket.IPPROTO_IPV6, IPV6_MTU_DISCOVER, PMTUDISC_DONT)
        udp.bind(("::", 7))
    background(serve_udp6, udp)


def serve(ns):
    with inside(ns):
        listen(80, serve_http, ns)
        listen(7, serve_echo, ns)
        listen(9, serve_sink, ns)
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.setsockopt(socket.IPPROTO_IP, IP_PKTINFO, 1)
        udp.bind(("", 7))
    background(serve_udp, udp)


# ---- clients ----

def family(host):
    return socket.AF_INET6 if ":" in host else socket.AF_INET


# The page, or why there is none.
def fetched(ns, host, seconds):
    with inside(ns):
        sock = socket.socket(family(host))
    with sock:
        sock.settimeout(seconds)
        try:
            sock.connect((host, 80))
            sock.sendall(b"GET / HTTP/1.0\r\n\r\n")
            data = b""
            while more := sock.recv(4096):
                data += more
        except OSError as e:
            return False, "http://%s/ from %s: %s" % (host, ns, e)
    return True, data.partition(b"\r\n\r\n")[2].decode()


def http(ns, host):
    ok, page = fetched(ns, host, 5)
    say(page)
    return ok


def http_fails(ns, host, seconds="0.5"):
    ok, page = fetched(ns, host, float(seconds))
    say(page)
    return not ok


# @count flows of one datagram each, by source ports from 20000 on.
def udp_send(ns, host, port, count):
    for i in range(int(count)):
        with inside(ns):
            sock = socket.socket(family(host), socket.SOCK_DGRAM)
        with sock:
            sock.bind(("", 20000 + i % 40000))
            sock.sendto(b"sink %d" % i, (host, int(port) + i // 40000))


# Likewise, by source ports from @first on, as fast as one socket can.
def udp_flows(ns, host, port, first, count):
    with inside(ns):
        sock = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_UDP)
    with sock:
        sock.connect((host, 0))
        for sport in range(int(first), int(first) + int(count)):
            sock.send(struct.pack("!HHHH4s", sport, int(port), 12, 0, b"sink"))


# What a datagram of @size bytes comes back as, but for its payload, which must be the same.
def udp_echo(ns, host, size="5"):
    data = (b"hello-" * (int(size) // 6 + 1))[:int(size)]
    with inside(ns):
        sock = socket.socket(family(host), socket.SOCK_DGRAM)
    with sock:
        sock.settimeout(3)
        # Cut what is too long for the device, and tell nobody not to.
        if ":" in host:
            sock.setsockopt(socket.IPPROTO_IPV6, IPV6_MTU_DISCOVER, PMTUDISC_DONT)
        else:
            sock.setsockopt(socket.IPPROTO_IP, IP_MTU_DISCOVER, PMTUDISC_DONT)
        sock.connect((host, 7))
        sock.send(data)
        answer = sock.recv(65536)
    if not answer.startswith(data + b"|"):
        raise ValueError("%d bytes came back otherwise" % len(answer))
    say("hello" + answer[len(data):].decode())


def udp_refused(ns, host, port, seconds="2"):
    with inside(ns):
        sock = socket.socket(family(host), socket.SOCK_DGRAM)
    with sock:
        sock.settimeout(float(seconds))
        sock.connect((host, int(port)))
        sock.send(b"anybody?")
        try:
            say("got %r" % sock.recv(4096))
        except ConnectionRefusedError:
            return True
        except OSError as e:
            say(str(e))
    return False


# How a connection to a port begins: "connected", or why not.
def begun(ns, host, port, sport):
    with inside(ns):
        sock = socket.socket(family(host))
    with sock:
        sock.settimeout(3)
        if int(sport):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            sock.bind(("", int(sport)))
        try:
            sock.connect((host, int(port)))
        except OSError as e:
            return str(e)
    return "connected"


# It is reset at once.
def tcp_refused(ns, host, port, sport="0"):
    outcome = begun(ns, host, port, sport)
    say(outcome)
    return "refused" in outcome


# The sender learns that it may not.
def udp_prohibited(ns, host, port):
    with inside(ns):
        sock = socket.socket(family(host), socket.SOCK_DGRAM)
    with sock:
        sock.settimeout(2)
        sock.connect((host, int(port)))
        sock.send(b"may I?")
        try:
            say("got %r" % sock.recv(4096))
        except OSError as e:
            say(str(e))
            return e.errno == errno.EHOSTUNREACH
    return False


# A stream of random bytes to the sink: the other end must have the same sum.
def stream(ns, host, megabytes):
    import hashlib
    total = hashlib.sha256()
    block = os.urandom(1 << 18)
    with inside(ns):
        sock = socket.socket(family(host))
    with sock:
        sock.settimeout(60)
        sock.connect((host, 9))
        start = time.monotonic()
        for i in range(int(megabytes) * 4):
            block = block[1:] + bytes([i & 0xff])
            total.update(block)
            sock.sendall(block)
        sock.shutdown(socket.SHUT_WR)
        answer = sock.recv(4096).decode()
        seconds = time.monotonic() - start
    say("%s MB in %.1f s, sum %s, wanted %s" % (megabytes, seconds, answer, total.hexdigest()))
    return answer == total.hexdigest()


# ---- long-lived TCP flows to an echo server, which speak all the time ----

class Flow:
    def __init__(self, tag, ns, host, sport):
        with inside(ns):
            self.sock = socket.socket(family(host))
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if sport:
            self.sock.bind(("", sport))
        self.tag, self.host = tag, host
        self.count, self.answer, self.broken = 0, "", ""
        self.may_speak = threading.Event()
        self.may_speak.set()
        background(self.speak)

    def speak(self):
        try:
            self.sock.settimeout(10)
            self.sock.connect((self.host, 7))
            self.sock.settimeout(None)
            while True:
                self.may_speak.wait()
                self.exchange()
                time.sleep(0.03)
        except OSError as e:
            self.broken = str(e)
        self.sock.close()

    def exchange(self):
        word = b"%s-%d" % (self.tag.encode(), self.count)
        self.sock.sendall(word + b"\n")
        answer = b""
        while not answer.endswith(b"\n"):
            more = self.sock.recv(4096)
            if not more:
                raise OSError("closed by the other side")
            answer += more
        if not answer.startswith(word + b"|"):
            raise OSError("wrong answer %r" % answer)
        self.answer = answer.decode().strip()
        self.count += 1

    def advances(self, n, seconds):
        goal = self.count + n
        end = time.monotonic() + seconds
        while self.count < goal:
            if self.broken or time.monotonic() > end:
                say("flow %s: %d answers, %s" % (self.tag, self.count, self.broken or "stands still"))
                return False
            time.sleep(0.01)
        return True


flows = {}


def flow_start(tag, ns, host, sport):
    flows[tag] = Flow(tag, ns, host, int(sport))
    return flows[tag].advances(3, 10)


def flow_goes_on(tag):
    return flows[tag].advances(3, 5)


# What has passed the router may still arrive; then nothing more for half a second.
def flow_stands(tag):
    time.sleep(0.2)
    before = flows[tag].count
    time.sleep(0.5)
    say("flow %s: %d more answers" % (tag, flows[tag].count - before))
    return flows[tag].count == before


# It says nothing until it is asked whether it gets a reset.
def flow_pause(tag):
    flows[tag].may_speak.clear()
    time.sleep(0.2)


def flow_reset(tag):
    flows[tag].may_speak.set()
    end = time.monotonic() + 5
    while not flows[tag].broken and time.monotonic() < end:
        time.sleep(0.01)
    say("flow %s: %s" % (tag, flows[tag].broken or "goes on"))
    return "reset" in flows[tag].broken


def flow_answer(tag):
    say(flows[tag].answer)


# Its thread wakes up and closes the socket, which sends RST at once and nothing ever again.
def abort(sock):
    with contextlib.suppress(OSError):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        sock.shutdown(socket.SHUT_RDWR)


# Both ends: one whose way is cut would retransmit into the counts of the next checks.
def flow_stop(tag):
    flow = flows.pop(tag)
    abort(flow.sock)
    server = echoing.pop(flow.answer.partition("|")[2], None)
    if server:
        abort(server)
    time.sleep(0.1)


COMMANDS = {f.__name__.replace("_", "-"): f for f in (
    add_netns, add_veth, number, quiet, ipv6, up, forwarding, mac_address, capture, mark, stop, text, frame,
    fragments, ping_all, ping_ok, ping_fails, serve, serve6, http, http_fails, udp_send, udp_flows,
    udp_echo, udp_refused, tcp_refused, udp_prohibited, stream, flow_start, flow_goes_on, flow_stands,
    flow_answer, flow_pause, flow_reset, flow_stop)}

background(close_all)
for line in sys.stdin:
    name, *words = line.rstrip("\n").split("\t")
    try:
        verdict = COMMANDS[name](*words)
    except Exception:
        import traceback    # and what it needs, for failures only
        say(traceback.format_exc(limit=-2))
        verdict = False
    print("=failed" if verdict is False else "=ok", flush=True)
