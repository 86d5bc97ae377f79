import { key } from "./keys.js";

/**
 * Writes a server's record as computed from the version that was read, or answers `stale` with the present entry. ARGV: 4 id, 5 that
 * version or 0, 6 ttl or "", 7 draining, 8 whether it comes back if it has expired, 9 JSON, 10 a lease to confirm or "", 11 the number of list
 * tags, the tags, and for each place: number, offered seats, name, the number of tags, the tags.
 */
export const commit = `
local function placesFromArguments(from)
  local places = {lists = {}, seats = {}}
  local at = from + tonumber(ARGV[from]) + 1
  for index = from + 1, at - 1 do places.lists[#places.lists + 1] = ARGV[index] end
  while at <= #ARGV do
    local place = {tonumber(ARGV[at + 1]), ARGV[at + 2]}
    local tags = tonumber(ARGV[at + 3])
    for index = at + 4, at + 3 + tags do place[#place + 1] = ARGV[index] end
    places.seats[ARGV[at]] = place
    at = at + 4 + tags
  end
  return places
end

local function tagsOf(place)
  return table.concat(place, ' ', 3)
end

local function replacePlaces(order, before, after, wasShown, isShown, held, heldAfter)
  for number, place in pairs(before.seats) do
    local free = wasShown and freeSeats(place, held, number) or 0
    local next = after.seats[number]
    local stays = isShown and next and tagsOf(next) == tagsOf(place)
    if stays then showFree(order, number, next, free, freeSeats(next, heldAfter, number))
    else showFree(order, number, place, free, 0) end
  end
  if not isShown then return end
  for number, place in pairs(after.seats) do
    local old = before.seats[number]
    if not (wasShown and old and tagsOf(old) == tagsOf(place)) then
      showFree(order, number, place, 0, freeSeats(place, heldAfter, number))
    end
  end
end

local function dropLeases(order, before, after, held)
  local gone = false
  for number in pairs(before.seats) do gone = gone or not after.seats[number] end
  if not gone then return end
  for _, lease in ipairs(leasesOf(order)) do
    if not after.seats[lease.number] then
      forgetLease(lease)
      held[lease.number] = nil
    end
  end
end

local function main()
  if isBehind() then return {'again'} end
  local id, leaseId = ARGV[4], ARGV[10]
  local server = readServer(id)
  if (server and server.version or '0') ~= ARGV[5] then
    return {'stale', server and server.entry or ''}
  end
  local lease = leaseId ~= '' and readLease(leaseId)
  if leaseId ~= '' and not (lease and server and lease.order == server.order) then return {'no-lease'} end
  if lease and lease.state == 'confirmed' then return {'confirmed', lease.stored, server.entry} end
  -- The match has the whole party already: the lease lets go of its seats, and the record stays as it is.
  local isSame = lease and server.json == ARGV[9]
  begin()
  local isNew, wasExpired = not server, server and server.expired
  if isNew then
    local order = string.format('%014d', redis.call('HINCRBY', ${key.meta}, 'servers', 1))
    server = {id = id, order = order, at = text(nowMs), expired = false, ttl = -1}
    redis.call('HSET', ${key.ids}, order, id)
  end
  local order = server.order
  local ttl = tonumber(ARGV[6]) or server.ttl
  if ttl == 0 and server.ttl ~= 0 then setLasting(lasting + 1) end
  if ttl ~= 0 and server.ttl == 0 then setLasting(lasting - 1) end
  server.ttl, server.draining, server.json = ttl, ARGV[7], ARGV[9]
  if wasExpired and ARGV[8] == '1' then server.expired = false end
  if ARGV[8] == '1' or isNew then
    redis.call('ZREM', ${key.due}, 's' .. order, 'r' .. order)
    if ttl > 0 then redis.call('ZADD', ${key.due}, text(nowMs + ttl), 's' .. order) end
  end
  local before, after = readPlaces(order), placesFromArguments(11)
  local held, heldAfter = readHeld(order), readHeld(order)
  dropLeases(order, before, after, heldAfter)
  if lease then
    local rest = (heldAfter[lease.number] or 0) - lease.seats
    heldAfter[lease.number] = rest > 0 and rest or nil
    lease.state, lease.ends = 'confirmed', nowMs + lease.ttl
    writeLease(lease)
  end
  replacePlaces(order, before, after, not isNew and not wasExpired, not server.expired, held, heldAfter)
  for _, tag in ipairs(before.lists) do redis.call('ZREM', ${key.index}, 'a' .. tag .. order) end
  for _, tag in ipairs(after.lists) do redis.call('ZADD', ${key.index}, 0, 'a' .. tag .. order) end
  redis.call('HSET', ${key.places}, order, cmsgpack.pack(after))
  writeHeld(order, heldAfter)
  if isSame then return {'ok', lease.stored, server.entry} end
  server.version = nextVersion()
  writeServer(server)
  tell(server.version, isNew and 'registered' or 'updated', id, server.entry)
  return {'ok', lease and lease.stored or '', server.entry}
end
`;

/** ARGV: 4 id, 5 the version that it must have, or "". */
export const unregister = `
local function main()
  if isBehind() then return {'again'} end
  local server = readServer(ARGV[4])
  if not server then return {'none'} end
  if ARGV[5] ~= '' and ARGV[5] ~= server.version then return {'stale', server.version} end
  removeServer(server, 'unregistered')
  return {'ok'}
end
`;

/** ARGV: 4 id, 5 ttl or "". Gives when it expires, or "". */
export const heartbeat = `
local function main()
  if isBehind() then return {'again'} end
  local server = readServer(ARGV[4])
  if not server then return {'none'} end
  begin()
  local ttl = tonumber(ARGV[5]) or server.ttl
  if ttl == 0 and server.ttl ~= 0 then setLasting(lasting + 1) end
  if ttl ~= 0 and server.ttl == 0 then setLasting(lasting - 1) end
  if server.expired then
    server.expired, server.ttl, server.version = false, ttl, nextVersion()
    redis.call('ZREM', ${key.due}, 'r' .. server.order)
    showPlaces(server.order, true)
    writeServer(server)
    tell(server.version, 'updated', server.id, server.entry)
  elseif ttl ~= server.ttl then
    server.ttl = ttl
    writeServer(server)
  end
  if ttl == 0 then
    redis.call('ZREM', ${key.due}, 's' .. server.order)
    return {'ok', ''}
  end
  redis.call('ZADD', ${key.due}, text(nowMs + ttl), 's' .. server.order)
  return {'ok', text(nowMs + ttl)}
end
`;
