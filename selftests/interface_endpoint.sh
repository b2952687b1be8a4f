#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Interface endpoints: an address of the VPC stands for a service that is in none.
#
#   my/a 10.0.0.0/24, zone a: client .10, forwarder .40, endpoint .65
#   my/b 10.0.1.0/24, zone c: far .10, endpoint .237         service 52.95.193.155, behind a
#   my/c 10.0.2.0/24, zone c                                 device with the gateway 52.95.193.1
#   twin/net 10.0.0.0/24: twin .10, endpoint .65
#   peer/net 10.5.0.0/24: peer .10                           own 10.0.0.10, gateway 10.0.0.1

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

VPCS_CLOSED=yes
CLIENT=c-$SUFFIX
FORWARDER=fo-$SUFFIX
FAR=fa-$SUFFIX
TWIN=t-$SUFFIX
PEER=p-$SUFFIX
SERVICE=com.amazonaws.ap-northeast-2.sqs
HOST=52.95.193.155
GATEWAY=52.95.193.1
EP_A=10.0.0.65
EP_B=10.0.1.237
BEGINS="udp or tcp[13] & 18 == 2"	# what may begin a flow, but not the end of one that is over

build() {
	vr -b - <<-END &&
		vpc add my cidr 10.0.0.0/16
		subnet add my/a cidr 10.0.0.0/24 zone ap-northeast-2a
		subnet add my/b cidr 10.0.1.0/24 zone ap-northeast-2c
		subnet add my/c cidr 10.0.2.0/24 zone ap-northeast-2c
		route-table add my/a
		route-table associate my/a subnet my/a
		security-group add my/clients
		security-group add my/ep
		security-group rule-add my/ep ingress cidr 10.0.0.0/8
		vpc add twin cidr 10.0.0.0/16
		subnet add twin/net cidr 10.0.0.0/24 zone ap-northeast-2a
		security-group rule-add twin/default ingress cidr 0.0.0.0/0
		vpc add peer cidr 10.5.0.0/16
		subnet add peer/net cidr 10.5.0.0/24 zone ap-northeast-2a
		route-table add peer/net
		route-table associate peer/net subnet peer/net
		eip add 203.0.113.9 uplink inet
	END
	add_instance "$CLIENT" my/a 10.0.0.10 security-group my/clients &&
	add_instance "$FORWARDER" my/a 10.0.0.40 source-dest-check off &&
	add_instance "$FAR" my/b 10.0.1.10 &&
	add_instance "$TWIN" twin/net 10.0.0.10 &&
	add_instance "$PEER" peer/net 10.5.0.10
}

eni_at() { # eni_at ADDRESS: the id of the interface that has it
	vr eni show | grep -E " address $1( |$)" | cut -d' ' -f1
}

says() { # says PATTERN NOUN REF: what vpcctl shows of it
	vr "$2" show "$3" >"$TMP/said"
	cat "$TMP/said"
	grep -qE -- "$1" "$TMP/said"
}

add_endpoint() { # add_endpoint NAME VPC WORD...
	vr endpoint add "$1" vpc "$2" service "$SERVICE" type interface private-dns off "${@:3}"
}

# refusals < LINES OF NAME|WORD|COMMAND
refusals() {
	local name word cmd

	config_mark
	while IFS='|' read -r name word cmd; do
		# shellcheck disable=SC2086 # a command
		refused "$name" "$word" vr $cmd
	done
}

must add_router
must add_internet
SVC=sv-$SUFFIX
must add_service "$SVC" "$SERVICE" svc $HOST $GATEWAY
must build

# What there is
check "IFE-1: an endpoint without a subnet" add_endpoint none my
check "IFE-6: has the vpc's default group" \
	says "security-group $(vr security-group show my/default | cut -d' ' -f1)" endpoint none
check "an endpoint in two zones" \
	add_endpoint sqs my subnet my/a,my/b address $EP_A address $EP_B security-group my/ep
check "IFE-3: it shows an interface in each, with its address" \
	says "network-interface eni-[0-9a-f]+ subnet subnet-[0-9a-f]+ zone ap-northeast-2a address $EP_A.*network-interface eni-[0-9a-f]+ subnet subnet-[0-9a-f]+ zone ap-northeast-2c address $EP_B" \
	endpoint sqs
ENI_A=$(eni_at $EP_A)
check "ENI-3, ENI-4: they are interfaces of their own type" \
	says "in-use.*VPC Endpoint Interface vpce-.* interface-type vpc-endpoint requester vpce-" eni "$ENI_A"
check "ENI-3: others are not" says "interface-type interface" eni "$CLIENT"
must add_endpoint twin-sqs twin subnet twin/net address $EP_A

X="endpoint add x vpc my service $SERVICE type interface private-dns off"
refusals <<-END
	IFE-1: a second subnet in a zone|zone "ap-northeast-2c" already|endpoint set sqs add-subnet my/c
	IFE-1: a subnet twice|is in subnet "my/a" already|endpoint set sqs add-subnet my/a
	IFE-1: two of a zone at once|zone "ap-northeast-2c" already|$X subnet my/b,my/c
	IFE-1: a subnet of another vpc|another vpc|$X subnet twin/net
	IFE-3: a reserved address|reserved|$X subnet my/a address 10.0.0.3
	IFE-3: an address that an instance has|in use|$X subnet my/a address 10.0.0.10
	IFE-3: an address that an endpoint has|in use|$X subnet my/a address $EP_A
	IFE-3: an address of no subnet of its|no subnet around address|$X subnet my/a address 10.0.1.5
	IFE-3: two addresses in one subnet|in one subnet|$X subnet my/a address 10.0.0.5 address 10.0.0.6
	IFE-3: an instance with its address|in use|eni assign $CLIENT $EP_A
	IFE-4: to leave a subnet that it is not in|is not in subnet|endpoint set sqs remove-subnet my/c
	IFE-6: a group of another vpc|another vpc|$X security-group twin/default
	IFE-6: a group twice|twice|endpoint set sqs add-security-group my/ep
	IFE-6: a group that it has not|not there|endpoint set sqs remove-security-group my/clients
	IFE-6: without any group|needs a security group|endpoint set sqs remove-security-group my/ep
	IFE-7: dual stack|ipv4|$X ip-address-type dualstack
	GWE-1: a route table|no route tables|endpoint set sqs add-route-table my/a
	a gateway endpoint to an interface service|of type interface|endpoint add x vpc my service $SERVICE
	an interface service with a prefix list|no prefix list|service add x type interface prefix-list x dev svc gateway 10.9.0.1/24
	an interface service at its own gateway|the gateway's|service add x type interface address 10.9.0.1 dev svc gateway 10.9.0.1/24
	an interface service at no host|not a host's|service add x type interface address 224.0.0.1 dev svc gateway 10.9.0.1/24
	a gateway service with an address|needs a prefix list|service add x type gateway address 10.9.0.2 dev svc gateway 10.9.0.1/24
	ENI-4: its interface is not deleted|managed by endpoint "sqs"|eni del $ENI_A
	ENI-4: nor renamed|managed by endpoint "sqs"|eni set $ENI_A name x
	ENI-4: nor bound to a device|managed by endpoint "sqs"|eni set $ENI_A dev svc
	ENI-4: nor put into a group|managed by endpoint "sqs"|eni set $ENI_A security-group my/clients
	ENI-4: nor given an address|managed by endpoint "sqs"|eni assign $ENI_A 10.0.0.66
	ENI-4: nor a public one|managed by endpoint "sqs"|eip associate 203.0.113.9 eni $ENI_A
	ENI-4: nor is one taken from it|managed by endpoint "sqs"|eni unassign $ENI_A $EP_A
	ENI-4: nor the target of a route|managed by endpoint "sqs"|route add my/a 10.9.0.0/16 eni $ENI_A
	VPC-27: a subnet that it is in stays|network interface|subnet del my/b
	SG-5: a group that it has stays|used by endpoint "sqs"|security-group del my/ep
	VPC-12: a vpc that it is in stays|endpoint|vpc del twin
	a service that it leads to stays|used by 3 endpoints|service del $SERVICE
END
must vr limits set interface-endpoints-per-vpc 2
must vr limits set subnets-per-endpoint 2
must vr subnet add my/d cidr 10.0.3.0/24 zone ap-northeast-2d
refusals <<-END
	IFE-9: one endpoint too many|limit of 2 interface endpoints|$X
	IFE-1: one subnet too many|limit of 2 subnets|endpoint set sqs add-subnet my/d
END
check_not "a transaction whose last command fails" vr -b - <<-END
	endpoint del none
	endpoint set sqs remove-subnet my/a add-security-group my/clients
	endpoint set sqs add-subnet my/d
	endpoint set sqs add-subnet my/d
END
check "leaves all as it was" config_unchanged
must vr endpoint del none

# Who reaches it, and what the service sees
check "IFE-17: from its subnet" http_source "$CLIENT" $EP_A $GATEWAY
check "IFE-17: from another subnet, by the local route" http_source "$FAR" $EP_A $GATEWAY
check "IFE-17: and the other way" http_source "$CLIENT" $EP_B $GATEWAY
check "IFE-18: by UDP" udp_source "$CLIENT" $EP_A $GATEWAY
check "IFE-18: in fragments" udp_source "$CLIENT" $EP_A $GATEWAY 4000
check "IFE-24: a stream" stream "$CLIENT" $EP_B 2
nothing_arrives "IFE-18: it does not answer ping" "$SVC" eth0 "$BEGINS" \
	"$CLIENT" endpoint-protocol 3 "udp_source $CLIENT $EP_A $GATEWAY" "ping_fails $CLIENT $EP_A"
nothing_arrives "IFE-23: a connection in mid-flow" "$SVC" eth0 "$BEGINS" \
	"$CLIENT" tcp-not-syn 2 "udp_source $CLIENT $EP_A $GATEWAY" \
	"frame $CLIENT eth0 dmac=$(router_mac "$CLIENT") src=10.0.0.10 dst=$EP_A proto=tcp sport=5 dport=80 flags=16 count=2"
nothing_arrives "IFE-17: who has no address of the vpc" "$SVC" eth0 "$BEGINS" \
	"$FORWARDER" endpoint-transit 3 "udp_source $FORWARDER $EP_A $GATEWAY" \
	"frame $FORWARDER eth0 dmac=$(router_mac "$CLIENT") src=10.7.0.9 dst=$EP_A proto=udp dport=7 count=3"
SVC_FRAME="frame $SVC eth0 dmac=$(mac_of "$R" svc) src=$HOST count=3"
for to in $GATEWAY 10.0.0.10 $EP_A; do
	nothing_arrives "IFE-19: the service reaches nobody by $to" "$CLIENT" eth0 "not arp" \
		"$SERVICE" no-session 3 "udp_source $CLIENT $EP_A $GATEWAY" \
		"$SVC_FRAME dst=$to proto=tcp sport=80 dport=80 flags=2"
done

# ICMP errors
headers() { # headers NAMESPACE PATTERN CMD...: the error is whole, inside and out
	sees 1 "$2" "$1" "icmp[icmptype] == icmp-unreach" "${@:3}" || return
	tcpdump -nv -r "$TMP/tap$taps.0.pcap" 2>/dev/null >"$TMP/verbose"
	is_false grep -E 'bad cksum|wrong icmp cksum|\|' "$TMP/verbose"
}
check "an ICMP error comes back in the endpoint's name" headers "$CLIENT" \
	"${EP_A//./\\.} > 10\.0\.0\.10: ICMP ${EP_A//./\\.} udp port 4444 unreachable" \
	udp_refused "$CLIENT" $EP_A 4444

# Equal addresses (IFE-26)
check "IFE-26: a connection from port 40000" flow_start my "$CLIENT" $EP_A 40000
check "IFE-26: the same from another vpc" flow_start twin "$TWIN" $EP_A 40000
check "IFE-26: both go on" flow_goes_on my
check "IFE-26: apart" flow_goes_on twin
check_not "IFE-26: by ports of their own" equals "$(flow_source_port my)" "$(flow_source_port twin)"
check "its session names the endpoint" \
	grep -qF "endpoint $(vr endpoint show twin-sqs | cut -d' ' -f1)" <(vr session show vpc twin)
must flow_stop twin
must add_service "ow-$SUFFIX" own own 10.0.0.10 10.0.0.1 zone ap-northeast-2a,ap-northeast-2b
check "IFE-2: a service of two zones" says "zone ap-northeast-2a zone ap-northeast-2b" service own
refusals <<-END
	IFE-2: a zone that it is not in|not in zone "ap-northeast-2c"|endpoint add x vpc my service own type interface subnet my/b
	IFE-2: one of the zones twice|zone "a" is there twice|service add x type interface address 10.9.0.2 dev own gateway 10.9.0.1/24 zone a,a
	IFE-2: a gateway service of a zone|in no zones|service add x type gateway prefix-list x dev own gateway 10.9.0.1/24 zone a
END
must vr endpoint add own vpc my service own type interface subnet my/a address 10.0.0.66 \
	security-group my/ep
must ip -n "$R" link add spare type veth peer name spare-far
must vr vpc add far cidr 10.8.0.0/16 region eu-west-1
must vr endpoint add far vpc far service own type interface
refusals <<-END
	IFE-2: a zone that an endpoint is in|endpoint "own" is in zone "ap-northeast-2a"|service set own remove-zone ap-northeast-2a
	IFE-2: some zones while an endpoint is in others|endpoint "sqs" is in zone|service set $SERVICE add-zone ap-northeast-2a
	IFE-2: a zone that it is in|is there twice|service set own add-zone ap-northeast-2a
	IFE-2: a zone that it leaves and is not in|not in zone "c"|service set own remove-zone c
	IFE-2: no zone at all, which would be all|stays in one|service set own remove-zone ap-northeast-2a,ap-northeast-2b
	a region that an endpoint is not in|endpoint "far" is in region eu-west-1|service set own region ap-northeast-2
	an address that is its gateway's|the gateway's|service set own address 10.0.0.1
	a gateway that has its address|the gateway's|service set own gateway 10.0.0.10/24
	a gateway that no host can be|not a host's|service set own gateway 10.0.0.0/24
	an address that no host can have|not a host's|service set own address 224.0.0.1
	a device that is not its own|bound to device "own"|service set own dev spare
	a name that another has|exists already|service set own name $SERVICE
	one that there is not|not found|service set nonsense region x
END
check "IFE-2: one zone less, another more" \
	vr service set own remove-zone ap-northeast-2b add-zone ap-northeast-2c region eu-west-1 dev own
check "are shown" says "region eu-west-1.*zone ap-northeast-2a zone ap-northeast-2c" service own
check "IFE-2: an endpoint can be there" vr endpoint set own add-subnet my/b
must vr endpoint set own remove-subnet my/b
must vr endpoint del far
must ip -n "ow-$SUFFIX" addr add 10.0.0.11/24 dev eth0
check "a flow to its address" flow_start own "$CLIENT" 10.0.0.66
check "another address, with the endpoint on it" vr service set own address 10.0.0.11
check "the flow to the old one stands" flow_stands own
check "the endpoint leads to the new one" \
	sees 1 "> 10\.0\.0\.11\.80" "ow-$SUFFIX" "tcp[13] & 18 == 2" http_source "$CLIENT" 10.0.0.66 10.0.0.1
check "another gateway" vr service set own gateway 10.0.0.2/24
check "is whom the service sees" http_source "$CLIENT" 10.0.0.66 10.0.0.2
must flow_stop own
check "its own address again, and a name" vr service set own gateway 10.0.0.1/24 address 10.0.0.10 name mine
check "by which it is known" says "gateway 10.0.0.1/24.*address 10.0.0.10" service mine
must vr service set mine name own
must ip -n "$R" link del own
must ip -n "$R" link add own type veth peer name eth0 netns "ow-$SUFFIX"
must ip -n "$R" link set own up
must ip -n "ow-$SUFFIX" addr add 10.0.0.10/24 dev eth0
must ip -n "ow-$SUFFIX" link set eth0 up
check "without its device it is not to be had" http_fails "$CLIENT" 10.0.0.66
check "another device of the name" vr service set own dev own
check "and it is" http_source "$CLIENT" 10.0.0.66 10.0.0.1
check "IFE-26: a service with the client's own address" http_source "$CLIENT" 10.0.0.66 10.0.0.1
check "IFE-8: and a second endpoint in the subnet" flow_goes_on my
must flow_stop my

# Over a peering
must vr -b - <<-END
	peering add pcx vpc my peer-vpc peer
	peering accept pcx
	route add peer/net 10.0.0.0/16 peering pcx
END
check "PCX-5, IFE-17: over a peering, which the answer needs no route for" \
	http_source "$PEER" $EP_A $GATEWAY
check "a flow" flow_start pcx "$PEER" $EP_A
must vr peering del pcx
check "PCX-7: without it it stands" flow_stands pcx
must flow_stop pcx

# Security groups (IFE-20)
must vr security-group rule-del my/ep ingress cidr 10.0.0.0/8
must vr security-group rule-add my/ep ingress protocol tcp port 80 group my/clients
check "IFE-20: the clients' group" http_source "$CLIENT" $EP_A $GATEWAY
nothing_arrives "IFE-20: not who is not in it" "$SVC" eth0 "$BEGINS" \
	"$FAR" security-group-ingress 1 "http_source $CLIENT $EP_A $GATEWAY" \
	"frame $FAR eth0 dmac=$(router_mac "$FAR") src=10.0.1.10 dst=$EP_A proto=tcp dport=80 flags=2"
nothing_arrives "IFE-20: nor another port" "$SVC" eth0 "$BEGINS" \
	"$CLIENT" security-group-ingress 3 "http_source $CLIENT $EP_A $GATEWAY" \
	"udp_send $CLIENT $EP_A 7 3"
check "IFE-20: what it lets out is nothing to answers" \
	vr security-group rule-del my/ep egress cidr 0.0.0.0/0
check "IFE-20: they come" http_source "$CLIENT" $EP_A $GATEWAY
must vr security-group rule-add my/ep ingress cidr 0.0.0.0/0
must vr security-group rule-add my/ep egress cidr 0.0.0.0/0
must vr security-group rule-add my/clients ingress cidr 0.0.0.0/0
check "a flow that rules for everybody allow" flow_start tracked "$CLIENT" $EP_A
must vr security-group rule-del my/clients egress cidr 0.0.0.0/0
must vr security-group rule-del my/ep ingress cidr 0.0.0.0/0
check "IFE-22: is tracked all the same" flow_goes_on tracked
check "IFE-20: a new one asks the client's group first" \
	reason_rises "$CLIENT" security-group-egress 3 udp_send "$CLIENT" $EP_A 7 3
must vr security-group rule-add my/clients egress cidr 0.0.0.0/0
check "IFE-6: other groups, at once" vr endpoint set sqs remove-security-group my/ep \
	add-security-group my/default
nothing_arrives "IFE-6: they count" "$SVC" eth0 "udp" "$CLIENT" security-group-ingress 3 \
	"udp_source $FAR $EP_A $GATEWAY" "udp_send $CLIENT $EP_A 7 3"
check "IFE-22: the tracked flow goes on" flow_goes_on tracked
must flow_stop tracked
must vr endpoint set sqs add-security-group my/ep remove-security-group my/default
must vr security-group rule-add my/ep ingress cidr 10.0.0.0/8

# Network ACLs (IFE-21)
must vr -b - <<-END
	network-acl add my/b
	network-acl entry-add my/b 100 ingress allow protocol udp cidr 0.0.0.0/0
	network-acl entry-add my/b 100 egress allow protocol udp cidr 0.0.0.0/0 port 1024-65535
	network-acl associate my/b subnet my/b
END
nothing_arrives "IFE-21: into its subnet" "$SVC" eth0 "$BEGINS" "$CLIENT" network-acl-ingress 1 \
	"udp_source $CLIENT $EP_B $GATEWAY" \
	"frame $CLIENT eth0 dmac=$(router_mac "$CLIENT") src=10.0.0.10 dst=$EP_B proto=tcp dport=80 flags=2"
check "IFE-21: not within it" http_source "$FAR" $EP_B $GATEWAY
must vr network-acl entry-add my/b 50 egress deny protocol udp cidr 10.0.0.0/24
check "IFE-21: and out of it" reason_rises "$SERVICE" network-acl-egress 2 \
	frame "$CLIENT" eth0 dmac="$(router_mac "$CLIENT")" src=10.0.0.10 dst=$EP_B proto=udp \
	dport=7 data=hello count=2
must vr network-acl associate my/default subnet my/b

# Large packets
must jumbo "$CLIENT"
must jumbo "$SVC" svc
DF="frame $CLIENT eth0 dmac=$(router_mac "$CLIENT") src=10.0.0.10 dst=$EP_A proto=udp dport=7 fragoff=0x4000"
check "MTU-5: 8500 bytes" sees 1 "UDP, length 8472" "$SVC" "udp and dst port 7" eval "$DF size=8472"
nothing_arrives "MTU-5: 8600 bytes" "$SVC" eth0 "udp and dst port 7" "$CLIENT" too-big 1 \
	"$DF size=8472" "$DF size=8572"
check "MTU-5: of which nobody is told" \
	sees 0 . "$CLIENT" "icmp[icmptype] == icmp-unreach" eval "$DF size=8572"
check "MTU-5: a connection is told not to send larger ones" \
	sees 1 "mss 8460" "$SVC" "tcp[13] & 18 == 2" http_source "$CLIENT" $EP_A $GATEWAY
check "MTU-5: nor to get them" \
	sees 1 "mss 8460" "$CLIENT" "tcp[13] & 18 == 18" http_source "$CLIENT" $EP_A $GATEWAY
check "MTU-5: a stream" stream "$CLIENT" $EP_A 2

# How many, for how long
end_sessions() {
	local id

	while read -r id _; do
		end_session "$id" || return
	done < <(vr session show)
}
no_session() { # no_session ADDRESS: none is shown that has it
	! vr session show | grep -qF "$1"
}
must end_sessions
must vr limits set service-connections-per-destination 10
check "SVC-20: as many flows to a service as may be" \
	reason_rises "$CLIENT" sessions-created 10 tester udp-flows "$CLIENT" $EP_A 9000 20000 10
check "SVC-20: not one more" reason_rises "$CLIENT" endpoint-ports 3 \
	tester udp-flows "$CLIENT" $EP_A 9000 20010 3
check "SVC-20: of no vpc" reason_rises "$TWIN" endpoint-ports 1 \
	tester udp-flows "$TWIN" $EP_A 9000 20000 1
check "SVC-20: another port is another destination" \
	reason_rises "$TWIN" sessions-created 1 tester udp-flows "$TWIN" $EP_A 9001 20000 1
must vr limits set service-connections-per-destination 55000
must end_sessions
check "sessions that were ended do not count" equals "$(number sessions eni "$ENI_A")" 0
must vr limits set endpoint-tcp-idle-seconds 2
check "a flow" flow_start idle "$CLIENT" $EP_A
must tester flow-pause idle
check "it counts where it goes through" equals "$(number sessions eni "$ENI_A")" 1
check "IFE-23: that is idle is forgotten" busywait 15000 no_session $EP_A
check "IFE-23: and reset when it goes on" tester flow-reset idle
must tester flow-stop idle
must vr limits set endpoint-tcp-idle-seconds 350

# Changes under live flows
check "a flow" flow_start old "$CLIENT" $EP_A
check "a flow by the other interface" flow_start other "$CLIENT" $EP_B
check "IFE-4: another address" vr endpoint set sqs address 10.0.0.70
check "IFE-4: the flow of the old one stands" flow_stands old
check "IFE-4: for the address is nobody's" \
	reason_rises "$FAR" no-such-address 3 ping_fails "$FAR" $EP_A
check "IFE-4: the other flow does not" flow_goes_on other
check "IFE-4: the new one works" http_source "$CLIENT" 10.0.0.70 $GATEWAY
check "IFE-5: it leaves the subnet" vr endpoint set sqs remove-subnet my/b add-subnet my/c
check "IFE-5: which ends its flow" flow_stands other
check "IFE-5: the other subnet in the zone has one now" \
	says "zone ap-northeast-2c address 10\.0\.2\." endpoint sqs
check "IFE-5: the session is gone" busywait 12000 no_session $EP_B
must flow_stop old
must flow_stop other
check "a flow" flow_start last "$CLIENT" 10.0.0.70
check "IFE-15: delete the endpoint" vr endpoint del sqs
check "IFE-15: the flow stands" flow_stands last
check "IFE-15: its interfaces are gone" equals "$(vr eni show | grep -c 'vpc-endpoint')" 2
check "IFE-15: and its groups are free" vr endpoint del own
check "SG-5: to be deleted" vr security-group del my/ep
must flow_stop last
must vr endpoint del twin-sqs
check "no session is left" busywait 12000 no_sessions
check "and the services can go" vr -b - <<-END
	service del $SERVICE
	service del own
	subnet del my/c
END

finish
