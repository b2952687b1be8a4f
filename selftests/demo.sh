#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Labs A and B for human eyes: every command as one would type it, and what came of it. Ends with 1
# as soon as something is not as it should be.

NO_TAP=yes
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lib_dns.sh
. "$(dirname "$0")/lib_dns.sh"

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
	add_ns "$R" && add_internet && add_s3 && add_cloudformation && add_resolver
}

cat <<END
  Lab A: a gateway endpoint for S3. Lab B: an interface endpoint for CloudFormation, and private DNS.

    public EC2 10.0.0.10 ----+                          +---- S3, 52.219.x.x
    (203.0.113.10)           |                          |        |
                          [ router: vpc.ko, the VPC "my" ]       |
                             |                          |        |
    private EC2 10.0.1.10 ---+                          +---- the internet

  Network namespaces play the instances, the internet and S3. The namespace "router" holds
  vpc.ko's state; all vpcctl commands run in there. S3 answers HTTP with who asked it. Names are
  resolved by vpcdnsd, which asks a server of the internet for those that it does not know.
END
must prepare
# They are cleaned up like all others.
for ns in public-ec2 private-ec2 other-ec2; do
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

say "Everything as expected."
exit 0
