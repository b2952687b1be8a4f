#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# A batch is all or nothing and becomes visible at one instant.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

CLIENT=cl-$SUFFIX
CLIENT_ENI=client
BATCH=$TMP/batch

stage() { # stage commit|hold NAME; ends as genl.py itself, not as a shell around it
	exec ip netns exec "$R" "$PYTHON" -S "$LIB_DIR/genl.py" stage "$@"
}

has_vpc() {
	vr vpc show "$1" >/dev/null 2>&1
}

# batch_refused EXIT-CODE LINE: of $BATCH, and nothing is left of it
batch_refused() {
	local out rc

	out=$(vr -b "$BATCH" 2>&1)
	rc=$?
	echo "exit code $rc: $out"
	equals "$rc" "$1" && grep -q "$BATCH:$2:" <<<"$out" && config_unchanged
}

killed_while_staging() { # genl.py dies by kill -9 between txn-add and txn-commit
	local pid

	stage hold doomed >"$TMP/stage" &
	pid=$!
	PIDS+=("$pid")
	busywait 10000 grep -q 'staged 1' "$TMP/stage" || return
	config_unchanged || return
	kill -9 "$pid"
	wait "$pid" 2>/dev/null
	config_unchanged
}

killed_while_reading() { # vpcctl -b - dies by kill -9 before its standard input ends
	local pid

	mkfifo "$TMP/fifo"
	"$VPCCTL" -n "$R" -b - <"$TMP/fifo" &
	pid=$!
	PIDS+=("$pid")
	exec 7>"$TMP/fifo"
	# Enough for several messages of operations to have been sent.
	seq 2000 | sed 's/.*/vpc add doomed& cidr 10.78.0.0\/16/' >&7
	pause 0.2
	config_unchanged || return
	kill -9 "$pid"
	wait "$pid" 2>/dev/null
	exec 7>&-
	config_unchanged
}

must add_router
must add_internet
must add_ns "$CLIENT"
must add_veth "$R" client "$CLIENT" eth0
must ip -n "$CLIENT" addr add 10.0.0.10/24 dev eth0
must ip -n "$CLIENT" route add default via 10.0.0.1 dev eth0

# Everything in one go
cat >"$BATCH" <<END
# a comment, an empty line, and objects that name each other

vpc add my cidr 10.0.0.0/16
subnet add my/pub cidr 10.0.0.0/24 zone ap-northeast-2a
route-table add my/pub
route-table associate my/pub subnet my/pub
igw add my-igw vpc my uplink inet
route add my/pub 0.0.0.0/0 igw my-igw
eni add client subnet my/pub dev client address 10.0.0.10
eip add 203.0.113.10 uplink inet
eip associate 203.0.113.10 eni client
END
check "a whole VPC in one batch" vr -b "$BATCH"
check "works at once" http_source "$CLIENT" "$INET_HOST" 203.0.113.10
check "a batch by standard input" vr -b - <<<"vpc add second cidr 10.5.0.0/16"
check "is there" has_vpc second
config_mark

# Refused by the kernel, in the last line
{
	echo "vpc add third cidr 10.0.0.0/16"
	seq 150 | sed 's/.*/subnet add third\/s& cidr 10.0.&.0\/24/'
	echo "route del my/pub 0.0.0.0/0"
	echo "eip disassociate 203.0.113.10"
	echo "vpc del second"
	echo "subnet add third/last cidr 10.0.1.128/25"
} >"$BATCH"
lines=$(wc -l <"$BATCH")
check "a batch that fails in its last line leaves nothing and names the line" \
	batch_refused 2 "$lines"
check "traffic goes on as before" http_source "$CLIENT" "$INET_HOST" 203.0.113.10

sed -i '3s/.*/# nothing here/; 7s/.*/subnet add third\/bad cidr 10.99.0.0\/24/' "$BATCH"
check "the line is the file's own, comments counted" batch_refused 2 7
sed -i '9s/.*/subnet add/' "$BATCH"
check "a line that is no command leaves nothing either" batch_refused 1 9

# A batch that takes a device and fails gives it back
must ip -n "$R" link add spare type veth peer name spare-peer
cat >"$BATCH" <<END
eni add taker subnet my/pub dev spare address 10.0.0.20 mac 02:00:00:00:00:20
vpc del my
END
check "a device taken by a failed batch" batch_refused 2 2
check "can be taken again" vr eni add taker subnet my/pub dev spare address 10.0.0.20 mac 02:00:00:00:00:20
check "and given back" vr eni del taker
config_mark

# A client that dies
check "a client killed between txn-add and txn-commit leaves nothing" killed_while_staging
check "vpcctl -b killed before its input ends leaves nothing" killed_while_reading
check "the same client with a commit does change something" eval "(stage commit committed)"
check "as one can see" has_vpc committed
check "and vpcctl is not in anybody's way" vr vpc del committed

# One instant: the route is deleted and added again, by batches, under new flows. Half a batch
# would be a packet without a route.
cat >"$TMP/new_flows.py" <<'PY'
import socket, sys, time

end = time.monotonic() + 30
n = 0
while time.monotonic() < end:
    for port in range(1024, 1124):
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        s.sendto(b"sink", (sys.argv[1], 7))
        s.close()
        n += 1
    with open(sys.argv[2], "w") as f:
        f.write("%d\n" % n)
PY

one_instant() {
	local i pid

	ip netns exec "$CLIENT" "$PYTHON" -S "$TMP/new_flows.py" "$INET_HOST" "$TMP/flows" &
	pid=$!
	PIDS+=("$pid")
	busywait 10000 test -s "$TMP/flows" || return
	for i in $(seq 50); do
		vr -b "$BATCH" || { echo "batch $i"; break; }
	done
	kill "$pid"
	wait "$pid" 2>/dev/null
	echo "$(cat "$TMP/flows") flows"
	[ "$i" -eq 50 ]
}

{
	echo "route del my/pub 0.0.0.0/0"
	seq 100 | sed 's/.*/route add my\/pub 198.18.&.0\/24 igw my-igw/'
	seq 100 | sed 's/.*/route del my\/pub 198.18.&.0\/24/'
	echo "route add my/pub 0.0.0.0/0 igw my-igw"
} >"$BATCH"
check "no packet ever sees half a batch" \
	counter_stays "$CLIENT_ENI" "no-route|blackhole|no-such-address" one_instant
check "and then the route is there" http_source "$CLIENT" "$INET_HOST" 203.0.113.10
check "as before" config_unchanged

finish
