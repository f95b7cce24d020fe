import type { Environment } from "../../model/deployment.ts";
import { joinPointer, valueAt } from "../pointer.ts";
import { parseTree } from "../tree.ts";
import { list, mapping, text as textOf } from "../values.ts";
import { placesIn } from "./places.ts";
import { databasesIn, type Variable } from "./variables.ts";

type PlaceOf = ReturnType<typeof placesIn>;

/** Where workloads of the various kinds keep what they run. */
const podSpecs = ["/spec/template/spec", "/spec/jobTemplate/spec/template/spec", "/spec"];

/** Reads the workloads, config maps and secrets of a manifest, which may hold many documents. Source: https://kubernetes.io/docs/reference/kubernetes-api/ */
export function readManifest(file: string, text: string): Environment[] {
  return documentsOf(text).flatMap(({ part, offset }) => {
    const root = mapping(parseTree(file, part).value);
    const name = textOf(mapping(root.metadata).name);
    if (name === undefined) return [];
    const placeOf = placesIn(file, text, offset, part);
    return root.kind === "ConfigMap" || root.kind === "Secret"
      ? [source(name, root, placeOf)]
      : [workload(name, root, placeOf)];
  });
}

function documentsOf(text: string): { part: string; offset: number }[] {
  const documents: { part: string; offset: number }[] = [];
  let offset = 0;
  for (const { index, 0: line } of text.matchAll(/^---.*$/gm)) {
    documents.push({ part: text.slice(offset, index), offset });
    offset = index + line.length;
  }
  documents.push({ part: text.slice(offset), offset });
  return documents.filter(({ part }) => part.trim() !== "");
}

function source(name: string, root: Readonly<Record<string, unknown>>, placeOf: PlaceOf): Environment {
  const variables = ["data", "stringData"].flatMap((key) =>
    Object.entries(mapping(root[key])).map(([variable, value]) => ({
      name: variable,
      value: textOf(value) ?? "",
      at: () => placeOf(joinPointer("", key, variable)),
    })),
  );
  return { kind: "source", name, context: undefined, databases: databasesIn(variables), imports: [] };
}

function workload(name: string, root: Readonly<Record<string, unknown>>, placeOf: PlaceOf): Environment {
  const spec = podSpecs.find((pointer) => list(mapping(valueAt(root, pointer)).containers).length > 0) ?? "";
  const containers = ["containers", "initContainers"].flatMap((key) =>
    list(mapping(valueAt(root, spec))[key]).map((container, index) => ({
      container: mapping(container),
      pointer: joinPointer(spec, key, index),
    })),
  );
  return {
    kind: "workload",
    name,
    context: undefined,
    databases: containers.flatMap(({ container, pointer }) =>
      databasesIn(variablesOf(container.env, joinPointer(pointer, "env"), placeOf)),
    ),
    imports: containers.flatMap(({ container }) => importsOf(container)),
  };
}

function variablesOf(env: unknown, pointer: string, placeOf: PlaceOf): Variable[] {
  return list(env).flatMap((item, index) => {
    const { name, value } = mapping(item);
    const variable = textOf(name);
    const content = textOf(value);
    return variable === undefined || content === undefined
      ? []
      : [{ name: variable, value: content, at: () => placeOf(joinPointer(pointer, index, "value")) }];
  });
}

/** `envFrom` takes a whole config map or secret, `valueFrom` one key of it. */
function importsOf({ env, envFrom }: Readonly<Record<string, unknown>>): Environment["imports"] {
  const whole = list(envFrom).flatMap((item) => {
    const { configMapRef, secretRef } = mapping(item);
    return [{ source: mapping(configMapRef ?? secretRef).name, variable: undefined }];
  });
  const single = list(env).flatMap((item) => {
    const { configMapKeyRef, secretKeyRef } = mapping(mapping(item).valueFrom);
    const { name, key } = mapping(configMapKeyRef ?? secretKeyRef);
    return [{ source: name, variable: textOf(key) }];
  });
  return [...whole, ...single.filter(({ variable }) => variable !== undefined)].flatMap(
    ({ source: from, variable }) => {
      const name = textOf(from);
      return name === undefined ? [] : [{ source: name, variable }];
    },
  );
}
