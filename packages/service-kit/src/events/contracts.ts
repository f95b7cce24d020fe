import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormatsModule from "ajv-formats";
import type { Binding } from "../bus/bus.ts";
import { topicOf } from "./envelope.ts";

// The package is CommonJS; its types say that the default import is the module.
const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default;

export interface ContractEvent {
  readonly type: string;
  readonly version: string;
  readonly topic: string;
  /** The service in whose folder the contract stands. */
  readonly producer: string;
  readonly consumers: readonly string[];
}

export type Validation = { readonly ok: true } | { readonly ok: false; readonly reason: string };

export interface EventContracts {
  readonly events: readonly ContractEvent[];
  /** Which topics each consumer receives, over all contracts. */
  readonly topology: readonly Binding[];
  /** Holds an envelope against the contract of its type and version. Never throws; the reason names places, never values. */
  validate(envelope: unknown): Validation;
}

/** A contract cannot be used: the message says which and why. */
export class EventContractUnreadable extends Error {
  override readonly name = "EventContractUnreadable";
}

interface EventsDocument {
  readonly events?: readonly {
    readonly eventType: string;
    /** `v1` unless said otherwise. */
    readonly version?: string;
    /** Of the whole message; one without it promises nothing but the envelope. */
    readonly schema?: object;
    readonly consumers?: readonly string[];
  }[];
}

/**
 * Reads the event contracts `services/<name>/contracts/events/*.json` below `root`, with the files that they refer to, and compiles their
 * schemas (JSON Schema 2020-12) once. Without a folder `services` the contracts of `root` itself are those of `alone`, the service that the
 * repository is. Throws `EventContractUnreadable`.
 */
export function readEventContracts(root: string, alone?: string): EventContracts {
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  addFormats(ajv);
  const events: ContractEvent[] = [];
  const validators = new Map<string, ValidateFunction>();

  for (const { producer, file } of contractFiles(root, alone)) {
    const url = pathToFileURL(file).href;
    const document = addDocument(ajv, url) as EventsDocument;
    for (const [at, event] of (document.events ?? []).entries()) {
      const { version = "v1" } = event;
      const key = `${event.eventType} ${version}`;
      if (validators.has(key))
        throw new EventContractUnreadable(`${file}: ${key} has another contract already.`);
      validators.set(key, compile(ajv, file, event.schema ? `${url}#/events/${at}/schema` : true));
      events.push({
        type: event.eventType,
        version,
        topic: topicOf(event.eventType),
        producer,
        consumers: event.consumers ?? [],
      });
    }
  }
  return { events, topology: topologyOf(events), validate: (envelope) => validate(validators, envelope) };
}

interface ContractFile {
  readonly producer: string;
  readonly file: string;
}

function contractFiles(root: string, alone: string | undefined): ContractFile[] {
  const services = join(root, "services");
  if (existsSync(services))
    return readdirSync(services)
      .sort()
      .flatMap((producer) => contractFilesOf(producer, join(services, producer)));
  if (alone !== undefined) return contractFilesOf(alone, root);
  throw new EventContractUnreadable(`There is no folder ${services}.`);
}

function contractFilesOf(producer: string, folder: string): ContractFile[] {
  const events = join(folder, "contracts", "events");
  if (!existsSync(events)) return [];
  const names = readdirSync(events).sort();
  return names
    .filter((name) => name.endsWith(".json"))
    .map((name) => ({ producer, file: join(events, name) }));
}

/** Gives a file and all that it refers to to the validator, each under its own URL, so that relative references resolve. */
function addDocument(ajv: Ajv2020, url: string): unknown {
  const known = ajv.schemas[url]?.schema;
  if (known) return known;

  const document = readJson(fileURLToPath(url));
  ajv.addSchema(document, url);
  for (const reference of referencesIn(document)) {
    const [file] = new URL(reference, url).href.split("#");
    if (file?.startsWith("file:")) addDocument(ajv, file);
  }
  return document;
}

function readJson(file: string): object {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as object;
  } catch (error) {
    throw new EventContractUnreadable(`${file}: ${(error as Error).message}`);
  }
}

function* referencesIn(node: unknown): Generator<string> {
  if (typeof node !== "object" || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === "$ref" && typeof value === "string") yield value;
    else yield* referencesIn(value);
  }
}

function compile(ajv: Ajv2020, file: string, schema: string | true): ValidateFunction {
  try {
    return ajv.compile(schema === true ? true : { $ref: schema });
  } catch (error) {
    throw new EventContractUnreadable(`${file}: ${(error as Error).message}`);
  }
}

function topologyOf(events: readonly ContractEvent[]): Binding[] {
  const topics = new Map<string, Set<string>>();
  for (const { topic, consumers } of events) {
    for (const consumer of consumers) topics.set(consumer, (topics.get(consumer) ?? new Set()).add(topic));
  }
  return [...topics].map(([consumer, of]) => ({ consumer, topics: [...of] }));
}

function validate(validators: ReadonlyMap<string, ValidateFunction>, envelope: unknown): Validation {
  const { eventType, eventVersion } = (envelope ?? {}) as { eventType?: unknown; eventVersion?: unknown };
  if (typeof eventType !== "string" || typeof eventVersion !== "string") {
    return { ok: false, reason: "It is no event: eventType or eventVersion is missing." };
  }
  const check = validators.get(`${eventType} ${eventVersion}`);
  if (!check) return { ok: false, reason: `No contract knows ${eventType} ${eventVersion}.` };
  if (check(envelope)) return { ok: true };
  return { ok: false, reason: `It does not match ${eventType} ${eventVersion}: ${firstOf(check.errors)}.` };
}

function firstOf(errors: readonly ErrorObject[] | null | undefined): string {
  const [error] = errors ?? [];
  return error
    ? `${error.instancePath || "the envelope"} ${error.message ?? error.keyword}`
    : "unknown error";
}
