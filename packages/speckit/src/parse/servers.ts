import { list, mapping, text } from "./values.ts";

/** The paths of server addresses, each once. Of a variable in one the default counts. */
export function basePathsOf(servers: unknown): string[] {
  const paths = list(servers).map((server) => {
    const { url, variables } = mapping(server);
    const address = (text(url) ?? "").replace(
      /\{([^}]*)\}/g,
      (_, name: string) => text(mapping(mapping(variables)[name]).default) ?? "",
    );
    return address.replace(/^(?:[a-z][a-z\d+.-]*:)?\/\/[^/]*/i, "").replace(/\/+$/, "");
  });
  return paths.length > 0 ? [...new Set(paths)] : [""];
}
