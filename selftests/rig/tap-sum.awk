#!/usr/bin/awk -f
# SPDX-License-Identifier: GPL-2.0
# Add up the TAP of a whole run (standard input) and end with the one line
#
#   N passed, M failed, K skipped
#
# Exit code 1 when anything failed. With -v strict=1 a skip is a failure unless its reason starts
# with "optional client:". Each stage of the run is opened by a line "# stage NAME": one without
# a test is a failure, and so are a plan with another number of tests than came, no plan at all,
# and "Bail out!". Of nested KTAP only the innermost lines count: the outer ones are their sums.

function fail(text) {
	failed++
	failures[failed] = (stage == "" ? "" : stage ": ") text
}

function count(line,    reason) {
	ran++
	if (line ~ /^not ok/) {
		fail(line)
		return
	}
	if (!match(line, /# *[Ss][Kk][Ii][Pp]/)) {
		passed++
		return
	}
	reason = substr(line, RSTART + RLENGTH)
	sub(/^[: ]*/, "", reason)
	if (strict && reason !~ /^optional client:/)
		fail(line " (nothing may be skipped here)")
	else
		skipped++
}

# The tests at one depth are over: do plan and tests agree? KUnit plans no parameters, so only
# the outermost level must have a plan.
function close_level(depth) {
	if (depth in plan) {
		if (plan[depth] != tests[depth] + 0)
			fail("planned " plan[depth] " tests and ran " tests[depth] + 0)
	} else if (depth == 0 && tests[0])
		fail("no plan")
	delete plan[depth]
	delete tests[depth]
	delete failed_before[depth]
}

function close_deeper(depth,    d) {
	for (d = 40; d > depth; d--)
		close_level(d)
}

function close_stage() {
	close_deeper(-1)
	if (stage != "" && !ran)
		fail("no test ran")
	ran = 0
	last = 0
	stage_failed = failed
}

# A line that follows deeper ones is their sum; it counts only when it fails and they did not.
function test_line(depth, line,    before) {
	close_deeper(depth)
	tests[depth]++
	if (last <= depth)
		count(line)
	else {
		before = (depth in failed_before) ? failed_before[depth] : stage_failed
		if (line ~ /^not ok/ && failed == before)
			count(line)
	}
	failed_before[depth] = failed
	last = depth
}

function plan_line(depth, line) {
	close_deeper(depth)
	if (depth in plan)	# of the next group
		close_level(depth)
	sub(/^1\.\./, "", line)
	plan[depth] = line + 0
	failed_before[depth] = failed
	if (line ~ /^0 *# *[Ss][Kk][Ii][Pp]/)
		count("ok " line)
}

{
	sub(/\r$/, "")
	match($0, /^ */)
	depth = RLENGTH
	line = substr($0, depth + 1)
}

/^# stage / {
	close_stage()
	stage = substr($0, 9)
	stage_failed = failed
}

/^Bail out!/ { fail($0); ran++ }
line ~ /^1\.\.[0-9]+/ { plan_line(depth, line) }
line ~ /^(not )?ok( |$)/ { test_line(depth, line) }

END {
	close_stage()
	for (i = 1; i <= failed; i++)
		print "# failed: " failures[i]
	printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
	exit failed > 0
}
