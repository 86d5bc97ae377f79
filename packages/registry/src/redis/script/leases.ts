import { key } from "./keys.js";

/** Leases, and the seats that they hold. */
export const leases = `
local function readLease(id)
  local stored = redis.call('HGET', ${key.leases}, id)
  if not stored then return nil end
  local state, fencing, order, number, seats, ends, ttl, name, party, claim =
    string.match(stored, '^(%a+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d+)\\n([^\\n]*)\\n([^\\n]*)\\n(.*)$')
  if not state then error('potassium: what is stored of a lease is not one') end
  return {id = id, stored = stored, state = state, fencing = fencing, order = order, number = number,
    seats = tonumber(seats), ends = tonumber(ends), ttl = tonumber(ttl), name = name, party = party, claim = claim}
end

local function writeLease(lease)
  lease.stored = table.concat({lease.state, lease.fencing, lease.order, lease.number, text(lease.seats),
    text(lease.ends), text(lease.ttl)}, ' ') .. '\\n' .. lease.name .. '\\n' .. lease.party .. '\\n' .. lease.claim
  redis.call('HSET', ${key.leases}, lease.id, lease.stored)
  redis.call('ZADD', ${key.due}, text(lease.ends), 'l' .. lease.id)
end

-- Oldest first by the fencing token.
local function leaseMember(lease)
  return 'l' .. lease.order .. padded(tonumber(lease.fencing)) .. lease.id
end

local function forgetLease(lease)
  redis.call('HDEL', ${key.leases}, lease.id)
  redis.call('ZREM', ${key.due}, 'l' .. lease.id)
  redis.call('ZREM', ${key.index}, leaseMember(lease))
  if lease.claim ~= '' then redis.call('HDEL', ${key.claims}, lease.claim) end
end

local function holdSeats(order, number, place, seats)
  local held = readHeld(order)
  local before = place and freeSeats(place, held, number)
  local total = (held[number] or 0) + seats
  held[number] = total > 0 and total or nil
  writeHeld(order, held)
  if place and not isExpired(order) then
    showFree(order, number, place, before, freeSeats(place, held, number))
  end
end

local function endLease(lease)
  forgetLease(lease)
  if lease.state == 'held' then
    holdSeats(lease.order, lease.number, readPlaces(lease.order).seats[lease.number], -lease.seats)
  end
end

local function leasesOf(order)
  local members = redis.call('ZRANGEBYLEX', ${key.index}, '[l' .. order, '(l' .. order .. ':')
  local found = {}
  for _, member in ipairs(members) do
    local isReadable, lease = pcall(readLease, string.sub(member, 2 + #order + 16))
    if isReadable and lease then found[#found + 1] = lease end
  end
  return found
end
`;
