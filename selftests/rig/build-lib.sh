# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2154 # root and jobs are lib.sh's, KDIR the caller's
# What build.sh and mutants.sh share: modules are built in a copy of their sources.

# Objects of earlier builds stay, files that are gone go.
copy_sources() { # copy_sources DIR RSYNC-OPTION...
	local objects=(.*.cmd '*.o' '*.ko' '*.mod' '*.mod.c' '*.d' '*.symvers' modules.order)
	local dir=$1

	shift
	mkdir -p "$dir"
	rsync -r "$@" --delete "${objects[@]/#/--exclude=}" "$root/Kbuild" "$root/kmod" \
		"$root/uapi" "$dir/"
}

make_arguments() { # make_arguments KIND
	arch_args "$1"
	case $1 in
	um* | lean) echo CONFIG_VPC_KUNIT=m ;;
	# What debuggers and BPF would read takes a sixth of the time.
	stock) echo KCFLAGS=-g0 CONFIG_DEBUG_INFO_BTF_MODULES= ;;
	esac
}

# What is said about our code; that the distribution's kernel comes from another build of the
# compiler is not.
warnings() { # warnings LOG
	grep -iE 'warning:' "$1" | grep -v 'compiler differs'
}

build_modules() { # build_modules KIND DIR LOG [MAKE-ARGUMENT...]
	local kind=$1 dir=$2 log=$3

	shift 3
	# shellcheck disable=SC2046 # words
	make -C "$KDIR" M="$dir" $(make_arguments "$kind") W=1 -j"$jobs" "$@" modules \
		>"$log" 2>&1 || { grep -vE '^  (CC|LD|MODPOST)' "$log" >&2; return 1; }
	! warnings "$log" >&2 || forget "$dir"
}

# What warned must warn again the next time
forget() { # forget DIR
	find "$1/kmod" -name '*.o' -delete
	rm -f "$1/Module.symvers"
	return 1
}

build_tools() { # build_tools LOG
	flock "$1.lock" make -C "$root/tools" -j"$jobs" test >"$1" 2>&1 || { cat "$1" >&2; return 1; }
}
