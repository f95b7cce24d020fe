import { parseAsyncApi } from "./asyncapi.ts";
import { parseAvro } from "./avro.ts";
import { parseEvents } from "./events.ts";
import type { Format } from "./format.ts";
import { parseOpenApi } from "./openapi.ts";
import { parseTree } from "./tree.ts";

const isData = (file: string) =>
  /\.(?:ya?ml|json)$/.test(file) &&
  !/(?:^|\/)(?:package(?:-lock)?|tsconfig[^/]*|composer|deno|biome|lerna|nx|turbo)\.json$/.test(file);
/** Enough for any header; a key further down than this is not the document's own. */
const head = (text: string) => text.slice(0, 65_536);

export const openApi: Format = {
  kind: "openapi",
  mayBe: isData,
  // JSON may name its version at the end of the document, so there the whole text counts.
  claims: ({ file, text }) =>
    file.endsWith(".json")
      ? /"openapi"\s*:\s*"3|"swagger"\s*:\s*"2/.test(text)
      : /^\s*["']?(?:openapi["']?\s*:\s*["']?3|swagger["']?\s*:\s*["']?2)/m.test(head(text)),
  parse: ({ file, text }, load) => parseOpenApi(parseTree(file, text), load),
};

/** Another service's contract among the tests of one: not an offer, but what is expected. */
export const expectation: Format = {
  kind: "expectation",
  mayBe: (file) => isData(file) && expectationFile.test(file) && testFolder.test(file),
  claims: openApi.claims,
  parse: ({ file, text }, load) => ({
    kind: "expectation",
    file,
    api: parseOpenApi(parseTree(file, text), load),
  }),
};
/** Test folders hold thousands of data files that are none. */
const expectationFile =
  /(?:openapi|swagger|api-spec|[\w.]*[-_](?:service|svc|api)(?:[-_.][\w.-]*)?)\.(?:ya?ml|json)$|(?:^|\/)(?:contracts?|providers?|expectations?|apis?)\/[^/]+$/i;

export const events: Format = {
  kind: "events",
  mayBe: isData,
  claims: ({ file, text }) =>
    file.endsWith(".json")
      ? /"events"\s*:\s*\[/.test(head(text)) && /"eventType"\s*:/.test(text)
      : /^events\s*:/m.test(head(text)) && /\beventType\s*:/.test(text),
  parse: ({ file, text }, load) => parseEvents(parseTree(file, text), load),
};

export const asyncApi: Format = {
  kind: "asyncapi",
  mayBe: isData,
  claims: ({ file, text }) =>
    file.endsWith(".json")
      ? /"asyncapi"\s*:\s*"\d/.test(text)
      : /^["']?asyncapi["']?\s*:\s*["']?\d/m.test(head(text)),
  parse: ({ file, text }, load) => parseAsyncApi(parseTree(file, text), load),
};

export const avro: Format = {
  kind: "avro",
  mayBe: (file) => file.endsWith(".avsc"),
  claims: () => true,
  parse: ({ file, text }) => parseAvro(parseTree(file, text)),
};

export const testFolder = /(?:^|\/)(?:tests?|__tests__|__mocks__|mocks?)\//i;
