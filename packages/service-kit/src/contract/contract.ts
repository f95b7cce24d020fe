import { bundle } from "./bundle.ts";
import { type CredentialPlace, credentialPlacesOf } from "./credential-places.ts";
import { resolve } from "./resolve.ts";

/** An OpenAPI 3 document as far as the kit looks at it. Its `$ref`s point into itself. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly servers?: readonly OpenApiServer[];
  readonly security?: readonly object[];
  readonly paths?: Readonly<Record<string, OpenApiPath>>;
  readonly components?: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

interface OpenApiServer {
  readonly url: string;
  readonly variables?: Readonly<Record<string, { readonly default: string }>>;
}

export type OpenApiPath = Readonly<Record<string, unknown>>;

/** One operation of a contract. */
export interface Operation {
  /** Of one that has none in the contract its method and path: `POST /api/v1/orders`. */
  readonly operationId: string;
  /** In capitals: `POST`. */
  readonly method: string;
  /** As the contract writes it: `/api/v1/orders/{orderId}`. */
  readonly path: string;
  /** What the first address in `servers` puts before the path: `/api/v1`; mostly nothing. */
  readonly basePath: string;
  /** Whether a caller has to show who they are. */
  readonly secured: boolean;
  /** Sets of places of which one has to hold credentials, where none of them is an access token: keys, names with passwords. Empty otherwise. */
  readonly credentials: readonly (readonly CredentialPlace[])[];
  /** The media types a body may have; none when the operation takes no body. */
  readonly mediaTypes: readonly string[];
  readonly bodyRequired: boolean;
  /** Of its answers, as the contract writes them: `200`, `4XX`, `default`. */
  readonly statuses: readonly string[];
}

export interface Contract {
  /** The name of the service: `order-service`. */
  readonly service: string;
  readonly document: OpenApiDocument;
  /** By operationId. */
  readonly operations: ReadonlyMap<string, Operation>;
}

const methods = new Set(["get", "put", "post", "delete", "options", "head", "patch", "trace"]);

/**
 * Reads the OpenAPI documents of a service, mostly one: `contracts/api-spec.yaml` in its folder. Several are read as one; without any the contract has no
 * operations. The service is told its name: a title is for people, and may change. Throws when a file cannot be read or is no YAML.
 */
export function readContract(files: string | readonly string[], service: string): Contract {
  const document = bundle([files].flat()) as unknown as OpenApiDocument;
  return { service, document, operations: operationsOf(document) };
}

function basePathOf(servers: readonly OpenApiServer[] | undefined): string {
  const { url = "", variables = {} } = servers?.[0] ?? {};
  const written = url.replace(/\{([^}]+)\}/g, (_, name: string) => variables[name]?.default ?? "unknown");
  const path = URL.canParse(written, "http://host") ? new URL(written, "http://host").pathname : "";
  return path.replace(/\/+$/, "");
}

function operationsOf(document: OpenApiDocument): ReadonlyMap<string, Operation> {
  const operations = new Map<string, Operation>();
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const [method, value] of Object.entries(item)) {
      if (!methods.has(method)) continue;
      const operation = readOperation(document, method.toUpperCase(), path, value as RawOperation);
      operations.set(operation.operationId, operation);
    }
  }
  return operations;
}

interface RawOperation {
  readonly operationId?: string;
  readonly servers?: readonly OpenApiServer[];
  readonly security?: readonly object[];
  readonly requestBody?: RawBody | { readonly $ref: string };
  readonly responses?: Readonly<Record<string, object>>;
}

interface RawBody {
  readonly required?: boolean;
  readonly content?: Readonly<Record<string, object>>;
}

/** `application/json; charset=utf-8` without what may differ from request to request. */
export function baseType(mediaType: string): string {
  return (mediaType.split(";", 1)[0] ?? "").trim().toLowerCase();
}

/** Whether a media type without parameters is JSON, of whatever kind: `application/hal+json`. */
export function isJson(mediaType: string): boolean {
  return mediaType === "application/json" || mediaType.endsWith("+json");
}

function readOperation(
  document: OpenApiDocument,
  method: string,
  path: string,
  raw: RawOperation,
): Operation {
  const { operationId = `${method} ${path}`, security = document.security ?? [], requestBody } = raw;
  // An empty requirement among others means that credentials are optional (OpenAPI 3.1, Security Requirement Object).
  const secured = security.length > 0 && security.every((requirement) => Object.keys(requirement).length > 0);
  const body = requestBody && resolve<RawBody>(document, requestBody);
  return {
    operationId,
    method,
    path,
    basePath: basePathOf(
      raw.servers ?? (document.paths?.[path]?.servers as RawOperation["servers"]) ?? document.servers,
    ),
    secured,
    credentials: secured ? credentialPlacesOf(document, security) : [],
    mediaTypes: Object.keys(body?.content ?? {}).map(baseType),
    bodyRequired: body?.required === true,
    statuses: Object.keys(raw.responses ?? {}),
  };
}
