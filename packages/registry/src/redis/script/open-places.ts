import { key } from "./keys.js";

/**
 * Looks for open places. The index has each under `f<tag><free seats><order><number>` and `o<tag><order><number>`, so that the order of the
 * texts is the order of a find.
 */
export const openPlaces = `
local function firstIn(from, to)
  return redis.call('ZRANGEBYLEX', ${key.index}, from, to, 'LIMIT', 0, 1)[1]
end

local function mostFree(base, seats, below)
  return redis.call('ZREVRANGEBYLEX', ${key.index}, below, '[' .. base .. padded(seats), 'LIMIT', 0, 1)[1]
end

-- The member's last 24 characters are the place, the 16 before its free seats.
local function placeIn(member) return string.sub(member, -24) end
local function freeIn(member) return string.sub(member, -40, -25) end

-- One look-up, and for the oldest with several seats one for each number of free seats that there is.
local function pick(tag, seats, sorting)
  local base = 'f' .. tag
  local stop = '(' .. base .. ':'
  if sorting == 'fullest' then return firstIn('[' .. base .. padded(seats), stop) end
  if sorting == 'emptiest' then
    local last = mostFree(base, seats, stop)
    return last and firstIn('[' .. base .. freeIn(last), stop)
  end
  if seats == 1 then return firstIn('[o' .. tag, '(o' .. tag .. ':') end
  local best
  local member = firstIn('[' .. base .. padded(seats), stop)
  while member do
    if not best or placeIn(member) < placeIn(best) then best = member end
    member = firstIn('[' .. base .. freeIn(member) .. ':', stop)
  end
  return best
end

local function serverAt(place)
  local id = redis.call('HGET', ${key.ids}, string.sub(place, 1, 14))
  return id and readServer(id)
end

local function openPlace(place, tag)
  local order, number = string.sub(place, 1, 14), string.sub(place, 15)
  local found = readPlaces(order).seats[number]
  if not found or isExpired(order) then return nil end
  for index = 3, #found do
    if found[index] == tag then return found, freeSeats(found, readHeld(order), number) end
  end
end
`;

/** ARGV: 4 tag, 5 seats, 6 order. Gives the place's number and the server. */
export const find = `
local function main()
  if isBehind() then return {'again'} end
  local member = pick(ARGV[4], tonumber(ARGV[5]), ARGV[6])
  if not member then return {'none'} end
  local place = placeIn(member)
  local server = serverAt(place)
  return {'ok', readPlaces(server.order).seats[string.sub(place, 15)][2], server.entry}
end
`;

/**
 * A page of open places in order, for conditions that only the client knows. ARGV: 4 tag, 5 seats, 6 order, 7 the member
 * after which to begin, or "", 8 how many to look at. Gives the last member looked at, or "" at the end, and of those that fit: place, name,
 * entry.
 */
export const candidates = `
local function main()
  if isBehind() then return {'again'} end
  local tag, seats, sorting, after, limit = ARGV[4], tonumber(ARGV[5]), ARGV[6], ARGV[7], tonumber(ARGV[8])
  local base = 'f' .. tag
  local stop = '(' .. base .. ':'
  local members = {}
  local function take(from, to)
    local found = redis.call('ZRANGEBYLEX', ${key.index}, from, to, 'LIMIT', 0, limit - #members)
    for _, member in ipairs(found) do members[#members + 1] = member end
  end
  if sorting == 'oldest' then
    take(after ~= '' and '(' .. after or '[o' .. tag, '(o' .. tag .. ':')
  elseif sorting == 'fullest' then
    take(after ~= '' and '(' .. after or '[' .. base .. padded(seats), stop)
  else
    local free
    if after ~= '' then
      free = freeIn(after)
      take('(' .. after, '(' .. base .. free .. ':')
    end
    while #members < limit do
      local last = mostFree(base, seats, free and '(' .. base .. free or stop)
      if not last then break end
      free = freeIn(last)
      take('[' .. base .. free, '(' .. base .. free .. ':')
    end
  end
  local answer = {'ok', #members == limit and members[#members] or ''}
  for _, member in ipairs(members) do
    local place = placeIn(member)
    local found, free = openPlace(place, tag)
    if found and free >= seats then
      answer[#answer + 1] = place
      answer[#answer + 1] = found[2]
      answer[#answer + 1] = serverAt(place).entry
    end
  end
  return answer
end
`;
