#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Labs A, B and C for human eyes: every command as one would type it, and what came of it. Ends with 1
# as soon as something is not as it should be.

NO_TAP=yes
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib_dns.sh
. "$(dirname "$0")/lib_dns.sh"
# shellcheck source=lib_nlb.sh
. "$(dirname "$0")/lib_nlb.sh"

R=router
OUT=$TMP/output

say() {
	printf '\n  %s\n' "$@"
}

vpcctl() {
	"$VPCCTL" -n "$R" "$@"
}

show() { # show COMMAND-LINE: print it, run it, print what it says
	printf '\n$ %s\n' "$1"
	eval "$1" >"$OUT" 2>&1
	rc=$?
	sed 's/^/    /' "$OUT"
}

oops() {
	printf '\nNot as expected: %s\n' "$1"
	exit 1
}

has() { # has PATTERN...: the output has each
	local pattern

	for pattern in "$@"; do
		grep -qE -- "$pattern" "$OUT" || oops "no '$pattern' in the output"
	done
}

works() { # works COMMAND-LINE [PATTERN...]
	show "$1"
	[ "$rc" -eq 0 ] || oops "exit code $rc"
	has "${@:2}"
}

fails() { # fails COMMAND-LINE [PATTERN...]
	show "$1"
	[ "$rc" -ne 0 ] || oops "that should have failed"
	has "${@:2}"
}

PING="ping -n -c 3 -i 0.2 -W 1"
S3_PAGE="curl -s -m 5 http://$S3_NAME/"

prepare() {
	add_ns "$R" && add_internet && add_s3 && add_cloudformation && add_resolver && add_health
}

cat <<END
  Lab A: a gateway endpoint for S3. Lab B: an interface endpoint for CloudFormation, and private DNS.
  Lab C: an endpoint service, which is a load balancer of another VPC.

    public EC2 10.0.0.10 ----+                          +---- S3, 52.219.x.x
    (203.0.113.10)           |                          |        |
                          [ router: vpc.ko, the VPC "my" ]       |
                             |                          |        |
    private EC2 10.0.1.10 ---+                          +---- the internet

  Network namespaces play the instances, the internet and S3. The namespace "router" holds
  vpc.ko's state; all vpcctl commands run in there. S3 answers HTTP with who asked it. Names are
  resolved by vpcdnsd, which asks a server of the internet for those that it does not know; vpcd
  checks the health of a load balancer's targets.
END
must prepare
# They are cleaned up like all others.
for ns in public-ec2 private-ec2 other-ec2 my-ec2 web-1 web-2; do
	must use_resolver "$ns"
	NAMESPACES+=("$ns")
done

say "Given: the uplink to the internet; S3, CloudFormation and the resolver behind ports of their own."
works "vpcctl uplink show" inet
works "vpcctl service show" "$S3_SERVICE"

say "1. A VPC with a public and a private subnet."
works "vpcctl vpc add my cidr 10.0.0.0/16 region ap-northeast-2"
works "vpcctl subnet add my/public cidr 10.0.0.0/24 zone ap-northeast-2a"
works "vpcctl subnet add my/private cidr 10.0.1.0/24 zone ap-northeast-2c"
works "vpcctl route-table add my/public"
works "vpcctl route-table associate my/public subnet my/public"
works "vpcctl route-table add my/private"
works "vpcctl route-table associate my/private subnet my/private"
works "vpcctl igw add my-igw vpc my uplink inet"
works "vpcctl route add my/public 0.0.0.0/0 igw my-igw"

say "2. An instance in each, the public one with a public address."
works "vpcctl instance add public-ec2 subnet my/public address 10.0.0.10"
works "vpcctl instance add private-ec2 subnet my/private address 10.0.1.10"
must quiet_ns public-ec2
must quiet_ns private-ec2
works "vpcctl eip add 203.0.113.10 uplink inet"
works "vpcctl eip associate 203.0.113.10 eni public-ec2"
works "vpcctl route show" "igw-"

say "3. Before: the public EC2 reaches S3 by the internet gateway, with its public address."
must ping_ok public-ec2 "$S3_HOST"
works "vpcctl instance exec public-ec2 $PING $S3_NAME" " 3 received"
works "vpcctl instance exec public-ec2 $S3_PAGE" "peer=203.0.113.10 "
say "The private EC2 knows the name and has no way there: its table holds nothing but local."
fails "vpcctl instance exec private-ec2 $PING $S3_NAME" "\\($S3_HOST\\)" " 0 received"
works "vpcctl stats drops private-ec2" "no-route [1-9]"

say "4. A gateway endpoint for S3, on both tables."
works "vpcctl endpoint add s3ep vpc my service $S3_SERVICE type gateway route-table my/public,my/private"
works "vpcctl route show" "pl-.*vpce-"
say "Its routes are the endpoint's own business:"
fails "vpcctl route del my/private s3" "endpoint"

say "5. After: both reach S3, which sees private addresses."
works "vpcctl instance exec private-ec2 $PING $S3_NAME" " 3 received"
works "vpcctl instance exec private-ec2 $S3_PAGE" "peer=10.0.1.10 "
igw_before=$(vpcctl stats get public-ec2 igw-out-packets)
works "vpcctl instance exec public-ec2 $PING $S3_NAME" " 3 received"
works "vpcctl instance exec public-ec2 $S3_PAGE" "peer=10.0.0.10 "
works "vpcctl session show vpc my" "52\.219"
say "And nothing of it went through the internet gateway (still $igw_before packets):"
works "vpcctl stats get public-ec2 igw-out-packets" "^$igw_before\$"

say "6. The endpoint leads to S3 only, and carries TCP and ping only."
fails "vpcctl instance exec private-ec2 $PING $INET_HOST" " 0 received"
works "vpcctl instance exec private-ec2 bash -c 'echo hello >/dev/udp/$S3_HOST/53'"
works "vpcctl stats get private-ec2 endpoint-protocol" "^1\$"

say "7. One table off the endpoint: its subnet stops, the other goes on."
works "vpcctl endpoint set s3ep remove-route-table my/private"
fails "vpcctl instance exec private-ec2 $PING $S3_NAME" " 0 received"
works "vpcctl instance exec public-ec2 $PING $S3_NAME" " 3 received"

DIG="dig +short +tries=1"
CURL="curl -s -m 5 http://$CFN_NAME/"
EP_A=10.0.0.65
EP_C=10.0.1.237

say "Lab B, in the same VPC." "8. Before: CloudFormation has its public address, and only the public EC2 reaches that."
works "vpcctl instance exec public-ec2 $DIG $CFN_NAME" "^$CFN_HOST\$"
works "vpcctl instance exec private-ec2 $DIG $CFN_NAME" "^$CFN_HOST\$"
works "vpcctl instance exec public-ec2 $CURL" "peer=203.0.113.10 "
fails "vpcctl instance exec private-ec2 curl -s -m 1 http://$CFN_NAME/"

say "9. An interface endpoint in both subnets. Private DNS needs the VPC's DNS hostnames:"
works "vpcctl security-group add my/endpoint"
works "vpcctl security-group rule-add my/endpoint ingress protocol tcp port 80 cidr 10.0.0.0/16"
ENDPOINT="vpcctl endpoint add cfn vpc my service $CFN_SERVICE type interface subnet my/public,my/private"
ENDPOINT+=" address $EP_A address $EP_C security-group my/endpoint private-dns on"
fails "$ENDPOINT" "dns-hostnames"
works "vpcctl vpc set my dns-hostnames on"
works "$ENDPOINT"
works "vpcctl endpoint show cfn" "dns-entry $CFN_NAME"

say "10. After: its name leads to the endpoint, from every subnet of the VPC."
entries=$(vpcctl endpoint show cfn | grep -oE 'dns-entry [^ ]+' | cut -d' ' -f2)
works "vpcctl instance exec public-ec2 $DIG $CFN_NAME" "^$EP_A\$" "^$EP_C\$"
works "vpcctl instance exec private-ec2 $DIG $CFN_NAME" "^$EP_A\$" "^$EP_C\$"
say "The endpoint's own names: of all zones, of one, of the other."
works "vpcctl instance exec public-ec2 $DIG $(sed -n 1p <<<"$entries")" "^$EP_A\$" "^$EP_C\$"
works "vpcctl instance exec public-ec2 $DIG $(sed -n 2p <<<"$entries")" "^$EP_A\$"
works "vpcctl instance exec public-ec2 $DIG $(sed -n 3p <<<"$entries")" "^$EP_C\$"
works "vpcctl instance exec public-ec2 dig AAAA $CFN_NAME" "status: NOERROR" "ANSWER: 0"
say "HTTP works from both, and is private:"
works "vpcctl instance exec public-ec2 $CURL" "peer=52.95.193.1 "
works "vpcctl instance exec private-ec2 $CURL" "peer=52.95.193.1 "
say "The endpoint is no host that answers ping:"
fails "vpcctl instance exec private-ec2 $PING $EP_C" " 0 received"

say "11. Private DNS off: the public address again, and the endpoint's names as before."
works "vpcctl endpoint set cfn private-dns off"
works "vpcctl instance exec public-ec2 $DIG $CFN_NAME" "^$CFN_HOST\$"
works "vpcctl instance exec public-ec2 $DIG $(sed -n 1p <<<"$entries")" "^$EP_A\$" "^$EP_C\$"

say "12. Another VPC with the same addresses and no endpoint."
works "vpcctl endpoint set cfn private-dns on"
works "vpcctl vpc add other cidr 10.0.0.0/16 region ap-northeast-2"
works "vpcctl subnet add other/net cidr 10.0.0.0/24 zone ap-northeast-2a"
works "vpcctl instance add other-ec2 subnet other/net address 10.0.0.10"
must quiet_ns other-ec2
works "vpcctl instance exec other-ec2 $DIG $CFN_NAME" "^$CFN_HOST\$"
works "vpcctl instance exec private-ec2 $DIG $CFN_NAME" "^$EP_A\$" "^$EP_C\$"

PAGE="Endpoint Service Lab - CloudNeta Web Server"
add_web() { # add_web N: an instance that serves page N
	must quiet_ns "web-$1"
	must web "web-$1" "$1" 200
}
healthy() {
	vpcctl target-group show web | grep -oE ' state [a-z-]+' | grep -c ' healthy' | grep -qx 2
}
# Both servers show up over some tries.
pages() {
	local i

	for ((i = 0; i < 12; i++)); do
		vpcctl instance exec my-ec2 curl -s -m 5 "http://$1/"
	done | sort | uniq -c
}

say "Lab C, in another region." "13. MyVPC with My-EC2; and CustomVPC, of a public range, with two web servers."
works "vpcctl vpc add MyVPC cidr 10.0.0.0/16 region us-east-1"
works "vpcctl subnet add MyVPC/net cidr 10.0.0.0/24 zone us-east-1a"
works "vpcctl route-table add MyVPC/net"
works "vpcctl route-table associate MyVPC/net subnet MyVPC/net"
works "vpcctl igw add MyVPC-igw vpc MyVPC uplink inet"
works "vpcctl route add MyVPC/net 0.0.0.0/0 igw MyVPC-igw"
works "vpcctl instance add my-ec2 subnet MyVPC/net address 10.0.0.10"
must quiet_ns my-ec2
works "vpcctl eip add 203.0.113.11 uplink inet"
works "vpcctl eip associate 203.0.113.11 eni my-ec2"
works "vpcctl vpc add CustomVPC cidr 20.0.0.0/16 region us-east-1"
works "vpcctl subnet add CustomVPC/net cidr 20.0.0.0/24 zone us-east-1a"
works "vpcctl route-table add CustomVPC/net"
works "vpcctl route-table associate CustomVPC/net subnet CustomVPC/net"
works "vpcctl igw add CustomVPC-igw vpc CustomVPC uplink inet"
works "vpcctl route add CustomVPC/net 0.0.0.0/0 igw CustomVPC-igw"
works "vpcctl security-group rule-add CustomVPC/default ingress protocol tcp port 80 cidr 0.0.0.0/0"
works "vpcctl instance add web-1 subnet CustomVPC/net address 20.0.0.11"
works "vpcctl instance add web-2 subnet CustomVPC/net address 20.0.0.12"
add_web 1
add_web 2

say "14. An internet-facing load balancer before them. Their health is checked by real connections."
works "vpcctl eip add 203.0.113.20 uplink inet"
works "vpcctl nlb add NLB-1 scheme internet-facing subnet CustomVPC/net eip 203.0.113.20"
works "vpcctl target-group add web vpc CustomVPC protocol tcp port 80 $FAST_CHECKS"
works "vpcctl target add web eni web-1"
works "vpcctl target add web eni web-2"
must stop_vpcd
works "vpcctl listener add NLB-1 protocol tcp port 80 target-group web"
works "vpcctl target-group show web" "state initial"
must start_vpcd
busywait 60000 healthy || oops "the targets do not become healthy"
works "vpcctl target-group show web" "state healthy"
name=$(vpcctl nlb show NLB-1 | grep -oE 'dns-name [^ ]+' | cut -d' ' -f2)
works "vpcctl instance exec my-ec2 $DIG $name" "^203.0.113.20\$"
works "pages $name" "$PAGE 1" "$PAGE 2"

say "15. An endpoint service on it, and an endpoint in MyVPC that asks for it."
works "vpcctl endpoint-service add web-svc nlb NLB-1"
works "vpcctl endpoint-service show web-svc" "com.amazonaws.vpce.us-east-1.vpce-svc-"
svc=$(vpcctl endpoint-service show web-svc | grep -oE 'com.amazonaws.vpce[^ ]+')
works "vpcctl endpoint add webep vpc MyVPC service $svc type interface subnet MyVPC/net address 10.0.0.218"
works "vpcctl endpoint show webep" "state pendingAcceptance"
fails "vpcctl instance exec my-ec2 curl -s -m 2 http://10.0.0.218/"

say "16. Accepted, it is available, and nothing of it crosses an internet gateway."
works "vpcctl endpoint-service accept web-svc endpoint webep"
works "vpcctl endpoint show webep" "state available"
vpce=$(vpcctl endpoint show webep | grep -oE 'dns-entry [^ ]+' | head -n 1 | cut -d' ' -f2)
igw_before=$(vpcctl stats get my-ec2 igw-out-packets)
works "vpcctl instance exec my-ec2 $DIG $vpce" "^10.0.0.218\$"
works "pages $vpce" "$PAGE 1" "$PAGE 2"
works "vpcctl stats get my-ec2 igw-out-packets" "^$igw_before\$"
say "It leads to the service's port and to nothing else, and nobody comes back by it:"
fails "vpcctl instance exec my-ec2 timeout 1 bash -c 'exec 3<>/dev/tcp/10.0.0.218/22'"
fails "vpcctl instance exec my-ec2 $PING 10.0.0.218" " 0 received"
fails "vpcctl instance exec web-1 timeout 1 bash -c 'exec 3<>/dev/tcp/10.0.0.10/80'"

say "17. Rejected, it carries nothing any more; and what is in use cannot be deleted."
works "vpcctl endpoint-service reject web-svc endpoint webep"
fails "vpcctl instance exec my-ec2 curl -s -m 2 http://10.0.0.218/"
works "vpcctl stats drops my-ec2" "endpoint-not-available [1-9]"
works "vpcctl endpoint-service accept web-svc endpoint webep"
works "pages $vpce" "$PAGE 1" "$PAGE 2"
fails "vpcctl endpoint-service del web-svc" "used by endpoint"
fails "vpcctl nlb del NLB-1" "endpoint service"
fails "vpcctl vpc del MyVPC" "endpoint"

say "Everything as expected."
exit 0
