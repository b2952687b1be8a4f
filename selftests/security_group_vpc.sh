#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# A security group of one VPC that interfaces of others have.
#
#   home/net  10.0.0.0/24: other .20, member .30 (shared), sender .40 (out)
#   guest/net 10.0.0.0/24: g1 .20, g2 .21 (shared), g3 .30, g4 .40 (out)
#   third/net 10.2.0.0/24: t1 .10 (shared), by a peering with guest
#
#   home/shared lets in its own members, and ICMP of those of home/out; home/out lets out nothing
#   but ICMP to members of home/shared.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck disable=SC2034 # see open_vpc
VPCS_CLOSED=yes

OTHER=ot-$SUFFIX
MEMBER=me-$SUFFIX
SENDER=se-$SUFFIX
G1=g1-$SUFFIX
G2=g2-$SUFFIX
G3=g3-$SUFFIX
G4=g4-$SUFFIX
T1=t1-$SUFFIX
IN=security-group-ingress
OUT=security-group-egress

build() {
	add_vpc home && add_vpc guest &&
	vr -b - <<-END &&
		vpc add third cidr 10.2.0.0/16
		subnet add third/net cidr 10.2.0.0/24
		route-table add third/net
		route-table associate third/net subnet third/net
		peering add pcx vpc guest peer-vpc third
		peering accept pcx
		route add guest/net 10.2.0.0/16 peering pcx
		route add third/net 10.0.0.0/16 peering pcx
		security-group add home/shared
		security-group add home/out
		security-group rule-add home/shared ingress group home/shared
		security-group rule-add home/shared ingress protocol icmp group home/out
		security-group rule-del home/out egress cidr 0.0.0.0/0
		security-group rule-add home/out egress protocol icmp group home/shared
		vpc add empty cidr 10.3.0.0/16
		vpc add abroad cidr 10.4.0.0/16 region eu-central-1
	END
	add_instance "$OTHER" home/net 10.0.0.20 &&
	add_instance "$MEMBER" home/net 10.0.0.30 security-group home/shared &&
	add_instance "$SENDER" home/net 10.0.0.40 security-group home/out &&
	add_instance "$G1" guest/net 10.0.0.20 &&
	add_instance "$G2" guest/net 10.0.0.21 &&
	add_instance "$G3" guest/net 10.0.0.30 &&
	add_instance "$G4" guest/net 10.0.0.40 &&
	add_instance "$T1" third/net 10.2.0.10
}

associated() { # associated GROUP N: that many VPCs beside its own
	equals "$(vr security-group show "$1" | grep -oE 'associated-vpc vpc-0[0-9a-f]{16}' | wc -l)" "$2"
}

wear() { # wear INSTANCE GROUP
	vr eni set "$1" security-group "$2"
}

must add_router
must build

# Associating
config_mark
refused "ENI-1, SG-19: a group of another VPC" "is in another vpc" wear "$G1" home/shared
refused "SG-19: of its own VPC it is already" "of that vpc already" \
	vr security-group associate home/shared vpc home
refused "SG-19: not a default group" "default security group is of one vpc" \
	vr security-group associate home/default vpc guest
refused "SG-19: not in another Region" "different regions" \
	vr security-group associate home/shared vpc abroad
refused "SG-19: what is not associated" "not associated with that vpc" \
	vr security-group disassociate home/shared vpc guest
check "SG-19: with another VPC" vr security-group associate home/shared vpc guest
check "SG-19: it is shown" associated home/shared 1
config_mark
refused "SG-19: twice" "of that vpc already" vr security-group associate home/shared vpc guest
must vr limits set vpcs-per-security-group 1
config_mark
refused "SG-19: more than the limit" "limit of 1 vpcs per security group" \
	vr security-group associate home/shared vpc third
must vr limits set vpcs-per-security-group 10
must vr security-group associate home/shared vpc empty
config_mark
refused "SG-19, VPC-12: a VPC goes only without it" "\"shared\" is associated with the vpc" \
	vr vpc del empty
check "SG-19: which is ended" vr security-group disassociate home/shared vpc empty
check "SG-19: and not shown any more" associated home/shared 1
check "SG-19, VPC-12: then the VPC can go" vr vpc del empty
config_mark
refused "SG-19: a third VPC is not meant" "is in another vpc" wear "$T1" home/shared

# Members in the other VPC
nothing_arrives "SG-19: without the group who has it is not let in" \
	"$G1" eth0 "icmp[icmptype] == icmp-echo" "$G2" $IN 3 \
	"wear $G1 home/shared && wear $G2 home/shared && ping_ok $G2 10.0.0.20" \
	"wear $G2 guest/default; ping_fails $G2 10.0.0.20"
must wear "$G2" home/shared
check "SG-19, SG-6: by reference to itself it knows its members there" ping_ok "$G2" 10.0.0.20
nothing_arrives "SG-19: nobody else" \
	"$G1" eth0 "icmp[icmptype] == icmp-echo" "$G3" $IN 3 \
	"ping_ok $G2 10.0.0.20" "ping_fails $G3 10.0.0.20"
udp() { # udp FROM PORT: three datagrams to g1, of a flow of its own
	frame "$1" eth0 count=3 dmac="$(mac_of "$G1" eth0)" src=10.0.0.30 dst=10.0.0.20 sport="$2" dport=7
}
nothing_arrives "SG-19: its rules are the same in both, when they change, too" \
	"$G1" eth0 "udp" "$G3" $IN 3 \
	"vr security-group rule-add home/shared ingress protocol udp port 7 cidr 10.0.0.30/32 && udp $G3 5000" \
	"vr security-group rule-del home/shared ingress protocol udp port 7 cidr 10.0.0.30/32; udp $G3 5001"

# Rules of another group that is there, too: members are those of the sender's own VPC
check "SG-19: another group" vr security-group associate home/out vpc guest
must wear "$G4" home/out
check "SG-19, SG-6: out to its members, and in from the others'" ping_ok "$G4" 10.0.0.20
check "SG-6: at home as well" ping_ok "$SENDER" 10.0.0.30
nothing_arrives "SG-19: an address that a member has at home is somebody else's here" \
	"$G3" eth0 "icmp[icmptype] == icmp-echo" "$G4" $OUT 3 \
	"wear $G3 home/shared && ping_ok $G4 10.0.0.30" \
	"wear $G3 guest/default; ping_fails $G4 10.0.0.30"
nothing_arrives "SG-19: nor is one here a member at home" \
	"$OTHER" eth0 "icmp[icmptype] == icmp-echo" "$SENDER" $OUT 3 \
	"wear $OTHER home/shared && ping_ok $SENDER 10.0.0.20" \
	"wear $OTHER home/default; ping_fails $SENDER 10.0.0.20"

# Over a peering of one of its VPCs
must vr security-group associate home/shared vpc third
nothing_arrives "SG-19, SG-6: members in a peered VPC, and nobody else there" \
	"$T1" eth0 "icmp[icmptype] == icmp-echo" "$G4" $OUT 3 \
	"wear $T1 home/shared && ping_ok $G4 10.2.0.10" \
	"wear $T1 third/default; ping_fails $G4 10.2.0.10"
must wear "$T1" home/shared
check "SG-19: they are back" ping_ok "$G4" 10.2.0.10

# Ending
config_mark
refused "SG-19, SG-5: while an interface there has it" "used by network interface \"$T1\"" \
	vr security-group disassociate home/shared vpc third
refused "SG-5: nor is it deleted" "used by network interface" vr security-group del home/shared
for ns in "$G1" "$G2" "$G4"; do
	must wear "$ns" guest/default
done
must wear "$T1" third/default
must wear "$MEMBER" home/default
must wear "$SENDER" home/default
check "SG-19: nobody has it: no more in the third" vr security-group disassociate home/shared vpc third
must vr security-group rule-del home/shared ingress protocol icmp group home/out
check "SG-19: a group ends with its associations" vr security-group del home/out
config_mark
refused "SG-19: in a VPC where it is not any more" "is in another vpc" wear "$T1" home/shared

finish
