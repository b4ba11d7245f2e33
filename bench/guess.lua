-- wrk: signs in with wrong passwords, each from an address of its own (the service is told to believe the proxy).
local n = os.time() % 65536 * 256 -- a run begins where none before it has been: who fails often is refused without a look
function request()
	n = n + 1
	wrk.headers["X-Forwarded-For"] = string.format("10.%d.%d.%d", math.floor(n / 65536) % 256, math.floor(n / 256) % 256, n % 256)
	return wrk.format("POST", nil, nil, "email=guess" .. n .. "%40newbridge.example&password=wrong+" .. n .. "&_key=" .. n)
end
