#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Load balancers as they are configured: what is refused and what is shown. No packets here.
#
#   my/a  10.0.0.0/24, zone a: w1 .10      lb, internal, in my/a and my/b
#   my/a2 10.0.2.0/24, zone a              front, internet-facing
#   my/b  10.0.1.0/24, zone b: w2 .10
#   other/net, a VPC without a gateway     checks, where health checks enter, 100.65.0.1/26

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
VPCS_CLOSED=yes		# see add_instance

W1=w1-$SUFFIX
W2=w2-$SUFFIX
STRANGER=st-$SUFFIX

build() {
	add_ns "d-$SUFFIX" &&
	add_veth "$R" checks "d-$SUFFIX" eth0 &&
	add_veth "$R" more "d-$SUFFIX" eth1 &&
	vr -b - <<-END &&
		vpc add my cidr 10.0.0.0/16 region ap-northeast-2
		subnet add my/a cidr 10.0.0.0/24 zone a
		subnet add my/a2 cidr 10.0.2.0/24 zone a
		subnet add my/b cidr 10.0.1.0/24 zone b
		security-group add my/lb
		security-group add my/more
		igw add my-igw vpc my uplink inet
		eip add 203.0.113.40 uplink inet
		eip add 203.0.113.41 uplink inet
		vpc add other cidr 10.0.0.0/16
		subnet add other/net cidr 10.0.0.0/24 zone a
	END
	add_instance "$W1" my/a 10.0.0.10 &&
	add_instance "$W2" my/b 10.0.1.10 &&
	add_instance "$STRANGER" other/net 10.0.0.10
}

id_of() { # id_of NOUN NAME
	vr "$1" show "$2" | cut -d ' ' -f 1
}

# shows WORDS NOUN [NAME]: its line has them
shows() {
	local words=$1

	shift
	vr "$1" show "${@:2}" | grep -qE -- "$words" && return
	vr "$1" show "${@:2}"
	return 1
}

# target_is GROUP ADDRESS STATE [REASON]
target_is() {
	vr target show "$1" | grep -F " address $2 " |
		grep -qE " state $3${4:+ reason $4}( |$)" && return
	vr target show "$1"
	return 1
}

# probes GROUP ADDRESS: of the target there, the node and the address for its checks
probes() {
	vr target show "$1" | grep -F " address $2 " |
		grep -oE 'node [0-9.]+ address [0-9.]+' | sed 's/node \|address //g'
}

gone() { # gone ADDRESS: no target of web is there
	! vr target show web | grep -qF "$1"
}

must add_router
must add_internet
must build
config_mark

# Load balancers
for name in -lb lb- l_b internal-lb abcdefghijklmnopqrstuvwxyz1234567; do
	refused "NLB-2: no load balancer is called $name" "name m(ay|ust)" vr nlb add "$name" subnet my/a
done
refused "NLB-1: no two subnets of one zone" "has a subnet in zone \"a\" already" \
	vr nlb add lb subnet my/a,my/a2
refused "NLB-1: nor one twice" "in subnet \"my/a\" already" vr nlb add lb subnet my/a,my/a
refused "NLB-1: subnets of one VPC" "belongs to another vpc" vr nlb add lb subnet my/a,other/net
refused "NLB-1: an address in none of its subnets" "10\.0\.2\.9 is no new node's" \
	vr nlb add lb subnet my/a address 10.0.2.9
refused "NLB-1: an address that is taken" "10\.0\.0\.10 is in use" \
	vr nlb add lb subnet my/a address 10.0.0.10
refused "NLB-1: no Elastic IP of an internal one" "internal load balancer has no elastic ip" \
	vr nlb add lb subnet my/a eip 203.0.113.40
refused "NLB-1: internet-facing takes a gateway" "no internet gateway" \
	vr nlb add lb subnet other/net scheme internet-facing
refused "NLB-1: and public addresses" "has no public pool" \
	vr nlb add lb subnet my/a scheme internet-facing
refused "NLB-1: whose private ones are not chosen" "are not chosen" \
	vr nlb add lb subnet my/a scheme internet-facing eip 203.0.113.40 address 10.0.0.50
refused "NLB-1: no more than subnets" "2 elastic ips for 1 subnets" \
	vr nlb add lb subnet my/a scheme internet-facing eip 203.0.113.40,203.0.113.41
check "NLB-1: one in two zones, one address chosen" \
	vr nlb add lb subnet my/a,my/b address 10.0.0.50 security-group my/lb
check "NLB-2: is active and internal" shows " scheme internal state active " nlb lb
LB=$(id_of nlb lb)
check "NLB-3: its name for resolvers" \
	shows " dns-name lb-${LB#nlb-0}\.elb\.ap-northeast-2\.amazonaws\.com " nlb lb
check "NLB-1: a node in each zone" \
	shows "node 0 eni [^ ]* subnet [^ ]* zone a address 10\.0\.0\.50 .*node 1 .* zone b address 10\.0\.1\." nlb lb
check "NLB-10, NLB-31: no cross-zone, the inbound rules enforced" \
	shows " cross-zone off enforce-security-group-[a-z-]* on " nlb lb
NODE=$(vr eni show | grep -F " address 10.0.0.50 " | cut -d ' ' -f 1)
check "ENI-3: a node is an interface of its own type" \
	shows " interface-type network-load-balancer requester $LB" eni "$NODE"
config_mark
refused "ENI-4: that nobody else changes" "managed by load balancer \"lb\"" \
	vr eni set "$NODE" description x
refused "ENI-4: or deletes" "managed by load balancer \"lb\"" vr eni del "$NODE"
refused "ENI-4: or gives an Elastic IP" "managed by load balancer \"lb\"" \
	vr eip associate 203.0.113.40 eni "$NODE"
refused "VPC-27: a subnet with a node" "subnet has 2 network interfaces" vr subnet del my/b
refused "VPC-12: a VPC with a load balancer" "vpc has 1 load balancer" vr vpc del my
refused "SG-5: a group that a load balancer has" "used by load balancer \"lb\"" \
	vr security-group del my/lb
refused "NLB-2: the same name again" "\"lb\" exists already" vr nlb add lb subnet my/a

# Public ones
check "NLB-1: an internet-facing one with Elastic IPs" \
	vr nlb add front subnet my/a,my/b scheme internet-facing eip 203.0.113.40,203.0.113.41
check "NLB-1: shows the address of each node" \
	shows "zone a .* public-address 203\.0\.113\.40 .*zone b .* public-address 203\.0\.113\.41 " nlb front
config_mark
refused "NLB-1: its Elastic IPs stay with it" "belongs to load balancer \"front\"" \
	vr eip disassociate 203.0.113.40
refused "NLB-1: nor go to another" "belongs to load balancer \"front\"" \
	vr eip associate 203.0.113.40 eni "$W1"
refused "EIP-3: nor are released" "belongs to load balancer \"front\"" vr eip del 203.0.113.40
refused "IGW-8: nor does the gateway go" "mapped public address" vr igw detach my-igw
refused "NLB-29: one born without groups gets none" "born without security groups" \
	vr nlb set front security-group my/lb
refused "NLB-1: the last subnet stays" "needs a subnet" vr nlb set front remove-subnet my/a,my/b
check "NLB-29: one born with groups gets others" vr nlb set lb security-group my/more
check "NLB-29: and so do its nodes" shows " security-group $(id_of security-group my/more) " eni "$NODE"
check "SG-5: the first group is free" vr security-group del my/lb
check "NLB-1: a node goes, and its address is free" vr nlb set front remove-subnet my/b
check "NLB-1: so another may have it" vr eip associate 203.0.113.41 eni "$W2"
must vr eip disassociate 203.0.113.41
must vr uplink set inet public-pool 198.51.100.0/30
check "NLB-1: a zone more, with an address of the pool" vr nlb set front add-subnet my/b
check "NLB-1: shows it" shows "zone b .* public-address 198\.51\.100\." nlb front
check "NLB-1: delete it" vr nlb del front
check "NLB-1: the address of the pool is gone" is_false grep -q 198.51.100 <(vr eip show)
check "EIP-3: and the other is free" vr eip del 203.0.113.40
config_mark

# Target groups
refused "NLB-12: udp preserves the client's address" "preserve-client-ip cannot be off" \
	vr target-group add x vpc my protocol udp port 53 preserve-client-ip off
refused "NLB-27: udp flows are not ended by health" "not for udp groups" \
	vr target-group add x vpc my protocol udp port 53 unhealthy-connection-termination on
refused "NLB-27: a draining interval or an end at once" "excludes connection termination" \
	vr target-group add x vpc my protocol tcp port 80 unhealthy-draining-interval 10
refused "NLB-21: a timeout above the interval" "timeout 10 is above the interval 5" \
	vr target-group add x vpc my protocol tcp port 80 health-check-interval 5
refused "NLB-21: a path of a tcp check" "path and matcher are of http" \
	vr target-group add x vpc my protocol tcp port 80 health-check-path /
refused "NLB-21: a path that is none" "must begin with /" \
	vr target-group add x vpc my protocol tcp port 80 health-check-protocol http health-check-path up
refused "NLB-21: a matcher from high to low" "matcher 300-200" \
	vr target-group add x vpc my protocol tcp port 80 health-check-protocol http matcher 300-200
refused "NLB-2: a name like a load balancer's" "may not begin or end" \
	vr target-group add -x vpc my protocol tcp port 80
check "NLB-6: a group of instances" vr target-group add web vpc my protocol tcp port 80
check "NLB-12, NLB-19, NLB-27, NLB-28: what it is born with" shows \
	" preserve-client-ip on stickiness off cross-zone use-load-balancer-configuration deregistration-delay 300 connection-termination off unhealthy-connection-termination on unhealthy-draining-interval 0 " target-group web
check "NLB-21: and how it is checked" shows \
	" health-check-protocol tcp health-check-port 0 health-check-interval 30 health-check-timeout 10 healthy-threshold 5 unhealthy-threshold 2 targets 0" target-group web
check "NLB-6: a group of addresses" \
	vr target-group add ips vpc my protocol tcp port 8080 target-type ip health-check-protocol http
check "NLB-12: does not preserve" shows " preserve-client-ip off " target-group ips
check "NLB-21: http by its own defaults" shows \
	" health-check-protocol http .* health-check-path / .* health-check-timeout 6 .* matcher-from 200 matcher-to 399 " target-group ips
check "NLB-28: a group of udp ends what is drained" \
	vr target-group add dns vpc my protocol tcp_udp port 53
check "NLB-28: shows it" shows " connection-termination on .*" target-group dns
check "NLB-5: a group of udp" vr target-group add syslog vpc my protocol udp port 514
config_mark

# Targets
refused "NLB-6: an address in a group of instances" "are network interfaces" \
	vr target add web address 10.0.0.10
refused "NLB-6: an interface in a group of addresses" "are addresses" vr target add ips eni "$W1"
refused "NLB-6: an interface of another VPC" "in another vpc" vr target add web eni "$STRANGER"
refused "NLB-6: a node" "managed by load balancer" vr target add web eni "$NODE"
refused "NLB-24: the address of one" "belongs to load balancer \"lb\"" \
	vr target add ips address 10.0.0.50
refused "NLB-6: a public address" "neither in a subnet of the vpc nor private" \
	vr target add ips address 192.0.2.9
check "NLB-6: an interface" vr target add web eni "$W1"
check "NLB-6: at its address, on the group's port" \
	shows " eni $(id_of eni "$W1") address 10\.0\.0\.10 port 80 zone a " target web
check "NLB-24: is not used yet" target_is web 10.0.0.10 unused "Target\.NotInUse"
check "NLB-6: on another port, too" vr target add web eni "$W1" port 81
config_mark
refused "NLB-6: but once on each" "10\.0\.0\.10:80 is registered already" vr target add web eni "$W1"
refused "NLB-24: no health of what is not used" "no listener uses" \
	vr target set web eni "$W1" health healthy
check "NLB-28: what is not used goes at once" vr target del web eni "$W1" port 81
config_mark
refused "NLB-28: and then is none" "no target 10\.0\.0\.10:81" vr target del web eni "$W1" port 81
check "NLB-6: an address of the VPC" vr target add ips address 10.0.1.77
check "NLB-6: and a private one elsewhere" vr target add ips address 192.168.9.9 port 9
check "NLB-6: which is in no zone" is_false shows " zone .* zone " target ips
check "NLB-8: a group has so many targets" vr limits set targets-per-target-group 2
config_mark
refused "NLB-8: and no more" "limit of 2 targets per target group" vr target add ips address 10.0.1.78
must vr limits set targets-per-target-group 1000
config_mark

# Listeners
refused "NLB-5: a tcp listener and a udp group" "tcp listener and a udp target group are incompatible" \
	vr listener add lb protocol tcp port 514 target-group syslog
refused "NLB-5: a udp listener and a tcp group" "udp listener and a tcp target group are incompatible" \
	vr listener add lb protocol udp port 80 target-group web
refused "NLB-5: a tcp_udp listener and a tcp group" "tcp_udp listener and a tcp target" \
	vr listener add lb protocol tcp_udp port 80 target-group web
refused "NLB-16: udp has no idle timeout to set" "no tcp-idle-timeout" \
	vr listener add lb protocol udp port 514 target-group syslog tcp-idle-timeout 60
refused "NLB-16: the idle timeout is 60 at least" "" \
	vr listener add lb protocol tcp port 80 target-group web tcp-idle-timeout 59
check "NLB-4: a listener" vr listener add lb protocol tcp port 80 target-group web
check "NLB-16: with 350 seconds" shows " protocol tcp port 80 .* tcp-idle-timeout 350" listener lb
check "NLB-5: a tcp listener and a tcp_udp group" \
	vr listener add lb protocol tcp port 53 target-group dns
config_mark
refused "NLB-4: one that hears the same" "has a tcp listener on port 53 already" \
	vr listener add lb protocol tcp_udp port 53 target-group dns
check "NLB-4: one of the other protocol" vr listener add lb protocol udp port 53 target-group dns
check "NLB-5: a udp listener" vr listener add lb protocol udp port 514 target-group syslog
check "NLB-8: so many listeners" vr limits set listeners-per-load-balancer 4
config_mark
refused "NLB-8: and no more" "limit of 4 listeners" \
	vr listener add lb protocol tcp port 1 target-group web
must vr nlb add two subnet my/a
config_mark
refused "NLB-6: a group is of one load balancer" "used by load balancer \"lb\"" \
	vr listener add two protocol tcp port 80 target-group web
must vr target-group add far vpc other protocol tcp port 80
config_mark
refused "NLB-6: and of its VPC" "\"far\" is in another vpc" \
	vr listener add two protocol tcp port 80 target-group far
refused "a group that is used" "used by a listener of load balancer \"lb\"" vr target-group del web
refused "VPC-12: a VPC with a group" "network interface|target group" vr vpc del other
check "NLB-16: another idle timeout" vr listener set lb protocol tcp port 80 tcp-idle-timeout 6000
check "NLB-16: is shown" shows " port 80 .* tcp-idle-timeout 6000" listener lb

# Health
check "NLB-24: a target whose group is used is being registered" \
	target_is web 10.0.0.10 initial "Elb\.RegistrationInProgress"
must vr target add web eni "$W2"
check "NLB-24: a target in a zone without a node" vr nlb set lb remove-subnet my/b
check "NLB-24: is not used" target_is web 10.0.1.10 unused "Target\.NotInUse"
must vr nlb set lb add-subnet my/b
check "NLB-24: with a node it is" target_is web 10.0.1.10 initial
check "NLB-24: said to be healthy" vr target set web eni "$W1" health healthy
check "NLB-24: it is" target_is web 10.0.0.10 healthy
check "NLB-24: in its group, too" shows " state healthy.* state initial " target-group web
check "NLB-24: unhealthy, with a reason" \
	vr target set web eni "$W1" health unhealthy reason Target.Timeout
check "NLB-24: it is" target_is web 10.0.0.10 unhealthy "Target\.Timeout"
check "NLB-27: with time for its flows" vr target-group set web unhealthy-connection-termination off \
	unhealthy-draining-interval 360000
check "NLB-27: another one turns unhealthy" vr target set web eni "$W2" health unhealthy
check "NLB-27: and is that for a while" \
	target_is web 10.0.1.10 unhealthy-draining "Target\.FailedHealthChecks"
check "NLB-27: until it is healthy" vr target set web eni "$W2" health healthy
check "NLB-27: at once" target_is web 10.0.1.10 healthy

# Where checks go
config_mark
refused "NLB-22: checks need room" "service \"checks\" has no free address" \
	vr service add checks type health dev checks gateway 100.65.0.1/30
refused "a service for checks has no list" "has no prefix list" \
	vr service add checks type health prefix-list x dev checks gateway 100.65.0.1/26
refused "a service for checks has no address" "no address of its own" \
	vr service add checks type health address 100.65.0.2 dev checks gateway 100.65.0.1/26
check "NLB-22: a service where checks enter" \
	vr service add checks type health dev checks gateway 100.65.0.1/26
check "NLB-22: a node checks the targets of its zone" \
	equals "$(probes web 10.0.0.10 | cut -d ' ' -f 1)" 10.0.0.50
check "NLB-22: at an address of the service" \
	grep -qE ' 100\.65\.0\.[0-9]+$' <(probes web 10.0.0.10)
FIRST=$(probes web 10.0.0.10)
SECOND=$(probes web 10.0.1.10)
check "NLB-22: each at its own" test "${FIRST#* }" != "${SECOND#* }"
check "NLB-24: a new one is being checked" vr target add dns eni "$W1"
check "NLB-24: and says so" target_is dns 10.0.0.10 initial "Elb\.InitialHealthChecking"
check "NLB-10: across zones" vr nlb set lb cross-zone on
check "NLB-22: all nodes check all targets" equals "$(probes web 10.0.0.10 | wc -l)" 2
check "NLB-22: what was there stays" grep -qx "$FIRST" <(probes web 10.0.0.10)
check "NLB-10: a group that is not for it" vr target-group set web cross-zone off
check "NLB-22: is checked as before" equals "$(probes web 10.0.0.10)" "$FIRST"
config_mark
refused "one service for checks" "enter by service \"checks\" already" \
	vr service add other type health dev more gateway 100.66.0.1/24
refused "no endpoint leads there" "service is of type health" \
	vr endpoint add ep vpc my service checks type interface subnet my/a
check "NLB-28: a target drains" vr target del web eni "$W2"
check "NLB-28: and is checked no more" equals "$(probes web 10.0.1.10)" ""
check "NLB-28: but still there" target_is web 10.0.1.10 draining "Target\.DeregistrationInProgress"
config_mark
refused "NLB-28: it goes once" "10\.0\.1\.10:80 is being deregistered" vr target del web eni "$W2"
refused "NLB-28: health is nothing to it" "is being deregistered" \
	vr target set web eni "$W2" health healthy
check "NLB-28: registered again" vr target add web eni "$W2"
check "NLB-28: it begins anew" target_is web 10.0.1.10 initial
must vr target-group set web deregistration-delay 1
check "NLB-28: and drains for a second" vr target del web eni "$W2"
check "NLB-28: then it is gone" busywait 5000 gone 10.0.1.10
check "an interface that is a target goes" vr eni del "$W1"
check "NLB-28: and with it the target" equals "$(vr target show web)" ""

# The end
check "NLB-22: the service for checks goes" vr service del checks
check "NLB-22: with its addresses" is_false grep -q probe <(vr target show)
check "a listener goes" vr listener del lb protocol udp port 514
check "and its group may" vr target-group del syslog
check "NLB-1: a load balancer goes with its listeners" vr nlb del lb
check "NLB-1: all of them" equals "$(vr listener show)" ""
check "NLB-24: its groups are free" target_is ips 10.0.1.77 unused "Target\.NotInUse"
check "VPC-27: and its subnets" vr -b - <<-END
	nlb del two
	target-group del web
	target-group del ips
	target-group del dns
	target-group del far
	eni del $W2
	subnet del my/b
END
check "MET-4: no load balancer is left to count" is_false grep -q nlb- <(vr stats show)

finish
