#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Endpoint policies: who may begin what by an endpoint, and who learns that he may not.
#
#   my/a 10.0.0.0/24: client .10, endpoint sqs .65       sqs 52.95.193.155, behind 52.95.193.1
#   my/b 10.0.1.0/24: far .10                            S3, by the gateway endpoint s3ep
#   twin/net 10.0.0.0/24: twin .10, endpoint twin-sqs .65
#   peer/net 10.5.0.0/24: peer .10, by a peering with my
#   my is account 111122223333's, peer 444455556666's, twin nobody's

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

CLIENT=c-$SUFFIX
FAR=fa-$SUFFIX
TWIN=t-$SUFFIX
PEER=p-$SUFFIX
SVC=sv-$SUFFIX
SERVICE=com.amazonaws.ap-northeast-2.sqs
HOST=52.95.193.155
GATEWAY=52.95.193.1
EP=10.0.0.65
POLICY=$TMP/policy.json
declare -A NS=([client]=$CLIENT [far]=$FAR [twin]=$TWIN [peer]=$PEER)
declare -A PORT=([http]=80 [echo]=7)

build() {
	vr -b - <<-END &&
		vpc add my cidr 10.0.0.0/16 owner 111122223333
		subnet add my/a cidr 10.0.0.0/24 zone ap-northeast-2a
		subnet add my/b cidr 10.0.1.0/24 zone ap-northeast-2a
		route-table add my/net
		route-table associate my/net subnet my/a
		route-table associate my/net subnet my/b
		vpc add twin cidr 10.0.0.0/16
		subnet add twin/net cidr 10.0.0.0/24 zone ap-northeast-2a
		vpc add peer cidr 10.5.0.0/16 owner 444455556666
		subnet add peer/net cidr 10.5.0.0/24 zone ap-northeast-2a
		peering add pcx vpc my peer-vpc peer
		peering accept pcx
		route add peer/main 10.0.0.0/16 peering pcx
		endpoint add s3ep vpc my service $S3_SERVICE route-table my/net
	END
	add_instance "$CLIENT" my/a 10.0.0.10 &&
	add_instance "$FAR" my/b 10.0.1.10 &&
	add_instance "$TWIN" twin/net 10.0.0.10 &&
	add_instance "$PEER" peer/net 10.5.0.10
}

add_service() {
	add_ns "$SVC" &&
	add_veth "$R" svc "$SVC" eth0 &&
	ip -n "$SVC" addr add "$HOST/24" dev eth0 &&
	vr service add "$SERVICE" type interface dev svc gateway "$GATEWAY/24" address "$HOST" &&
	add_server "$SVC" &&
	vr -b - <<-END
		endpoint add sqs vpc my service $SERVICE type interface subnet my/a address $EP private-dns off
		endpoint add twin-sqs vpc twin service $SERVICE type interface subnet twin/net address $EP private-dns off
	END
}

# ---- policies ----

# EFFECT ACTION [CONDITION [PRINCIPAL [RESOURCE]]]; the last four are JSON, or a word
statement() {
	local action=$2 none="{}" everybody='"*"' resource=${5:-*}

	[[ $action == \[* ]] || action="\"$action\""
	[[ $resource == \[* ]] || resource="\"$resource\""
	printf '{"Effect":"%s","Action":%s,"Condition":%s,"Principal":%s,"Resource":%s}' \
		"$1" "$action" "${3:-$none}" "${4:-$everybody}" "$resource"
}

# write_policy STATEMENT;STATEMENT...
write_policy() {
	local list=() text all="" fields

	IFS=';' read -ra list <<<"$1"
	for text in "${list[@]}"; do
		read -ra fields <<<"$text"
		all+=${all:+,$'\n  '}$(statement "${fields[@]}")
	done
	printf '{"Version": "2012-10-17", "Statement": [\n  %s\n]}\n' "$all" >"$POLICY"
}

set_policy() { # set_policy STATEMENTS ENDPOINT...: the same for each
	local ep

	write_policy "$1"
	for ep in "${@:2}"; do
		vr endpoint set "$ep" policy "$POLICY" || return
	done
}

# ---- what is tried ----

passes() { # passes WHO http|udp|ping|echo
	case $2 in
	http) http_source "${NS[$1]}" "$TO" "$SOURCE" ;;
	udp) udp_source "${NS[$1]}" "$TO" "$SOURCE" ;;
	ping) ping_all "${NS[$1]}" "$TO" ;;
	esac
}

is_told() { # is_told WHO http|udp|echo: one packet, and at once an answer that it may not
	case $2 in
	http | echo) tcp_refused "${NS[$1]}" "$TO" "${PORT[$2]}" ;;
	udp) udp_prohibited "${NS[$1]}" "$TO" 7 ;;
	esac
}

# rows ENDPOINTS NAMESPACE-OF-THE-SERVICE < LINES OF NAME|WHO WHAT PASSES|WHO WHAT DOES NOT|STATEMENTS
rows() {
	local name passing refused statements

	while IFS='|' read -r name passing refused statements; do
		# shellcheck disable=SC2086 # several endpoints
		check "$name: is taken" set_policy "$statements" $1
		nothing_arrives "$name" "$2" eth0 "icmp or udp or tcp[13] & 18 == 2" \
			"${NS[${refused% *}]}" endpoint-policy 1 "passes $passing" "is_told $refused"
		# shellcheck disable=SC2086 # two words
		check "$name: who is denied is told" is_told $refused
	done
}

id_of() { # id_of NOUN NAME
	vr "$1" show "$2" | cut -d' ' -f1
}

must add_router
must add_internet
must add_s3
must build
must add_service

# POL-1
default_policy() { # default_policy ENDPOINT
	"$PYTHON" - <(vr endpoint show "$1" policy) <<-END
		import json, sys
		assert json.load(open(sys.argv[1])) == {"Version": "2008-10-17", "Statement": [
		    {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}
	END
}
check "POL-1: there is always a policy" default_policy sqs
check "POL-1: at a gateway endpoint, too (GWE-15)" default_policy s3ep
TO=$EP SOURCE=$GATEWAY
check "POL-1: which allows everything" passes client http
check "POL-1: of every protocol" passes client udp

# POL-6, by an interface endpoint
MY=$(id_of vpc my)
SQS=$(id_of endpoint sqs)
rows "sqs twin-sqs" "$SVC" <<-END
	POL-6: one port|client http|client echo|Allow tcp:80
	POL-6: ports up to one|client http|client echo|Allow tcp:8-80
	POL-6: ports from one|client http|client echo|Allow tcp:80-65535
	POL-6: a protocol|client udp|client echo|Allow udp:*
	POL-6: one of several actions|client udp|client echo|Allow ["tcp:80","udp:7"]
	POL-6: a verb for all of them, but denied what follows|client http|client udp|Allow vpc:Connect;Deny udp:*
	POL-3: a denial wins, though it comes last|client http|client echo|Allow *;Deny tcp:7
	POL-3: a denial wins, though it comes first|client http|client echo|Deny tcp:7;Allow *;Allow tcp:7
	POL-6: aws:VpcSourceIp|client http|far http|Allow * {"IpAddress":{"aws:VpcSourceIp":"10.0.0.0/24"}}
	POL-6: one of several addresses|far udp|client udp|Allow * {"IpAddress":{"aws:VpcSourceIp":["10.9.0.0/16","10.0.1.10"]}}
	POL-6: none of several addresses|far http|client http|Allow * {"NotIpAddress":{"aws:VpcSourceIp":["10.9.0.0/16","10.0.0.0/24"]}}
	POL-6: aws:SourceVpc|client http|twin http|Allow * {"StringEquals":{"aws:SourceVpc":"$MY"}}
	POL-6: aws:SourceVpc by its name|client udp|twin udp|Allow * {"StringEquals":{"aws:sourcevpc":["peer","my"]}}
	POL-6: another aws:SourceVpc|twin http|client http|Allow * {"StringNotEquals":{"aws:SourceVpc":["peer","my"]}}
	POL-6: aws:SourceVpce|client http|twin http|Allow * {"StringEquals":{"aws:SourceVpce":"$SQS"}}
	POL-6: another aws:SourceVpce|twin http|client http|Deny * {"StringEquals":{"aws:SourceVpce":"sqs"}};Allow *
	POL-6: of two conditions both|client http|far http|Allow * {"StringEquals":{"aws:SourceVpc":"my"},"IpAddress":{"aws:VpcSourceIp":"10.0.0.0/24"}}
	POL-6: aws:SourceVpc is where the endpoint is, whoever comes|peer http|twin http|Allow * {"StringEquals":{"aws:SourceVpc":"my"}}
	GWE-14: nobody has an aws:SourceIp, so none is in a block|client http|client udp|Allow tcp:*;Allow udp:* {"IpAddress":{"aws:SourceIp":"0.0.0.0/0"}}
	GWE-14: and all are outside of it|client http|client udp|Allow *;Deny udp:* {"NotIpAddress":{"aws:SourceIp":"0.0.0.0/0"}}
	POL-6: an account, that of the client's vpc|client http|peer http|Allow * {} {"AWS":"111122223333"}
	POL-6: one of several accounts|peer udp|client udp|Allow * {} {"AWS":["999999999999","arn:aws:iam::444455556666:root"]}
	POL-6: who has no account|client http|twin http|Allow * {} {"AWS":"111122223333"}
	POL-6: aws:PrincipalAccount|peer http|client http|Allow * {"StringNotEquals":{"aws:PrincipalAccount":"111122223333"}}
	POL-6: the service|client http|client udp|Allow tcp:* {} "*" $SERVICE;Allow udp:* {} "*" $S3_SERVICE
END
check "POL-3: nothing that matches is a denial" set_policy 'Allow udp:*' sqs
check "POL-6: it is counted at the endpoint, apart from others" \
	reason_rises sqs endpoint-policy-denied 2 eval \
	"tcp_refused $CLIENT $EP 80; tcp_refused $FAR $EP 7"
check "POL-6: of another one nothing is" counter_stays twin-sqs endpoint-policy-denied \
	is_told client http
check "POL-6: and no session is made" counter_stays "$CLIENT" sessions-created is_told client http
check "POL-6: a security group comes first" vr security-group rule-del my/default ingress cidr 0.0.0.0/0
must vr security-group rule-add my/default ingress protocol udp cidr 0.0.0.0/0
must vr security-group rule-add my/default ingress protocol tcp port 7 group my/default
check "POL-6: what it denies is silent" \
	sees 0 . "$PEER" "tcp[13] & 4 != 0" reason_rises "$PEER" security-group-ingress 2 \
	frame "$PEER" eth0 dmac="$(router_mac "$PEER")" src=10.5.0.10 dst=$EP proto=tcp dport=80 flags=2 count=2
must vr security-group rule-add my/default ingress cidr 0.0.0.0/0

# What people see of it
curl_is_refused() { # 7: no connection; 28 would be none in time
	in_ns "$CLIENT" curl -sS --max-time 5 "http://$EP/"
	equals $? 7
}
check "POL-6: curl is refused" sees 1 "$EP.80 > 10.0.0.10.* Flags .R" "$CLIENT" "tcp[13] & 4 != 0" \
	curl_is_refused
must set_policy 'Allow tcp:*' sqs s3ep
check "POL-6: the router of the subnet says who is in the way of UDP" \
	sees 1 "10.0.0.1 > 10.0.0.10: ICMP host $EP unreachable - admin prohibited" "$CLIENT" \
	icmp is_told client udp
ping_is_filtered() {
	in_ns "$CLIENT" ping -n -c 1 -W 2 "$S3_HOST" 2>&1 | tee "$TMP/ping"
	grep -q 'Packet filtered' "$TMP/ping"
}
check "POL-6: ping by a gateway endpoint is filtered" \
	sees 1 "10.0.0.1 > 10.0.0.10: ICMP host $S3_HOST unreachable - admin prohibited" "$CLIENT" \
	"icmp[icmptype] == icmp-unreach" ping_is_filtered
tester_rst="dmac=$(router_mac "$CLIENT") src=10.0.0.10 dst=$EP proto=tcp dport=80"
must set_policy 'Allow udp:*' sqs
# shellcheck disable=SC2086 # several words
check "POL-6: no packet in mid-flow begins anything" \
	reason_rises "$CLIENT" tcp-not-syn 1 frame "$CLIENT" eth0 $tester_rst sport=5 flags=16

# By a gateway endpoint
TO=$S3_HOST SOURCE=10.0.0.10
rows s3ep "$S3" <<-END
	POL-6: one port of a gateway service|client http|client echo|Allow tcp:80
	POL-3: a denial there|client http|client echo|Allow *;Deny tcp:1-79
	POL-6: echo requests are an action|client ping|client http|Allow icmp:*
	POL-6: by a gateway endpoint aws:SourceVpce|client http|client echo|Allow tcp:* {"StringEquals":{"aws:SourceVpce":"s3ep"}};Deny tcp:7
	POL-6: by a gateway endpoint aws:SourceVpc is always its own|client http|client echo|Allow tcp:80;Allow * {"StringNotEquals":{"aws:SourceVpc":"my"}}
	GWE-15: narrowed by aws:PrincipalAccount|client http|client echo|Allow tcp:80 {"StringEquals":{"aws:PrincipalAccount":"111122223333"}};Allow tcp:7 {"StringEquals":{"aws:PrincipalAccount":"444455556666"}}
END
check "POL-6: aws:VpcSourceIp there" set_policy \
	'Allow * {"IpAddress":{"aws:VpcSourceIp":"10.0.1.0/24"}}' s3ep
check "POL-6: who may" http_source "$FAR" "$S3_HOST" 10.0.1.10
check "POL-6: who may not" reason_rises "$CLIENT" endpoint-policy 1 is_told client http
must vr endpoint set s3ep policy-reset

# POL-5
TO=$EP SOURCE=$GATEWAY
must vr endpoint set sqs policy-reset
check "a connection by the interface endpoint" flow_start live "$CLIENT" $EP 40000
check "one by the gateway endpoint" flow_start s3 "$CLIENT" "$S3_HOST" 40001
check "one over the peering" flow_start pcx "$PEER" $EP 40002
check "a flow of datagrams" reason_rises "$CLIENT" sessions-created 1 \
	tester udp-flows "$CLIENT" $EP 9 21000 1
check "POL-5: everything is denied from now on" set_policy 'Deny *' sqs s3ep
check "POL-5: the connection goes on" flow_goes_on live
check "POL-5: that by the gateway endpoint" flow_goes_on s3
check "POL-5: that over the peering" flow_goes_on pcx
again() { # again PORT: a datagram of a flow from there, to the sink
	tester udp-flows "$CLIENT" "$EP" 9 "$1" 1
}
check "POL-5: the datagrams" sees 1 "UDP, length 4" "$SVC" "udp and dst port 9" again 21000
check "POL-5: not another connection" reason_rises "$CLIENT" endpoint-policy 1 is_told client http
check "POL-5: nor one by the gateway endpoint" \
	reason_rises "$CLIENT" endpoint-policy 1 tcp_refused "$CLIENT" "$S3_HOST" 80
check "POL-5: nor other datagrams" reason_rises "$CLIENT" endpoint-policy 1 \
	again 21001
# A change that makes the verdicts on all of them stale
must vr -b - <<-END
	security-group rule-add my/default ingress protocol udp port 9999 cidr 10.0.0.0/8
	route add my/net 198.51.100.0/24 eni $FAR
	security-group rule-add peer/default ingress protocol udp port 9999 cidr 10.0.0.0/8
END
check "POL-5: judged anew they go on" reason_rises "$CLIENT" endpoint-policy 0 flow_goes_on live
check "POL-5: by the gateway endpoint, too" flow_goes_on s3
check "POL-5: and over the peering" flow_goes_on pcx
check "POL-5: and the datagrams" sees 1 "UDP, length 4" "$SVC" "udp and dst port 9" again 21000
must flow_stop live
check "POL-5: its ports again are a new connection" \
	reason_rises "$CLIENT" endpoint-policy 1 tcp_refused "$CLIENT" $EP 7 40000
must flow_stop s3
check "POL-5: by the gateway endpoint, too" \
	reason_rises "$CLIENT" endpoint-policy 1 tcp_refused "$CLIENT" "$S3_HOST" 7 40001
must flow_stop pcx
check "POL-1: reset" vr -b - <<-END
	endpoint set sqs policy-reset
	endpoint set s3ep policy-reset
END
check "POL-1: to the default" default_policy sqs
check "POL-1: everything is allowed" passes client http
check "POL-1: by the gateway endpoint" http_source "$CLIENT" "$S3_HOST" 10.0.0.10

# The document
same_text() { # same_text ENDPOINT: as it was written
	vr endpoint show "$1" policy >"$TMP/shown"
	cmp "$TMP/shown" "$POLICY"
}
in_json() { # in_json COMMAND...: the pieces of sqs's document together
	"$PYTHON" -c 'import json, sys
found = [e for e in json.load(open(sys.argv[1])) if e["name"] == "sqs"]
assert len(found) == 1, found
sys.stdout.write("".join(found[0]["policy-document"]))' <("$@") >"$TMP/shown"
	cmp "$TMP/shown" "$POLICY"
}
must set_policy 'Allow *;Deny udp:9' sqs
check "POL-2: it is shown as it was written" same_text sqs
check "POL-2: in JSON, too" in_json vr -j endpoint show sqs
check_not "POL-2: not in a line of text" grep -q Statement <(vr endpoint show sqs)
config_mark
check "POL-2: one that is not there" refused_with "not found" vr endpoint show nonsense policy
printf '%20480s' "$(cat "$POLICY")" >"$TMP/long" && mv "$TMP/long" "$POLICY"
check "POL-2: 20,480 characters" vr endpoint set sqs policy "$POLICY"
check "POL-2: are shown" cmp <(vr endpoint show sqs policy) <(cat "$POLICY"; echo)
check "POL-2: and come in a dump" in_json vr -j endpoint show
check "POL-2: which has the others" equals "$(vr endpoint show | wc -l)" 3
check "POL-2: and all that it has beside" \
	grep -q "security-group sg-.*network-interface eni-.*address $EP" <(vr endpoint show sqs)
check "POL-2: and in the whole configuration" grep -q 'Deny.*udp:9' <(vr -j config)

# Refusals: by vpcctl, with the statement's number
config_mark
not_understood() { # not_understood WHERE WORDS CMD...
	local out rc

	out=$("${@:3}" 2>&1)
	rc=$?
	echo "exit code $rc: $out"
	[ "$rc" -eq 1 ] && [[ $out == *"$1"*"$2"* ]]
}
cannot() { # cannot WHERE WORDS DOCUMENT
	printf '%s' "$3" >"$POLICY"
	not_understood "$1" "$2" vr endpoint set sqs policy "$POLICY" && config_unchanged
}
ALLOW='{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}'
with() { # with MEMBERS: a second statement that has these instead of its own, or beside them
	"$PYTHON" -c 'import json, sys
first = json.loads(sys.argv[1])
second = dict(first, **json.loads("{%s}" % sys.argv[2]))
print(json.dumps({"Statement": [first, {k: v for k, v in second.items() if v is not None}]}))' \
		"$ALLOW" "$1"
}
while IFS='|' read -r name words members; do
	check "refused: $name" cannot "statement 2: " "$words" "$(with "$members")"
done <<-'END'
	POL-2: no principal|Principal is missing|"Principal": null
	no effect|Effect is missing|"Effect": null
	no action|Action is missing|"Action": null
	no resource|Resource is missing|"Resource": null
	another effect|Effect: neither|"Effect": "allow"
	an action of a service|"s3:GetObject" is no action|"Action": ["tcp:80", "s3:GetObject"]
	a port that there is not|"tcp:65536" is no action|"Action": "tcp:65536"
	ports backwards|"tcp:80-79" is no action|"Action": "tcp:80-79"
	ports of ICMP|"icmp:8" is no action|"Action": "icmp:8"
	no port|"udp:" is no action|"Action": "udp:"
	half a range|"udp:7-" is no action|"Action": "udp:7-"
	an action that is a number|neither a string nor a list|"Action": 80
	a list with a number|neither a string nor a list|"Action": ["*", 80]
	no action in the list|an empty list|"Action": []
	an element of IAM's|element "NotAction" is not known|"NotAction": "*"
	an object in a bucket|"arn:aws:s3:::bucket/*" is neither|"Resource": "arn:aws:s3:::bucket/*"
	some services|"com.*" is neither|"Resource": ["com.*"]
	a role|"arn:aws:iam::111122223333:role/x" is no account|"Principal": {"AWS": "arn:aws:iam::111122223333:role/x"}
	a short account|"1234" is no account|"Principal": {"AWS": ["1234"]}
	a service as a principal|Principal: neither|"Principal": {"Service": "sqs.amazonaws.com"}
	an account as it is|Principal: neither|"Principal": "111122223333"
	an operator|operator "StringLike" is not known|"Condition": {"StringLike": {"aws:SourceVpc": "vpc-*"}}
	a key|key "aws:PrincipalArn" means nothing|"Condition": {"StringEquals": {"aws:PrincipalArn": "x"}}
	an address as a string|StringEquals does not go with aws:VpcSourceIp|"Condition": {"StringEquals": {"aws:VpcSourceIp": "10.0.0.1"}}
	a vpc as an address|IpAddress does not go with aws:SourceVpc|"Condition": {"IpAddress": {"aws:SourceVpc": "my"}}
	no address|"10.0.0.0/33" is not ADDRESS/LENGTH|"Condition": {"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/33"}}
	a condition that is none|Condition: not an object|"Condition": []
	a key without keys|IpAddress: not an object|"Condition": {"IpAddress": "10.0.0.1"}
END
while IFS='|' read -r name words document; do
	check "refused: $name" cannot "policy $POLICY: " "$words" "$document"
done <<-'END'
	POL-2: no JSON|invalid policy document: line 1 column|{"Statement": }
	POL-2: an unfinished document|invalid policy document: line 1|{"Statement": [
	POL-2: something twice|invalid policy document: line 1|{"Version": "2012-10-17", "Version": "2012-10-17", "Statement": []}
	a list|not an object|[]
	no statement|there is no Statement|{"Version": "2012-10-17"}
	an empty list of them|there is no Statement|{"Statement": []}
	a statement that is none|statement 1: not an object|{"Statement": ["*"]}
	another version|Version: neither|{"Version": "2020-01-01", "Statement": []}
	something else|element "Rules" is not known|{"Rules": []}
	characters beyond ASCII|line 1 column 9: not an ASCII character|{"Id": "ä", "Statement": []}
END
printf '{"Statement":\n  [%s]\n  x}' "$ALLOW" >"$POLICY"
check "refused: POL-2: with the line" cannot "line 3 column 3" "" "$(cat "$POLICY")"
check "refused: POL-2: 20,481 characters" cannot "at most 20480 characters" "" \
	"$(printf '%20481s' "$(with '')")"
printf '{"Statement": %s}' "$ALLOW" >"$POLICY"
check "one statement needs no list" vr endpoint set sqs policy "$POLICY"
check "no file" not_understood "$TMP/nonsense" "No such file" vr endpoint set sqs policy "$TMP/nonsense"
check "not without an endpoint" not_understood policy "REF is missing" vr endpoint show policy

# Refusals: by the kernel, likewise
config_mark
while IFS='|' read -r name word ep statements; do
	write_policy "$statements"
	refused "$name" "$word" vr endpoint set "$ep" policy "$POLICY"
done <<-END
	POL-6: a name of no vpc|statement 2: vpc "nonsense" not found|sqs|Allow *;Deny * {"StringEquals":{"aws:SourceVpc":"nonsense"}}
	POL-6: a name of no endpoint|statement 1: endpoint "nonsense" not found|sqs|Deny * {"StringEquals":{"aws:SourceVpce":"nonsense"}};Allow *
	POL-6: no service|statement 1: service "s3" not found|sqs|Allow * {} "*" s3
	GWE-15: an account at a gateway endpoint|statement 2: the principal at a gateway endpoint must be|s3ep|Allow *;Allow * {} {"AWS":"111122223333"}
END
must vr limits set statements-per-endpoint-policy 2
must vr limits set values-per-endpoint-policy 3
config_mark
while IFS='|' read -r name word statements; do
	write_policy "$statements"
	refused "$name" "$word" vr endpoint set sqs policy "$POLICY"
done <<-END
	one statement too many|limit of 2 statements|Allow *;Allow *;Allow *
	one value too many|limit of 3 values|Allow ["tcp:1","tcp:2"];Deny ["tcp:3","tcp:4"]
END
check "as many as may be" set_policy 'Allow ["tcp:80","tcp:7"];Deny tcp:7' sqs
check "are in force" reason_rises "$CLIENT" endpoint-policy 1 is_told client echo
must vr limits set statements-per-endpoint-policy 128
must vr limits set values-per-endpoint-policy 1024

# In a transaction, and with a new endpoint
must vr endpoint del sqs
write_policy 'Allow tcp:80 {"StringEquals":{"aws:SourceVpce":"sqs"}}'
config_mark
refused "a transaction whose last command fails" "exists already" vr -b - <<-END
	endpoint add sqs vpc my service $SERVICE type interface subnet my/a address $EP private-dns off policy $POLICY
	endpoint set s3ep policy $POLICY
	endpoint set s3ep policy-reset
	vpc add my cidr 10.0.0.0/16
END
check "GWE-3: a new endpoint with a policy, in a transaction" vr -b - <<-END
	endpoint add sqs vpc my service $SERVICE type interface subnet my/a address $EP private-dns off policy $POLICY
	endpoint set twin-sqs policy $POLICY
	endpoint set twin-sqs policy-reset
END
# Who knew the MAC of the interface that had the address forgets it.
must ip -n "$CLIENT" neigh flush dev eth0
check "POL-6: is in force at once" reason_rises "$CLIENT" endpoint-policy 1 is_told client echo
check "POL-6: and for what it allows" passes client http
check "POL-1: the other is at its default" default_policy twin-sqs
check "and shown" same_text sqs
must vr endpoint del sqs
must vr endpoint add sqs vpc my service "$SERVICE" type interface subnet my/a address $EP private-dns off
check "POL-1: a policy goes with its endpoint" default_policy sqs
must ip -n "$CLIENT" neigh flush dev eth0
check "POL-1: another of its name has none of it" passes client udp

finish
