import type { Environment } from "../../model/deployment.ts";
import { databasesIn, type Variable } from "./variables.ts";

/** Reads `NAME=value` lines, with `export`, quotes and comments as shells and dotenv know them. */
export function readEnvFile(file: string, text: string): Environment {
  const variables = text.split("\n").flatMap((line, index): Variable[] => {
    const [, before = "", name, rest = ""] = /^(\s*(?:export\s+)?)([A-Za-z_]\w*)\s*=(.*)$/.exec(line) ?? [];
    if (name === undefined) return [];
    const at = () => ({ file, line: index + 1, column: before.length + 1 });
    return [{ name, value: unquote(rest.trim()), at }];
  });
  return { kind: "source", name: file, context: undefined, databases: databasesIn(variables), imports: [] };
}

function unquote(value: string): string {
  const quoted = /^(["'])(.*?)\1/.exec(value);
  return quoted?.[2] ?? value.replace(/\s+#.*$/, "");
}
