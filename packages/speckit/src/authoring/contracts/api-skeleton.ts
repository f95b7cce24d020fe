import { dump } from "js-yaml";
import type { Constitution, Principle } from "../../model/constitution.ts";
import { isBeforeSignIn } from "../../model/operation-purpose.ts";
import type { Spec } from "../../model/spec.ts";
import { domainOf, titleCase, upperFirst } from "../offline/words.ts";
import { open, plain } from "../setup/plain.ts";
import { camel, type DerivedOperation, distinctOperations, operationsOf } from "./derived-operation.ts";
import { schemaOfField } from "./known-fields.ts";
import { fieldsIn, requestStories, type StoryText, statusesIn, textOf } from "./requests.ts";

/** What a contract is made from. */
export interface SkeletonInput {
  readonly service: string;
  /** Of all features, the first one first. */
  readonly specs: readonly Spec[];
  readonly constitution: Constitution | undefined;
}

type Json = Record<string, unknown>;

/** How credentials are shown, by what a constitution calls it. */
const schemes: Readonly<Record<string, Json>> = {
  JWT: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
  "OAuth 2.0": { type: "http", scheme: "bearer" },
  "OpenID Connect": { type: "http", scheme: "bearer", bearerFormat: "JWT" },
  "API key": { type: "apiKey", in: "header", name: "X-API-Key" },
  mTLS: { type: "mutualTLS" },
  Basic: { type: "http", scheme: "basic" },
};

const refusals: Readonly<Record<string, string>> = {
  "400": "The request is not as this contract says.",
  "401": "There are no valid credentials.",
  "403": "The caller may not do that.",
  "404": "There is none.",
  "409": "It contradicts what is there.",
  "422": "The request is not as this contract says.",
  "429": "There were too many requests.",
  "503": "Something that the service needs is down.",
};

/** Everything that the parts of the document share. */
interface Context {
  readonly mediaType: string;
  /** Name of the security scheme; undefined where nobody asks for credentials. */
  readonly scheme: string | undefined;
  /** The service gives credentials out, so that callers have none yet. */
  readonly givesCredentials: boolean;
  readonly tag: string;
}

/** An OpenAPI document of what the scenarios ask for; undefined when none says what a caller does. What nobody said is marked as a question. */
export function apiSkeleton({ service, specs, constitution }: SkeletonInput): string | undefined {
  const prefix = prefixIn(constitution);
  const operations = distinctOperations(
    specs.flatMap((spec) =>
      requestStories(spec).flatMap((story) => operationsOf(story, prefix, domainOf(service))),
    ),
  );
  if (operations.length === 0) return undefined;
  const scheme = schemeIn(constitution);
  const context: Context = {
    mediaType: principle(constitution, "problem-details")?.mediaType ?? "application/problem+json",
    scheme: scheme && "bearerAuth",
    givesCredentials: specs.some(({ responsible }) =>
      responsible.some(({ text }) => /authentication|\b(?:log|sign)-?in\b/i.test(text)),
    ),
    tag: titleCase(domainOf(service)),
  };
  const title = `${titleCase(service.replace(/-service$/, ""))} Service API`;
  const document: Json = {
    openapi: "3.1.0",
    info: {
      title,
      version: /v\d+/.exec(prefix)?.[0] ?? "v1",
      description: `A skeleton, drafted by \`speckit plan --contracts\` from the scenarios of ${service}: its methods and paths are made from their words. Correct it, and answer what it asks.`,
    },
    ...(scheme ? { security: [{ bearerAuth: [] }] } : {}),
    tags: [
      { name: context.tag },
      ...healthPaths(constitution)
        .slice(0, 1)
        .map(() => ({ name: "Health" })),
    ],
    paths: pathsOf(operations, healthPaths(constitution), context),
    components: {
      ...(scheme ? { securitySchemes: { bearerAuth: scheme } } : {}),
      schemas: { ProblemDetails: problemDetails },
    },
  };
  return dump(document, { lineWidth: 120, noRefs: true });
}

const problemDetails: Json = {
  type: "object",
  description: "RFC 7807 problem details.",
  required: ["type", "title", "status"],
  properties: {
    type: { type: "string", format: "uri-reference" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string" },
    instance: { type: "string", format: "uri-reference" },
  },
};

function pathsOf(operations: readonly DerivedOperation[], health: readonly string[], context: Context): Json {
  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    const path = paths[operation.path] ?? {};
    path[operation.method] = operationOf(operation, context);
    paths[operation.path] = path;
  }
  for (const path of health) paths[path] = { get: healthOf(path, context) };
  return paths;
}

function operationOf(operation: DerivedOperation, context: Context): Json {
  const { path, method, operationId, summary, story } = operation;
  const text = textOf(story);
  const isPublic = context.scheme !== undefined && (context.givesCredentials || isBeforeSignIn(path));
  const hasBody = method !== "get" && method !== "delete";
  const parameters = Array.from(path.matchAll(/\{([^}]+)\}/g), ([, name = ""]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  return {
    operationId,
    summary: plain(summary, 80),
    description: `Scenario ${story.id} of ${story.at.file.replace(/^.*(?=specs\/)/, "")}.${isPublic && !isBeforeSignIn(path) ? ` ${open("Do callers show a token?")}` : ""}`,
    tags: [context.tag],
    ...(isPublic ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(hasBody ? { requestBody: bodyOf(operation, text) } : {}),
    responses: responsesOf(operation, text, context, {
      hasBody,
      isSecured: context.scheme !== undefined && !isPublic,
    }),
  };
}

function bodyOf({ operationId, answers }: DerivedOperation, text: StoryText): Json {
  const fields = [...new Set(fieldsIn(text).map(camel))];
  const properties = Object.fromEntries(fields.map((name) => [name, schemaOfField(name)]));
  const schema =
    fields.length > 0
      ? { type: "object", required: fields, properties }
      : { type: "object", description: open(`Which properties does a request of ${operationId} have?`) };
  return {
    required: answers !== "outcome" || fields.length > 0,
    content: { "application/json": { schema } },
  };
}

function responsesOf(
  { answers, operationId, path }: DerivedOperation,
  text: StoryText,
  { mediaType }: Context,
  { hasBody, isSecured }: { hasBody: boolean; isSecured: boolean },
): Json {
  const said = statusesIn(text);
  const good =
    said.find((status) => /^[23]/.test(status)) ??
    { created: "201", nothing: "204", list: "200", item: "200", outcome: "200" }[answers];
  const bad = new Set([
    ...said.filter((status) => /^[45]/.test(status)),
    ...(hasBody ? ["400"] : []),
    ...(isSecured ? ["401"] : []),
    ...(path.includes("{") ? ["404"] : []),
  ]);
  const [outcome = ""] = text.outcome.split(/\s+Or\s/);
  const then =
    outcome === "" || outcome.includes("[NEEDS CLARIFICATION")
      ? undefined
      : upperFirst(plain(outcome.replace(/\s+And\s/g, ", and "), 300));
  const schema = {
    type: "object",
    ...(then ? { description: open(`Which properties does the answer of ${operationId} have?`) } : {}),
  };
  const problem = { [mediaType]: { schema: { $ref: "#/components/schemas/ProblemDetails" } } };
  return {
    [good]: {
      description: then ?? open(`What does ${operationId} return, and what has changed?`),
      ...(good === "204" ? {} : { content: { "application/json": { schema } } }),
    },
    ...Object.fromEntries(
      [...bad]
        .sort()
        .map((status) => [
          status,
          { description: refusals[status] ?? "As the scenario says.", content: problem },
        ]),
    ),
  };
}

function healthOf(path: string, { mediaType }: Context): Json {
  const problem = { [mediaType]: { schema: { $ref: "#/components/schemas/ProblemDetails" } } };
  const schema = { type: "object", required: ["status"], properties: { status: { type: "string" } } };
  return {
    operationId: camel(path.split("/").filter(Boolean).join("-")),
    summary: "Status of the service",
    tags: ["Health"],
    security: [],
    responses: {
      "200": { description: "The service can do its work.", content: { "application/json": { schema } } },
      "503": { description: "Something that the service needs is down.", content: problem },
    },
  };
}

function principle<K extends Principle["kind"]>(constitution: Constitution | undefined, kind: K) {
  return constitution?.principles.find((one): one is Extract<Principle, { kind: K }> => one.kind === kind);
}

function healthPaths(constitution: Constitution | undefined): readonly string[] {
  return principle(constitution, "health-checks")?.paths ?? ["/health"];
}

/** `/api/v1/`, with the constitution's words where it says so. */
function prefixIn(constitution: Constitution | undefined): string {
  const stated = principle(constitution, "path-version")?.prefix ?? "/api/v1/";
  const filled = stated.replace(/v(?:\{\w+\}|<\w+>|n|x)(?=\/|$)/i, "v1").replace(/[{<].*?[}>]\/?/g, "");
  return `/${filled.split("/").filter(Boolean).join("/")}/`.replace("//", "/");
}

function schemeIn(constitution: Constitution | undefined): Json | undefined {
  const stated = principle(constitution, "authentication")?.scheme.split(" or ")[0];
  return stated === undefined ? undefined : (schemes[stated] ?? schemes.JWT);
}
