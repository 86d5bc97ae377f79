import { key } from "./keys.js";

/**
 * Does what is due. Every script does so before anything else, a bounded number of things; where more is due it answers `again` and has
 * done nothing else, so that no answer ever shows what has ended.
 */
export const sweep = `
local function removeServer(server, reason)
  local places = readPlaces(server.order)
  if not server.expired then showPlaces(server.order, false) end
  for _, lease in ipairs(leasesOf(server.order)) do forgetLease(lease) end
  for _, tag in ipairs(places.lists) do redis.call('ZREM', ${key.index}, 'a' .. tag .. server.order) end
  redis.call('HDEL', ${key.servers}, server.id)
  redis.call('HDEL', ${key.ids}, server.order)
  redis.call('HDEL', ${key.places}, server.order)
  redis.call('HDEL', ${key.held}, server.order)
  redis.call('ZREM', ${key.due}, 's' .. server.order, 'r' .. server.order)
  if server.ttl == 0 then setLasting(lasting - 1) end
  tell(nextVersion(), 'removed', server.id, reason)
end

local function expireServer(server, atMs)
  showPlaces(server.order, false)
  server.expired = true
  server.version = nextVersion()
  writeServer(server)
  redis.call('ZREM', ${key.due}, 's' .. server.order)
  redis.call('ZADD', ${key.due}, text(atMs + graceMs), 'r' .. server.order)
  tell(server.version, 'updated', server.id, server.entry)
end

-- What cannot be read must not hold up what is due after it.
local function ifReadable(read, id)
  local isReadable, value = pcall(read, id)
  return isReadable and value
end

local function doDue(member, atMs)
  local kind, name = string.sub(member, 1, 1), string.sub(member, 2)
  if kind == 'l' then
    local lease = ifReadable(readLease, name)
    if lease then endLease(lease) return end
  else
    local id = redis.call('HGET', ${key.ids}, name)
    local server = id and ifReadable(readServer, id)
    if server and kind == 's' then expireServer(server, atMs) return end
    if server then removeServer(server, 'expired') return end
  end
  redis.call('ZREM', ${key.due}, member)
end

-- Whether more is due than this call may do.
local function isBehind()
  for _ = 1, 128 do
    local due = redis.call('ZRANGEBYSCORE', ${key.due}, '-inf', text(nowMs), 'WITHSCORES', 'LIMIT', 0, 1)
    if not due[1] then return false end
    wrote = true
    doDue(due[1], tonumber(due[2]))
  end
  return true
end
`;
