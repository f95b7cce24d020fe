import type { Environment } from "../../model/deployment.ts";
import { joinPointer } from "../pointer.ts";
import { joinPath } from "../references.ts";
import { parseTree } from "../tree.ts";
import { isMapping, list, mapping, text as textOf } from "../values.ts";
import { placesIn } from "./places.ts";
import { databasesIn, type Variable } from "./variables.ts";

/** Reads the services of a compose file. Source: https://github.com/compose-spec/compose-spec */
export function readCompose(file: string, text: string): Environment[] {
  const placeOf = placesIn(file, text, 0);
  const { services } = mapping(parseTree(file, text).value);
  return Object.entries(mapping(services)).map(([name, value]) => {
    const { environment, env_file: envFile, build } = mapping(value);
    const pointer = joinPointer("/services", name, "environment");
    const variables = variablesOf(environment).map(({ key, name: variable, value: content }) => ({
      name: variable,
      value: content,
      at: () => placeOf(joinPointer(pointer, key)),
    }));
    const context = textOf(isMapping(build) ? build.context : build);
    return {
      kind: "workload",
      name,
      context: context === undefined ? undefined : joinPath(file, context),
      databases: databasesIn(variables),
      imports: envFiles(envFile).flatMap((path) => {
        const source = joinPath(file, path);
        return source === undefined ? [] : [{ source, variable: undefined }];
      }),
    };
  });
}

/** A mapping of names to values, or a list of `NAME=value`. */
function variablesOf(environment: unknown): (Omit<Variable, "at"> & { readonly key: string | number })[] {
  if (isMapping(environment)) {
    return Object.entries(environment).map(([name, value]) => ({
      key: name,
      name,
      value: textOf(value) ?? "",
    }));
  }
  return list(environment).flatMap((item, key) => {
    const [, name, value] = /^(\w+)=(.*)$/s.exec(textOf(item) ?? "") ?? [];
    return name === undefined || value === undefined ? [] : [{ key, name, value }];
  });
}

function envFiles(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap(
    (item) => textOf(isMapping(item) ? item.path : item) ?? [],
  );
}
