import { key } from "./keys.js";

/** The time is Redis's own: clients' clocks differ. ARGV[1] is another one's, for tests. */
export const clockAndRevision = `
-- tostring would write large numbers as 1e+15.
local function text(number) return string.format('%.0f', number) end
local function padded(number) return string.format('%016.0f', number) end

local clock = redis.call('TIME')
local nowUs = tonumber(clock[1]) * 1000000 + tonumber(clock[2])
if ARGV[1] ~= '' then nowUs = tonumber(ARGV[1]) * 1000 end
local nowMs = math.floor(nowUs / 1000)
local graceMs = tonumber(ARGV[2])
local kept = ARGV[3]

local meta = redis.call('HMGET', ${key.meta}, 'revision', 'changed', 'lasting', 'until')
local revision, changed = tonumber(meta[1]), meta[2]
local lasting, untilMs = tonumber(meta[3]) or 0, meta[4]
local wrote = false

-- No key ever gets empty: it would vanish, and come back without its expiry.
local function begin()
  wrote = true
  if revision then return end
  revision = nowUs
  changed = text(revision)
  redis.call('HSET', ${key.meta}, 'revision', changed, 'changed', changed, 'lasting', 0)
  for _, hash in ipairs({2, 3, 4, 5, 7, 8}) do redis.call('HSET', KEYS[hash], '', '') end
  redis.call('ZADD', ${key.index}, 0, '')
  redis.call('ZADD', ${key.due}, '+inf', '')
  redis.call('XADD', ${key.log}, changed .. '-0', 'kind', 'began', 'after', changed)
end

local function nextVersion()
  begin()
  revision = math.max(revision + 1, nowUs)
  redis.call('HSET', ${key.meta}, 'revision', text(revision))
  return text(revision)
end

-- Each change names the one before: who reads sees by that whether one is missing.
local function tell(version, kind, id, detail)
  redis.call('XADD', ${key.log}, 'MAXLEN', kept, version .. '-0',
    'kind', kind, 'after', changed, 'id', id, 'detail', detail)
  changed = version
  redis.call('HSET', ${key.meta}, 'changed', changed)
end

local function setLasting(count)
  lasting = count
  redis.call('HSET', ${key.meta}, 'lasting', count)
end

-- All keys end together when nothing in them can be alive any longer. They get some time more, so that not every call sets it anew.
local function keepAlive(atLeastMs)
  if lasting > 0 then
    if untilMs == 'never' then return end
    for index = 1, #KEYS do redis.call('PERSIST', KEYS[index]) end
    redis.call('HSET', ${key.meta}, 'until', 'never')
    return
  end
  local last = redis.call('ZREVRANGEBYSCORE', ${key.due}, '(+inf', '-inf', 'WITHSCORES', 'LIMIT', 0, 1)
  local needed = math.max(tonumber(last[2]) or 0, nowMs + atLeastMs) + graceMs + 1000
  local present = tonumber(untilMs)
  if present and needed <= present then return end
  local lifeMs = needed - nowMs
  lifeMs = lifeMs + math.min(60000, math.max(1000, math.floor(lifeMs / 10)))
  for index = 1, #KEYS do redis.call('PEXPIRE', KEYS[index], text(lifeMs)) end
  redis.call('HSET', ${key.meta}, 'until', text(nowMs + lifeMs))
end
`;
