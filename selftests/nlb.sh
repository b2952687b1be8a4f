#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Network load balancers: who gets a flow, what the target sees, and how answers come back.
#
#   my/a 10.0.0.0/24, zone a: client .10, one .21, node .80        peer/net 10.5.0.0/24: peer .10
#   my/b 10.0.1.0/24, zone c: far .10, two .21, node .80
#   internet-facing: EIPs 203.0.113.90 and .91          out 10.8.0.10, EIP 203.0.113.8

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

VPCS_CLOSED=yes
CLIENT=c-$SUFFIX
FAR=f-$SUFFIX
ONE=1-$SUFFIX
TWO=2-$SUFFIX
PEER=p-$SUFFIX
OUT=o-$SUFFIX
NODE_A=10.0.0.80
NODE_B=10.0.1.80
PUBLIC=203.0.113.90
BEGINS="udp or tcp[13] & 18 == 2"

build() {
	vr -b - <<-END &&
		vpc add my cidr 10.0.0.0/16 region us-east-1
		subnet add my/a cidr 10.0.0.0/24 zone us-east-1a
		subnet add my/b cidr 10.0.1.0/24 zone us-east-1c
		route-table add my/net
		route-table associate my/net subnet my/a
		route-table associate my/net subnet my/b
		igw add my-igw vpc my uplink inet
		route add my/net 0.0.0.0/0 igw my-igw
		security-group rule-add my/default ingress cidr 0.0.0.0/0
		vpc add peer cidr 10.5.0.0/16
		subnet add peer/net cidr 10.5.0.0/24 zone us-east-1a
		route-table add peer/net
		route-table associate peer/net subnet peer/net
		vpc add out cidr 10.8.0.0/16
		subnet add out/net cidr 10.8.0.0/24 zone us-east-1a
		route-table add out/net
		route-table associate out/net subnet out/net
		igw add out-igw vpc out uplink inet
		route add out/net 0.0.0.0/0 igw out-igw
		peering add pcx vpc my peer-vpc peer
		peering accept pcx
		route add peer/net 10.0.0.0/16 peering pcx
		route add my/net 10.5.0.0/16 peering pcx
		eip add $PUBLIC uplink inet
		eip add 203.0.113.91 uplink inet
	END
	add_instance "$CLIENT" my/a 10.0.0.10 &&
	add_instance "$FAR" my/b 10.0.1.10 &&
	add_instance "$ONE" my/a 10.0.0.21 &&
	add_instance "$TWO" my/b 10.0.1.21 &&
	add_instance "$PEER" peer/net 10.5.0.10 &&
	add_instance "$OUT" out/net 10.8.0.10 &&
	add_eip 203.0.113.8 "$OUT" &&
	add_server "$ONE" &&
	add_server "$TWO"
}

# A group of both targets, healthy, behind a listener of "web"
add_group() { # add_group NAME PROTOCOL PORT WORD...
	vr target-group add "$1" vpc my protocol "$2" port "$3" "${@:4}" &&
	vr target add "$1" eni "$ONE" &&
	vr target add "$1" eni "$TWO" &&
	vr listener add web protocol "$2" port "$3" target-group "$1" &&
	health "$1" "$ONE" healthy &&
	health "$1" "$TWO" healthy
}

health() { # health GROUP TARGET STATE
	vr target set "$1" eni "$2" health "$3"
}

# served N NAMESPACE ADDRESS: who serves N requests, a line each
served() {
	local i

	for ((i = 0; i < $1; i++)); do
		http "$2" "$3" | grep -oE 'host=[^ ]*' || echo nobody
	done
}

# by_both N NAMESPACE ADDRESS: over N requests both targets serve, and nobody else
by_both() {
	served "$@" | sort -u >"$TMP/served"
	equals "$(paste -s -d, "$TMP/served")" "host=$ONE,host=$TWO"
}

by_one() { # by_one TARGET N NAMESPACE ADDRESS: that target alone serves
	served "${@:2}" | sort -u >"$TMP/served"
	equals "$(paste -s -d, "$TMP/served")" "host=$1"
}

client_seen() { # client_seen NAMESPACE ADDRESS SOURCE: whoever serves sees that source
	http "$1" "$2" | grep -q "peer=$3 " && return
	http "$1" "$2"
	return 1
}

reset_by() { # reset_by NAMESPACE ADDRESS: a connection is reset at once
	http_fails "$1" "$2" | grep -iq 'reset\|refused'
}

must add_router
must add_internet
must build
must vr nlb add web subnet my/a,my/b address $NODE_A address $NODE_B
must add_group web tcp 80 preserve-client-ip off
must add_group echo tcp 7 preserve-client-ip on

# Selection (NLB-9, NLB-10)
check "NLB-10: a node sends to targets of its own zone" by_one "$ONE" 6 "$CLIENT" $NODE_A
check "NLB-10: the other node likewise" by_one "$TWO" 6 "$CLIENT" $NODE_B
must vr nlb set web cross-zone on
check "NLB-10: across zones to all" by_both 24 "$CLIENT" $NODE_A
check "NLB-10: from another subnet" by_both 24 "$FAR" $NODE_A
must vr target-group set web stickiness on
check "NLB-19: a sticky client has one target" \
	equals "$(served 8 "$CLIENT" $NODE_A | sort -u | wc -l)" 1
must vr target-group set web stickiness off

# What the target sees (NLB-11, NLB-12)
check "NLB-11: the node's address" client_seen "$CLIENT" $NODE_A $NODE_A
check "NLB-11: also over a peering" client_seen "$PEER" $NODE_A $NODE_A
check "NLB-12: the client's, where it is preserved" flow_start kept "$CLIENT" $NODE_A 40000
check "NLB-12: its address" flow_sees kept 10.0.0.10
check "NLB-12: and its port" equals "$(flow_source_port kept)" 40000
check "NLB-11: and it goes on" flow_goes_on kept
must flow_stop kept
check "NLB-11: over a peering" flow_start peered "$PEER" $NODE_B
check "NLB-12: a peer's address" flow_sees peered 10.5.0.10
must flow_stop peered
must vr target-group add sink vpc my protocol tcp port 9
must vr target add sink eni "$TWO"
must vr listener add web protocol tcp port 9 target-group sink
check "NLB-25: a group whose checks are yet to pass is open" stream "$CLIENT" $NODE_A 2

# What is not served
nothing_arrives "IFE-29: a port without a listener" "$ONE" eth0 "$BEGINS" "$CLIENT" nlb-listener 3 \
	"by_both 24 $CLIENT $NODE_A" \
	"frame $CLIENT eth0 dmac=$(router_mac "$CLIENT") src=10.0.0.10 dst=$NODE_A proto=tcp dport=81 flags=2 count=3"
check "NLB-20: ping" reason_rises "$CLIENT" nlb-listener 3 ping_fails "$CLIENT" $NODE_A
check "NLB-16: a connection in mid-flow is reset" sees 1 "Flags \[R" "$CLIENT" "tcp port 5555" \
	frame "$CLIENT" eth0 dmac="$(router_mac "$CLIENT")" src=10.0.0.10 dst=$NODE_A proto=tcp \
	sport=5555 dport=80 flags=16
nothing_arrives "NLB-18: fragments of TCP" "$ONE" eth0 "ip" "$CLIENT" nlb-fragment 2 \
	"by_both 24 $CLIENT $NODE_A" \
	"fragments $CLIENT eth0 dmac=$(router_mac "$CLIENT") src=10.0.0.10 dst=$NODE_A proto=tcp dport=80 size=1000 parts=0-504,504-1020"

# UDP
must vr target-group add dgram vpc my protocol udp port 7
must vr target add dgram eni "$ONE"
must vr listener add web protocol udp port 7 target-group dgram
check "NLB-12: UDP keeps the client's address" udp_source "$CLIENT" $NODE_B 10.0.0.10
check "NLB-18: fragments of UDP" udp_source "$CLIENT" $NODE_B 10.0.0.10 4000

# Hairpin (NLB-13)
nothing_arrives "NLB-13: a target that is its own client" "$ONE" eth0 "udp and dst host 10.0.0.21" "$ONE" nlb-hairpin 2 \
	"udp_source $CLIENT $NODE_B 10.0.0.10" "udp_send $ONE $NODE_B 7 2"
check "NLB-13: where the node speaks it works" by_both 24 "$ONE" $NODE_A

# Security groups (NLB-29, NLB-30, NLB-32)
must vr -b - <<-END
	security-group add my/lb
	security-group rule-add my/lb ingress protocol tcp port 80 cidr 10.0.0.0/24
	security-group add my/web
	security-group rule-add my/web ingress protocol tcp port 80 group my/lb
	nlb add guarded subnet my/a address 10.0.0.81 security-group my/lb cross-zone on
	target-group add guarded vpc my protocol tcp port 80 preserve-client-ip on
	target add guarded eni $ONE
	target add guarded eni $TWO
	listener add guarded protocol tcp port 80 target-group guarded
END
must vr eni set "$ONE" security-group my/web
must vr eni set "$TWO" security-group my/web
check "NLB-32: a target that lets in the balancer alone, with the client's address" \
	by_one "$ONE" 3 "$CLIENT" 10.0.0.81
check "NLB-32: do not let in the client himself" \
	reason_rises "$CLIENT" security-group-ingress 3 udp_send "$CLIENT" 10.0.0.21 80 3
nothing_arrives "NLB-30: who its own group does not let in" "$ONE" eth0 "$BEGINS" \
	"$FAR" security-group-ingress 1 "by_one $ONE 3 $CLIENT 10.0.0.81" \
	"frame $FAR eth0 dmac=$(router_mac "$FAR") src=10.0.1.10 dst=10.0.0.81 proto=tcp dport=80 flags=2"
must vr security-group rule-del my/lb egress cidr 0.0.0.0/0
nothing_arrives "NLB-30: what its group does not let out" "$ONE" eth0 "$BEGINS" \
	"$CLIENT" security-group-egress 1 "vr security-group rule-add my/lb egress cidr 0.0.0.0/0; by_one $ONE 3 $CLIENT 10.0.0.81; vr security-group rule-del my/lb egress cidr 0.0.0.0/0" \
	"frame $CLIENT eth0 dmac=$(router_mac "$CLIENT") src=10.0.0.10 dst=10.0.0.81 proto=tcp dport=80 flags=2"
must vr eni set "$ONE" security-group my/default
must vr eni set "$TWO" security-group my/default

# Network ACLs at the node's subnet (ACL-5)
must vr -b - <<-END
	network-acl add my/a
	network-acl entry-add my/a 100 ingress allow protocol all cidr 0.0.0.0/0
	network-acl entry-add my/a 50 egress deny protocol tcp cidr 10.0.1.0/24 port 80
	network-acl entry-add my/a 100 egress allow protocol all cidr 0.0.0.0/0
	network-acl associate my/a subnet my/a
	nlb set web cross-zone off
END
check "ACL-5: within the subnet" by_one "$ONE" 3 "$FAR" $NODE_A
must vr nlb set web cross-zone on
must health web "$ONE" unhealthy
check "ACL-5: out of the node's subnet" reason_rises "$CLIENT" network-acl-egress 2 \
	frame "$CLIENT" eth0 dmac="$(router_mac "$CLIENT")" src=10.0.0.10 dst=$NODE_A proto=tcp \
	dport=80 flags=2 count=2
must vr network-acl associate my/default subnet my/a

# Health (NLB-25 to NLB-28)
check "NLB-10: an unhealthy target gets nothing" by_one "$TWO" 8 "$CLIENT" $NODE_A
must vr nlb set web cross-zone off
check "NLB-26: a zone without a healthy target resets" reset_by "$CLIENT" $NODE_A
check "NLB-26: with its own reason" reason_rises "$CLIENT" nlb-no-target 1 http_fails "$CLIENT" $NODE_A
must vr nlb set web cross-zone on
must health web "$TWO" unhealthy
check "NLB-25: with none healthy all are asked" by_both 24 "$CLIENT" $NODE_A
must health web "$ONE" healthy
must health web "$TWO" healthy
must health echo "$TWO" unhealthy
check "a flow to the first target" flow_start live "$CLIENT" $NODE_A
must health echo "$TWO" healthy
check "NLB-9: it stays where it is" flow_goes_on live
must tester flow-pause live
must health echo "$ONE" unhealthy
check "NLB-27: and is reset when that is unhealthy" tester flow-reset live
must tester flow-stop live
must vr target-group set echo unhealthy-connection-termination off
must health echo "$ONE" healthy
must health echo "$TWO" unhealthy
check "a flow" flow_start stays "$CLIENT" $NODE_A
must health echo "$ONE" unhealthy
must health echo "$TWO" healthy
check "NLB-27: where connections are not terminated it goes on" flow_goes_on stays
must vr target del echo eni "$ONE"
check "NLB-28: so it does when the target is deregistered" flow_goes_on stays
check "NLB-28: but nothing new comes there" flow_start new "$CLIENT" $NODE_A
must flow_stop new
must flow_stop stays

# Internet-facing
must vr nlb add pub scheme internet-facing subnet my/a,my/b eip $PUBLIC eip 203.0.113.91 \
	cross-zone on
PUBLIC_NODE=$(vr eip show $PUBLIC | grep -oE 'private-address [0-9.]+' | cut -d' ' -f2)
must vr target-group add pub vpc my protocol tcp port 80 target-type ip
must vr target add pub address 10.0.0.21
must vr target add pub address 10.0.1.21
must vr listener add pub protocol tcp port 80 target-group pub
check "NLB-1: from the internet" by_both 24 "$INET" $PUBLIC
check "NLB-11: the target sees the node" client_seen "$INET" $PUBLIC "$PUBLIC_NODE"
check "NLB-11: the answer has the public address" sees 1 "$PUBLIC\.80 > .*Flags \[S\.\]" \
	"$INET" "tcp[13] & 18 == 18" http "$INET" $PUBLIC
check "IGW-7: from another VPC by its gateway" by_both 24 "$OUT" $PUBLIC
must vr target-group add pub7 vpc my protocol tcp port 7 preserve-client-ip on
must vr target add pub7 eni "$ONE"
must vr listener add pub protocol tcp port 7 target-group pub7
check "NLB-12: from the internet" flow_start inet "$INET" $PUBLIC
check "NLB-12: with the client's address" flow_sees inet $INET_GATEWAY
must flow_stop inet
nothing_arrives "IFE-29: no other port from the internet" "$ONE" eth0 "$BEGINS" inet nlb-listener 2 \
	"by_both 24 $INET $PUBLIC" "udp_send $INET $PUBLIC 9999 2"

# How many, for how long
end_sessions() {
	local id

	while read -r id _; do
		end_session "$id" || return
	done < <(vr session show)
}
must end_sessions
must vr limits set service-connections-per-destination 3
must health web "$TWO" unhealthy
opened() { # opened N: connections that are left open
	local i

	for ((i = 0; i < $1; i++)); do
		frame "$CLIENT" eth0 dmac="$(router_mac "$CLIENT")" src=10.0.0.10 dst="$NODE_A" \
			proto=tcp sport=$((7000 + i)) dport=80 flags=2 || return
	done
}
check "NLB-15: as many connections to a target as may be" \
	reason_rises "$CLIENT" sessions-created 3 opened 3
check "NLB-15: not one more" reason_rises "$CLIENT" nlb-ports 1 \
	frame "$CLIENT" eth0 dmac="$(router_mac "$CLIENT")" src=10.0.0.10 dst=$NODE_A proto=tcp \
	sport=7100 dport=80 flags=2
check "NLB-15: the other target has its own" reason_rises "$CLIENT" sessions-created 1 \
	frame "$CLIENT" eth0 dmac="$(router_mac "$CLIENT")" src=10.0.0.10 dst=10.0.1.80 proto=tcp \
	sport=7100 dport=9 flags=2
must vr limits set service-connections-per-destination 55000
must end_sessions
must vr listener set web protocol tcp port 7 tcp-idle-timeout 60
check "NLB-16: a listener's own time" grep -q 'tcp-idle-timeout 60' <(vr listener show)
must vr nlb del web
must vr nlb del guarded
must vr nlb del pub
check "no session is left" busywait 12000 no_sessions

finish
