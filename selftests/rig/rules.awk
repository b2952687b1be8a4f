#!/usr/bin/awk -f
# SPDX-License-Identifier: GPL-2.0
# What is wrong with rules.tsv, the first file; the others are known by their names:
#
#   *.sh *.c *.h Makefile README.md   does it agree with the sources? Prints what does not, one a
#                                     line, and exits with 1 when there is something
#   *.tap                             did the tests that it names run in that log, and say so? As
#                                     the TAP of a stage. With -v all=1 none may be missing
#
# The last line is always the totals.

function problem(text) {
	if (text in said_already)
		return
	said_already[text] = 1
	problems++
	problem_text[problems] = text
}

# ---- the table ----

# A list of tests or "-": how many there are
function read_tests(id, list,    part, n, i) {
	if (list == "-")
		return 0
	n = split(list, part, ",")
	for (i = 1; i <= n; i++) {
		wanted++
		wanted_id[wanted] = id
		wanted_test[wanted] = part[i]
	}
	return n
}

function read_rule(    column, n, id, status, shown, family) {
	n = split($0, column, "\t")
	id = column[1]
	status = column[2]
	if (n != 5)
		problem("line " FNR " has " n " columns, not 5")
	if (id !~ /^[A-Z][A-Z0-9]*-[0-9]+[a-z]?$/)
		problem("line " FNR ": \"" id "\" is no rule")
	if (id in status_of)
		problem(id ": there twice")
	status_of[id] = status
	number_of[status]++
	family = id
	sub(/-.*/, "", family)
	families[family] = 1
	shown = read_tests(id, column[3]) + read_tests(id, column[4])
	if (status == "tested" || status == "partly") {
		if (!shown)
			problem(id ": " status ", but by no test")
	} else if (status == "open" || status == "not-shown") {
		if (shown)
			problem(id ": " status ", but has tests")
	} else
		problem(id ": there is no status \"" status "\"")
	if (status != "tested" && column[5] !~ /[A-Za-z]/)
		problem(id ": " status ", but no note says why")
}

function totals() {
	return number_of["tested"] + 0 " tested, " number_of["partly"] + 0 " partly, " \
	       number_of["open"] + 0 " open, " number_of["not-shown"] + 0 \
	       " not shown by packets or commands"
}

# @text names rule @id as a word; in the names of C it is rt_1.
function names(text, id,    in_c) {
	in_c = tolower(id)
	sub(/-/, "_", in_c)
	return text ~ "(^|[^A-Za-z0-9])(" id "|" in_c ")([^A-Za-z0-9]|$)"
}

# ---- the sources ----

# Rules of the families that the table has; of others it says nothing yet.
function cite(text, where,    id, family) {
	while (match(text, /[A-Z][A-Z0-9]*-[0-9]+[a-z]?/)) {
		id = family = substr(text, RSTART, RLENGTH)
		text = substr(text, RSTART + RLENGTH)
		sub(/-.*/, "", family)
		if (!(family in families))
			continue
		if (!(id in status_of))
			problem(where " cites " id ", which is no line of the table")
		else if (where == "test" && status_of[id] !~ /^(tested|partly)$/)
			problem(id ": " status_of[id] ", but " base " names it")
	}
}

function read_script(    name, code) {
	name = base
	sub(/\.sh$/, "", name)
	cite($0, base)
	code = $0
	sub(/(^|[ \t])#.*/, "", code)
	cite(code, "test")
	said[name] = said[name] "\n" code
}

# The name of a suite follows its cases.
function read_source(    suite) {
	cite($0, base)
	if (/^\tKUNIT_CASE/)
		cases = cases "\n" $0
	if (base ~ /_kunit\.c$/ && /^\t\.name = "vpc_/) {
		split($0, suite, "\"")
		known["kunit:" suite[2]] = 1
		said["kunit:" suite[2]] = cases
		cases = ""
	}
}

function check_sources(    i, test) {
	for (i = 1; i <= wanted; i++) {
		test = wanted_test[i]
		if (!(test in known))
			problem(wanted_id[i] ": there is no test " test)
		else if (!names(said[test], wanted_id[i]))
			problem(wanted_id[i] ": no check of " test " names it")
	}
	if (!index(readme, totals()))
		problem("README.md does not say \"" totals() "\"")
}

# ---- a log ----

# "ok 12 SCRIPT: NAME", in a suite "ok 1 NAME"; what was skipped has shown nothing
function read_result(    test, text) {
	text = $0
	sub(/^ *(not )?ok [0-9]+ /, "", text)
	test = suite
	if (stage ~ / selftests$/) {
		test = text
		if (!sub(/:.*/, "", test))
			return
	}
	ran[test] = 1
	if ($1 == "ok" && text !~ /# *SKIP/)
		said[test] = said[test] "\n" text
}

function check_log(    i, test) {
	for (i = 1; i <= wanted; i++) {
		test = wanted_test[i]
		if (test in ran) {
			found++
			if (!names(said[test], wanted_id[i]))
				problem(wanted_id[i] ": nothing of " test " that names it was ok")
		} else if (all)
			problem(wanted_id[i] ": " test " did not run")
	}
}

function print_stage(    i) {
	if (!found && !problems)	# a run of stages without such tests
		return
	print "# stage rules"
	for (i = 1; i <= problems; i++)
		print "not ok " i " rules: " problem_text[i]
	if (!problems)
		print "ok 1 rules: each test that rules.tsv names, and that ran, has shown its rule"
	print "1.." (problems ? problems : 1)
}

# ----

BEGIN { of_log = ARGV[2] ~ /\.tap$/ }
FNR == 1 {
	files++
	base = FILENAME
	sub(/.*\//, "", base)
}
files == 1 {
	if (!/^#/)
		read_rule()
	next
}
of_log {
	sub(/\r$/, "")
	if (/^# stage /)
		stage = $0
	else if (stage ~ / kunit$/ && /# Subtest: vpc_/)
		suite = "kunit:" $NF
	else if (stage ~ / (selftests|kunit)$/ && /^ *(not )?ok [0-9]/)
		read_result()
	next
}
base ~ /\.sh$/ { read_script() }
base ~ /\.[ch]$/ { read_source() }
base == "Makefile" && /^\t[a-z0-9_]+\.sh / {
	sub(/\.sh$/, "", $1)
	known[$1] = 1
}
base == "README.md" { readme = readme $0 "\n" }

END {
	if (of_log) {
		check_log()
		print_stage()
	} else {
		check_sources()
		for (i = 1; i <= problems; i++)
			print problem_text[i]
	}
	print "# rules: " totals()
	exit problems > 0
}
