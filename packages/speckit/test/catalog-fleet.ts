import { link } from "../src/link/link.ts";
import { defaultConfig } from "../src/model/config.ts";
import type { ApiContract, EventContract, Operation } from "../src/model/contract.ts";
import type { ParsedDocument } from "../src/model/parsed-document.ts";
import type { EventSection, Spec } from "../src/model/spec.ts";
import type { Workspace } from "../src/model/workspace.ts";

/** A service in a few words; what is left out it does not have. */
export interface ServiceSketch {
  /** `POST /api/v1/auth/login`. */
  readonly endpoints?: readonly string[];
  /** By the service that is called: the paths used there, or a purpose in words. */
  readonly calls?: Readonly<Record<string, string>>;
  /** By event: the consumers that the contract lists. */
  readonly publishes?: Readonly<Record<string, readonly string[]>>;
  /** By event: where it comes from. */
  readonly consumes?: Readonly<Record<string, string>>;
  /** By entity: its database. */
  readonly data?: Readonly<Record<string, string>>;
  readonly quickRef?: boolean;
  /** True when left out. */
  readonly implemented?: boolean;
}

/** Links the documents that a repository of these services would have. */
export function fleet(sketches: Readonly<Record<string, ServiceSketch>>): Workspace {
  const entries = Object.entries(sketches);
  return link({
    documents: entries.flatMap(([name, sketch]) => documentsOf(name, sketch)),
    files: entries
      .filter(([, { implemented = true }]) => implemented)
      .map(([name]) => `services/${name}/src/main.ts`),
    config: defaultConfig,
    serviceRoots: [],
    rootName: "shop",
  });
}

function documentsOf(name: string, sketch: ServiceSketch): ParsedDocument[] {
  const home = `services/${name}`;
  const specs = `${home}/specs/001-${name.replace(/-service$/, "")}`;
  const documents: ParsedDocument[] = [specOf(`${specs}/spec.md`, sketch)];
  if (sketch.quickRef) documents.push({ kind: "summary", stale: [], file: `${specs}/quick-ref.md` });
  if (sketch.endpoints) documents.push(apiOf(`${home}/contracts/api-spec.yaml`, sketch.endpoints));
  if (sketch.publishes) documents.push(eventsOf(`${home}/contracts/events/${name}.json`, sketch.publishes));
  return documents;
}

function apiOf(file: string, endpoints: readonly string[]): ApiContract {
  return {
    kind: "openapi",
    file,
    specification: "3.1",
    title: undefined,
    version: "v1",
    operations: endpoints.map((endpoint): Operation => {
      const [method = "", path = ""] = endpoint.split(" ");
      return {
        ...bareOperation,
        method,
        path,
        at: { file, pointer: `/paths/${path.replaceAll("/", "~1")}` },
      };
    }),
    basePaths: [],
    securitySchemes: [],
    undocumented: [],
    problems: [],
    references: [],
  };
}

const bareOperation = {
  webhook: false,
  operationId: undefined,
  summary: undefined,
  described: false,
  tagged: false,
  deprecated: false,
  parameters: [],
  requestMediaTypes: [],
  responses: [],
  security: [],
  publicByChoice: false,
  schemaless: [],
};

function eventsOf(file: string, events: Readonly<Record<string, readonly string[]>>): EventContract {
  return {
    kind: "events",
    file,
    events: Object.entries(events).map(([event, consumers], index) => ({
      event,
      version: "v1",
      description: undefined,
      consumers: consumers.map((service, position) => ({
        service,
        at: { file, pointer: `/events/${index}/consumers/${position}` },
      })),
      hasSchema: false,
      envelope: undefined,
      payload: undefined,
      constantType: undefined,
      constantVersion: undefined,
      at: { file, pointer: `/events/${index}` },
    })),
    problems: [],
    references: [],
  };
}

function specOf(file: string, { calls = {}, consumes = {}, data = {} }: ServiceSketch): Spec {
  const at = { file, line: 1, column: 1 };
  return {
    ...bareSpec,
    file,
    upstream: Object.entries(calls).map(([service, used]) => ({
      service,
      purpose: used,
      operations: used.startsWith("/")
        ? used.split(", ").map((path) => ({ method: undefined, path, operationId: undefined, at }))
        : [],
      failureMode: undefined,
      at,
    })),
    consumes: Object.entries(consumes).map(
      ([event, from]): EventSection => ({ ...bareSection, event, from, at }),
    ),
    entities: Object.entries(data).map(([entity, store]) => ({ entity, store, at })),
  };
}

const bareSection = {
  topic: undefined,
  trigger: undefined,
  action: undefined,
  payload: undefined,
  consumers: [],
  idempotency: undefined,
  errorHandling: undefined,
};

const bareSpec: Spec = {
  kind: "spec",
  form: "service",
  file: "",
  bytes: 0,
  language: "en",
  title: undefined,
  sections: [],
  placeholders: [],
  residue: [],
  clarifications: [],
  mentions: [],
  problems: [],
  topics: [],
  serviceName: undefined,
  responsible: [],
  notResponsible: [],
  stories: [],
  scenarios: [],
  requirements: [],
  successCriteria: [],
  unnumbered: [],
  openEdgeCases: [],
  upstream: [],
  downstream: [],
  publishes: [],
  consumes: [],
  entities: [],
};

/** The four services of the microservices example, as far as its catalog shows them. */
export const seedFleet: Readonly<Record<string, ServiceSketch>> = {
  "auth-service": {
    endpoints: [
      "POST /api/v1/auth/login",
      "POST /api/v1/auth/validate",
      "POST /api/v1/auth/refresh",
      "GET /health",
    ],
    quickRef: true,
  },
  "user-service": {
    endpoints: [
      "POST /api/v1/users",
      "GET /api/v1/users/{id}",
      "PUT /api/v1/users/{id}",
      "DELETE /api/v1/users/{id}",
    ],
    calls: { "auth-service": "/api/v1/auth/validate" },
    publishes: {
      "user.profile.created": ["order-service", "notification-service"],
      "user.profile.updated": ["order-service"],
    },
    data: { Profile: "user_db" },
  },
  "order-service": {
    endpoints: ["POST /api/v1/orders", "GET /api/v1/orders/{id}"],
    calls: { "auth-service": "/api/v1/auth/validate" },
    publishes: { "order.created": ["notification-service", "inventory-service"] },
    consumes: { "user.profile.created": "user-service" },
    implemented: false,
  },
  "notification-service": {
    consumes: { "order.created": "order-service" },
  },
};
