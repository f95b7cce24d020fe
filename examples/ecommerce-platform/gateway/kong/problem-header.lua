-- What a service answers is its own; everything else that is an error becomes a problem (RFC 7807).
return function()
  if kong.response.get_source() ~= "service" and kong.response.get_status() >= 400 then
    kong.response.set_header("Content-Type", "application/problem+json")
    kong.response.clear_header("Content-Length")
    kong.ctx.shared.is_problem = true
  end
end
