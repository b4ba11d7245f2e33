# dueregard: the whole build. `make` builds, `make run` serves the demonstration, `make check` tests.
# B is the folder everything goes to; CC=clang and SANITIZE=1 are understood.
B ?= build
CC ?= gcc
ifeq ($(origin CC),default)
CC := gcc
endif
PKGS := sqlite3 libpq libmicrohttpd libsodium libargon2 jansson libdeflate libqrencode libconfuse libcmark libutf8proc libseccomp libzip
# V=1 shows whole commands.
ifdef V
Q :=
else
Q = @echo '  MAKE ' $@;
endif
CSTD := -std=c11 -D_GNU_SOURCE
WARN := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wformat=2 -Wno-unused-parameter -Werror
OPT ?= -O2 -g
HARDEN := -fstack-protector-strong -fPIE
LINKHARDEN := -pie -Wl,-z,relro,-z,now
ifdef SANITIZE
OPT := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
ifneq ($(findstring clang,$(CC)),)
OPT += -fsanitize=fuzzer-no-link
endif
HARDEN :=
LINKHARDEN := -fsanitize=address,undefined
else
HARDEN += -D_FORTIFY_SOURCE=2
endif
# Asked for once, when first needed: on a bare machine that is after the packages have come.
PKG_CFLAGS = $(eval PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS)))$(PKG_CFLAGS)
PKG_LIBS = $(eval PKG_LIBS := $(shell pkg-config --libs $(PKGS)))$(PKG_LIBS)
CFLAGS = $(CSTD) $(WARN) $(OPT) $(HARDEN) -Isrc -I$(B)/gen $(PKG_CFLAGS) -MMD -MP
LDLIBS = $(PKG_LIBS) -lcsv -lm

# The floors, bottom first; a folder may use only those before it (make lint).
UNITS := base db html http ipc record trust ui work core app/directory app/training app/reporting app/account app cli
srcs_of = $(filter-out %_test.c,$(wildcard src/$1/*.c))
tests_of = $(filter %_test.c,$(wildcard src/$1/*.c))
objs_of = $(patsubst src/%.c,$(B)/obj/%.o,$(call srcs_of,$1))
SQLS := $(sort $(foreach u,$(UNITS),$(wildcard src/$u/*.sql)))
GENS := $(patsubst src/%.sql,$(B)/obj/gen/%.sql.o,$(SQLS))
SCHEMA := $(sort $(wildcard schema/*.sql))
TESTS := $(foreach u,$(UNITS),$(patsubst src/%.c,$(B)/test/%,$(call tests_of,$u)))
ARCHIVES := $(patsubst %,$(B)/lib/%.a,$(UNITS))

.PHONY: all run screenshots check bench lint clean tests unit fuzz programs
.SECONDARY:
all: $(B)/dueregard $(B)/routes.sound

# ---- build-time programs ----
$(B)/tools/%: tools/%.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CSTD) $(WARN) -O1 -g -o $@ $<

$(B)/tools/lint: tools/lint.c tools/lint_words.c tools/lint.h
	@mkdir -p $(@D)
	$(Q)$(CC) $(CSTD) $(WARN) -O1 -g -o $@ tools/lint.c tools/lint_words.c
$(B)/tools/sqlgen: tools/sqlgen.c tools/sqlgen_head.c tools/sqlgen_list.c tools/sqlgen_out.c tools/sqlgen.h
	@mkdir -p $(@D)
	$(Q)$(CC) $(CSTD) $(WARN) -O1 -g -o $@ tools/sqlgen.c tools/sqlgen_head.c tools/sqlgen_list.c tools/sqlgen_out.c

# ---- generated: statements (one object a .sql file), the list of them, schema, assets ----
$(B)/gen/stamp: $(B)/tools/sqlgen $(SQLS) $(SCHEMA)
	@mkdir -p $(B)/gen
	$(Q)$(B)/tools/sqlgen $(B)/gen $(SCHEMA) $(SQLS)
	@touch $@
# sqlgen leaves a file alone that did not change; objects name the stamp as order only, so that one
# changed statement compiles what includes its header and nothing else.
$(B)/gen/%.sql.c $(B)/gen/%.sql.h: $(B)/gen/stamp ;
$(B)/gen/statements.c $(B)/gen/schema.c: $(B)/gen/stamp ;
$(B)/obj/gen/%.o: $(B)/gen/%.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) -c -o $@ $<
$(B)/lib/gen.a: $(GENS)
	@mkdir -p $(@D)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^
-include tools/assets.mk

# ---- the program ----
$(B)/obj/%.o: src/%.c | $(B)/gen/stamp
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) -c -o $@ $<
define archive_rule
$(B)/lib/$1.a: $(call objs_of,$1)
	@mkdir -p $$(@D)
	@rm -f $$@
	$$(Q)$(AR) rcs $$@ $$^
endef
$(foreach u,$(UNITS),$(eval $(call archive_rule,$u)))

$(B)/dueregard: $(B)/obj/main.o $(ARCHIVES) $(B)/lib/gen.a $(B)/obj/gen/statements.o $(B)/obj/gen/schema.o $(B)/obj/gen/assets.o
	$(Q)$(CC) $(OPT) $(LINKHARDEN) -o $@ $< $(B)/obj/gen/statements.o $(B)/obj/gen/schema.o $(B)/obj/gen/assets.o -Wl,--start-group $(ARCHIVES) $(B)/lib/gen.a -Wl,--end-group $(LDLIBS)

# ---- tests: x_test.c beside x.c, linked with its floor and those before it ----
upto = $(if $(filter $1,$(firstword $2)),$1,$(firstword $2) $(call upto,$1,$(wordlist 2,99,$2)))
define test_rule
$(B)/test/$1/%_test: $(B)/obj/$1/%_test.o $(patsubst %,$(B)/lib/%.a,$(call upto,$1,$(UNITS))) $(B)/lib/gen.a $(B)/obj/gen/schema.o $(B)/obj/gen/assets.o
	@mkdir -p $$(@D)
	$$(Q)$$(CC) $(OPT) $(LINKHARDEN) -o $$@ $$< -Wl,--start-group $(patsubst %,$(B)/lib/%.a,$(call upto,$1,$(UNITS))) $(B)/lib/gen.a $(B)/obj/gen/schema.o $(B)/obj/gen/assets.o -Wl,--end-group $(LDLIBS)
endef
$(foreach u,$(UNITS),$(eval $(call test_rule,$u)))
tests: $(TESTS)
# One floor's tests: make unit U=base, make unit U=app/training
UNIT_TESTS := $(patsubst src/%.c,$(B)/test/%,$(wildcard src/$(U)/*_test.c))
unit: $(UNIT_TESTS)
	@set -e; for t in $(UNIT_TESTS); do echo "== $$t"; $$t; done

# Programs of tests/, linked like the product without its main: the check of every statement.
programs: $(patsubst tests/%.c,$(B)/tests/%,$(wildcard tests/*.c)) $(B)/tests/owned
$(B)/tests/%: $(B)/obj/tests/%.o $(ARCHIVES) $(B)/lib/gen.a $(B)/obj/gen/statements.o $(B)/obj/gen/schema.o $(B)/obj/gen/assets.o
	@mkdir -p $(@D)
	$(Q)$(CC) $(OPT) $(LINKHARDEN) -o $@ $< $(B)/obj/gen/statements.o $(B)/obj/gen/schema.o $(B)/obj/gen/assets.o -Wl,--start-group $(ARCHIVES) $(B)/lib/gen.a -Wl,--end-group $(LDLIBS)
$(B)/obj/tests/%.o: tests/%.c | $(B)/gen/stamp
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) -I. -c -o $@ $<

# The whole service, with the test's own function put around the one by which a role shuts itself in.
OWNED := $(patsubst %.c,$(B)/obj/%.o,$(wildcard tests/owned/*.c))
$(B)/tests/owned: $(OWNED) $(ARCHIVES) $(B)/lib/gen.a $(B)/obj/gen/statements.o $(B)/obj/gen/schema.o $(B)/obj/gen/assets.o
	@mkdir -p $(@D)
	$(Q)$(CC) $(OPT) $(LINKHARDEN) -Wl,--wrap=sandbox_enter,--wrap=sandbox_before_store -o $@ $(OWNED) $(B)/obj/gen/statements.o $(B)/obj/gen/schema.o $(B)/obj/gen/assets.o -Wl,--start-group $(ARCHIVES) $(B)/lib/gen.a -Wl,--end-group $(LDLIBS)

# A route without a policy fails the build, as does any declaration that does not hold together.
$(B)/routes.sound: $(B)/tests/routes_check
	$(Q)$< && touch $@

# Fuzz targets (clang with SANITIZE=1): tests/fuzz/x.c is one LLVMFuzzerTestOneInput.
FUZZ := $(patsubst tests/fuzz/%.c,$(B)/fuzz/%,$(wildcard tests/fuzz/*.c))
fuzz: $(FUZZ)
$(B)/fuzz/%: tests/fuzz/%.c $(ARCHIVES) $(B)/lib/gen.a $(B)/obj/gen/statements.o $(B)/obj/gen/schema.o $(B)/obj/gen/assets.o
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) -fsanitize=fuzzer -o $@ $< $(B)/obj/gen/statements.o $(B)/obj/gen/schema.o $(B)/obj/gen/assets.o -Wl,--start-group $(ARCHIVES) $(B)/lib/gen.a -Wl,--end-group $(LDLIBS)

include bench/bench.mk
include tests/faults/faults.mk

# ---- what people call ----
run:
	@tools/packages.sh
	@$(MAKE) --no-print-directory -s -j$$(nproc) all
	@$(B)/dueregard demo --data $(B)/demo --if-absent
	@exec $(B)/dueregard serve --data $(B)/demo
check:
	@B=$(B) tests/check.sh
lint: $(B)/tools/lint
	@$(B)/tools/lint . $(UNITS)
# The README's pictures, from the demonstration.
screenshots: $(B)/dueregard
	@DUEREGARD=$(B)/dueregard SCREENSHOTS=docs/screenshots node tests/browser/screenshots_test.mjs
clean:
	rm -rf $(B)

-include $(shell find $(B)/obj -name '*.d' 2>/dev/null)
