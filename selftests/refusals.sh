#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# What must be refused: exit code 2, a message that says why, and nothing changed.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

E1=e1-$SUFFIX
E2=e2-$SUFFIX
FREE=203.0.113.20	# allocated, never associated
USED=203.0.113.21	# associated with E1

# shellcheck disable=SC2317 # called by `must`
build() {
	vr vpc add my cidr 10.0.0.0/16 &&
	vr subnet add my/used cidr 10.0.0.0/24 zone ap-northeast-2a &&
	vr subnet add my/free cidr 10.0.1.0/24 zone ap-northeast-2a &&
	vr route-table add my/used &&
	vr route-table associate my/used subnet my/used &&
	vr route-table add my/free &&
	add_instance "$E1" my/used 10.0.0.10 &&
	vr igw add my-igw vpc my uplink inet &&
	vr route add my/used 0.0.0.0/0 igw my-igw &&
	vr eip add "$FREE" uplink inet &&
	add_eip "$USED" "$E1" &&
	add_s3_endpoint s3ep my my/used &&

	vr vpc add other cidr 10.0.0.0/16 &&
	vr subnet add other/net cidr 10.0.0.0/24 zone ap-northeast-2a &&
	vr route-table add other/net &&
	add_instance "$E2" other/net 10.0.0.10 &&
	vr igw add loose-igw uplink inet &&

	# More devices to bind
	add_ns "d-$SUFFIX" &&
	add_veth "$R" spare "d-$SUFFIX" eth0
}

must add_router
must add_internet
must add_s3
must build
config_mark

# Sizes and places
refused "VPC-1: a VPC of /15" "/16 to /28" vr vpc add x cidr 10.0.0.0/15
refused "VPC-1: a VPC of /29" "/16 to /28" vr vpc add x cidr 10.9.0.0/29
refused "VPC-7: a VPC in 169.254.0.0/16" "overlaps 169\.254\.0\.0/16" \
	vr vpc add x cidr 169.254.0.0/16
refused "VPC-17: a subnet outside its VPC" "not inside a cidr" \
	vr subnet add my/x cidr 10.1.0.0/24 zone ap-northeast-2a
refused "VPC-17: a subnet of /29" "/16 to /28" \
	vr subnet add my/x cidr 10.0.9.0/29 zone ap-northeast-2a
refused "VPC-17: a subnet over a sibling" "overlaps another subnet" \
	vr subnet add my/x cidr 10.0.0.128/25 zone ap-northeast-2a
refused "VPC-17: a subnet around its siblings" "overlaps another subnet" \
	vr subnet add my/x cidr 10.0.0.0/23 zone ap-northeast-2a
for addr in 10.0.0.0 10.0.0.1 10.0.0.2 10.0.0.3 10.0.0.255; do
	refused "VPC-19: $addr is reserved" "reserved" \
		vr eni add x subnet my/used dev spare address "$addr"
done
refused "VPC-19: an address outside the subnet" "not in subnet" \
	vr eni add x subnet my/used dev spare address 10.0.1.10
refused "VPC-29: an address that is in use" "in use" \
	vr eni add x subnet my/used dev spare address 10.0.0.10
refused "a device that is a port already" "port already" \
	vr eni add x subnet my/used dev "v-$E1" address 10.0.0.11
refused "a device that is not there" "spare0.*not found" \
	vr eni add x subnet my/used dev spare0 address 10.0.0.11
refused "a name that is taken" "exists|taken|in use" vr vpc add my cidr 10.8.0.0/16

# Host bits are cleared, not refused
check "VPC-1, VPC-2: a /18 with host bits is accepted" vr vpc add bits cidr 100.68.0.18/18
check "VPC-2: and shown without them" grep -q '100\.68\.0\.0/18' <(vr vpc show bits)
check "VPC-12: an empty VPC can be deleted" vr vpc del bits
config_mark

# Dependencies
refused "VPC-12: a VPC with an endpoint" "endpoint" vr vpc del my
refused "VPC-12: a VPC with an interface" "network interface" vr vpc del other
check "VPC-12, VPC-17: a VPC with a subnet" vr -b - <<-END
	vpc add small cidr 10.4.0.0/16
	subnet add small/net cidr 10.4.0.0/24
	route-table add small/net
	igw add small-igw vpc small uplink inet
END
config_mark
refused "VPC-12: cannot be deleted" "subnet" vr vpc del small
must vr subnet del small/net
config_mark
refused "VPC-12: nor with a gateway" "internet gateway" vr vpc del small
must vr igw detach small-igw
must vr igw del small-igw
config_mark
refused "VPC-12: nor with a table of its own" "route table" vr vpc del small
must vr route-table del small/net
must vr network-acl add small/net
config_mark
refused "VPC-12: nor with a network acl of its own" "1 network acls? beside the default" vr vpc del small
must vr network-acl del small/net
check "VPC-12: then it can" vr vpc del small
config_mark
refused "VPC-27: a subnet with an interface" "network interface" vr subnet del my/used
refused "RT-3: an associated table" "associations" vr route-table del my/used
refused "IGW-8: detach with a mapped public address" "mapped public address 203\.0\.113\.21" \
	vr igw detach my-igw
refused "IGW: delete while attached" "attached to vpc" vr igw del my-igw
refused "IGW-1: a second gateway for a VPC" "already has an internet gateway" \
	vr igw add second vpc my uplink inet
refused "EIP-3: release while associated" "associated with" vr eip del "$USED"
refused "EIP-5: associate without a gateway" "no internet gateway" vr eip associate "$FREE" eni "$E2"
refused "an uplink in use" "used by" vr uplink del inet
refused "PFX-4: a list that is referenced" "used by" \
	vr prefix-list del s3
refused "a service with endpoints" "used by 1 endpoint" vr service del "$S3_SERVICE"

# The main table
main=$(vr -j vpc show my | grep -oE '"main-route-table": *"[^"]+"' | grep -oE 'rtb-[0-9a-f]+')
check "RT-1, VPC-11: the VPC shows its main table" test -n "$main"
refused "RT-3: the main table" "main route table" vr route-table del "$main"
refused "RT-4: a subnet that only uses the main table" "no association of its own" \
	vr route-table disassociate subnet my/free
refused "RT-2: a table of another VPC" "another vpc|not found" \
	vr route-table associate other/net subnet my/free

# Routes
refused "RT-19: the same destination twice" "exists already" \
	vr route add my/used 0.0.0.0/0 igw my-igw
refused "RT-19: replace what is not there" "not found" \
	vr route replace my/used 198.51.100.0/24 igw my-igw
refused "RT-19: delete what is not there" "not found" \
	vr route del my/used 198.51.100.0/24
refused "RT-15: 169.254.169.0/24" "169\.254\.168\.0/22" \
	vr route add my/used 169.254.169.0/24 igw my-igw
refused "RT-15: 169.254.168.0/22 itself" "169\.254\.168\.0/22" \
	vr route add my/used 169.254.168.0/22 igw my-igw
refused "RT-26: a route to an endpoint is not added by hand" "managed by" \
	vr route add my/free s3 endpoint s3ep
refused "RT-26: nor to a CIDR" "managed by" vr route add my/free 52.219.56.0/22 endpoint s3ep
refused "RT-26: its route is not replaced by hand" "managed by" \
	vr route replace my/used s3 igw my-igw
refused "RT-27: a gateway that is not attached" "not attached" \
	vr route add my/free 0.0.0.0/0 igw loose-igw
refused "RT-27: the gateway of another VPC" "not attached" \
	vr route add other/net 0.0.0.0/0 igw my-igw
refused "RT-27: an interface of another VPC" "another vpc|not found" \
	vr route add my/free 198.51.100.0/24 eni "$E2"
refused "GWE-6: route del on the endpoint's route" "managed by" vr route del my/used s3
refused "GWE-7: a second endpoint of the service on the same table" "already has a route for the service" \
	add_s3_endpoint second my my/used
refused "GWE-7: the first one cannot take it twice" "already has a route for the service" \
	vr endpoint set s3ep add-route-table my/used
refused "GWE-3: a table of another VPC" "another vpc|not found" \
	vr endpoint set s3ep add-route-table other/net
refused "GWE-9: a table that it does not have" "not on route table" \
	vr endpoint set s3ep remove-route-table my/free
check "GWE-7: a second endpoint on another table is legal" add_s3_endpoint second my my/free
check "GWE-6: deleting it takes its route along" vr endpoint del second
config_mark

# Prefix lists
version=$(vr -j prefix-list show s3 | grep -oE '"version": *[0-9]+' | grep -oE '[0-9]+')
check "PFX-1: the list shows its version" test -n "$version"
refused "PFX-1: more entries than max-entries" "max-entries is 1" \
	vr prefix-list add x max-entries 1 entry 192.0.2.0/24 entry 198.51.100.0/24
refused "PFX-2: a stale version" "version is" \
	vr prefix-list set s3 version $((version + 7)) add 192.0.2.0/24
refused "PFX-2: an entry that is not there" "192\.0\.2\.0/24 not found" \
	vr prefix-list set s3 remove 192.0.2.0/24
check "PFX-2: the right version is accepted" \
	vr prefix-list set s3 version "$version" add 192.0.2.0/24
check "PFX-2: and makes a new one" \
	grep -qE "\"version\": *$((version + 1))\b" <(vr -j prefix-list show s3)
config_mark
refused "PFX-2: the old one is stale now" "version is" \
	vr prefix-list set s3 version "$version" add 198.51.100.0/24

# Limits
check "limit: two VPCs at most" vr limits set vpcs 2
config_mark
refused "VPC-14: one more VPC" "limit of 2 vpcs" vr vpc add x cidr 10.7.0.0/16
refused "an unknown limit" "not found" vr limits set nonsense 1
refused "something unknown" "subnet .*nonsense.* not found" vr subnet del my/nonsense

# Other namespaces
check "a namespace sees nothing of another's" equals "$("$VPCCTL" -n "$INET" vpc show)" ""

finish
