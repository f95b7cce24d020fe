-- A target that servers could read differently from one another is nobody's path; src/request-target.ts says the same.
-- What a client calls its request goes into logs and headers, so it is only kept when it is plain.
local function is_plain(target)
  local path, query = target:match("^([^?]*)%??(.*)$")
  local lower = path:lower()
  return path:sub(1, 1) == "/"
    and path:sub(-1) ~= "/"
    and not path:find("[^%w%-._~!$&'()*+,=:@%%/]")
    and not path:find("//", 1, true)
    and not (path .. "/"):find("/%.%.?/")
    and not lower:gsub("%%%x%x", ""):find("%", 1, true)
    and not (lower:find("%%[01]") or lower:find("%%2[ef5]") or lower:find("%%5c") or lower:find("%%3b") or lower:find("%%7f"))
    and not query:find("[^!-~]")
    and not query:find("#", 1, true)
end

return function()
  local id = kong.request.get_header("x-request-id")
  if id and not (#id <= 64 and id:find("^[%w._-]+$")) then
    kong.service.request.clear_header("x-request-id")
  end
  local target = (ngx.var.request or ""):match("^%S+ (%S*)") or ""
  if not is_plain(target) then
    return kong.response.exit(target:sub(1, 1) == "/" and 404 or 400, { message = "refused" })
  end
end
