import { key } from "./keys.js";

/** Entries of servers, and what of them is shown in the index. A server's JSON is handed on unread. */
export const servers = `
local function readServer(id)
  local entry = redis.call('HGET', ${key.servers}, id)
  if not entry then return nil end
  local version, at, order, expired, draining, ttl, json =
    string.match(entry, '^(%d+) (%d+) (%d+) ([01]) ([01]) (%d+)\\n(.*)$')
  if not version then error('potassium: what is stored of a server is not an entry') end
  return {id = id, entry = entry, version = version, at = at, order = order, expired = expired == '1',
    draining = draining, ttl = tonumber(ttl), json = json}
end

local function writeServer(server)
  server.entry = table.concat({server.version, server.at, server.order, server.expired and '1' or '0',
    server.draining, text(server.ttl)}, ' ') .. '\\n' .. server.json
  redis.call('HSET', ${key.servers}, server.id, server.entry)
end

-- {lists = {tag, ...}, seats = {[number] = {offered, name, tag, ...}}}: a place is open in the groups of its tags.
local function readPlaces(order)
  local packed = redis.call('HGET', ${key.places}, order)
  return packed and cmsgpack.unpack(packed) or {lists = {}, seats = {}}
end

local function readHeld(order)
  local packed = redis.call('HGET', ${key.held}, order)
  return packed and cmsgpack.unpack(packed) or {}
end

local function writeHeld(order, held)
  if next(held) == nil then redis.call('HDEL', ${key.held}, order)
  else redis.call('HSET', ${key.held}, order, cmsgpack.pack(held)) end
end

local function freeSeats(place, held, number)
  return math.max(0, place[1] - (held[number] or 0))
end

-- Moves a place to where its free seats belong; 0 are not shown.
local function showFree(order, number, place, before, after)
  if before == after then return end
  for tag = 3, #place do
    if before > 0 then
      redis.call('ZREM', ${key.index}, 'f' .. place[tag] .. padded(before) .. order .. number)
    else
      redis.call('ZADD', ${key.index}, 0, 'o' .. place[tag] .. order .. number)
    end
    if after > 0 then
      redis.call('ZADD', ${key.index}, 0, 'f' .. place[tag] .. padded(after) .. order .. number)
    else
      redis.call('ZREM', ${key.index}, 'o' .. place[tag] .. order .. number)
    end
  end
end

local function showPlaces(order, shown)
  local places, held = readPlaces(order), readHeld(order)
  for number, place in pairs(places.seats) do
    local free = freeSeats(place, held, number)
    if shown then showFree(order, number, place, 0, free)
    else showFree(order, number, place, free, 0) end
  end
  return places
end

local function isExpired(order)
  return redis.call('ZSCORE', ${key.due}, 'r' .. order) ~= false
end
`;
