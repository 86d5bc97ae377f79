import { key } from "./keys.js";

/**
 * Holds seats. ARGV: 4 the new lease's id, 5 seats, 6 ttl, 7 tag, 8 order, 9 the party, 10 the idempotency key or "", 11 the request's
 * fingerprint, 12 `any` place or `these`: pairs of a place and the version that its server must still have. A lease of this id that is there
 * already is the answer: the call was repeated because its answer was lost.
 */
export const claim = `
local function answerOf(lease)
  return {'claimed', lease.id, lease.stored, readServer(redis.call('HGET', ${key.ids}, lease.order)).entry}
end

local function firstOfThese(tag, seats)
  for index = 13, #ARGV, 2 do
    local place = ARGV[index]
    local server = serverAt(place)
    if server and server.version == ARGV[index + 1] then
      local found, free = openPlace(place, tag)
      if found and free >= seats then return place end
    end
  end
end

local function main()
  if isBehind() then return {'again'} end
  local id, seats, tag, claim = ARGV[4], tonumber(ARGV[5]), ARGV[7], ARGV[10]
  local repeated = readLease(id)
  if repeated then return answerOf(repeated) end
  if claim ~= '' then
    local known = redis.call('HGET', ${key.claims}, claim)
    local leaseId, fingerprint = string.match(known or '', '^(%S+) (%S+)$')
    if fingerprint and fingerprint ~= ARGV[11] then return {'conflict', fingerprint} end
    local lease = leaseId and readLease(leaseId)
    if lease then return answerOf(lease) end
  end
  local place
  if ARGV[12] == 'any' then
    local member = pick(tag, seats, ARGV[8])
    place = member and placeIn(member)
  else
    place = firstOfThese(tag, seats)
  end
  if not place then return {'none'} end
  local order, number = string.sub(place, 1, 14), string.sub(place, 15)
  local found = readPlaces(order).seats[number]
  local ttl = tonumber(ARGV[6])
  local lease = {id = id, state = 'held', fencing = nextVersion(), order = order, number = number, seats = seats,
    ends = nowMs + ttl, ttl = ttl, name = found[2], party = ARGV[9], claim = claim}
  writeLease(lease)
  redis.call('ZADD', ${key.index}, 0, leaseMember(lease))
  if claim ~= '' then redis.call('HSET', ${key.claims}, claim, id .. ' ' .. ARGV[11]) end
  holdSeats(order, number, found, seats)
  return answerOf(lease)
end
`;

/** ARGV: 4 `get`, `extend` or `release`, 5 the lease's id, 6 ttl. */
export const lease = `
local function main()
  if isBehind() then return {'again'} end
  local lease = readLease(ARGV[5])
  if not lease then return {'none'} end
  if ARGV[4] == 'get' then
    return {'ok', lease.stored, readServer(redis.call('HGET', ${key.ids}, lease.order)).entry}
  end
  if lease.state == 'confirmed' then return {'confirmed'} end
  begin()
  if ARGV[4] == 'extend' then
    lease.ttl = tonumber(ARGV[6])
    lease.ends = nowMs + lease.ttl
    writeLease(lease)
  else
    endLease(lease)
  end
  return {'ok', lease.stored}
end
`;

/** ARGV: 4 a server's id. Gives its entry and, of the leases held there, id and lease. */
export const leasesOn = `
local function main()
  if isBehind() then return {'again'} end
  local server = readServer(ARGV[4])
  if not server then return {'none'} end
  local answer = {'ok', server.entry}
  for _, lease in ipairs(leasesOf(server.order)) do
    if lease.state == 'held' then
      answer[#answer + 1] = lease.id
      answer[#answer + 1] = lease.stored
    end
  end
  return answer
end
`;
