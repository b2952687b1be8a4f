#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Security groups as they are configured: what is refused and what is shown. No packets here.
#
#   my/net   10.0.0.0/24: web .10 with my/web and my/db, plain .20 with the default group
#   far/net  10.2.0.0/24, twin/net 10.2.0.0/24: far is peered with my

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
VPCS_CLOSED=yes		# see add_instance

WEB=we-$SUFFIX
PLAIN=pl-$SUFFIX

sg() {
	vr security-group "$@"
}

build() {
	vr -b - <<-END &&
		vpc add my cidr 10.0.0.0/16
		subnet add my/net cidr 10.0.0.0/24 zone ap-northeast-2a
		vpc add far cidr 10.2.0.0/16
		vpc add twin cidr 10.2.0.0/16
		security-group add my/web description servers
		security-group add my/db
		security-group add my/lists
		security-group add far/web
		security-group add twin/web
		prefix-list add ten max-entries 10 entry 192.0.2.0/24
		prefix-list add aws owner AWS max-entries 100 entry 198.51.100.0/24
		peering add pcx vpc my peer-vpc far
		peering accept pcx
	END
	add_instance "$WEB" my/net 10.0.0.10 security-group my/web,my/db &&
	add_instance "$PLAIN" my/net 10.0.0.20
}

group_id() { # group_id GROUP
	sg show "$1" | cut -d ' ' -f 1
}

# rules GROUP: a rule in each line, without its id
rules() {
	sg show "$1" | grep -oE ' rule sgr-0[0-9a-f]{16} .*' |
		sed -E 's/ rules [0-9]+$//; s/ rule sgr-0[0-9a-f]{16} /\n/g' | sed 1d
}

has_rule() { # has_rule GROUP RULE
	rules "$1" | grep -Fqx -- "$2" && return
	echo "no rule '$2' in:"
	rules "$1"
	return 1
}

rule_id() { # rule_id GROUP WORDS: of the first rule that is shown with those
	sg show "$1" | sed 's/ rule /\n/g' | grep -F -- "$2" | grep -oE '^sgr-0[0-9a-f]{16}' | head -n 1
}

# groups_of ENI: as ids, in order
groups_of() {
	vr eni show "$1" | grep -oE ' sg-0[0-9a-f]{16}' | tr -d '\n'
}

must add_router
must build
config_mark

# The default group
DEFAULT=$(group_id my/default)
check "VPC-11: a VPC has a default group" grep -qE '^sg-0[0-9a-f]{16}$' <<<"$DEFAULT"
check "SG-2: it lets everything out and its members in" equals "$(rules my/default | sort)" \
	"$(printf 'egress cidr 0.0.0.0/0\ningress group %s' "$DEFAULT")"
refused "SG-4: it cannot be deleted" "default security group cannot" sg del my/default
check "SG-2: another one lets everything out and nothing in" \
	equals "$(rules my/db)" "egress cidr 0.0.0.0/0"
check "SG-4: a group shows its description" grep -qw "description servers" <(sg show my/web)

check "ENI-1: an interface has a description" vr eni set "$WEB" description "the web's"
check "ENI-1: and shows it" grep -q "description the web's" <(vr eni show "$WEB")
config_mark

# Names
refused "SG-4: the name default is reserved" "reserved" sg add my/default
refused "SG-4: whatever its case" "reserved" sg add my/Default
refused "SG-4: a name like an id" "may not begin with \"sg-\"" sg add my/sg-web
refused "SG-4: a name that is taken" "\"web\" exists already" sg add my/web
refused "SG-4: whatever its case" "\"web\" exists already" sg add my/WEB
check "SG-4: in another VPC it is free" test "$(group_id my/web)" != "$(group_id far/web)"
refused "SG-4: a bare name of several" "ambiguous" sg show web
refused "a VPC that is not there" "vpc .*not found" sg add nowhere/web

# Rules
check "SG-3: TCP, one port" sg rule-add my/web ingress protocol tcp port 80 cidr 0.0.0.0/0
check "SG-3: is shown" has_rule my/web \
	"ingress protocol tcp port-from 80 port-to 80 cidr 0.0.0.0/0"
check "SG-3: UDP, a range" sg rule-add my/web egress protocol udp port 1000-2000 cidr 10.0.0.0/8
check "SG-3: is shown" has_rule my/web \
	"egress protocol udp port-from 1000 port-to 2000 cidr 10.0.0.0/8"
check "SG-3: TCP without ports" sg rule-add my/db ingress protocol tcp group my/web
check "SG-3: is every port" has_rule my/db \
	"ingress protocol tcp port-from 0 port-to 65535 group $(group_id my/web)"
check "SG-3: an ICMP type and code" \
	sg rule-add my/web ingress protocol icmp icmp-type 8 icmp-code 0 cidr 10.0.0.0/8
check "SG-3: is shown" has_rule my/web "ingress protocol icmp icmp-type 8 icmp-code 0 cidr 10.0.0.0/8"
check "SG-3: an ICMP type" sg rule-add my/web ingress protocol icmp icmp-type 3 cidr 10.0.0.0/8
check "SG-3: is shown" has_rule my/web "ingress protocol icmp icmp-type 3 cidr 10.0.0.0/8"
check "SG-3: another protocol" sg rule-add my/web ingress protocol 47 cidr 10.0.0.0/8
check "SG-3: is shown" has_rule my/web "ingress protocol 47 cidr 10.0.0.0/8"
check "SG-3: every protocol, with a description" \
	sg rule-add my/web ingress protocol all cidr 172.16.0.0/12 description office
check "SG-3: is shown" has_rule my/web "ingress cidr 172.16.0.0/12 description office"
check "SG-3: a prefix list" sg rule-add my/web egress protocol tcp port 443 prefix-list ten
check "SG-6: the group itself" sg rule-add my/web ingress group my/web
check "VPC-2: a CIDR with host bits is accepted" sg rule-add my/db ingress cidr 10.9.8.7/16
check "VPC-2: and shown without them" has_rule my/db "ingress cidr 10.9.0.0/16"
config_mark
refused "SG-3: the same rule again" "rule ingress tcp 80 0\.0\.0\.0/0 exists already" \
	sg rule-add my/web ingress protocol tcp port 80 cidr 0.0.0.0/0
refused "SG-3: under another description" "exists already" \
	sg rule-add my/web ingress cidr 172.16.0.0/12 description elsewhere
refused "SG-3: in other words" "exists already" \
	sg rule-add my/db ingress protocol tcp port 0-65535 group my/web
refused "SG-3: with host bits" "exists already" sg rule-add my/db ingress cidr 10.9.1.1/16
refused "SG-3: ports of ICMP" "only tcp and udp have ports" \
	sg rule-add my/web ingress protocol icmp port 8 cidr 10.0.0.0/8
refused "SG-3: ports of every protocol" "protocol is required" \
	sg rule-add my/web ingress port 8 cidr 10.0.0.0/8
refused "SG-3: types of TCP" "only icmp has types" \
	sg rule-add my/web ingress protocol tcp icmp-type 8 cidr 10.0.0.0/8
refused "SG-3: a code without its type" "icmp type is required" \
	sg rule-add my/web ingress protocol icmp icmp-code 0 cidr 10.0.0.0/8
refused "SG-3: ports from high to low" "port 90 is above port 80" \
	sg rule-add my/web ingress protocol tcp port 90-80 cidr 10.0.0.0/8
refused "SG-3: nobody that it is about" "cidr, prefix list or group is required" \
	sg rule-del my/web ingress protocol tcp port 80
refused "SG-3: two that it is about" "one cidr, prefix list or group" \
	sg rule-del my/web ingress cidr 10.0.0.0/8 group my/web
refused "SG-3: a list that is not there" "prefix list .*not found" \
	sg rule-add my/web ingress prefix-list nowhere
refused "SG-3: a group that is not there" "security group .*not found" \
	sg rule-add my/web ingress group my/nowhere
refused "SG-3: delete what is not there" "rule ingress tcp 81 0\.0\.0\.0/0 not found" \
	sg rule-del my/web ingress protocol tcp port 81 cidr 0.0.0.0/0
refused "SG-3: the other direction" "rule egress tcp 80 0\.0\.0\.0/0 not found" \
	sg rule-del my/web egress protocol tcp port 80 cidr 0.0.0.0/0
GONE=$(rule_id my/web 'port-from 80')
refused "SG-3: the rule of another group" "rule \"$GONE\" not found" sg rule-del my/db "$GONE"
refused "SG-3: a rule's id and more" "not both" sg rule-del my/web "$GONE" cidr 0.0.0.0/0
check "SG-3: delete a rule by its id" sg rule-del my/web "$GONE"
check_not "SG-3: it is gone" grep -q "$GONE" <(sg show my/web)
check "SG-3: delete a rule by what it says" \
	sg rule-del my/web egress protocol udp port 1000-2000 cidr 10.0.0.0/8
check "SG-3: all is one transaction" is_false vr -b - <<-END
	security-group rule-del my/web ingress protocol 47 cidr 10.0.0.0/8
	security-group rule-del my/web ingress protocol 47 cidr 10.0.0.0/8
END
check "SG-3: so the first is still there" has_rule my/web "ingress protocol 47 cidr 10.0.0.0/8"

# Interfaces
config_mark
check "ENI-1: an interface without groups has the default one" \
	equals "$(groups_of "$PLAIN")" " $DEFAULT"
check "ENI-1: another has those given" \
	equals "$(groups_of "$WEB")" " $(group_id my/web) $(group_id my/db)"
refused "ENI-1: a group of another VPC" "in another vpc" \
	vr eni set "$PLAIN" security-group far/web
refused "ENI-1: nor for a new one" "in another vpc" \
	vr eni add x subnet my/net dev nodev security-group far/web
refused "ENI-1: the same group twice" "\"my/web\" is there twice" \
	vr eni set "$PLAIN" security-group my/web,my/web
refused "ENI-1: a group that is not there" "security group .*not found" \
	vr eni set "$PLAIN" security-group my/nowhere
check "SG-17: another set" vr eni set "$PLAIN" security-group lists security-group my/default
check "SG-17: replaces the one before" \
	equals "$(groups_of "$PLAIN")" " $(group_id my/lists) $DEFAULT"
must vr eni set "$PLAIN" security-group my/default

# Deletion
config_mark
refused "SG-5: a group that an interface has" "used by network interface \"$WEB\"" sg del my/web
must vr eni set "$WEB" security-group my/default
config_mark
refused "SG-5: a group that a rule refers to" "rule of security group \"db\" refers to it" sg del my/web
must sg rule-del my/db ingress protocol tcp group my/web
check "SG-5: its own rules do not count" sg del my/web
check_not "SG-5: it is gone" sg show my/web

# Peered VPCs
check "SG-6: a group of a peered VPC" sg rule-add my/db ingress protocol tcp port 22 group far/web
SSH="ingress protocol tcp port-from 22 port-to 22 group $(group_id far/web)"
check "SG-6: is shown" has_rule my/db "$SSH"
config_mark
refused "SG-6: a group of another VPC" "\"twin/web\" is in a vpc without peering" \
	sg rule-add my/db ingress group twin/web
check "SG-7: the peering goes" vr peering del pcx
check "SG-7: the rule is stale" has_rule my/db "$SSH stale"
config_mark
refused "SG-7: and not to be had again" "in a vpc without peering" \
	sg rule-add my/db ingress protocol udp port 22 group far/web
must vr peering add pcx vpc far peer-vpc my
check "SG-7: a peering that is asked for changes nothing" has_rule my/db "$SSH stale"
must vr peering accept pcx
check "SG-7: one that is accepted does" has_rule my/db "$SSH"
check "SG-5: the peer may delete its group" sg del far/web
check "SG-7: the rule is stale" has_rule my/db "$SSH stale"
check "SG-7: it can be deleted by its id" sg rule-del my/db "$(rule_id my/db 'port-from 22')"
check "SG-6: the default group of a peer" sg rule-add my/db ingress group far/default
must vr peering del pcx
check "VPC-12: it goes with its VPC" vr vpc del far
check "SG-7: the rule is stale" grep -qx 'ingress group sg-0[0-9a-f]* stale' <(rules my/db)

# Prefix lists and limits
check "SG-8: room for twelve rules" vr limits set rules-per-security-group 12
must sg rule-add my/lists ingress cidr 10.1.0.0/16
check "SG-8, PFX-3: a list weighs what it may hold" sg rule-add my/lists ingress prefix-list ten
must sg rule-add my/lists ingress cidr 10.2.0.0/16
config_mark
refused "SG-8: a thirteenth rule" "limit of 12 ingress rules of group \"lists\"" \
	sg rule-add my/lists ingress cidr 10.3.0.0/16
refused "PFX-3: a list that would grow too big" "limit of 12 ingress rules of group \"lists\"" \
	vr prefix-list set ten max-entries 11
refused "PFX-4: delete a list that a rule names" "used by" vr prefix-list del ten
check "SG-8: the other direction counts for itself" sg rule-add my/lists egress prefix-list ten
must sg rule-del my/lists ingress cidr 10.2.0.0/16
check "PFX-6: a list of AWS weighs little" sg rule-add my/lists ingress prefix-list aws
must sg rule-del my/lists ingress prefix-list aws
check "PFX-3: what was too big fits now" vr prefix-list set ten max-entries 11
must vr prefix-list set ten max-entries 10
must sg rule-del my/lists ingress prefix-list ten
must sg rule-del my/lists egress prefix-list ten
check "PFX-4: a list that no rule names can be deleted" vr prefix-list del ten

check "SG-8: one group for an interface" vr limits set groups-per-interface 1
config_mark
refused "SG-8: two are too many" "limit of 1 security groups per interface" \
	vr eni set "$WEB" security-group my/db,my/lists
refused "SG-8: an interface may not have 17" "must be 1 to 16" vr limits set groups-per-interface 17
check "SG-8: no more groups" vr limits set security-groups "$(number used limits security-groups)"
config_mark
refused "SG-8: one more" "limit of [0-9]+ security groups" sg add my/more
check "VPC-11: a VPC has its default group all the same" vr vpc add small cidr 10.4.0.0/16
check "VPC-12: and takes it along" vr vpc del small
must vr limits set security-groups 2500

# A group of many rules
many() { # many VERB
	local i

	for ((i = 0; i < 2000; i++)); do
		echo "security-group $1 my/lists ingress protocol tcp port $i cidr 10.0.0.0/8"
	done | vr -b -
}
config_mark
refused "SG-8: groups times rules" "1 groups times 1001 rules is above 1000" \
	vr limits set rules-per-security-group 1001
check "SG-8: may be a thousand" vr limits set rules-per-security-group 1000
config_mark
refused "SG-8: in either way" "2 groups times 1000 rules is above 1000" \
	vr limits set groups-per-interface 2
refused "SG-8: nor be bounded below" "1 groups times 1000 rules is above 999" \
	vr limits set groups-times-rules 999
must vr limits set groups-times-rules 3000
must vr limits set rules-per-security-group 3000
check "SG-3: two thousand rules at once" many rule-add
check "SG-3: all of them are shown" equals "$(rules my/lists | grep -c '10\.0\.0\.0/8$')" 2000
check "SG-3: and can be deleted" many rule-del

# The whole VPC
must vr -b - <<-END
	eni del $WEB
	eni del $PLAIN
	subnet del my/net
END
config_mark
refused "VPC-12: a VPC with groups" "2 security groups beside the default one" vr vpc del my
must sg del my/db
must sg del my/lists
check "VPC-12: the default one goes with it" vr vpc del my
must sg del twin/web
must vr vpc del twin
check "VPC-12: no group is left" equals "$(sg show)" ""

finish
