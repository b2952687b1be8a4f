#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The kernel's checkpatch over our C files. Errors and warnings fail; its softer checks are
# shown with V=1.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
cd "$root" || exit 1

# What we do on purpose:
ignore=(
	COMPLEX_MACRO		# lists (reasons, counters, limits) are X-macros, so that
	MACRO_ARG_UNUSED	#   enum, names and texts cannot disagree
	TRAILING_SEMICOLON	#   likewise: X(...) makes members of a struct
	BRACKET_SPACE		#   likewise: "#define X(...) [NAME] = ..."
	EMBEDDED_FUNCTION_NAME	# a command called "help" says "help"
	FILE_PATH_CHANGES	# we are no patch to the kernel's MAINTAINERS
)
# What user space does not have:
ignore_tools=(
	PREFER_DEFINED_ATTRIBUTE_MACRO	# __aligned() and the like
)

checkpatch() { # checkpatch SOURCE-TREE IGNORED FOLDER...
	local tree=$1 ignored=$2 files

	shift 2
	mapfile -t files < <(our_files '\.[ch]$' "$@" | grep -vE '/gen/|^uapi/linux/vpc\.h$')
	[ "${#files[@]}" -gt 0 ] || return 0
	"$tree/scripts/checkpatch.pl" --no-tree --strict --terse --show-types --no-summary \
		--ignore "$ignored" -f "${files[@]}" 2>/dev/null
}

comma() {
	local IFS=,

	echo "$*"
}

tree=$("$rig/kernel.sh" source) || exit 1
out=$(checkpatch "$tree" "$(comma "${ignore[@]}")" kmod uapi
	checkpatch "$tree" "$(comma "${ignore[@]}" "${ignore_tools[@]}")" tools selftests)
[ -z "${V:-}" ] || echo "$out"
! grep -E ': (ERROR|WARNING):' <<<"$out"
