# SPDX-License-Identifier: GPL-2.0
# vpc.ko and vpcctl, and the ways to test them. `make help` lists the targets.

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

# One boot of user-mode Linux with all checkers: seconds from an edit to its result
kunit:
	$(RIG)/loop.sh kunit $(SUITE)

selftest:
	$(RIG)/loop.sh selftests $(T)

static:
	$(RIG)/static.sh

layers:
	$(RIG)/layers.sh

sparse:
	$(RIG)/build.sh stock C=2 CF=-D__CHECK_ENDIAN__

style:
	$(RIG)/style.sh

# ---- generated files ----

gen:
	tools/gen/regen.sh

gen-check:
	tools/gen/regen.sh --check

help:
	@echo 'make                     vpc.ko for the running kernel, or KDIR=..., and vpcctl'
	@echo 'make install             both, and the manual page (DESTDIR=, prefix=)'
	@echo 'make demo                a lab in a virtual machine, command by command'
	@echo 'make check               STAGES: static um (the default), stock, lean'
	@echo 'make kunit [SUITE=]      unit tests in user-mode Linux, e.g. SUITE=vpc_lpm'
	@echo 'make selftest [T=]       selftests in user-mode Linux, e.g. T="lab_a eip"'
	@echo 'make static              the checks that boot nothing; also one by one:'
	@echo 'make layers|style|sparse|gen-check'
	@echo 'make gen                 write the generated files from the spec'
	@echo 'make clean               remove what was built, but for the cached test kernels'

.PHONY: all modules tools modules_install install clean check demo kunit selftest static \
	layers sparse style gen gen-check help
