#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# NAT gateways: how many flows, for how long, and what is counted.
#
#   my/private 10.0.1.0/24: client .10, other .11      my/public 10.0.0.0/24: nat .50 (203.0.113.50),
#     default: nat                                        later .51 (203.0.113.51); default: igw

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

CLIENT=c-$SUFFIX
OTHER=o-$SUFFIX
EIP=203.0.113.50
EIP2=203.0.113.51

build() {
	add_nat_vpcs public &&
	vr -b - <<-END &&
		igw add my-igw vpc my uplink inet
		route add my/public 0.0.0.0/0 igw my-igw
		eip add $EIP uplink inet
		eip add $EIP2 uplink inet
		nat-gateway add nat subnet my/public eip $EIP address 10.0.0.50
		route add my/private 0.0.0.0/0 nat-gateway nat
	END
	add_instance "$CLIENT" my/private 10.0.1.10 &&
	add_instance "$OTHER" my/private 10.0.1.11
}

udp_flows() { # udp_flows NAMESPACE ADDRESS PORT FIRST-SOURCE-PORT N: one datagram of each
	tester udp-flows "$@"
}

opens() { # opens N CMD...: CMD makes so many sessions of the client's
	local n=$1

	shift
	reason_rises "$CLIENT" sessions-created "$n" "$@"
}

sessions_at() { # sessions_at ADDRESS: flows that the internet knows by it
	vr session show | grep -c "> $1:"
}

active() {
	number active-connection-count nat-gateway nat
}

active_is() { # active_is N
	[ "$(active)" -eq "$1" ] && return
	echo "$(active) active connections, wanted $1"
	return 1
}

end_sessions() {
	local id

	while read -r id _; do
		end_session "$id" || return
	done < <(vr session show)
}

must add_router
must add_internet
must build

# How many (NAT-6)
must vr limits set nat-gateway-connections-per-destination 10
check "NAT-6: as many flows to a destination as may be" \
	opens 10 udp_flows "$CLIENT" "$INET_HOST" 9000 20000 10
check "MET-3: they are active" active_is 10
check "NAT-6: not one more" reason_rises "$CLIENT" nat-gateway-ports 3 \
	udp_flows "$CLIENT" "$INET_HOST" 9000 20010 3
check "MET-3: which is counted" equals "$(counter nat error-port-allocation)" 3
check "NAT-6: of no client" reason_rises "$OTHER" nat-gateway-ports 1 \
	udp_flows "$OTHER" "$INET_HOST" 9000 20000 1
check "NAT-6: the ones that are there go on" counter_stays "$CLIENT" nat-gateway-ports \
	udp_flows "$CLIENT" "$INET_HOST" 9000 20000 10
check "NAT-6: another port is another destination" \
	opens 10 udp_flows "$CLIENT" "$INET_HOST" 9001 20000 10
check "NAT-6: another address, too" opens 10 udp_flows "$CLIENT" $INET_GATEWAY 9000 20000 10
check "NAT-6: and another protocol" opens 1 ping_all "$CLIENT" "$INET_HOST"
same_ports() { # some port of the gateway serves both destinations, sooner or later
	local used

	used=$(vr session show | grep -oE "> $EIP:[0-9]+" | sort | uniq -d | wc -l)
	echo "$used ports serve two destinations"
	[ "$used" -ge 1 ]
}

# A second address takes what the first cannot
check "NAT-6: a second address" vr nat-gateway address-add nat eip $EIP2 address 10.0.0.51
check "NAT-7: takes new flows when the first has no more ports" \
	opens 10 udp_flows "$CLIENT" "$INET_HOST" 9000 20010 10
check "NAT-7: half of them there" equals "$(sessions_at "$EIP2")" 10
check "NAT-6: until it is full as well" reason_rises "$CLIENT" nat-gateway-ports 1 \
	udp_flows "$CLIENT" "$INET_HOST" 9000 20020 1
must end_sessions
check "sessions that were ended leave no ports behind" \
	busywait 5000 active_is 0
one_address() { # while no limit is reached one client keeps one address
	udp_flows "$CLIENT" "$INET_HOST" 9002 21000 8 || return
	[ "$(sessions_at "$EIP")/$(sessions_at "$EIP2")" = 8/0 ] ||
		equals "$(sessions_at "$EIP")/$(sessions_at "$EIP2")" 0/8
}
check "NAT-7: a client keeps one address" one_address

# Draining (NAT-17)
must vr limits set nat-gateway-connections-per-destination 1
must flow_start a "$CLIENT" "$INET_HOST"
must flow_start b "$CLIENT" "$INET_HOST"
must vr limits set nat-gateway-connections-per-destination 55000
if flow_sees a $EIP2 >/dev/null; then
	DRAINED=a KEPT=b
else
	DRAINED=b KEPT=a
fi
check "two flows at two addresses" flow_sees $DRAINED $EIP2
check "NAT-17: remove the second address" \
	vr nat-gateway address-del nat eip $EIP2 max-drain-duration 4
draining() {
	vr nat-gateway show nat | grep -q "10.0.0.51 .*draining"
}
check "NAT-17: it drains" draining
config_mark
refused "NAT-17: it cannot be removed again" "is being drained" \
	vr nat-gateway address-del nat eip $EIP2
check "NAT-17: its flow goes on" flow_goes_on $DRAINED
new_flows() {
	local before

	before=$(sessions_at "$EIP2")
	udp_flows "$CLIENT" "$INET_HOST" 9003 22000 20 && udp_flows "$OTHER" "$INET_HOST" 9003 22000 20 &&
	equals "$(sessions_at "$EIP2")" "$before"
}
check "NAT-17: new ones do not use it" new_flows
check "NAT-17: until its time is over" busywait 8000 is_false draining
check "NAT-17: the flow dies" flow_stands $DRAINED
check "NAT-17: the other does not" flow_goes_on $KEPT
check_not "NAT-17: the elastic ip is free" grep -q private-address <(vr eip show $EIP2)
must flow_stop $DRAINED
must flow_stop $KEPT

# For how long (NAT-8)
must vr limits set nat-gateway-idle-seconds 2
must flow_start busy "$CLIENT" "$INET_HOST"
must flow_start idle "$OTHER" "$INET_HOST"
check "a flow that stops" tester flow-pause idle
IDLE_PORT=$(flow_source_port idle)
before=$(counter nat idle-timeout-count)
timed_out() {
	[ "$(counter nat idle-timeout-count)" -gt "$before" ] && ! vr session show | grep -q "10.0.1.11:.*:7 "
}
check "NAT-8: is over after its idle time" busywait 15000 timed_out
check "NAT-8: one that speaks is not" flow_goes_on busy
check "NAT-8: from outside nothing gets in, and is not answered" \
	sees 0 "Flags" "$INET" "tcp and dst port 7 and src $EIP and tcp[tcpflags] & tcp-rst != 0" \
	reason_rises inet nat-gateway-unsolicited 1 frame "$INET" eth0 "dmac=$(mac_of "$R" uplink)" \
	src="$INET_HOST" dst=$EIP proto=tcp sport=7 dport="$IDLE_PORT" flags=24 seq=1 ack=1
check "NAT-8: from inside it is reset" tester flow-reset idle
must tester flow-stop idle
must flow_stop busy
must vr limits set nat-gateway-idle-seconds 350
must end_sessions
must busywait 5000 active_is 0

# What is counted (MET-3)
gain() { # gain COUNTER: of the gateway since the last mark
	echo $(($(counter nat "$1") - $(grep "^$1 " "$TMP/mark" | cut -d' ' -f2)))
}
MET="connection-attempt-count connection-established-count packets-in-from-source
	packets-out-to-destination packets-in-from-destination packets-out-to-source
	bytes-in-from-source bytes-out-to-destination bytes-in-from-destination
	bytes-out-to-source packets-drop-count"
for c in $MET; do
	echo "$c $(counter nat "$c")"
done >"$TMP/mark"
must ping_all "$CLIENT" "$INET_HOST" size=92
must http "$CLIENT" "$INET_HOST"
must udp_flows "$CLIENT" "$INET_HOST" 9004 23000 5
must ping_fails "$CLIENT" $EIP
check "MET-3: one connection was tried" equals "$(gain connection-attempt-count)" 1
check "MET-3: and established" equals "$(gain connection-established-count)" 1
check "MET-3: packets in are packets out" equals \
	"$(gain packets-in-from-source)/$(gain packets-in-from-destination)" \
	"$(gain packets-out-to-destination)/$(gain packets-out-to-source)"
check "MET-3: bytes, too" equals \
	"$(gain bytes-in-from-source)/$(gain bytes-in-from-destination)" \
	"$(gain bytes-out-to-destination)/$(gain bytes-out-to-source)"
check "MET-3: three pings of 120 bytes and five datagrams of 32 are among them" \
	test "$(gain bytes-in-from-source)" -ge $((3 * 120 + 5 * 32))
check "MET-3: what was dropped is not" equals "$(gain packets-drop-count)" 3
must end_sessions
must busywait 5000 active_is 0

# 55,000 flows to one destination (NAT-6, NAT-7), and what the last ones cost
must udp_flows "$CLIENT" "$INET_HOST" 9005 2000 1
fill() { # fill FIRST N: flows of the client, in milliseconds
	local start=${EPOCHREALTIME/[.,]/}

	udp_flows "$CLIENT" "$INET_HOST" 9006 "$1" "$2" || return
	took=$(((${EPOCHREALTIME/[.,]/} - start) / 1000))
}
took=0
check "NAT-6: 99 % of 55,000 flows to one destination" opens 54450 fill 2000 54450
echo "# $((took * 1000 / 54450)) us for each of the first 99 %"
tries=$(counter nat port-allocation-tries)
check "NAT-6: and the rest" opens 550 fill 56450 550
tries=$((($(counter nat port-allocation-tries) - tries) * 10 / 550))
echo "# $((took * 1000 / 550)) us and $((tries / 10)).$((tries % 10)) ports tried for each of the last 1 %"
check "NAT-7: of which each tried few ports" test $tries -lt 100
check "NAT-6: 55,000 are active" active_is 55001
check "NAT-6: the next one is one too many" reason_rises "$CLIENT" nat-gateway-ports 1 \
	udp_flows "$CLIENT" "$INET_HOST" 9006 57000 1
check "NAT-7: some port serves two destinations" \
	opens 500 udp_flows "$CLIENT" "$INET_HOST" 9007 2000 500
check "NAT-7: of all that are in use" same_ports

finish
