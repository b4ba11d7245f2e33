-- wrk: adds courses, each with a title and a key of its own, as a page makes it (core/remember.c): milliseconds, then letters.
-- TOKEN: what a form of this login carries.
local ffi = require("ffi")
ffi.cdef("typedef struct { long s, us; } moment; int gettimeofday(moment *, void *);")
local token, run, n, now = os.getenv("BENCH_TOKEN"), os.getenv("BENCH_RUN"), 0, ffi.new("moment")
function request()
	n = n + 1
	ffi.C.gettimeofday(now, nil)
	local ms = tonumber(now.s) * 1000 + math.floor(tonumber(now.us) / 1000)
	local name = run .. "x" .. n
	local key = string.format("%03x%08x%13s", math.floor(ms / 2^32), ms % 2^32, name):gsub(" ", "K")
	local body = "_csrf=" .. token .. "&_key=" .. key .. "&title=Course+" .. name ..
		"&provider=council&delivery=webinar&duration_minutes=60&objectives="
	return wrk.format("POST", nil, nil, body)
end
function response(status)
	if status ~= 303 then io.stderr:write("answered " .. status .. "\n") end
end
