/**
 * Decides a request at once, by the server's clock. The first window kept under `b` is a bucket, see `stateOf`.
 * KEYS: windows (hash), slots (sorted set by end). ARGV: lease, its life in µs, most slots or '', then name, size, limit
 * of each window. Answers allowed, clock, slots used, then count and end of each window.
 */
export const TAKE = `
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local text = function(n) return string.format('%.0f', n) end
local allowed, last, answer, write = true, now, {}, {}
for i = 4, #ARGV, 3 do
  local name, size, limit = ARGV[i], tonumber(ARGV[i + 1]), tonumber(ARGV[i + 2])
  local stored = redis.call('HMGET', KEYS[1], name .. ':n', name .. ':e')
  local count, ending = tonumber(stored[1] or '0'), tonumber(stored[2] or '0')
  answer[#answer + 1] = {text(count), text(ending)}
  if name == 'second' then
    ending = math.max(ending, now) + size
    if ending - now > limit * size then allowed = false end
  else
    if ending <= now then count, ending = 0, now + size end
    if count >= limit then allowed = false end
    count = count + 1
  end
  if ending > last then last = ending end
  write[#write + 1] = {name, text(count), text(ending)}
end
local used = 0
if ARGV[3] ~= '' then
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', text(now))
  used = redis.call('ZCARD', KEYS[2])
  if used >= tonumber(ARGV[3]) then allowed = false end
end
local result = {allowed and 1 or 0, text(now), used}
if not allowed then
  for _, w in ipairs(answer) do
    result[#result + 1] = w[1]
    result[#result + 1] = w[2]
  end
  return result
end
for _, w in ipairs(write) do
  redis.call('HSET', KEYS[1], w[1] .. ':n', w[2], w[1] .. ':e', w[3])
  result[#result + 1] = w[2]
  result[#result + 1] = w[3]
end
local life = math.ceil((last - now) / 1000)
if #write > 0 and redis.call('PTTL', KEYS[1]) < life then redis.call('PEXPIRE', KEYS[1], life) end
if ARGV[3] ~= '' then
  redis.call('ZADD', KEYS[2], text(now + ARGV[2]), ARGV[1])
  redis.call('PEXPIRE', KEYS[2], math.ceil(ARGV[2] / 1000))
  result[3] = used + 1
end
return result
`;

/**
 * Takes back what TAKE counted, unless the window has ended since.
 * KEYS as above. ARGV: lease, then name, size, end of each window.
 */
export const GIVE_BACK = `
redis.call('ZREM', KEYS[2], ARGV[1])
for i = 2, #ARGV, 3 do
  local name = ARGV[i]
  local stored = redis.call('HMGET', KEYS[1], name .. ':n', name .. ':e')
  if stored[2] and name == 'second' then
    redis.call('HSET', KEYS[1], name .. ':e', string.format('%.0f', stored[2] - ARGV[i + 1]))
  elseif stored[2] == ARGV[i + 2] and tonumber(stored[1]) > 1 then
    redis.call('HINCRBY', KEYS[1], name .. ':n', -1)
  elseif stored[2] == ARGV[i + 2] then
    redis.call('HDEL', KEYS[1], name .. ':n', name .. ':e')
  end
end
return 1
`;

/** Lets slots of one subject live on. KEYS: slots. ARGV: their life in µs, then leases. */
export const RENEW = `
local t = redis.call('TIME')
local ending = string.format('%.0f', t[1] * 1000000 + t[2] + ARGV[1])
for i = 2, #ARGV do redis.call('ZADD', KEYS[1], 'XX', ending, ARGV[i]) end
return redis.call('PEXPIRE', KEYS[1], math.ceil(ARGV[1] / 1000))
`;
