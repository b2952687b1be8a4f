# SPDX-License-Identifier: GPL-2.0
# Completion for vpcctl. The tool itself is asked for its grammar and for live names, so that
# there is nothing here to keep in step.

# Names that an object can be called by: those of its kind, "VPC/NAME" for what a VPC holds.
_vpcctl_names()
{
	vpcctl "${opts[@]}" "$1" show 2>/dev/null | awk '{
		name = vpc = ""
		for (i = 2; i < NF; i++) {
			if ($i == "name") name = $(i + 1)
			if ($i == "vpc-name") vpc = $(i + 1) "/"
		}
		print name == "" ? $1 : vpc name
	}'
}

_vpcctl_values()
{
	case $1 in
	vpc|subnet|eni|igw|eigw|uplink|service|endpoint|peering|route-table|prefix-list|association|\
	security-group|network-acl|nat-gateway|nlb|target-group)
		_vpcctl_names "$1" ;;
	group)
		_vpcctl_names security-group ;;
	peer-vpc)
		_vpcctl_names vpc ;;
	add-subnet|remove-subnet)
		_vpcctl_names subnet ;;
	add-security-group|remove-security-group)
		_vpcctl_names security-group ;;
	table|add-route-table|remove-route-table)
		_vpcctl_names route-table ;;
	eip)
		_vpcctl_names eip ;;
	gateway)
		_vpcctl_names igw ;;
	dev)
		ls /sys/class/net ;;
	policy)
		compgen -f -- "$cur" ;;
	type)
		echo gateway interface health resolver ;;
	scheme)
		echo internal internet-facing ;;
	target-type)
		echo instance ip ;;
	health)
		echo healthy unhealthy ;;
	health-check-protocol)
		echo tcp http ;;
	cross-zone)
		echo on off use-load-balancer-configuration ;;
	connectivity-type)
		echo public private ;;
	protocol)
		echo all tcp udp tcp_udp icmp icmpv6 ;;
	owner)
		echo AWS ;;
	family)
		echo ipv4 ipv6 ;;
	internet-gateway-exclusion-mode)
		echo none allow-bidirectional allow-egress ;;
	dns-support|dns-hostnames|private-dns|source-dest-check|map-public-ip-on-launch|associate-public-ip|\
	preserve-client-ip|stickiness|connection-termination|unhealthy-connection-termination)
		echo on off ;;
	*)
		return 1 ;;
	esac
}

_vpcctl_first()
{
	local noun=$1 verb=$2

	[[ $verb == add && $noun != @(route|listener|target) ]] && return
	case $noun in
	route)
		_vpcctl_values table ;;
	listener)
		_vpcctl_names nlb ;;
	target)
		_vpcctl_names target-group ;;
	instance)
		vpcctl "${opts[@]}" instance show 2>/dev/null |
			awk '{ for (i = 2; i < NF; i++) if ($i == "name") print $(i + 1) }' ;;
	limits)
		vpcctl "${opts[@]}" limits show 2>/dev/null | awk '{ print $1 }' ;;
	stats)
		vpcctl "${opts[@]}" stats show 2>/dev/null | awk '{ print $1 }' | sort -u ;;
	*)
		_vpcctl_names "$noun" ;;
	esac
}

_vpcctl()
{
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
	local noun='' verb='' words='' first=0 i opts=()

	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		-n)
			opts=(-n "${COMP_WORDS[++i]}") ;;
		-*)
			;;
		*)
			if [[ -z $noun ]]; then
				noun=${COMP_WORDS[i]}
			else
				verb=${COMP_WORDS[i]}
				first=$((i + 1))
				break
			fi ;;
		esac
	done

	if [[ $prev == -n ]]; then
		words=$(ls /var/run/netns 2>/dev/null)
	elif [[ $prev == -b ]]; then
		mapfile -t COMPREPLY < <(compgen -f -- "$cur")
		return
	elif [[ -z $noun ]]; then
		words="$(vpcctl help | awk '/^Objects:/ { on = 1; next } on { print $1 }') help"
	elif [[ -z $verb ]]; then
		words="$(vpcctl "$noun" help 2>/dev/null | awk '{ print $3 }') help"
	elif ((COMP_CWORD == first)) && words=$(_vpcctl_first "$noun" "$verb") && [[ $words ]]; then
		:
	elif ! words=$(_vpcctl_values "$prev"); then
		words=$(vpcctl "$noun" "$verb" help 2>/dev/null | cut -d' ' -f4- |
			tr ' []{}|' '\n' | grep -x '[a-z][a-z-]*')
	fi
	mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
}

complete -F _vpcctl vpcctl
