import { key } from "./keys.js";

/** ARGV: 4 a server's id. */
export const get = `
local function main()
  if isBehind() then return {'again'} end
  return {'ok', redis.call('HGET', ${key.servers}, ARGV[4]) or ''}
end
`;

/**
 * A page of servers by age. ARGV: 4 tag, 5 the order after which to begin, or "", 6 how many. Gives of each its entry, and the seats held there:
 * `number:seats,…`.
 */
export const list = `
local function main()
  if isBehind() then return {'again'} end
  local base = 'a' .. ARGV[4]
  local from = ARGV[5] ~= '' and '(' .. base .. ARGV[5] or '[' .. base
  local answer = {'ok'}
  for _, member in ipairs(redis.call('ZRANGEBYLEX', ${key.index}, from, '(' .. base .. ':', 'LIMIT', 0, ARGV[6])) do
    local order = string.sub(member, -14)
    local held = {}
    for number, seats in pairs(readHeld(order)) do held[#held + 1] = number .. ':' .. text(seats) end
    answer[#answer + 1] = redis.call('HGET', ${key.servers}, redis.call('HGET', ${key.ids}, order))
    answer[#answer + 1] = table.concat(held, ',')
  end
  return answer
end
`;

/**
 * What a watch needs from time to time: does what is due, and keeps the log there while somebody waits. ARGV: 4 for how long, in milliseconds,
 * 5 whether to give all servers too, 6 the tag of all. Gives the present revision, in how many milliseconds something is due or "", and the servers by age.
 */
export const attend = `
local function main()
  if isBehind() then return {'again'} end
  begin()
  keepAlive(tonumber(ARGV[4]))
  local due = redis.call('ZRANGE', ${key.due}, 0, 0, 'WITHSCORES')
  local isDue = due[1] and due[1] ~= ''
  local answer = {'ok', text(revision), isDue and text(math.max(0, tonumber(due[2]) - nowMs)) or ''}
  if ARGV[5] == '1' then
    for _, member in ipairs(redis.call('ZRANGEBYLEX', ${key.index}, '[a' .. ARGV[6], '(a' .. ARGV[6] .. ':')) do
      answer[#answer + 1] = redis.call('HGET', ${key.servers}, redis.call('HGET', ${key.ids}, string.sub(member, -14)))
    end
  end
  return answer
end
`;
