#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Endpoint services: a load balancer of one VPC as an address in others, once it is accepted.
#
#   prov/a 10.0.0.0/24, zone a: web .10, web2 .11, nodes .80 and .81   owner 111111111111
#   prov/b 10.0.1.0/24, zone b: web3 .10, node .80
#   my/a   10.0.0.0/24, zone a: client .10, endpoint .218              owner 222222222222
#   twin/a 10.0.0.0/24, zone a: twin .10, endpoint .218                owner 333333333333
#   my/b   10.0.1.0/24, zone b: endpoint .218
#   peer/a 10.5.0.0/24: peer .10, peered with my
#   far/a  10.0.0.0/24 in another region: far .10, endpoint .218

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

VPCS_CLOSED=yes
CLIENT=c-$SUFFIX
TWIN=t-$SUFFIX
PEER=p-$SUFFIX
FAR=f-$SUFFIX
WEB=w-$SUFFIX
WEB3=w3-$SUFFIX
NODE=10.0.0.80
EP=10.0.0.218
BEGINS="udp or tcp[13] & 18 == 2"

add_consumer() { # add_consumer NAME CIDR/16 OWNER [REGION]
	vr -b - <<-END
		vpc add $1 cidr $2 region ${4:-us-east-1} owner $3
		subnet add $1/a cidr ${2%/16}/24 zone ${4:-us-east-1}a
		route-table add $1/a
		route-table associate $1/a subnet $1/a
		security-group rule-add $1/default ingress cidr 0.0.0.0/0
	END
}

build() {
	vr -b - <<-END &&
		vpc add prov cidr 10.0.0.0/16 region us-east-1 owner 111111111111
		subnet add prov/a cidr 10.0.0.0/24 zone us-east-1a
		subnet add prov/b cidr 10.0.1.0/24 zone us-east-1b
		security-group rule-add prov/default ingress cidr 0.0.0.0/0
	END
	add_consumer my 10.0.0.0/16 222222222222 &&
	add_consumer twin 10.0.0.0/16 333333333333 &&
	add_consumer peer 10.5.0.0/16 222222222222 &&
	add_consumer far 10.0.0.0/16 222222222222 eu-west-1 &&
	vr subnet add my/b cidr 10.0.1.0/24 zone us-east-1b &&
	add_instance "$WEB" prov/a 10.0.0.10 &&
	add_instance "$WEB3" prov/b 10.0.1.10 &&
	add_instance "$CLIENT" my/a 10.0.0.10 &&
	add_instance "$TWIN" twin/a 10.0.0.10 &&
	add_instance "$PEER" peer/a 10.5.0.10 &&
	add_instance "$FAR" far/a 10.0.0.10 &&
	add_server "$WEB" &&
	add_server "$WEB3" &&
	vr -b - <<-END
		nlb add lb subnet prov/a address $NODE
		target-group add web vpc prov protocol tcp port 80 preserve-client-ip on
		target add web eni $WEB
		target-group add echo vpc prov protocol tcp port 7 preserve-client-ip on
		target add echo eni $WEB
		target-group add dgram vpc prov protocol udp port 7
		target add dgram eni $WEB
		listener add lb protocol tcp port 80 target-group web
		listener add lb protocol tcp port 7 target-group echo
		listener add lb protocol udp port 7 target-group dgram
	END
}

says() { # says PATTERN NOUN REF: what vpcctl shows of it
	vr "$2" show "$3" >"$TMP/said"
	cat "$TMP/said"
	grep -qE -- "$1" "$TMP/said"
}

state() { # state ENDPOINT STATE
	says " state $2( |$)" endpoint "$1"
}

refusals() { # refusals < LINES OF NAME|WORD|COMMAND
	local name word cmd

	config_mark
	while IFS='|' read -r name word cmd; do
		# shellcheck disable=SC2086 # a command
		refused "$name" "$word" vr $cmd
	done
}

by_any_node() {
	http "$FAR" "$EP" | grep -qE "peer=($NODE|$NODE_B) "
}

answered_by() { # answered_by HOST NAMESPACE ADDRESS
	http "$2" "$3" | grep -q "host=$1 "
}

arp() { # arp NAMESPACE ADDRESS: ask once who has it
	frame "$1" eth0 type=arp spa=10.0.0.10 tpa="$2"
}

more_cut() { # more_cut N
	[ "$(cut_packets)" -gt "$1" ]
}

cut_packets() { # what either end has sent in vain: who sends first is chance
	echo $(($(counter "$CLIENT" endpoint-not-available) + $(counter "$WEB" endpoint-not-available)))
}

# no_payload_after TAG CMD...: when CMD is acknowledged no byte of the live flow arrives any more, at
# either end, and what is dropped is counted
no_payload_after() {
	local tag=$1 before rc=0

	shift
	before=$(cut_packets)
	cap_start target "$WEB" eth0 "tcp src port $(flow_source_port "$tag") and $PAYLOAD" &&
	cap_start client "$CLIENT" eth0 "src host $EP and tcp port 7 and $PAYLOAD" || return
	flow_goes_on "$tag" || rc=1
	"$@" || rc=1
	cap_mark target && cap_mark client || rc=1
	flow_stands "$tag" || rc=1
	cap_stop target && cap_stop client || rc=1
	cap_seen target 0 && cap_seen client 0 || rc=1
	expect_capture_empty target 1 && expect_capture_empty client 1 || rc=1
	busywait 5000 more_cut "$before" || rc=1
	return "$rc"
}
PAYLOAD="ip[2:2] - ((ip[0] & 15) << 2) - ((tcp[12] & 240) >> 2) > 0"

must add_router
must build

# The service (SVC-1 to SVC-7)
check "SVC-4: a service, which asks to be accepted" vr endpoint-service add svc nlb lb
ID=$(vr endpoint-service show svc | cut -d' ' -f1)
NAME=com.amazonaws.vpce.us-east-1.$ID
check "SVC-3: its name, region, owner and zones" \
	says "$ID name svc service-name ${NAME//./\\.} region us-east-1 owner 111111111111 nlb nlb-[0-9a-f]+ acceptance-required on zone us-east-1a" \
	endpoint-service svc
refusals <<-END
	SVC-5: nobody may ask for it at first|does not allow principal "222222222222"|endpoint add ep vpc my service $NAME type interface subnet my/a
	SVC-1: a load balancer has one service|has an endpoint service|endpoint-service add other nlb lb
	SVC-12: at least one stays|needs a load balancer|endpoint-service set svc remove-nlb lb
	SVC-13: a load balancer that has a service|endpoint service|nlb del lb
	SVC-5: what is no account|neither 12 digits|endpoint-service set svc add-allowed-principal 12345
	SVC-17: its own region|service's own|endpoint-service set svc add-supported-region us-east-1
	SVC-18: what is no name|no name of a domain|endpoint-service set svc private-dns-name Ex_ample.com
	SVC-18: a name that is none|no private dns name|endpoint-service set svc private-dns-verified on
	IFE-34: a service that does not exist|not found|endpoint add ep vpc my service com.amazonaws.vpce.us-east-1.vpce-svc-00000000000000001 type interface
	IFE-34: nor in another region|not found|endpoint add ep vpc my service com.amazonaws.vpce.us-west-1.$ID type interface
END
must vr endpoint-service set svc add-allowed-principal 222222222222,333333333333
refusals <<-END
	IFE-2: a zone that it is not in|not in zone|endpoint add ep vpc prov service $NAME type interface subnet prov/b
	GWE-1: a gateway endpoint|of type interface|endpoint add ep vpc my service $NAME
END

# Acceptance (IFE-11 to IFE-16, SVC-9, SVC-10)
must vr endpoint add ep vpc my service "$NAME" type interface subnet my/a address $EP
must vr endpoint add twin-ep vpc twin service "$NAME" type interface subnet twin/a address $EP
check "IFE-11: it waits to be accepted" state ep pendingAcceptance
check "the service counts it" says "connections 0 pending-connections 2" endpoint-service svc
check "IFE-16: meanwhile its address is mute" \
	reason_rises "$CLIENT" arp-unknown-address 1 arp "$CLIENT" $EP
must vr endpoint-service accept svc endpoint twin-ep
nothing_arrives "IFE-14: and nothing passes" "$WEB" eth0 "$BEGINS" "$CLIENT" endpoint-not-available 2 \
	"http_source $TWIN $EP $NODE" \
	"frame $CLIENT eth0 dmac=$(router_mac "$CLIENT") src=10.0.0.10 dst=$EP proto=tcp dport=80 flags=2 count=2"
"$VPCCTL" -n "$R" monitor >"$TMP/monitor" 2>&1 &
PIDS+=($!)
pause 0.5
must vr endpoint-service accept svc endpoint ep
check "IFE-11: accepted" state ep available
check "SVC-19: which listeners hear of" busywait 3000 grep -q 'endpoint.* state available' "$TMP/monitor"
refusals <<-END
	SVC-10: what is accepted already|is available|endpoint-service accept svc endpoint ep
	SVC-11: a service in use|used by endpoint|endpoint-service del svc
	SVC-12: its load balancer|used by endpoint|endpoint-service set svc remove-nlb lb
	VPC-12: the vpc of a consumer|endpoint|vpc del my
	VPC-27: the provider's subnet|network interface|subnet del prov/a
	another endpoint that is none of its|not found|endpoint-service accept svc endpoint nothing
	POL-4: it may do everything, and nobody can change that|full access|endpoint set ep policy-reset
END

# The way (IFE-17 to IFE-29)
check "IFE-25, IFE-26: the target sees the node, whoever asks" http_source "$CLIENT" $EP $NODE
check "IFE-26: a consumer with the same addresses" http_source "$TWIN" $EP $NODE
check "IFE-18, POL-4: by UDP" udp_source "$CLIENT" $EP $NODE
must vr target-group add sink vpc prov protocol tcp port 9
must vr target add sink eni "$WEB"
must vr listener add lb protocol tcp port 9 target-group sink
check "IFE-24: of 2 MB" stream "$CLIENT" $EP 2
check "IFE-18: no ping" reason_rises "$CLIENT" endpoint-protocol 3 ping_fails "$CLIENT" $EP
nothing_arrives "IFE-29: a port without a listener" "$WEB" eth0 "$BEGINS" "$CLIENT" nlb-listener 2 \
	"http_source $CLIENT $EP $NODE" \
	"frame $CLIENT eth0 dmac=$(router_mac "$CLIENT") src=10.0.0.10 dst=$EP proto=tcp dport=22 flags=2 count=2"
must vr listener add lb protocol tcp port 8080 target-group web
check "IFE-28: each port that has one is there, to targets with another port" \
	sees 1 "$NODE\.[0-9]+ > 10\.0\.0\.10\.80: Flags \[S\]" "$WEB" "tcp" \
	frame "$CLIENT" eth0 dmac="$(router_mac "$CLIENT")" src=10.0.0.10 dst=$EP proto=tcp dport=8080 flags=2
check "only the service: its address is the consumer's own instance" \
	reason_rises "$CLIENT" arp-unknown-address 1 arp "$CLIENT" 10.0.0.80
check "two flows by equal ports" flow_start my "$CLIENT" $EP 40000
check "two flows by equal ports, from two consumers" flow_start twin "$TWIN" $EP 40000
check "IFE-26: both go on" flow_goes_on my
check "IFE-26: apart" flow_goes_on twin
check_not "NLB-15: by ports of their own" equals "$(flow_source_port my)" "$(flow_source_port twin)"
nothing_arrives "IFE-19: the provider reaches nobody by the node" "$CLIENT" eth0 "$BEGINS" \
	"$WEB" nlb-listener 3 "flow_goes_on my; udp_send $CLIENT $EP 7 1" \
	"frame $WEB eth0 dmac=$(router_mac "$WEB") src=10.0.0.10 dst=$NODE proto=tcp sport=7 dport=4000 flags=2 count=3"
must vr -b - <<-END
	peering add pcx vpc my peer-vpc peer
	peering accept pcx
	route add peer/a 10.0.0.0/16 peering pcx
END
check "IFE-17: over a peering" http_source "$PEER" $EP $NODE
must vr peering del pcx

# Security groups (IFE-20, NLB-31)
must vr -b - <<-END
	security-group add my/ep
	security-group rule-add my/ep ingress protocol tcp cidr 10.0.0.0/24
	endpoint set ep add-security-group my/ep remove-security-group my/default
END
check "IFE-20: the endpoint's group lets TCP in" http_source "$CLIENT" $EP $NODE
check "IFE-20: and nothing else" reason_rises "$CLIENT" security-group-ingress 2 \
	udp_send "$CLIENT" $EP 9999 2
must vr endpoint set ep add-security-group my/default remove-security-group my/ep
must vr -b - <<-END
	security-group add prov/lb
	security-group rule-add prov/lb ingress cidr 10.1.0.0/16
	nlb add strict subnet prov/a address 10.0.0.81 security-group prov/lb
	target-group add strict vpc prov protocol tcp port 80
	target add strict eni $WEB
	listener add strict protocol tcp port 80 target-group strict
	endpoint-service add strict nlb strict acceptance-required off allowed-principal *
	endpoint add strict-ep vpc my service strict type interface subnet my/a address 10.0.0.219
END
check "SVC-7, SVC-21: a public service that accepts everybody, on an internal load balancer" state strict-ep available
check "NLB-31: rules of the load balancer judge the consumer's address" \
	reason_rises "$CLIENT" security-group-ingress 1 \
	frame "$CLIENT" eth0 dmac="$(router_mac "$CLIENT")" src=10.0.0.10 dst=10.0.0.219 proto=tcp dport=80 flags=2
must vr security-group rule-add prov/lb ingress cidr 10.0.0.10/32
check "NLB-31: which may be in them" http_source "$CLIENT" 10.0.0.219 10.0.0.81
must vr security-group rule-del prov/lb ingress cidr 10.0.0.10/32
must vr nlb set strict enforce-security-group-inbound-rules-on-private-link-traffic off
check "NLB-31: switched off they do not" http_source "$CLIENT" 10.0.0.219 10.0.0.81

# Large packets (MTU-5)
must jumbo "$CLIENT"
must jumbo "$WEB"
DF="frame $CLIENT eth0 dmac=$(router_mac "$CLIENT") src=10.0.0.10 dst=$EP proto=udp dport=7 fragoff=0x4000"
nothing_arrives "MTU-5: 8600 bytes, in silence" "$WEB" eth0 "udp and dst port 7" "$CLIENT" too-big 1 \
	"$DF size=8472" "$DF size=8572"
check "MTU-5: a connection is told not to send larger ones" \
	sees 1 "mss 8460" "$WEB" "tcp[13] & 18 == 2" http_source "$CLIENT" $EP $NODE

# What changes afterwards
must vr endpoint-service set svc remove-allowed-principal 222222222222
check "SVC-6: who has it keeps it" flow_goes_on my
check "SVC-6: and may begin new flows" http_source "$CLIENT" $EP $NODE
refusals <<-END
	SVC-6: but not ask anew|does not allow principal|endpoint add x vpc my service $NAME type interface
END
must vr endpoint-service set svc acceptance-required on
check "SVC-8: nor does it wait again" state ep available
must vr nlb set lb add-subnet prov/b
check "SVC-14: a zone that came later" says "zone us-east-1a conn" endpoint-service svc
must vr endpoint-service set svc acceptance-required on
check "SVC-14: is there when the service says so" says "zone us-east-1a zone us-east-1b" endpoint-service svc
must vr target add web eni "$WEB3"
must vr endpoint set ep add-subnet my/b address 10.0.1.218
NODE_B=$(vr nlb show lb | grep -oE ' address 10\.0\.1\.[0-9]+' | cut -d' ' -f3)
check "IFE-27: by the interface of a zone to that zone's node" http_source "$CLIENT" 10.0.1.218 "$NODE_B"
check "IFE-27: whose target is there" answered_by "$WEB3" "$CLIENT" 10.0.1.218
check "IFE-27: by the first zone's as before" http_source "$CLIENT" $EP $NODE
check "IFE-27: to its own" answered_by "$WEB" "$CLIENT" $EP
must vr endpoint set ep remove-subnet my/b

# Another region (SVC-17, IFE-33)
must vr endpoint-service set svc add-allowed-principal 222222222222
config_mark
refused "IFE-33: in a region that it is not for" "cannot be had in region" \
	vr endpoint add far-ep vpc far service "$NAME" type interface subnet far/a address $EP
must vr endpoint-service set svc add-supported-region eu-west-1
check "SVC-17: it is for that, too" says "supported-region eu-west-1" endpoint-service svc
check "IFE-33: an endpoint there, whatever the zone" \
	vr endpoint add far-ep vpc far service "$NAME" type interface subnet far/a address $EP
must vr endpoint-service accept svc endpoint far-ep
check "IFE-33: it works, by the node of any zone" by_any_node
refusals <<-END
	SVC-17: the service's own region cannot go|has no region|endpoint-service set svc remove-supported-region us-east-1
END
must vr endpoint-service set svc remove-supported-region eu-west-1
check "SVC-17: without the region who has it keeps it" by_any_node
config_mark
refused "SVC-17: nobody else gets it" "cannot be had in region" \
	vr endpoint add x vpc far service "$NAME" type interface
must vr endpoint del far-ep
must vr endpoint-service set svc remove-allowed-principal 222222222222
must vr target del web eni "$WEB3"

must vr nlb add two subnet prov/a
must vr endpoint-service set svc add-nlb two
check "SVC-2: another load balancer takes nothing over" http_source "$CLIENT" $EP $NODE

# Reject (SVC-9)
check "SVC-9: rejected, no byte of a live flow arrives" \
	no_payload_after my vr endpoint-service reject svc endpoint ep
check "SVC-9: the endpoint says so" state ep rejected
check "SVC-9: new flows fail" http_fails "$CLIENT" $EP
check "SVC-9: the other consumer's go on" flow_goes_on twin
gone() { ! vr session show | grep -qF "endpoint $EPID"; }
EPID=$(vr endpoint show ep | cut -d' ' -f1)
check "SVC-9: its sessions are gone" busywait 12000 gone
must flow_stop my
check "SVC-10: and accepted again" vr endpoint-service accept svc endpoint ep
check "SVC-10: it works" http_source "$CLIENT" $EP $NODE
"$VPCCTL" -n "$R" endpoint-service reject svc endpoint ep,nothing,twin-ep >"$TMP/items" 2>&1
check "SVC-10: of a list each is answered for itself" grep -c 'nothing.*not found' "$TMP/items"
check "SVC-10: the others are done" state twin-ep rejected
must flow_stop twin

# The end
check "SVC-11: those that are rejected do not keep the service" vr endpoint-service del svc
check "IFE-13: they stay until they are deleted" state ep rejected
check "IFE-12: by their owners" vr endpoint del ep
must vr endpoint del twin-ep
must vr endpoint del strict-ep
must vr endpoint-service del strict
check "SVC-13: the load balancers can go now" vr nlb del lb
check "no session is left" busywait 12000 no_sessions

finish
