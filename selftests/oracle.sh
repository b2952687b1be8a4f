#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The router against a reference model that was written from the rules alone: random topologies, and
# in them packets, their answers and changes, step by step. See oracle/run.py.
#
# VPC_ORACLE_STEPS: how many (500; `make check` takes 10000 where the kernel is not emulated)
# VPC_SEED: replays a run; each topology says its own seed when it disagrees

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"

STEPS=${VPC_ORACLE_STEPS:-500}
SEED=${VPC_SEED:-$((SRANDOM % 1000000000))}

# From the program's words to checks; what it says before "not ok" tells why.
report() {
	local line

	while IFS= read -r line; do
		case $line in
		"ok "*) passed "${line#ok }" ;;
		"not ok "*) failed "${line#not ok }" <"$TMP/stderr" ;;
		done) return ;;
		*) echo "$line" ;;
		esac
	done
	failed "the program ran to its end" <"$TMP/stderr"
}

echo "# VPC_SEED=$SEED"
report < <("$PYTHON" -SB "$LIB_DIR/oracle/run.py" "$VPCCTL" "$SEED" "$STEPS" 2>"$TMP/stderr")

finish
