#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Does tap-sum.awk count right? Hand-made streams and what must come of them, as TAP.

cd "$(dirname "$0")" || exit 1
number=0
bad=0

# expect NAME SUM [AWK-OPTION...] < STREAM
expect() {
	local name=$1 want=$2 got result=ok

	shift 2
	got=$(awk -f tap-sum.awk "$@" | tail -n 1)
	number=$((number + 1))
	if [ "$got" != "$want" ]; then
		echo "# got '$got', wanted '$want'"
		result="not ok"
		bad=1
	fi
	echo "$result $number tap-sum: $name"
}

expect "plain" "2 passed, 0 failed, 0 skipped" <<<'1..2
ok 1 a
ok 2 b'
expect "the plan at the end" "2 passed, 0 failed, 0 skipped" <<<'ok 1 a
ok 2 b
1..2'
expect "a failure" "1 passed, 1 failed, 0 skipped" <<<'1..2
ok 1 a
not ok 2 b'
expect "a skip" "1 passed, 0 failed, 1 skipped" <<<'1..2
ok 1 a
ok 2 b # SKIP no such tool'
expect "a skip where none may be" "1 passed, 1 failed, 0 skipped" -v strict=1 <<<'1..2
ok 1 a
ok 2 b # SKIP no such tool'
expect "an optional client may be skipped" "1 passed, 0 failed, 1 skipped" -v strict=1 <<<'1..2
ok 1 a
ok 2 b # SKIP optional client: no aws'
expect "all of a file skipped" "0 passed, 0 failed, 1 skipped" <<<'1..0 # SKIP not here'
expect "no plan" "1 passed, 1 failed, 0 skipped" <<<'ok 1 a'
expect "fewer tests than planned" "1 passed, 1 failed, 0 skipped" <<<'1..3
ok 1 a'
expect "more tests than planned" "2 passed, 1 failed, 0 skipped" <<<'1..1
ok 1 a
ok 2 b'
expect "bail out" "1 passed, 2 failed, 0 skipped" <<<'1..3
ok 1 a
Bail out! no way on'
expect "nested: inner lines count" "3 passed, 1 failed, 0 skipped" <<<'KTAP version 1
1..2
    KTAP version 1
    # Subtest: one
    1..2
    ok 1 a
    not ok 2 b
not ok 1 one
    KTAP version 1
    # Subtest: two
    1..2
    ok 1 a
    ok 2 b
ok 2 two'
expect "nested twice, parameters without a plan" "3 passed, 0 failed, 0 skipped" <<<'1..1
    1..2
        KTAP version 1
        # Subtest: table
        ok 1 row
        ok 2 row
    # table: pass:2 fail:0 skip:0 total:2
    ok 1 table
    ok 2 b
ok 1 one'
expect "nested: an outer line fails by itself" "1 passed, 1 failed, 0 skipped" <<<'1..1
    1..1
    ok 1 a
not ok 1 one'
expect "nested: fewer than planned" "1 passed, 1 failed, 0 skipped" <<<'1..1
    1..2
    ok 1 a
ok 1 one'
expect "stages add up" "2 passed, 0 failed, 0 skipped" <<<'# stage one
1..1
ok 1 a
# stage two
1..1
ok 1 a'
expect "a stage without a test" "1 passed, 1 failed, 0 skipped" <<<'# stage one
1..1
ok 1 a
# stage two
some words'
expect "an empty stream" "0 passed, 0 failed, 0 skipped" </dev/null
expect "numbers in names" "1 passed, 0 failed, 0 skipped" <<<'ok 1 has 1..5 in it
1..1'
echo "1..$number"
exit $bad
