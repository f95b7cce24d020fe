/** The address of an operation as Fastify's router writes it: `/users/{id}` is `/users/:id`, and a colon of the path itself stands twice. */
export function routeUrl(path: string): string {
  return path.replaceAll(":", "::").replace(/\{([^}]+)\}(:*)/g, (_, name: string, colons: string) => {
    // A parameter would take the colon behind it for a part of itself.
    const end = colons === "" ? "" : "([^:/]+)";
    return `:${routeParameter(name)}${end}${colons}`;
  });
}

/** What a handler knows a path parameter by. To the router a name ends at the first sign that no word has: `user-id` is `user_id`. */
export function routeParameter(name: string): string {
  return name.replace(/\W/g, "_");
}
