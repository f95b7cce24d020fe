import { joinPointer } from "../pointer.ts";
import { isMapping, mapping } from "../values.ts";
import type { Origins } from "./origins.ts";
import { upgradeParameter } from "./upgrade-parameters.ts";

/** A response: its schema stands below each media type that is produced. */
export function upgradeResponse(
  value: unknown,
  at: string,
  produces: readonly string[],
  origins: Origins,
): unknown {
  if (!isMapping(value) || "$ref" in value) return value;
  const { schema, headers, ...rest } = value;
  const content = schema === undefined ? undefined : contentOf(schema, at, produces, origins);
  const upgradedHeaders = Object.entries(mapping(headers)).map(([name, header]) => {
    const place = joinPointer(at, "headers", name);
    return [name, upgradeParameter(header, place, place, origins)];
  });
  return {
    ...rest,
    ...(headers === undefined ? {} : { headers: Object.fromEntries(upgradedHeaders) }),
    ...(content === undefined ? {} : { content }),
  };
}

function contentOf(schema: unknown, at: string, produces: readonly string[], origins: Origins): unknown {
  const types = produces.length > 0 ? produces : ["application/json"];
  const isFile = mapping(schema).type === "file";
  return Object.fromEntries(
    types.map((type) => {
      const place = joinPointer(at, "content", type);
      origins.add(`${at}/content`, at);
      origins.add(place, at);
      origins.add(`${place}/schema`, `${at}/schema`);
      return [type, { schema: isFile ? { type: "string", format: "binary" } : schema }];
    }),
  );
}
