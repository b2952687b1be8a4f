# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Captures, hand-made frames, servers and long-lived flows.

# ---- captures ----
#
# A capture is believed only when a marker frame (ethertype 0x88b5) sent after the traffic is in
# it: markers divide it into sections, from 0, and an empty section is then really empty.

MARKER=0x88b5
declare -A CAP_NS=() CAP_DEV=() CAP_PID=() CAP_MARKS=()
CAP_RECENT=()		# those of the check at hand, to be shown if it fails

cap_listening() { # cap_listening TAG
	grep -q 'listening on' "$TMP/$1.err"
}

# cap_start TAG NAMESPACE DEVICE FILTER
cap_start() {
	local tag=$1 ns=$2 dev=$3 filter=$4

	CAP_NS[$tag]=$ns
	CAP_DEV[$tag]=$dev
	CAP_MARKS[$tag]=0
	in_ns "$ns" tcpdump -Z root -n -i "$dev" -s 160 -U --immediate-mode -w "$TMP/$tag.pcap" \
		"($filter) or ether proto $MARKER" 2>"$TMP/$tag.err" &
	CAP_PID[$tag]=$!
	CAP_RECENT+=("$tag")
	PIDS+=($!)
	busywait 10000 cap_listening "$tag" && return
	echo "capture $tag did not start:"
	cat "$TMP/$tag.err"
	return 1
}

cap_text() { # cap_text TAG: the capture so far, one packet a line
	# Of what tcpdump cannot name it prints the bytes, on lines of their own.
	tcpdump -Z root -n -e -t -r "$TMP/$1.pcap" 2>/dev/null | grep -v '^[[:space:]]'
}

cap_marked() { # cap_marked TAG N
	[ "$(cap_text "$1" | grep -c "$MARKER")" -ge "$2" ]
}

# cap_mark TAG: everything sent until now belongs to the sections before the marker
cap_mark() {
	local tag=$1
	local want=$((CAP_MARKS[$tag] + 1))

	# 60 bytes: broadcast, from a local address, the experimental ethertype.
	{
		printf '\377\377\377\377\377\377\002\000\000\000\000\001\210\265'
		printf '%046d' 0
	} | in_ns "${CAP_NS[$tag]}" socat -u - "INTERFACE:${CAP_DEV[$tag]}" || return
	CAP_MARKS[$tag]=$want
	busywait 5000 cap_marked "$tag" "$want" && return
	echo "capture $tag does not see its marker"
	return 1
}

# cap_stop TAG: marker, then the end
cap_stop() {
	cap_mark "$1" || return
	kill "${CAP_PID[$1]}" 2>/dev/null
	wait "${CAP_PID[$1]}" 2>/dev/null
	return 0
}

cap_section() { # cap_section TAG SECTION
	cap_text "$1" | awk -v want="$2" -v marker="$MARKER" \
		'index($0, marker) { n++; next } n + 0 == want'
}

# cap_has TAG SECTION PATTERN: some packet matches the extended regular expression
cap_has() {
	cap_section "$1" "$2" | grep -qE -- "$3" && return
	echo "capture $1, section $2: nothing like '$3' in:"
	cap_section "$1" "$2"
	return 1
}

# cap_only TAG SECTION PATTERN: there are packets and every one matches
cap_only() {
	cap_has "$@" || return
	cap_section "$1" "$2" | grep -vE -- "$3" >"$TMP/other" || return 0
	echo "capture $1, section $2: unlike '$3':"
	cat "$TMP/other"
	return 1
}

cap_count() { # cap_count TAG SECTION PATTERN N
	equals "$(cap_section "$1" "$2" | grep -cE -- "$3")" "$4" && return
	cap_section "$1" "$2"
	return 1
}

expect_capture_empty() { # expect_capture_empty TAG SECTION
	cap_section "$1" "$2" >"$TMP/other"
	[ -s "$TMP/other" ] || return 0
	echo "capture $1, section $2 is not empty:"
	cat "$TMP/other"
	return 1
}

captures_show() {
	local tag

	for tag in "${CAP_RECENT[@]}"; do
		echo "--- capture $tag: ${CAP_NS[$tag]} ${CAP_DEV[$tag]}"
		cap_text "$tag" | tail -n 20
	done
}

# nothing_arrives NAME NAMESPACE DEVICE FILTER PORT REASON N CONTROL PROBE
# CONTROL, a command line, must work and be seen at the far end; then PROBE must raise REASON
# at PORT by exactly N and be seen there by nothing.
nothing_arrives() {
	local name=$1

	shift
	check "$name" dropped_on_the_way "$@"
}

far_tag=0

dropped_on_the_way() {
	local ns=$1 dev=$2 filter=$3 port=$4 reason=$5 want=$6 control=$7 probe=$8
	local tag rc=0

	far_tag=$((far_tag + 1))
	tag=far$far_tag
	cap_start "$tag" "$ns" "$dev" "$filter" || return
	eval "$control" || { echo "the control failed: $control"; rc=1; }
	cap_mark "$tag" || rc=1
	[ $rc -ne 0 ] || reason_rises "$port" "$reason" "$want" eval "$probe" || rc=1
	cap_stop "$tag" || rc=1
	[ -n "$(cap_section "$tag" 0)" ] || { echo "the control was not seen"; rc=1; }
	expect_capture_empty "$tag" 1 || rc=1
	return "$rc"
}

# ---- pings ----

ping3() { # ping3 NAMESPACE DESTINATION [OPTION...]: three requests, gives up soon
	local ns=$1 dst=$2

	shift 2
	in_ns "$ns" ping -n -c 3 -i 0.05 -W 0.5 "$@" "$dst"
}

ping_all() { # three requests, three replies
	local ns=$1 dst=$2

	shift 2
	in_ns "$ns" ping -n -c 3 -i 0.05 -W 2 "$@" "$dst" >"$TMP/ping" 2>&1
	grep -q ' 3 received' "$TMP/ping" && return
	cat "$TMP/ping"
	return 1
}

# Once, until neighbours are resolved, then in earnest.
ping_ok() {
	busywait 3000 in_ns "$1" ping -n -q -c 1 -W 1 "$2" >/dev/null
	ping_all "$@"
}

ping_fails() {
	is_false ping3 "$@"
}

# ---- tools in Python: no packages needed ----

cat >"$TMP/serve.py" <<'PY'
# HTTP on 80: says who asks. Echo on 7 (TCP: "LINE|PEER|PORT"; UDP likewise unless the datagram
# begins with "sink").
import socket, struct, sys, threading

IP_PKTINFO = 8
name = sys.argv[1]

def http(conn, peer):
    data = b""
    while b"\r\n\r\n" not in data:
        more = conn.recv(4096)
        if not more:
            return
        data += more
    body = "host=%s peer=%s port=%d\n" % (name, peer[0], peer[1])
    conn.sendall(("HTTP/1.0 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)).encode())

def echo(conn, peer):
    while True:
        data = conn.recv(4096)
        if not data:
            return
        for line in data.splitlines():
            conn.sendall(line + ("|%s|%d\n" % (peer[0], peer[1])).encode())

def one(handler, conn, peer):
    try:
        handler(conn, peer)
    except OSError:
        pass
    conn.close()

def accept(sock, handler):
    while True:
        conn, peer = sock.accept()
        threading.Thread(target=one, args=(handler, conn, peer), daemon=True).start()

def listen(port, handler):
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind(("", port))
    sock.listen(64)
    threading.Thread(target=accept, args=(sock, handler), daemon=True).start()

listen(80, http)
listen(7, echo)
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
udp.setsockopt(socket.IPPROTO_IP, IP_PKTINFO, 1)
udp.bind(("", 7))
print("ready", flush=True)
while True:
    data, info, _, peer = udp.recvmsg(4096, 64)
    if not data.startswith(b"sink"):
        # From the address that was asked, of the many that there may be.
        source = struct.pack("I4s4s", 0, info[0][2][4:8], bytes(4))
        udp.sendmsg([data.strip() + ("|%s|%d\n" % peer).encode()],
                    [(socket.IPPROTO_IP, IP_PKTINFO, source)], 0, peer)
PY

cat >"$TMP/flow.py" <<'PY'
# A connection to an echo server that speaks all the time: flow.py FILE WORD HOST SOURCE-PORT
# FILE holds how often it was answered and the last answer.
import os, socket, sys, time

path, word, host, sport = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])

def say(text):
    with open(path + ".new", "w") as f:
        f.write(text)
    os.rename(path + ".new", path)

sock = socket.socket()
sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
if sport:
    sock.bind(("", sport))
sock.settimeout(10)
try:
    sock.connect((host, 7))
    sock.settimeout(None)
    n = 0
    while True:
        sock.sendall(("%s-%d\n" % (word, n)).encode())
        answer = b""
        while not answer.endswith(b"\n"):
            more = sock.recv(4096)
            if not more:
                raise OSError("closed by the other side")
            answer += more
        if not answer.startswith(("%s-%d|" % (word, n)).encode()):
            raise OSError("wrong answer %r" % answer)
        n += 1
        say("%d %s" % (n, answer.decode()))
        time.sleep(0.03)
except OSError as e:
    say("0 broken: %s\n" % e)
PY

cat >"$TMP/frame.py" <<'PY'
# Send a hand-made frame: frame.py DEVICE KEY=VALUE...
#   type=ip|arp|ETHERTYPE  dmac= smac= vlan= count=
#   ip:  src= dst= proto=udp|tcp|icmp sport= dport= flags= seq= ack= ttl= icmp= data=
#   arp: op= sha= spa= tha= tpa=; wait=SECONDS prints the MAC of an answer about tpa, or "none"
import socket, struct, sys, time

dev = sys.argv[1]
a = dict(kv.split("=", 1) for kv in sys.argv[2:])
ip = socket.inet_aton

def mac(text):
    return bytes.fromhex(text.replace(":", ""))

def csum(data):
    data += b"\0" * (len(data) % 2)
    s = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while s >> 16:
        s = (s & 0xffff) + (s >> 16)
    return ~s & 0xffff

def num(key, default):
    return int(a.get(key, default), 0)

def ipv4():
    src, dst, proto = ip(a["src"]), ip(a["dst"]), a.get("proto", "udp")
    data = a.get("data", "sink").encode()
    ports = num("sport", "40000"), num("dport", "7")
    if proto == "udp":
        n, l4, at = 17, struct.pack("!HHHH", *ports, 8 + len(data), 0) + data, 6
    elif proto == "tcp":
        n, at = 6, 16
        l4 = struct.pack("!HHIIBBHHH", *ports, num("seq", "1"), num("ack", "0"), 80,
                         num("flags", "2"), 1024, 0, 0) + data
    else:
        n, l4, at = 1, struct.pack("!BBHHH", num("icmp", "8"), 0, 0, ports[0], 1) + data, 2
    pseudo = b"" if n == 1 else src + dst + struct.pack("!BBH", 0, n, len(l4))
    l4 = l4[:at] + struct.pack("!H", csum(pseudo + l4)) + l4[at + 2:]
    head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(l4), 1, 0, num("ttl", "64"), n, 0) + src + dst
    return head[:10] + struct.pack("!H", csum(head)) + head[12:] + l4

sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
sock.bind((dev, 0))
own = sock.getsockname()[4]
smac = mac(a["smac"]) if "smac" in a else own
dmac = mac(a.get("dmac", "ff:ff:ff:ff:ff:ff"))
kind = a.get("type", "ip")
if kind == "ip":
    proto, body = 0x0800, ipv4()
elif kind == "arp":
    proto = 0x0806
    body = struct.pack("!HHBBH", 1, 0x0800, 6, 4, num("op", "1")) + \
        (mac(a["sha"]) if "sha" in a else smac) + ip(a["spa"]) + \
        mac(a.get("tha", "00:00:00:00:00:00")) + ip(a["tpa"])
else:
    proto, body = int(kind, 0), a.get("data", "frame").encode()
tag = struct.pack("!HH", 0x8100, num("vlan", "0")) if "vlan" in a else b""
frame = dmac + smac + tag + struct.pack("!H", proto) + body
for _ in range(num("count", "1")):
    sock.send(frame.ljust(60, b"\0"))

if "wait" in a:
    end = time.monotonic() + float(a["wait"])
    while time.monotonic() < end:
        sock.settimeout(max(0.001, end - time.monotonic()))
        try:
            got, addr = sock.recvfrom(2048)
        except TimeoutError:
            break
        if addr[2] != 4 and got[12:14] == b"\x08\x06" and got[20:22] == b"\0\2" and \
                got[28:32] == ip(a["tpa"]):
            print(got[22:28].hex(":"))
            sys.exit()
    print("none")
PY

frame() { # frame NAMESPACE DEVICE KEY=VALUE...
	local ns=$1

	shift
	in_ns "$ns" "$PYTHON" -S "$TMP/frame.py" "$@"
}

# ---- servers and clients ----

server_ready() {
	grep -q ready "$TMP/serve-$1"
}

add_server() { # add_server NAMESPACE: HTTP on 80, echo on 7, both say who asks
	in_ns "$1" "$PYTHON" -S "$TMP/serve.py" "$1" >"$TMP/serve-$1" 2>&1 &
	PIDS+=($!)
	busywait 15000 server_ready "$1"
}

http() { # http NAMESPACE HOST: the page
	in_ns "$1" curl -s -S -m 5 "http://$2/"
}

# http_source NAMESPACE HOST ADDRESS: the page comes, and the server saw that source
http_source() {
	local page

	page=$(http "$1" "$2")
	grep -q "peer=$3 " <<<"$page" && return
	echo "page of $2 for $1: '$page', wanted peer $3"
	return 1
}

http_fails() { # http_fails NAMESPACE HOST
	is_false in_ns "$1" curl -s -S -m 0.5 "http://$2/"
}

udp_send() { # udp_send NAMESPACE HOST PORT N: one datagram each
	# shellcheck disable=SC2016
	in_ns "$1" bash -c 'for i in $(seq "$3"); do echo "sink $i" >"/dev/udp/$1/$2"; done' \
		udp_send "$2" "$3" "$4"
}

# udp_source NAMESPACE HOST ADDRESS: echo works over UDP, and the server saw that source
udp_source() {
	local answer

	# shellcheck disable=SC2016
	answer=$(in_ns "$1" bash -c 'exec 3<>"/dev/udp/$1/7"; echo hello >&3
		timeout 3 dd bs=2048 count=1 status=none <&3' udp_source "$2")
	grep -q "^hello|$3|" <<<"$answer" && return
	echo "$2 answered '$answer' to $1, wanted peer $3"
	return 1
}

# ---- long-lived TCP flows ----

declare -A FLOW_PID=()

flow_count() { # flow_count TAG
	local n=0 rest

	[ ! -e "$TMP/flow-$1" ] || read -r n rest <"$TMP/flow-$1"
	echo "$n"
}

flow_beyond() { # flow_beyond TAG N
	[ "$(flow_count "$1")" -gt "$2" ]
}

# flow_start TAG NAMESPACE HOST [SOURCE-PORT]: to an echo server, until it speaks
flow_start() {
	in_ns "$2" "$PYTHON" -S "$TMP/flow.py" "$TMP/flow-$1" "$1" "$3" "${4:-0}" &
	FLOW_PID[$1]=$!
	PIDS+=($!)
	busywait 10000 flow_beyond "$1" 2 && return
	echo "flow $1 does not begin"
	cat "$TMP/flow-$1" 2>/dev/null
	return 1
}

flow_goes_on() { # flow_goes_on TAG
	local n

	n=$(flow_count "$1")
	[ "$n" -gt 0 ] && busywait 5000 flow_beyond "$1" $((n + 2)) && return
	echo "flow $1 stands still at $n"
	cat "$TMP/flow-$1"
	return 1
}

# What has passed the router may still arrive; then nothing more for half a second.
flow_stands() { # flow_stands TAG
	local n

	sleep 0.2
	n=$(flow_count "$1")
	sleep 0.5
	equals "$(flow_count "$1")" "$n"
}

flow_sees() { # flow_sees TAG ADDRESS: the server sees this source
	grep -q "|$2|" "$TMP/flow-$1" && return
	cat "$TMP/flow-$1"
	return 1
}

flow_source_port() { # flow_source_port TAG: as the server sees it
	sed -n 's/.*|//p' "$TMP/flow-$1"
}

flow_stop() {
	kill "${FLOW_PID[$1]}" 2>/dev/null
	wait "${FLOW_PID[$1]}" 2>/dev/null
	return 0
}
