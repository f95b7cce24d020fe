-- Stands for Kong: loads the functions of kong/, gives each what a request looks like, and prints what came of it.
local answer
ngx = { var = {} }
local headers = {}
kong = {
  ctx = { shared = {} },
  request = { get_header = function(name) return headers[name] end },
  service = { request = { clear_header = function(name) headers[name] = nil end } },
  response = {
    exit = function(status, _, more) answer = status .. (more and " " .. more["WWW-Authenticate"] or "") end,
    get_source = function() return headers.source end,
    get_status = function() return tonumber(headers.status) end,
    set_header = function(name, value) answer = name .. ": " .. value end,
    clear_header = function() end,
    set_raw_body = function(body) answer = body end,
  },
}
local asked
package.preload["resty.http"] = function()
  return {
    new = function()
      return {
        set_timeout = function() end,
        request_uri = function(_, url, options)
          asked = options.method .. " " .. url .. " " .. options.body
          local status = tonumber(headers["auth-answers"])
          return status and { status = status } or nil
        end,
      }
    end,
  }
end

local folder = arg[1]
local scripts = {}
for line in io.lines() do
  local name, request, given = line:match("^(%S+)\t([^\t]*)\t(.*)$")
  scripts[name] = scripts[name] or assert(loadfile(folder .. "/" .. name .. ".lua"))()
  answer, asked, headers = nil, nil, {}
  ngx.var.request = request
  for key, value in given:gmatch("([^=\t]+)=([^\t]*)") do headers[key] = value end
  if name == "problem-body" then kong.ctx.shared.is_problem = headers.problem == "yes" end
  scripts[name]()
  print((answer or "passes") .. (name == "refuse-tricks" and headers["x-request-id"] and " as " .. headers["x-request-id"] or "") .. (asked and "\t" .. asked or ""))
end
