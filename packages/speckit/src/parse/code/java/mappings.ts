import type { Source, Span } from "../source.ts";
import { writtenText } from "../written-text.ts";
import { type Annotation, annotationsBefore } from "./classes.ts";

const mappings: Readonly<Record<string, string>> = {
  GetMapping: "GET",
  PostMapping: "POST",
  PutMapping: "PUT",
  PatchMapping: "PATCH",
  DeleteMapping: "DELETE",
  RequestMapping: "ANY",
};
const jaxMethods = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/;

/** The first of the annotations that has one of the names. */
export function has(annotations: readonly Annotation[], ...names: readonly string[]): Annotation | undefined {
  return annotations.find(({ name }) => names.includes(name));
}

/** Texts of an annotation: `@X("/a")`, `@X({"/a", "/b"})`, `@X(value = "/a")`. */
export function textsOf(
  source: Source,
  annotation: Annotation | undefined,
  ...members: readonly string[]
): string[] {
  if (!annotation || annotation.open === undefined) return [];
  const parts = source.parts(annotation.open);
  const named = parts.flatMap((part) => source.member(part, ...members) ?? []);
  const isPlain = (part: Span) => !/^\s*\w+\s*=(?!=)/.test(source.code.slice(part.start, part.end));
  return [...named, ...parts.filter(isPlain)].flatMap((part) => {
    const start = source.skipBlanks(part.start);
    const list = "{[".includes(source.code[start] ?? " ") ? source.parts(start) : [part];
    return list.flatMap((one) => writtenText(source, one)?.text ?? []);
  });
}

/** Groups of annotations that stand before one method each. */
export function methodsIn(source: Source, body: Span): { annotations: Annotation[]; offset: number }[] {
  const groups: { annotations: Annotation[]; offset: number }[] = [];
  for (let at = body.start + 1; at < body.end; at++) {
    const letter = source.code[at] ?? "";
    if (letter === "{") at = source.closing(at);
    else if (letter === "@") {
      const { annotations, end } = annotationsBefore(source, at);
      // An `@` that begins no annotation.
      if (end === at) continue;
      groups.push({ annotations, offset: at });
      at = end - 1;
    } else if (letter === "(") at = source.closing(at);
  }
  return groups;
}

/** What the annotations of a method of a class say that it answers, or asks for. */
export function operationsOf(
  source: Source,
  own: readonly Annotation[],
  isSpring: boolean,
): { method: string; path: string }[] {
  if (!isSpring) {
    const path = textsOf(source, has(own, "Path"), "value")[0] ?? "";
    return own.filter(({ name }) => jaxMethods.test(name)).map(({ name }) => ({ method: name, path }));
  }
  return own.flatMap((annotation) => {
    const usual = mappings[annotation.name];
    if (usual === undefined) return [];
    const code =
      annotation.open === undefined
        ? ""
        : source.code.slice(annotation.open, source.closing(annotation.open));
    const named =
      usual === "ANY"
        ? [...code.matchAll(/RequestMethod\.(\w+)|(?<=[\s={,[])(GET|POST|PUT|PATCH|DELETE)\b/g)]
        : [];
    const methods = named.length > 0 ? named.map(([, a, b]) => a ?? b ?? "") : [usual];
    const paths = textsOf(source, annotation, "value", "path");
    return methods.flatMap((method) => (paths.length > 0 ? paths : [""]).map((path) => ({ method, path })));
  });
}
