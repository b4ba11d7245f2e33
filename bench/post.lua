-- wrk: adds courses, each with a title and a key of its own. TOKEN: what a form of this login carries.
local token, run, n = os.getenv("BENCH_TOKEN"), os.getenv("BENCH_RUN"), 0
function request()
	n = n + 1
	local name = run .. "x" .. n
	local body = "_csrf=" .. token .. "&_key=" .. string.rep("K", 20) .. name .. "&title=Course+" .. name ..
		"&provider=council&delivery=webinar&duration_minutes=60&objectives="
	return wrk.format("POST", nil, nil, body)
end
function response(status)
	if status ~= 303 then io.stderr:write("answered " .. status .. "\n") end
end
