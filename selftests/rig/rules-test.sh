#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Does rules.awk see what is wrong? Hand-made tables, sources and logs, and what must be said of
# them, as TAP.

cd "$(dirname "$0")" || exit 1
number=0
bad=0
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# expect NAME WORDS [AWK-OPTION...] < ROWS: of the table, where | is a tab. Without WORDS nothing
# is said but the totals.
expect() {
	local name=$1 want=$2 got result=ok

	shift 2
	tr '|' '\t' >"$tmp/rules.tsv"
	got=$(awk "$@" -f rules.awk "$tmp/rules.tsv" "${others[@]}" | grep -v '^# rules: ')
	number=$((number + 1))
	if [ -z "$want" ] && [ -n "$got" ] || ! grep -qxF -- "$want" <<<"$got"; then
		printf '# got: %s\n# wanted: %s\n' "$got" "$want"
		result="not ok"
		bad=1
	fi
	echo "$result $number rules: $name"
}

# ---- sources ----

others=("$tmp/Makefile" "$tmp/one.sh" "$tmp/x_kunit.c" "$tmp/README.md")
printf 'TEST_PROGS := \\\n\tone.sh \\\n' >"$tmp/Makefile"
printf 'check "RT-1, RT-2a: it works" true\n# RT-3: a comment\n' >"$tmp/one.sh"
printf '\tKUNIT_CASE(works_rt_4),\n\t.name = "vpc_x",\n/* RT-5, RFC-6 */\n' >"$tmp/x_kunit.c"
echo "4 tested, 0 partly, 2 open, 0 not shown by packets or commands" >"$tmp/README.md"

rows() { # rows [SED-COMMAND]: a good table, edited
	sed "${1:-}" <<-END
		# id|status|...
		RT-1|tested|one|one|-
		RT-2|tested|one|-|-
		RT-2a|tested|one|-|-
		RT-3|open|-|-|later
		RT-4|tested|kunit:vpc_x|-|-
		RT-5|open|-|-|later
	END
}

expect "RT-2 is not RT-2a" "RT-2: no check of one names it" < <(rows)
echo 'check "RT-2: too" true' >>"$tmp/one.sh"
expect "nothing is wrong" "" < <(rows)
expect "a column is missing" "line 2 has 4 columns, not 5" < <(rows '2s/|-$//')
expect "a rule twice" "RT-1: there twice" < <(rows '2p')
expect "an unknown status" 'RT-1: there is no status "done"' < <(rows '2s/tested/done/')
expect "tested by nothing" "RT-1: tested, but by no test" < <(rows '2s/one/-/g')
expect "open, with a test" "RT-3: open, but has tests" < <(rows '5s/-|-/one|-/')
expect "open, without a note" "RT-3: open, but no note says why" < <(rows '5s/later/-/')
expect "no such script" "RT-1: there is no test two" < <(rows '2s/one/two/')
expect "no such suite" "RT-4: there is no test kunit:vpc_y" < <(rows '6s/vpc_x/vpc_y/')
expect "a suite that does not name the rule" "RT-1: no check of kunit:vpc_x names it" \
	< <(rows '2s/one/kunit:vpc_x/')
expect "open, but a check names it" "RT-2: open, but one.sh names it" \
	< <(rows '3s/.*/RT-2|open|-|-|later/')
expect "a comment cites what is not there" "x_kunit.c cites RT-5, which is no line of the table" \
	< <(rows '7d')
expect "README has other numbers" \
	'README.md does not say "4 tested, 0 partly, 1 open, 0 not shown by packets or commands"' \
	< <(rows '5d')

# ---- logs ----

others=("$tmp/log.tap")
log() { # log [SED-COMMAND]
	sed "${1:-}" >"$tmp/log.tap" <<-'END'
		# stage um kunit
		1..1
		    # Subtest: vpc_x
		    1..1
		    ok 1 works_rt_4
		ok 1 vpc_x
		# stage um selftests
		ok 1 one: RT-1, RT-2a: it works
		ok 2 one: RT-2: too
		1..2
	END
}

good="ok 1 rules: each test that rules.tsv names, and that ran, has shown its rule"
log
expect "all have run" "$good" -v all=1 < <(rows)
log '9s/ok/not ok/'
expect "a failed check shows nothing" "not ok 1 rules: RT-2: nothing of one that names it was ok" < <(rows)
log '9s/$/ # SKIP why/'
expect "nor does one that was skipped" "not ok 1 rules: RT-2: nothing of one that names it was ok" < <(rows)
log '5s/rt_4/rt_41/'
expect "a suite's case" "not ok 1 rules: RT-4: nothing of kunit:vpc_x that names it was ok" < <(rows)
log '1,6d'
expect "a suite that did not run" "$good" < <(rows)
expect "it must run when all do" "not ok 1 rules: RT-4: kunit:vpc_x did not run" -v all=1 < <(rows)
log '8,9s/one: .*/one # SKIP why/'
expect "a script that was skipped did not run" "not ok 1 rules: RT-1: one did not run" -v all=1 < <(rows)
log d
expect "a run without such tests has no stage" "" < <(rows)
echo "1..$number"
exit $bad
