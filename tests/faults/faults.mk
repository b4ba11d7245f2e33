# make faults [ONLY=kills] [SEED=1] [QUICK=1] [MINUTES=30]: breaks what the service stands on (tests/faults/run.py).
.PHONY: faults
faults: $(B)/dueregard $(B)/faults/shim.so
	@B=$(B) DUEREGARD=$(B)/dueregard PYTHONDONTWRITEBYTECODE=1 python3 tests/faults/run.py $(if $(ONLY),--only "$(ONLY)") \
		$(if $(SEED),--seed $(SEED)) $(if $(QUICK),--quick) $(if $(MINUTES),--minutes $(MINUTES))
$(B)/faults/shim.so: tests/faults/shim.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CSTD) $(WARN) -O2 -g -fPIC -shared -o $@ $<
