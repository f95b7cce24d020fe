local problems = {
  [400] = { "bad-request", "Bad request", "The request cannot be read." },
  [401] = { "unauthorized", "Unauthorized", "The access token is missing or not valid." },
  [404] = { "not-found", "Not found", "There is nothing here." },
  [413] = { "payload-too-large", "Payload too large", "The body is larger than this operation takes." },
  [429] = { "too-many-requests", "Too many requests", "Wait before the next request." },
  [502] = { "bad-gateway", "Bad gateway", "The service did not give an answer that can be handed on." },
  [503] = { "service-unavailable", "Service unavailable", "Try again later." },
  [504] = { "gateway-timeout", "Gateway timeout", "The service did not answer in time." },
}
local unknown = { "internal-error", "Internal error", "Something went wrong on our side." }

local function encode(byte)
  return ("%%%02X"):format(byte:byte())
end

return function()
  if kong.ctx.shared.is_problem then
    local status = kong.response.get_status()
    local kind, title, detail = unpack(problems[status] or unknown)
    local target = (ngx.var.request or ""):match("^%S+ ([^%s?#]*)") or "/"
    local instance = target:gsub('[^%w%-._~!$&\'()*+,;=:@/%%]', encode)
    kong.response.set_raw_body(
      ('{"type":"/problems/%s","title":"%s","status":%d,"detail":"%s","instance":"%s"}'):format(kind, title, status, detail, instance)
    )
  end
end
