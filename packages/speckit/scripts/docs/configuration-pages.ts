import { defaultConfig } from "../../src/model/config.ts";
import { configKeys } from "../../src/parse/config.ts";
import { fenced } from "./rule-page.ts";

/** The page about `.speckit.config.json`: every key with its meaning, its values and its default. */
export function configurationPage(): string {
  const keys = Object.entries(configKeys).map(([path, { meaning, mustBe }]) =>
    [
      `## ${path}`,
      meaning,
      `It is ${mustBe}. Default: \`${JSON.stringify(valueAt(defaultConfig, path))}\`.`,
    ].join("\n\n"),
  );
  return `${[
    "<!-- Written by `npm run docs` from packages/speckit/src/parse/config.ts. -->",
    "# Configuration",
    "`.speckit.config.json` stands at the root of a workspace. Every key may be left out; a workspace without the file has all defaults:",
    fenced("json", JSON.stringify(defaultConfig, null, 2)),
    "A key that nobody knows is reported by [unknown-config-key](checks/unknown-config-key.md), with the nearest name that exists. Editors complete and check the file with [config.schema.json](config.schema.json).",
    ...keys,
  ].join("\n\n")}\n`;
}

/** The JSON Schema of `.speckit.config.json`. */
export function configurationSchema(): string {
  const properties: Record<string, object> = { $schema: { type: "string" } };
  const sections = new Map<string, Record<string, object>>();
  for (const [path, { meaning, schema }] of Object.entries(configKeys)) {
    const described = { description: meaning, default: valueAt(defaultConfig, path), ...schema };
    const [section = "", key] = path.split(".");
    if (key === undefined) {
      properties[section] = described;
      continue;
    }
    const keys = sections.get(section) ?? {};
    keys[key] = described;
    sections.set(section, keys);
    properties[section] = { type: "object", properties: keys, additionalProperties: false };
  }
  const schema = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: ".speckit.config.json",
    type: "object",
    properties,
    additionalProperties: false,
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function valueAt(value: unknown, path: string): unknown {
  return path.split(".").reduce((parent: unknown, key) => (parent as Record<string, unknown>)[key], value);
}
