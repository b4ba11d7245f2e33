# make bench [ONLY=P1]: the goals beside their references (bench/run.py says how).
.PHONY: bench
$(B)/obj/bench/%.o: bench/%.c | $(B)/gen/stamp
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) -c -o $@ $<
$(B)/bench/ref_mhd: $(B)/obj/bench/ref_mhd.o $(ARCHIVES) $(B)/lib/gen.a $(B)/obj/gen/statements.o $(B)/obj/gen/schema.o $(B)/obj/gen/assets.o
	@mkdir -p $(@D)
	$(Q)$(CC) $(OPT) $(LINKHARDEN) -o $@ $< $(B)/obj/gen/statements.o $(B)/obj/gen/schema.o $(B)/obj/gen/assets.o -Wl,--start-group $(ARCHIVES) $(B)/lib/gen.a -Wl,--end-group $(LDLIBS)
$(B)/bench/ref_writer: bench/ref_writer.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CSTD) $(WARN) -O2 -o $@ $< -lsqlite3
$(B)/bench/slow_sync.so: bench/slow_sync.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CSTD) $(WARN) -O2 -shared -fPIC -o $@ $<
bench: $(B)/dueregard $(B)/bench/ref_mhd $(B)/bench/ref_writer $(B)/bench/slow_sync.so
	@B=$(B) ONLY=$(ONLY) PYTHONDONTWRITEBYTECODE=1 python3 bench/run.py
