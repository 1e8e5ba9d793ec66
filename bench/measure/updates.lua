-- For wrk, one thread: walks over the hosts with their credentials, and gives each another address
-- at each visit (or always the same one), so that every request is a real change (or none).
--
-- Arguments: number of hosts, zone, file of Authorization headers, one a line, each for the same number
-- of hosts in a row, "change" or "same" or "either", first visit, milliseconds that a connection waits before
-- each request, "keep" or "close" (a new connection for each request), "checked" or "counted" (answers are not
-- read, but for their status: reading them costs as much as all else that wrk does); the result goes to the
-- file that BENCH_RESULT names.
--
-- An address is VISIT.i.i.i, with i the host's index: an answer tells which host it is about, and what
-- has been acknowledged is known per host, to be compared after a crash.

local visits = 100

function init(arguments)
  hosts = tonumber(arguments[1])
  zone = arguments[2]
  local tail = "\r\n" .. (arguments[7] == "close" and "Connection: close\r\n" or "") .. "\r\n"
  headers = {}
  for line in io.lines(arguments[3]) do
    headers[#headers + 1] = " HTTP/1.1\r\nHost: bench\r\nAuthorization: " .. line .. tail
  end
  share = math.ceil(hosts / #headers)
  changing = arguments[4] == "change"
  either = arguments[4] == "either"
  visit = tonumber(arguments[5])
  local pause = tonumber(arguments[6])
  if pause > 0 then
    -- Only where it is asked for: wrk sets a timer for each request then.
    delay = function() return pause end
  end
  -- Likewise: wrk takes answers apart for whoever has this function.
  if arguments[8] == "counted" then response = nil end
  index = tonumber(arguments[9])
  right, wrong, sample = 0, 0, ""
  acknowledged = {}
end

function request()
  local high, middle = math.floor(index / 65536), math.floor(index / 256) % 256
  local line = "GET /nic/update?hostname=host" .. index .. "." .. zone .. "&myip=" .. 1 + visit % visits ..
    "." .. high .. "." .. middle .. "." .. index % 256 .. headers[math.floor(index / share) + 1]
  index = index + 1
  if index == hosts then
    index = 0
    if changing then visit = visit + 1 end
  end
  return line
end

function response(status, _, body)
  local word, a, b, c, d = string.match(body, "^(%a+) (%d+)%.(%d+)%.(%d+)%.(%d+)")
  local fits = word == (changing and "good" or "nochg") or either and word == "good"
  if status == 200 and fits then
    right = right + 1
    acknowledged[b * 65536 + c * 256 + d] = tonumber(a)
  else
    wrong = wrong + 1
    sample = status .. " " .. body
  end
end

local threads = {}

function setup(thread)
  threads[#threads + 1] = thread
end

function done(summary, latency)
  local thread = threads[1]
  local file = io.open(os.getenv("BENCH_RESULT"), "w")
  for _, name in ipairs({"right", "wrong", "visit", "index"}) do
    file:write(string.format("%s %d\n", name, thread:get(name)))
  end
  file:write(string.format("answers %d\nrefused %d\n", summary.requests, summary.errors.status))
  file:write(string.format("seconds %.6f\np50 %.3f\np99 %.3f\n",
    summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
  local errors = summary.errors
  file:write(string.format("broken %d\n", errors.connect + errors.read + errors.write + errors.timeout))
  for i, v in pairs(thread:get("acknowledged")) do
    file:write(string.format("ack %d %d\n", i, v))
  end
  local sample = string.gsub(thread:get("sample"), "%s+", " ")
  file:write("sample " .. sample .. "\n")
  file:close()
end
