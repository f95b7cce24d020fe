import type { NamedPlace } from "../../../model/code.ts";
import type { Source } from "../source.ts";

/** What the environment is called where it is handed on: `serve(process.env)`, then `environment.PORT`. */
const handedOn = String.raw`(?<![\w$.])(?:env|environment)`;
const variable = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/;

/** Variables of the environment that are read: from `process.env`, or from an object of that meaning that a function was given. */
export function readEnvironment(source: Source): NamedPlace[] {
  return [
    ...direct(source),
    ...taken(source),
    ...fromGiven(source),
    ...byHelper(source),
    ...bySchema(source),
  ];
}

function direct(source: Source): NamedPlace[] {
  const dotted = [...source.matches(/\b(?:process|import\.meta|Bun)\.env\.([A-Za-z_]\w*)/g)].map(
    ({ 1: name = "", index }) => ({ name, at: source.at(index) }),
  );
  const quoted = [...source.matches(/\b(?:(?:process|import\.meta)\.env\s*\[|Deno\.env\.get\s*\()/g)].flatMap(
    ({ index, end }) => {
      const literal = source.literalAt(end);
      return literal ? [{ name: literal.content, at: source.at(index) }] : [];
    },
  );
  return [...dotted, ...quoted];
}

/** `const { PORT, HOST = "::1" } = process.env`. */
function taken(source: Source): NamedPlace[] {
  return [...source.matches(/\{([^{}]*)\}\s*=\s*process\.env\b/g)].flatMap(({ 1: names = "", index }) =>
    [...names.matchAll(/([A-Za-z_]\w*)\s*(?:[:=][^,]*)?(?:,|$)/g)].map(([, name = ""]) => ({
      name,
      at: source.at(index),
    })),
  );
}

/** `environment.PORT`, `env["PORT"]`. */
function fromGiven(source: Source): NamedPlace[] {
  const dotted = [
    ...source.matches(new RegExp(String.raw`${handedOn}\s*\??\.\s*([A-Z][A-Z0-9_]*)\b(?!\s*\()`, "g")),
  ];
  const quoted = [...source.matches(new RegExp(String.raw`${handedOn}\s*(?:\?\.)?\[`, "g"))];
  return [
    ...dotted.map(({ 1: name = "", index }) => ({ name, at: source.at(index) })),
    ...quoted.flatMap(({ index, end }) => named(source, end, index)),
  ];
}

/** `required(environment, "PORT")`, and functions of the file that do so with the name they are given. */
function byHelper(source: Source): NamedPlace[] {
  const call = String.raw`[\w$.]+\(\s*(?:env|environment|process\.env)\s*,\s*`;
  const own = [
    ...source.matches(
      new RegExp(
        String.raw`\b(?:const|let|function)\s+([\w$]+)\s*=?\s*\(\s*([\w$]+)[^()]*\)[^;{}]{0,80}?(?:=>|\{\s*return)\s*${call}\2\b`,
        "g",
      ),
    ),
  ].map(({ 1: helper = "" }) => helper.replaceAll("$", "\\$"));
  const helped =
    own.length === 0
      ? []
      : [...source.matches(new RegExp(String.raw`(?<![\w$.])(?:${own.join("|")})\(`, "g"))];
  return [...source.matches(new RegExp(String.raw`(?<![\w$.])${call}`, "g")), ...helped].flatMap(
    ({ index, end }) => named(source, end, index),
  );
}

/** What validates the whole environment: `cleanEnv(process.env, { PORT: port() })`, `z.object({ PORT: … }).parse(process.env)`. */
function bySchema(source: Source): NamedPlace[] {
  const listed = [...source.matches(/\bcleanEnv\s*\(\s*[\w.]+\s*,\s*(?=\{)/g)].map(({ end }) => end);
  const parsed = /\.(?:parse|safeParse)\s*\(\s*process\.env\b/.test(source.code)
    ? [...source.matches(/\bz\s*\.\s*object\s*\(\s*(?=\{)/g)].map(({ end }) => end)
    : [];
  return [...listed, ...parsed].flatMap((open) =>
    source.parts(open).flatMap((part) => {
      const start = source.skipBlanks(part.start);
      const name = /^[A-Z][A-Z0-9_]*(?=\s*:)/.exec(source.code.slice(start, part.end))?.[0];
      return name === undefined ? [] : [{ name, at: source.at(start) }];
    }),
  );
}

function named(source: Source, end: number, index: number): NamedPlace[] {
  const content = source.literalAt(end)?.content;
  return content !== undefined && variable.test(content) ? [{ name: content, at: source.at(index) }] : [];
}
