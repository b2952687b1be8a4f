#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Automatic public addresses: who gets one, what it is good for, and when it is gone.
#
#   my/net 10.0.0.0/24: old .10 from before the subnet said so, new .11 and the others after that
#   my/app 10.0.1.0/24: ask .10, which the subnet gives none
#   The pool of the uplink has four: 203.0.113.128/30

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

OLD=ol-$SUFFIX
NEW=ne-$SUFFIX
NOT=no-$SUFFIX
ASK=as-$SUFFIX
POOL='203\.0\.113\.1(28|29|30|31)'

public() { # public ENI: its public address, or nothing
	vr -j eni show "$1" | grep -oE '"public-address": *"[0-9.]+"' | grep -oE '[0-9.]+' || true
}

of_pool() { # of_pool ADDRESS
	[[ $1 =~ ^$POOL$ ]] || { echo "'$1' is not of the pool"; return 1; }
}

pool_says() { # pool_says GIVEN-OUT LEFT
	equals "$(number public-addresses uplink inet)/$(number public-addresses-available uplink inet)" "$1/$2"
}

answers_as() { # answers_as NAMESPACE ADDRESS HOST
	http "$1" "$2" | grep -q "host=$3 "
}

out_as() { # out_as NAMESPACE PRIVATE PUBLIC: three datagrams, which the internet sees from there
	sees 3 "$3\.40000 > 198\.51\.100\.7\.7" "$INET" "udp" \
		frame "$1" eth0 count=3 dmac="$ROUTER_MAC" src="$2" dst="$INET_HOST"
}

flow_dies() { # what the flow goes on to send is dropped, however often it tries
	local before now

	before=$(counter "$NEW" path-changed) || return
	flow_stands live && busywait 3000 counter_reaches "$NEW" "path-changed|tcp-not-syn" $((before + 1)) &&
	flow_stop live
}

must add_router
must add_internet
must add_vpc my
must vr subnet add my/app cidr 10.0.1.0/24 zone ap-northeast-2a
must vr route-table associate my/net subnet my/app
must vr vpc add six cidr 10.6.0.0/16 ipv6 2001:db8::/56
must vr subnet add six/net ipv6 2001:db8::/64
must ip -n "$R" link add spare type veth peer name spare-peer
must ip -n "$R" link add spare2 type veth peer name spare2-peer

# The pool
add_public() { # add_public [ENI-OPTION...]: one more interface that wants one
	vr eni add x subnet my/net dev spare associate-public-ip on "$@"
}
config_mark
refused "VPC-23: no public address without a gateway" "no internet gateway" add_public
must add_igw my
config_mark
refused "VPC-23: nor without a pool" "uplink \"inet\" has no public pool" add_public
refused "a pool is not of IPv6" "must be ipv4" vr uplink set inet public-pool 2001:db8::/64
refused "nor larger than /16" "/16 to /30" vr uplink set inet public-pool 203.0.0.0/15
refused "nor smaller than /30" "/16 to /30" vr uplink set inet public-pool 203.0.113.128/31
refused "nor of what no host can have" "hosts cannot have" \
	vr uplink set inet public-pool 224.0.0.0/24
refused "nor of limited broadcast" "hosts cannot have" \
	vr uplink set inet public-pool 255.255.255.0/24
check "a pool of four" vr uplink set inet public-pool 203.0.113.128/30
check "none is given out" pool_says 0 4
config_mark
refused "another uplink's is another" "overlaps that of uplink \"inet\"" \
	vr uplink add other dev spare public-pool 203.0.113.0/24

# Who gets one
must add_instance "$OLD" my/net 10.0.0.10
check "VPC-23: by default nobody" equals "$(public "$OLD")" ""
check "VPC-23: the subnet says otherwise" vr subnet set my/net map-public-ip-on-launch on
config_mark
refused "VPC-23: one without IPv4 cannot" "no ipv4 cidr" \
	vr subnet set six/net map-public-ip-on-launch on
check "VPC-23: nothing changes for who is there" equals "$(public "$OLD")" ""
must add_instance "$NEW" my/net 10.0.0.11
must add_instance "$NOT" my/net 10.0.0.12 associate-public-ip off
must add_instance "$ASK" my/app 10.0.1.10 associate-public-ip on
for ns in "$OLD" "$NEW" "$NOT" "$ASK"; do
	must add_server "$ns"
done
ROUTER_MAC=$(router_mac "$NEW")
UPLINK_MAC=$(mac_of "$R" uplink)
N=$(public "$NEW")
A=$(public "$ASK")
check "VPC-23: who comes then gets one of the pool" of_pool "$N"
check "VPC-23: the interface may say no" equals "$(public "$NOT")" ""
check "VPC-23: or yes, whatever the subnet says" of_pool "$A"
check_not "IGW-3: each its own" equals "$N" "$A"
check "two are given out" pool_says 2 2
check "VPC-23: the subnet changes its mind" vr subnet set my/net map-public-ip-on-launch off
check "VPC-23: who has one keeps it" equals "$(public "$NEW")" "$N"

# What it is good for
check "IGW-2: out by it" http_source "$NEW" "$INET_HOST" "$N"
check "IGW-2: in by it" answers_as "$INET" "$N" "$NEW"
check "IGW-2: ping" ping_ok "$INET" "$A"
check "IGW-7: from one to the other" http_source "$NEW" "$A" "$N"
for ns in "$OLD" "$NOT"; do
	nothing_arrives "IGW-4: who has none does not get out" \
		"$INET" eth0 "icmp" "$ns" no-public-address 3 \
		"ping_ok $NEW $INET_HOST" "ping_fails $ns $INET_HOST"
done
must vr eni assign "$NEW" 10.0.0.21
nothing_arrives "IGW-3: it stands for the primary address alone" \
	"$INET" eth0 "udp" "$NEW" no-public-address 3 \
	"out_as $NEW 10.0.0.11 $N" \
	"frame $NEW eth0 count=3 dmac=$ROUTER_MAC src=10.0.0.21 dst=$INET_HOST"
must vr eip add 203.0.113.21 uplink inet
must vr eip associate 203.0.113.21 eni "$NEW" private 10.0.0.21
check "IGW-3: another address may have an Elastic IP beside it" \
	out_as "$NEW" 10.0.0.21 203.0.113.21
check "IGW-3: and it keeps its own" out_as "$NEW" 10.0.0.11 "$N"

# It is nobody's to dispose of
config_mark
refused "EIP-1: nobody allocated it: it is not associated" "is an automatic public address" \
	vr eip associate "$N" eni "$OLD"
refused "EIP-1: nor disassociated" "is an automatic public address" vr eip disassociate "$N"
refused "EIP-3: nor released" "is an automatic public address" vr eip del "$N"
refused "EIP-1: nor allocated as an Elastic IP" "automatic public address in use" \
	vr eip add "$N" uplink inet
refused "IGW-8: with one the gateway cannot be detached" "mapped public address" \
	vr igw detach my-igw
refused "the pool stays while there are some" "interfaces have 2 addresses of the public pool" \
	vr uplink set inet no-public-pool
refused "nor is there another" "interfaces have 2 addresses of the public pool" \
	vr uplink set inet public-pool 203.0.113.64/30
check "the same again is none" vr uplink set inet public-pool 203.0.113.128/30

# Not enough of them
for last in 203.0.113.128 203.0.113.129 203.0.113.130 203.0.113.131; do
	[ "$last" = "$N" ] || [ "$last" = "$A" ] || break
done
check "an address of the pool may be an Elastic IP" vr eip add "$last" uplink inet
check "which the pool then lacks" pool_says 2 1
check "ENI-1: an interface gets one later" vr eni set "$OLD" associate-public-ip on
O=$(public "$OLD")
check "the last one" of_pool "$O"
check_not "which is not the Elastic IP" equals "$O" "$last"
check "none is left" pool_says 3 0
config_mark
refused "an empty pool is said" "public pool of uplink \"inet\" has no free address" add_public
refused "to whoever wants one" "public pool of uplink \"inet\" has no free address" \
	vr eni set "$NOT" associate-public-ip on
must vr eip del "$last"
check "one comes back" pool_says 3 1
check "and is the next one's" vr eni set "$NOT" associate-public-ip on
check "as nobody else has it" equals "$(public "$NOT")" "$last"
check "by which it gets out" http_source "$NOT" "$INET_HOST" "$last"
check "it is given back" vr eni set "$NOT" associate-public-ip off
check "and gone" equals "$(public "$NOT")" ""
must ip -n "$R" neigh replace "$INET_GATEWAY" lladdr "$(mac_of "$INET" eth0)" dev uplink nud permanent
nothing_arrives "for the router, too: the host's" \
	"$NOT" eth0 "udp" inet to-host 3 \
	"frame $NEW eth0 count=1 dmac=$(mac_of "$NOT" eth0) src=10.0.0.11 dst=10.0.0.12" \
	"frame $INET eth0 count=3 dmac=$UPLINK_MAC src=$INET_HOST dst=$last"

# An Elastic IP in its place
must vr eip add 203.0.113.20 uplink inet
check "a connection by the automatic address" flow_start live "$NEW" "$INET_HOST"
check "which the server sees" flow_sees live "$N"
check "EIP-4: an Elastic IP is associated" vr eip associate 203.0.113.20 eni "$NEW"
check "EIP-4: the automatic address is gone" equals "$(public "$NEW")" 203.0.113.20
check "EIP-4: to the pool" pool_says 2 2
config_mark
refused "EIP-4: as an address it is none any more" "not found" vr eip show "$N"
check "EIP-4: the connection is dead" flow_dies
check "EIP-4: new ones go by the Elastic IP" http_source "$NEW" "$INET_HOST" 203.0.113.20
check "EIP-4: and come by it" answers_as "$INET" 203.0.113.20 "$NEW"
check "EIP-4: to the old address the internet comes no more" \
	reason_rises inet to-host 3 frame "$INET" eth0 dmac="$UPLINK_MAC" count=3 \
	src="$INET_HOST" dst="$N"
check "EIP-2: the Elastic IP leaves" vr eip disassociate 203.0.113.20
N=$(public "$NEW")
check "ENI-8: and an automatic one is there again" of_pool "$N"
check "IGW-2: in use" http_source "$NEW" "$INET_HOST" "$N"
check "EIP-2: an Elastic IP of another's" vr eip associate 203.0.113.20 eni "$NEW"
check "EIP-2: moves to who had none" vr eip associate 203.0.113.20 eni "$NOT"
N=$(public "$NEW")
check "EIP-2: and whom it leaves gets an automatic one" of_pool "$N"

# An instance that stops, and starts again
stale() { # what was sent to the address of one that has none is the host's
	frame "$INET" eth0 dmac="$UPLINK_MAC" count=3 src="$INET_HOST" dst="$1"
}
OLD_MAC=$(mac_of "$OLD" eth0)
check "three are given out" pool_says 3 1
check "ENI-8: the instance stops" ip -n "$R" link del "v-$OLD"
check "ENI-8: its automatic address is given back" busywait 2000 pool_says 2 2
check "ENI-8: and not its any more" equals "$(public "$OLD")" ""
check "ENI-8: its private one still is" \
	equals "$(vr eni show "$OLD" | grep -o 'address 10\.0\.0\.10')" "address 10.0.0.10"
nothing_arrives "ENI-8: what comes to it is the host's" \
	"$NEW" eth0 "udp" inet to-host 3 "stale $N" "stale $O"
check "ENI-8: an Elastic IP stays" equals "$(public "$NOT")" 203.0.113.20
must ip -n "$R" link del "v-$NOT"
check "ENI-8: when its instance stops, too" equals "$(public "$NOT")" 203.0.113.20
start() { # the same instance with another device
	ip -n "$R" link add anew type veth peer name eth0 address "$OLD_MAC" netns "$OLD" &&
	ip -n "$R" link set anew up && tester up "$OLD" eth0 &&
	ip -n "$OLD" addr add 10.0.0.10/24 dev eth0 && ip -n "$OLD" route add default via 10.0.0.1
}
must start
check "ENI-8: it starts again" vr eni set "$OLD" dev anew
O=$(public "$OLD")
check "ENI-8: with an automatic address" of_pool "$O"
check "ENI-8: which works" http_source "$OLD" "$INET_HOST" "$O"
check "three again" pool_says 3 1
must vr eni del "$ASK"
check "ENI-8: deleted, an interface gives it back" pool_says 2 2
must vr eni del "$OLD"
must vr eni del "$NEW"
check "without any the pool can go" vr uplink set inet no-public-pool
check "and is not shown" equals "$(vr uplink show inet | grep -c public)" 0

finish
