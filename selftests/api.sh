#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# What scripts and people rely on: events, JSON, limits, help, abbreviations, exit codes, ids,
# permissions, instances.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

E1=e1-$SUFFIX
E2=e2-$SUFFIX
WEB=web-$SUFFIX
ALL_NOUNS="vpc subnet eni uplink route-table route association prefix-list igw eip service endpoint
	network-acl session stats limits"

build() {
	vr vpc add my cidr 10.0.0.0/16 region ap-northeast-2 &&
	vr subnet add my/net cidr 10.0.0.0/24 zone ap-northeast-2a &&
	vr route-table add my/net &&
	vr route-table associate my/net subnet my/net &&
	vr igw add my-igw vpc my uplink inet &&
	vr route add my/net 0.0.0.0/0 igw my-igw &&
	add_instance "$E1" my/net 10.0.0.10 &&
	add_instance "$E2" my/net 10.0.0.11 &&
	add_eip 203.0.113.10 "$E1" &&
	add_s3_endpoint s3ep my my/net &&
	ping_ok "$E1" 10.0.0.11
}

exits() { # exits CODE CMD...
	local want=$1 out rc

	shift
	out=$("$@" 2>&1)
	rc=$?
	echo "$out"
	equals "$rc" "$want"
}

# ---- JSON ----

# Reads NOUN.json from a folder: a list of objects with at least these keys.
cat >"$TMP/keys.py" <<'PY'
import json, sys

KEYS = {
    "vpc": "id name cidr state main-route-table region default-network-acl",
    "subnet": "id name vpc cidr zone available-addresses route-table network-acl",
    "eni": "id name vpc subnet ifname ifindex mac address source-dest-check state router-mac",
    "uplink": "id name ifname ifindex state",
    "route-table": "id vpc main routes associations",
    "route": "route-table target state origin",
    "association": "id route-table",
    "prefix-list": "id name max-entries version entry",
    "igw": "id name vpc uplink state",
    "eip": "id address uplink",
    "service": "id name type prefix-list ifname gateway state",
    "endpoint": "id name vpc service type state route-table policy-document",
    "network-acl": "id name vpc vpc-name default entry entries",
    "session": "id vpc eni protocol source destination",
    "stats": "counter value",
    "limits": "name value",
}
bad = 0
for noun, keys in KEYS.items():
    try:
        objects = json.load(open("%s/%s.json" % (sys.argv[1], noun)))
        assert isinstance(objects, list) and objects, "not a list with something in it"
        for obj in objects:
            missing = set(keys.split()) - set(obj)
            assert not missing, "%s lacks %s" % (obj, missing)
    except (ValueError, AssertionError) as e:
        print("%s: %s" % (noun, e))
        bad = 1
sys.exit(bad)
PY

json_of_all() { # json_of_all OPTION...
	local noun

	mkdir -p "$TMP/json"
	for noun in $ALL_NOUNS; do
		vr "$@" "$noun" show >"$TMP/json/$noun.json" || return
	done
	"$PYTHON" "$TMP/keys.py" "$TMP/json"
}

json_value() { # json_value NOUN NAME KEY
	vr -j "$1" show "$2" | "$PYTHON" -c 'import json, sys; print(json.load(sys.stdin)[0][sys.argv[1]])' "$3"
}

available() { # VPC-19: size - 5 - interfaces
	equals "$(json_value subnet my/net available-addresses)" $((256 - 5 - $1))
}

# ---- events ----

monitor_start() {
	# Not by vr: the process to end later is vpcctl, not a shell that waits for it.
	"$VPCCTL" -n "$R" "$@" monitor >"$TMP/events" 2>&1 &
	PIDS+=($!)
	monitor_pid=$!
	busywait 10000 monitor_hears
}

monitor_hears() {
	vr limits set vpcs $((1000 + RANDOM % 90)) && pause 0.05 && [ -s "$TMP/events" ]
}

heard() { # heard PATTERN
	busywait 3000 grep -qE -- "$1" "$TMP/events" && return
	cat "$TMP/events"
	return 1
}

# ---- help ----

help_everywhere() {
	local noun verb

	exits 0 vr help || return
	for noun in $ALL_NOUNS config monitor instance; do
		vr help | grep -qw -- "$noun" || { echo "help does not name $noun"; return 1; }
		vr "$noun" help >"$TMP/help" || { echo "$noun help"; return 1; }
		grep -q "vpcctl $noun" "$TMP/help" || { cat "$TMP/help"; return 1; }
		while read -r verb; do
			vr "$noun" "$verb" help | grep -q "vpcctl $noun $verb" ||
				{ echo "$noun $verb help"; return 1; }
		done < <(awk '$3 ~ /^[a-z-]+$/ { print $3 }' "$TMP/help")
	done
}

# ---- permissions ----

# The namespace is entered first: that needs rights of its own.
powerless() { # powerless VPCCTL-ARGUMENT...
	in_ns "$R" setpriv --inh-caps=-net_admin --bounding-set=-net_admin "$VPCCTL" "$@"
}

must add_router
must add_internet
must add_s3
must build

check "-j: every object's show is JSON with its keys (ENI-1)" json_of_all -j
check "-j -p: likewise" json_of_all -j -p
check "ids look like AWS's" grep -qE '^vpc-0[0-9a-f]{16}$' <(json_value vpc my id)
check "an id is as good as a name" equals "$(vr vpc show "$(json_value vpc my id)")" "$(vr vpc show my)"
check "VPC-13: DNS support is on, DNS hostnames are off" \
	grep -qE 'dns-support on.*dns-hostnames off' <(vr vpc show my)
check "VPC-19: available addresses" available 2
check "GWE-5: the route's origin is the endpoint" grep -qE 'pl-.*vpce-.*endpoint' <(vr route show my/net)
check "RT-28: the local route's origin" grep -q 'local.*create-route-table' <(vr route show my/net)

# Manners
check "show is the default" equals "$(vr vpc)" "$(vr vpc show)"
check "abbreviations" equals "$(vr subn sh)" "$(vr subnet show)"
check "list is show" equals "$(vr vpc list)" "$(vr vpc show)"
check "help at every level" help_everywhere
check "exit 1: unknown object" exits 1 vr nonsense
check "exit 1: unknown command" exits 1 vr vpc nonsense
check "exit 1: unknown word" exits 1 vr vpc add x cidr 10.1.0.0/16 nonsense 1
check "exit 1: a word is missing" exits 1 vr vpc add x
check "exit 1: no CIDR" exits 1 vr vpc add x cidr 10.1.0.0
check "exit 2: the kernel refuses" exits 2 vr vpc add my cidr 10.1.0.0/16
check "exit 2: not found" exits 2 vr vpc show nonsense

# Events
check "monitor starts" monitor_start
check "monitor: a limit" heard '^limits .*vpcs 10[0-9][0-9]'
must vr vpc add seen cidr 10.9.0.0/16
check "monitor: a VPC comes" heard '^vpc new .*seen'
must vr route add my/net 198.51.100.0/24 igw my-igw
check "monitor: a route comes" heard '^route new .*198\.51\.100\.0/24'
must vr route del my/net 198.51.100.0/24
check "monitor: a route goes" heard '^route del .*198\.51\.100\.0/24'
must vr network-acl entry-add my/default 7 egress deny protocol udp cidr 10.0.0.0/8 port 53
check "monitor: a rule comes" \
	heard '^network-acl new .* entry 7 egress deny protocol udp cidr 10\.0\.0\.0/8 port-from 53'
must vr network-acl entry-del my/default 7 egress
must vr endpoint set s3ep remove-route-table my/net
check "monitor: an endpoint takes its route along" heard '^route del .*pl-'
must vr vpc del seen
check "monitor: a VPC goes" heard '^vpc del .*seen'
before=$(wc -l <"$TMP/events")
check "a refused change" exits 2 vr vpc del my
pause 0.1
check "monitor: nothing of a refused change" equals "$(wc -l <"$TMP/events")" "$before"
kill "$monitor_pid"
wait "$monitor_pid" 2>/dev/null
check "monitor -j starts" monitor_start -j
check "monitor -j: as a YNL client sees it" heard '"name": *"limits-ntf"'

# Limits
check "limits: set" vr limits set sessions-per-eni 5000
check "limits: and shown" grep -q 5000 <(vr limits show sessions-per-eni)
check "limits: zero sessions is refused" exits 2 vr limits set sessions 0
check "limits: too much is refused" exits 2 vr limits set sessions 4000000000
check "limits: one session for each interface" vr limits set sessions-per-eni 1
E2_FLOW="dmac=$(mac_of "$E1" eth0) src=10.0.0.11 dst=10.0.0.10 count=3"
# shellcheck disable=SC2086 # several words
check "limits: the first one passes" \
	reason_rises "$E2" sessions-created 1 frame "$E2" eth0 $E2_FLOW sport=40001
# shellcheck disable=SC2086
check "limits: a second one is dropped with its own reason" \
	reason_rises "$E2" eni-session-limit 3 frame "$E2" eth0 $E2_FLOW sport=40002
# shellcheck disable=SC2086
check "SG-15: under AWS's name, too" \
	reason_rises "$E2" conntrack-allowance-exceeded 3 frame "$E2" eth0 $E2_FLOW sport=40003
check "SG-15: no more can be had" equals "$(number conntrack-allowance-available eni "$E2")" 0
# shellcheck disable=SC2086
check "limits: the first one goes on" \
	counter_stays "$E2" eni-session-limit frame "$E2" eth0 $E2_FLOW sport=40001
check "limits: more room" vr limits set sessions-per-eni 5000
check "SG-15: now they can" test "$(number conntrack-allowance-available eni "$E2")" -gt 4000
check "limits: and new ones are let in" ping_ok "$E2" 10.0.0.10

# Permissions
if command -v setpriv >/dev/null; then
	check "control: with all rights in the namespace" in_ns "$R" "$VPCCTL" vpc show
	check "without CAP_NET_ADMIN nothing is changed" exits 2 powerless vpc add x cidr 10.1.0.0/16
	check "without CAP_NET_ADMIN nothing is shown" exits 2 powerless vpc show
	check "without CAP_NET_ADMIN nothing is heard" exits 2 timeout 10 ip netns exec "$R" \
		setpriv --inh-caps=-net_admin --bounding-set=-net_admin "$VPCCTL" monitor
else
	skip "without CAP_NET_ADMIN" "no setpriv here"
fi

# Whoever has a namespace of one's own may do there what is bounded.
own_ns() { # own_ns COMMANDS: of vpcctl, by its administrator
	unshare -Urn "$VPCCTL" -b - <<<"$1"
}
check "a namespace of one's own: its VPCs and less of a limit" \
	own_ns $'vpc add mine cidr 10.0.0.0/16\nlimits set sessions 1000\nlimits set sessions 1048576'
check "more of a limit takes the host's rights" \
	grep -q "above 1048576 takes the host's CAP_NET_ADMIN" <(own_ns "limits set sessions 1048577" 2>&1)
config_mark
refused "a name that a terminal would obey" "control characters" vr vpc add $'my\e[2J' cidr 10.7.0.0/16

# Instances
check "instance add" vr instance add "$WEB" subnet my/net address 10.0.0.20
adopt_ns "$WEB"
check "instance show" grep -q "$WEB" <(vr instance show)
check "instance exec" equals "$(vr instance exec "$WEB" echo hello)" hello
check "instance exec: it can talk" vr instance exec "$WEB" ping -n -c 1 -W 2 10.0.0.10
check "instance exec: the exit code is the command's" exits 7 vr instance exec "$WEB" sh -c 'exit 7'
config_mark
check "instance add: a name that is taken" exits 2 vr instance add "$WEB" subnet my/net
NAMESPACES+=("x-$SUFFIX")
check "instance add: an address that is taken" exits 2 \
	vr instance add "x-$SUFFIX" subnet my/net address 10.0.0.20
check "instance add: leaves nothing when it fails" config_unchanged
check "instance add: not even a namespace" is_false ip netns pids "x-$SUFFIX"
check "instance del" vr instance del "$WEB"
check "instance del: the namespace is gone" is_false ip netns pids "$WEB"
check "instance del: the interface is gone" exits 2 vr eni show "$WEB"
# It may be the address of the one before: who knew that one's MAC forgets it.
must ip -n "$E1" neigh flush dev eth0
check "VPC-29: any free address" vr instance add "$WEB" subnet my/net
check "VPC-29: it works" vr instance exec "$WEB" ping -n -c 1 -W 2 10.0.0.10
check "instance del" vr instance del "$WEB"

finish
