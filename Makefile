# SPDX-License-Identifier: GPL-2.0
# vpc.ko, vpcctl and vpcdnsd, and the ways to test them. `make help` lists the targets.

KDIR ?= /lib/modules/$(shell uname -r)/build
RIG := selftests/rig

all: modules tools

# ---- what users need: builds with any kernel headers, and nothing of the rig ----

modules:
	$(MAKE) -C $(KDIR) M=$(CURDIR) modules

tools:
	$(MAKE) -C tools

modules_install:
	$(MAKE) -C $(KDIR) M=$(CURDIR) INSTALL_MOD_PATH=$(DESTDIR) modules_install

install: modules tools modules_install
	$(MAKE) -C tools install

clean:
	-[ ! -e $(KDIR) ] || $(MAKE) -C $(KDIR) M=$(CURDIR) clean
	$(MAKE) -C tools clean
	rm -rf build

# ---- tests, on kernels of their own: the running one is never touched ----

check:
	$(RIG)/check.sh $(STAGES)

demo:
	$(RIG)/demo.sh

# One boot of user-mode Linux with all checkers: seconds from an edit to its result.
kunit:
	$(RIG)/loop.sh kunit $(SUITE)

selftest:
	$(RIG)/loop.sh selftests $(T)

# The pure files in user space under sanitizers, TIME seconds for each target
TIME := 60
fuzz:
	selftests/fuzz/run.sh $(TIME)

# The numbers of BENCH.md, on kernels without checkers
bench:
	selftests/bench/run.sh $(B)

# The same tests, longer and larger, and a million steps of the oracle: some four hours
soak:
	VPC_LIMIT=21600 VPC_TIMEOUT=10800 VPC_FUZZ_SECONDS=600 VPC_CHURN=1800 VPC_ROUNDS=900 \
	VPC_RELOADS=50 VPC_ROUTES=200000 VPC_SESSIONS=50000 VPC_ORACLE_STEPS=100000 VPC_SEED=$(shell date +%s) \
	$(RIG)/check.sh fuzz um oracle

# Is it noticed when a rule is broken? M="03 07": some of selftests/mutants only
mutants:
	$(RIG)/mutants.sh $(M)

static:
	$(RIG)/static.sh

layers:
	$(RIG)/layers.sh

sparse:
	$(RIG)/build.sh stock C=2 CF=-D__CHECK_ENDIAN__

style:
	$(RIG)/style.sh

# Does the table of AWS's rules agree with the sources? Its totals
rules:
	$(RIG)/rules.sh

# ---- generated files ----

gen:
	tools/gen/regen.sh

gen-check:
	tools/gen/regen.sh --check

help:
	@echo 'make                     vpc.ko for the running kernel, or KDIR=..., vpcctl, vpcdnsd'
	@echo 'make install             all of it, and the manual pages (DESTDIR=, prefix=)'
	@echo 'make demo                two labs in a virtual machine, command by command'
	@echo 'make check               STAGES="static um stock lean fuzz", or some of them'
	@echo 'make soak                the same for hours'
	@echo 'make kunit [SUITE=]      unit tests in user-mode Linux, e.g. SUITE=vpc_lpm'
	@echo 'make selftest [T=]       selftests in user-mode Linux, e.g. T="lab_a eip"'
	@echo 'make fuzz [TIME=60]      fuzz the pure files in user space, seconds per target'
	@echo 'make bench [B=]          the numbers of BENCH.md: B="routes lists changes sessions slices first_packet"'
	@echo 'make mutants [M=]        break one rule after the other: do the tests notice? M="03 07"'
	@echo 'make static              the checks that boot nothing; also one by one:'
	@echo 'make layers|style|sparse|rules|gen-check'
	@echo 'make gen                 write the generated files from the spec'
	@echo 'make clean               remove what was built, but for the cached test kernels'

.PHONY: all modules tools modules_install install clean check soak demo kunit selftest fuzz \
	bench mutants static layers sparse style rules gen gen-check help
