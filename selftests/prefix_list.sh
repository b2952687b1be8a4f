#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Prefix lists: what an entry says, versions and the way back, AWS's own lists and their weight.
#
#   my/net 10.0.0.0/24: client .10 (203.0.113.10); no default route, one to list "hosts" -> IGW

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

CLIENT=cl-$SUFFIX
EIP=203.0.113.10
EXPRESS=com.amazonaws.ap-northeast-2.s3express
EDGES=com.amazonaws.global.cloudfront.origin-facing
OFFICE=192.0.2.0/24
HOME_NET=198.18.0.0/24
LAB=198.18.1.0/24

build() {
	add_vpc my &&
	vr igw add my-igw vpc my uplink inet &&
	add_instance "$CLIENT" my/net 10.0.0.10 &&
	add_eip "$EIP" "$CLIENT"
}

list_show() { # list_show LIST [version V]: its entries by address, as shown
	vr prefix-list show "$@" | grep -oE 'entry [^ ]+' | cut -d' ' -f2
}

# entries LIST [version V] -- ENTRY...: those it has and no others
entries() {
	local list=() sorted

	while [ "$1" != -- ]; do
		list+=("$1")
		shift
	done
	shift
	sorted=$(printf '%s\n' "$@" | sort)
	equals "$(list_show "${list[@]}" | sort)" "$sorted"
}

at() { # at LIST KEY VALUE
	equals "$(number "$2" prefix-list "$1")" "$3"
}

described() { # as JSON has it
	vr -j prefix-list show nets | "$PYTHON" -c '
import json, sys
found = {e["address"]: e.get("description") for e in json.load(sys.stdin)[0]["entry"]}
assert found == {"192.0.2.0": "our office", "198.18.0.0": None}, found'
}

shows_not() { # shows_not LIST KEY
	! vr -j prefix-list show "$1" | grep -F "\"$2\""
}

not_understood() { # not_understood CMD...: vpcctl has no such words
	"$@"
	equals $? 1 && config_unchanged
}

must add_router
must add_internet
must build

# Entries
check "PFX-1: entries with and without a description" \
	vr prefix-list add nets max-entries 4 entry "$OFFICE,our office" entry "$HOME_NET"
check "PFX-1: they are shown" described
check "PFX-1: in text, too" grep -qF "entry $OFFICE,our office" <(vr prefix-list show nets)
check "PFX-1: what is said at the beginning is what it holds" \
	vr prefix-list add filled entry "$OFFICE" entry "$HOME_NET"
check "PFX-1: two entries at most" at filled max-entries 2
config_mark
refused "PFX-1: a third one" "max-entries is 2" vr prefix-list set filled add "$LAB"
refused "PFX-1: one of the other family" "must be ipv4" vr prefix-list set nets add 2001:db8::/32
refused "PFX-1: fewer than it has" "prefix list has 2 entries" \
	vr prefix-list set nets max-entries 1
refused "PFX-2: all or nothing: the second one is there" "$HOME_NET exists already" \
	vr prefix-list set nets add "$LAB" add "$HOME_NET"
refused "PFX-2: or what is to go is not" "$LAB not found" \
	vr prefix-list set nets add 203.0.113.0/24 remove "$LAB"
must vr prefix-list del filled

# Versions
check "PFX-2: it begins with version 1" at nets version 1
must vr prefix-list set nets add "$LAB,lab"
must vr prefix-list set nets remove "$OFFICE"
must vr prefix-list set nets version 3 remove "$HOME_NET" add "$OFFICE,home"
check "PFX-2: three changes later it is at 4" at nets version 4
check "PFX-2: as it is now" entries nets -- "$OFFICE,home" "$LAB,lab"
check "PFX-2: a name and more entries at most" vr prefix-list set nets name mine max-entries 5
check "PFX-2: make no version" at mine version 4
must vr prefix-list set mine name nets
check "PFX-4: version 1 can be read" entries nets version 1 -- "$OFFICE,our" "$HOME_NET"
check "PFX-4: version 2" entries nets version 2 -- "$OFFICE,our" "$HOME_NET" "$LAB,lab"
check "PFX-4: version 3" entries nets version 3 -- "$HOME_NET" "$LAB,lab"
check "PFX-4: version 4, the newest" entries nets version 4 -- "$OFFICE,home" "$LAB,lab"
check "PFX-4: with its number" grep -q 'version 2 ' <(vr prefix-list show nets version 2)
check "PFX-4: and its size" grep -q 'entries 3' <(vr prefix-list show nets version 2)
config_mark
refused "PFX-4: there was no version 0" "no such version" vr prefix-list show nets version 0
refused "PFX-4: nor is there 5 yet" "no such version" vr prefix-list show nets version 5
refused "PFX-4: which list?" "id is required" vr prefix-list show version 1

# Restoring
check "PFX-4: two entries at most" vr prefix-list set nets max-entries 2
config_mark
refused "PFX-4: a version of three does not fit" "version 2 has 3 entries, max-entries is 2" \
	vr prefix-list restore nets previous-version 2
refused "PFX-2: a stale version" "version is 4, not 3" \
	vr prefix-list restore nets version 3 previous-version 1
refused "PFX-4: a version to come" "no old version 5" vr prefix-list restore nets previous-version 5
refused "PFX-4: the newest is no old one" "no old version 4" \
	vr prefix-list restore nets previous-version 4
check "PFX-4: version 1 is restored" vr prefix-list restore nets version 4 previous-version 1
check "PFX-4: with what it said" described
check "PFX-4: as version 5" at nets version 5
check "PFX-4: version 4 stays what it was" entries nets version 4 -- "$OFFICE,home" "$LAB,lab"
check "PFX-4: and can be restored" vr prefix-list restore nets previous-version 4
check "PFX-4: again" entries nets -- "$OFFICE,home" "$LAB,lab"
check "PFX-4: version 5 stays, too" entries nets version 5 -- "$OFFICE,our" "$HOME_NET"

# Packets see the newest
check "PFX-2: a route to a list" vr -b - <<-END
	prefix-list add hosts max-entries 2 entry $INET_HOST/32
	route add my/net hosts igw my-igw
END
check "PFX-2: packets follow it" http_source "$CLIENT" "$INET_HOST" "$EIP"
check "PFX-2: another version" vr prefix-list set hosts remove "$INET_HOST/32"
check "PFX-2: is what counts" reason_rises "$CLIENT" no-route 3 ping_fails "$CLIENT" "$INET_HOST"
check "PFX-4: the old one is restored" vr prefix-list restore hosts previous-version 1
check "PFX-4: packets follow again" http_source "$CLIENT" "$INET_HOST" "$EIP"
config_mark
refused "PFX-4: a list with a route" "used by 1 routes" vr prefix-list del hosts

# Quotas
check "PFX-5: three versions at most" vr limits set versions-per-prefix-list 3
check "PFX-5: the next change" vr prefix-list set nets remove "$LAB"
check "PFX-5: leaves two old ones" entries nets version 5 -- "$OFFICE,our" "$HOME_NET"
config_mark
refused "PFX-5: and no more" "no such version" vr prefix-list show nets version 4
refused "PFX-5: which cannot be restored" "no old version 4" \
	vr prefix-list restore nets previous-version 4
check "PFX-5: the oldest is restored" vr prefix-list restore nets previous-version 5
check "PFX-5: whole" entries nets -- "$OFFICE,our" "$HOME_NET"
check "PFX-5: two lists in a Region at most" vr limits set prefix-lists-per-region 2
config_mark
refused "PFX-5: a third" "limit of 2 prefix lists per region" vr prefix-list add x entry "$LAB"
check "PFX-5: another Region has its own" vr prefix-list add x region us-east-1 entry "$LAB"
must vr route-table add my/other
check "PFX-5: one route to a list at most" vr limits set references-per-prefix-list 1
config_mark
refused "PFX-5: a second one" "limit of 1 references" vr route add my/other hosts igw my-igw
check "PFX-5: rules count apart" vr security-group rule-add my/default ingress prefix-list hosts
config_mark
refused "PFX-5: a second rule" "limit of 1 references" \
	vr security-group rule-add my/default egress prefix-list hosts
must vr limits set references-per-prefix-list 100

# Lists of AWS
check "PFX-6: lists of AWS" vr -b - <<-END
	prefix-list add $EXPRESS owner AWS entry $LAB
	prefix-list add $EDGES owner AWS entry $LAB
	prefix-list add heavy owner AWS weight 7
END
check "PFX-6: each has its weight" at "$EXPRESS" weight 6
check "PFX-6: by its service" at "$EDGES" weight 55
check "PFX-6: or as it is said" at heavy weight 7
check "PFX-6: their versions are not shown" shows_not "$EXPRESS" version
check "PFX-6: nor how many entries they take" shows_not "$EXPRESS" max-entries
config_mark
refused "PFX-6: a list of one's own has no such name" "only a list of owner AWS" \
	vr prefix-list add com.amazonaws.eu-west-1.s3 region us-east-1 entry "$LAB"
refused "PFX-6: nor gets it later" "only a list of owner AWS" \
	vr prefix-list set nets name com.amazonaws.eu-west-1.s3
refused "PFX-6: nor a weight" "only a list of owner AWS" \
	vr prefix-list add y region us-east-1 weight 1 entry "$LAB"
refused "PFX-6: they are not to be changed" "managed by AWS" \
	vr prefix-list set "$EXPRESS" add "$OFFICE"
refused "PFX-6: nor restored" "managed by AWS" \
	vr prefix-list restore "$EXPRESS" previous-version 1
refused "PFX-6: nor deleted" "managed by AWS" vr prefix-list del "$EXPRESS"
refused "PFX-6: nor by another account" "another owner" \
	vr prefix-list set "$EXPRESS" owner 123456789012 add "$OFFICE"
refused "PFX-6: old versions cannot be read" "no such version" \
	vr prefix-list show "$EXPRESS" version 1
check "PFX-6, PFX-9: AWS changes them" vr prefix-list set "$EXPRESS" owner AWS add "$OFFICE" remove "$LAB"
check "PFX-6: which everybody sees" entries "$EXPRESS" -- "$OFFICE"
check "PFX-6: a table of eight places" vr limits set routes-per-route-table 8
check "PFX-6: a route counts six" vr route add my/other "$EXPRESS" igw my-igw
check "PFX-6: two are left" vr route add my/other 198.18.5.0/24 igw my-igw
check "PFX-6: one is left" vr route add my/other 198.18.6.0/24 igw my-igw
config_mark
refused "PFX-6: none is left" "limit of 8 routes" vr route add my/other 198.18.7.0/24 igw my-igw
refused "PFX-3, PFX-6: the weight cannot grow" "limit of 8 routes" \
	vr prefix-list set "$EXPRESS" owner AWS weight 7
must vr security-group add my/web
check "PFX-6: a rule counts 55 of 60" \
	vr security-group rule-add my/web ingress prefix-list "$EDGES"
must vr -b - < <(printf 'security-group rule-add my/web ingress protocol tcp port %s cidr 0.0.0.0/0\n' {1..5})
config_mark
refused "PFX-6: six more are too many" "limit of 60 ingress rules" \
	vr security-group rule-add my/web ingress protocol tcp port 6 cidr 0.0.0.0/0
check "PFX-7: a network ACL has no word for a list" not_understood \
	vr network-acl entry-add my/default 50 ingress allow protocol all prefix-list "$EXPRESS"
check "PFX-6: AWS deletes what nobody names" vr prefix-list del heavy owner AWS

finish
