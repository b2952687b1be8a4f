#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # functions are called by name
# Lab A for human eyes: every command as one would type it, and what came of it. Ends with 1 as
# soon as something is not as it should be.

NO_TAP=yes
# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

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
	add_ns "$R" && add_internet && add_s3
}

cat <<END
  Lab A: a gateway endpoint for S3.

    public EC2 10.0.0.10 ----+                          +---- S3, 52.219.x.x
    (203.0.113.10)           |                          |        |
                          [ router: vpc.ko, the VPC "my" ]       |
                             |                          |        |
    private EC2 10.0.1.10 ---+                          +---- the internet

  Network namespaces play the instances, the internet and S3. The namespace "router" holds
  vpc.ko's state; all vpcctl commands run in there. S3 answers HTTP with who asked it.
END
must prepare
# The names as the lab has them; they are cleaned up like all others.
for ns in public-ec2 private-ec2; do
	must add_hosts "$ns"
	NAMESPACES+=("$ns")
done

say "Given: the uplink to the internet, and S3 behind a port of its own."
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

say "Everything as expected."
exit 0
