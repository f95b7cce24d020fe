// Compiles the official JSON Schemas of the formats we read to modules that need no compiler at run time: compiling the OpenAPI 3.1 schema
// takes 100 ms, loading the compiled module 5 ms. The result is not kept in git.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const require = createRequire(import.meta.url);
const out = new URL("../src/parse/generated/", import.meta.url);

/** Compiles unless what is there was made by this script from the schemas that are installed. */
export async function compileSchemas() {
  const stampFile = new URL(".stamp", out);
  const stamp = sourceStamp();
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
  mkdirSync(out, { recursive: true });
  for (const [name, code] of await standaloneModules()) {
    writeFileSync(new URL(`${name}.js`, out), code);
    writeFileSync(new URL(`${name}.d.ts`, out), declaration);
  }
  writeFileSync(stampFile, stamp);
}

const declaration = `import type { ErrorObject } from "ajv";
declare const validate: { (value: unknown): boolean; errors?: ErrorObject[] | null };
export default validate;
`;

async function standaloneModules() {
  const { default: standalone } = await import("ajv/dist/standalone/index.js");
  const { default: Ajv } = await import("ajv");
  const { default: Ajv2020 } = await import("ajv/dist/2020.js");
  const { default: Ajv04 } = await import("ajv-draft-04");
  /** @type {import("ajv").Options} */
  const options = {
    strict: false,
    allErrors: true,
    // A misspelt e-mail address in `info.contact` is no reason to call a contract invalid.
    validateFormats: false,
    code: { source: true, esm: true },
  };
  // What the official schema of 3.0 says by "http://json-schema.org/draft-04/schema#" in `id` only confuses the compiler.
  const { id: _, $schema: __, ...openApi30 } = official("v3.0");
  return /** @type {const} */ ([
    ["openapi-2.0", new Ajv04.default(options), official("v2.0")],
    ["openapi-3.0", new Ajv04.default(options), openApi30],
    ["openapi-3.1", new Ajv2020.default(options), official("v3.1")],
    ["openapi-3.2", new Ajv2020.default(options), official("v3.2")],
    // Documents of 2.0 to 2.5 are valid in 2.6, and those of 3.0 in 3.1: both only added to what was there.
    ["asyncapi-2", new Ajv.default(options), asyncApi("2.6.0")],
    ["asyncapi-3", new Ajv.default(options), asyncApi("3.1.0")],
  ]).map(([name, ajv, schema]) => {
    const code = standalone.default(/** @type {never} */ (ajv), ajv.compile(schema));
    return /** @type {const} */ ([name, bundle(code)]);
  });
}

/**
 * Puts the few functions of ajv that the code requires into it, so that ajv need not be there at run time.
 * @param {string} code
 */
function bundle(code) {
  const stdin = { contents: code, resolveDir: fileURLToPath(new URL("..", import.meta.url)) };
  const { outputFiles } = buildSync({ stdin, bundle: true, format: "esm", minify: true, write: false });
  return outputFiles[0]?.text ?? "";
}

/**
 * @param {string} version
 * @returns {Record<string, unknown>}
 */
function official(version) {
  const file = require.resolve(`@seriousme/openapi-schema-validator/schemas/${version}/schema.json`);
  return JSON.parse(readFileSync(file, "utf8"));
}

/** Parts of AsyncAPI that are nobody's contract, or are judged by `schemaProblems`; nine tenths of the official schema. */
const leftOut =
  /^(?:schema|anySchema|multiFormatSchema|json-schema-draft-07-schema|openapiSchema_3_0|avroSchema_v1)$|^bindings-|[bB]indingsObject$|^extensions-/;

/**
 * @param {"2.6.0" | "3.1.0"} version
 * @returns {Record<string, unknown>}
 */
function asyncApi(version) {
  const { schemasWithoutId } = require("@asyncapi/specs");
  const schema = withoutExamples(schemasWithoutId[version]);
  for (const name of Object.keys(schema.definitions)) if (leftOut.test(name)) schema.definitions[name] = {};
  // Which versions there are the reader knows.
  schema.properties.asyncapi = {};
  return schema;
}

/** Examples and `bindings` below `properties` aside, the same schema. @param {any} value @returns {any} */
function withoutExamples(value) {
  if (Array.isArray(value)) return value.map(withoutExamples);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(
    ([key, member]) => key !== "examples" || !Array.isArray(member),
  );
  return Object.fromEntries(
    entries.map(([key, member]) => [key, key === "bindings" ? {} : withoutExamples(member)]),
  );
}

function sourceStamp() {
  const hash = createHash("sha256").update(readFileSync(fileURLToPath(import.meta.url)));
  for (const name of ["ajv", "ajv-draft-04", "@seriousme/openapi-schema-validator", "@asyncapi/specs"])
    hash.update(readFileSync(require.resolve(`${name}/package.json`)));
  return hash.digest("hex");
}
