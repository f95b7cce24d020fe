import type {
  AllowedAnswer,
  BodyContent,
  CallableOperation,
  CallableParameter,
  CredentialPlace,
  DescribedEvent,
  JsonSchema,
  RequestBody,
} from "../model/callable-operation.ts";
import { operationsIn } from "./http-methods.ts";
import { followReferences, type LoadValue, type Node, NodeBelow, placeOf } from "./references.ts";
import { type SchemaDialect, selfContainedSchema, type Writer } from "./self-contained-schema.ts";
import { basePathsOf } from "./servers.ts";
import type { Tree } from "./tree.ts";
import { list, type Mapping, mapping, text } from "./values.ts";

/**
 * Reads the operations of an OpenAPI document with everything that a client needs to call them, in the document's order; webhooks are for others to
 * answer. Never throws; what cannot be resolved is left out.
 */
export function readCallableOperations(
  { file, value }: Pick<Tree, "file" | "value">,
  load: LoadValue,
): CallableOperation[] {
  return new CallableReader(file, mapping(value), load).operations();
}

/** Reads the event types of an event contract with their schemas. Never throws; an event without a schema allows everything. */
export function readDescribedEvents(
  { file, value }: Pick<Tree, "file" | "value">,
  load: LoadValue,
): DescribedEvent[] {
  const rootOf = (name: string) => (name === file ? value : load(name));
  return list(mapping(value).events).flatMap((entry, index) => {
    const { eventType, version, schema } = mapping(entry);
    const event = text(eventType);
    const pointer = `/events/${index}`;
    if (event === undefined) return [];
    const node = { file, pointer: `${pointer}/schema`, value: schema };
    return [
      {
        event,
        version: text(version),
        schema: selfContainedSchema(node, "service", { isOld: false, rootOf }),
        at: { file, pointer },
      },
    ];
  });
}

class CallableReader {
  readonly #file: string;
  readonly #root: Mapping;
  readonly #dialect: SchemaDialect;

  constructor(file: string, root: Mapping, load: LoadValue) {
    this.#file = file;
    this.#root = root;
    this.#dialect = {
      isOld: root.swagger !== undefined || /^3\.0/.test(text(root.openapi) ?? ""),
      rootOf: (name) => (name === file ? root : load(name)),
    };
  }

  operations(): CallableOperation[] {
    const paths = new NodeBelow({ file: this.#file, pointer: "" }, "paths", this.#root.paths);
    return Object.keys(mapping(paths.value))
      .filter((path) => path.startsWith("/"))
      .flatMap((path) => {
        const item = this.#follow(below(paths, path));
        return [...operationsIn(item.value)].map(({ method, tokens }) =>
          this.#operation(method.toUpperCase(), path, item, tokens.reduce<Node>(below, item)),
        );
      });
  }

  #operation(method: string, path: string, item: Node, node: Node): CallableOperation {
    const members = mapping(node.value);
    const servers = [members.servers, mapping(item.value).servers, this.#root.servers].find(
      (one) => list(one).length > 0,
    );
    return {
      method,
      path,
      basePath: basePathsOf(servers)[0] ?? "",
      operationId: text(members.operationId),
      parameters: this.#parameters(item, node),
      body: this.#body(below(node, "requestBody")),
      answers: this.#answers(below(node, "responses")),
      security: this.#security(members.security ?? this.#root.security),
      at: placeOf(node),
    };
  }

  #parameters(item: Node, operation: Node): CallableParameter[] {
    const found = new Map<string, CallableParameter>();
    for (const owner of [item, operation]) {
      const all = below(owner, "parameters");
      for (const index of list(all.value).keys()) {
        const parameter = this.#parameter(this.#follow(below(all, index)));
        if (parameter) found.set(`${parameter.in} ${keyOf(parameter)}`, parameter);
      }
    }
    return [...found.values()];
  }

  #parameter(node: Node): CallableParameter | undefined {
    const members = mapping(node.value);
    const name = text(members.name);
    const where = text(members.in);
    if (name === undefined || !isPlace(where)) return undefined;
    // These three are not parameters: what the operation says of bodies and credentials decides about them (OpenAPI, Parameter Object).
    if (where === "header" && /^(?:accept|content-type|authorization)$/i.test(name)) return undefined;
    const [mediaType] = Object.keys(mapping(members.content));
    const content = mediaType === undefined ? undefined : below(below(node, "content"), mediaType);
    const style = text(members.style) ?? (where === "query" || where === "cookie" ? "form" : "simple");
    return {
      name,
      in: where,
      required: members.required === true || where === "path",
      schema: this.#schema(below(content ?? node, "schema"), "client") ?? true,
      mediaType,
      style,
      explode: typeof members.explode === "boolean" ? members.explode : style === "form",
      examples: [...this.#examples(node), ...(content ? this.#examples(content) : [])],
    };
  }

  #body(node: Node): RequestBody | undefined {
    const body = this.#follow(node);
    if (Object.keys(mapping(body.value)).length === 0) return undefined;
    return { required: mapping(body.value).required === true, contents: this.#contents(body, "client") };
  }

  #contents(owner: Node, writer: Writer): BodyContent[] {
    const content = below(owner, "content");
    return Object.keys(mapping(content.value)).map((mediaType) => {
      const node = below(content, mediaType);
      const encodings = Object.entries(mapping(mapping(node.value).encoding));
      return {
        mediaType,
        schema: this.#schema(below(node, "schema"), writer),
        examples: this.#examples(node),
        partTypes: Object.fromEntries(
          encodings.flatMap(([name, encoding]) => {
            const [first] = (text(mapping(encoding).contentType) ?? "").split(",");
            return first ? [[name, first.trim()]] : [];
          }),
        ),
      };
    });
  }

  #answers(node: Node): AllowedAnswer[] {
    return Object.keys(mapping(node.value))
      .filter((status) => !status.startsWith("x-"))
      .map((status) => {
        const answer = this.#follow(below(node, status));
        const headers = below(answer, "headers");
        return {
          status: status.toUpperCase() === "DEFAULT" ? "default" : status.toUpperCase(),
          headers: Object.keys(mapping(headers.value))
            .filter((name) => name.toLowerCase() !== "content-type")
            .map((name) => {
              const header = this.#follow(below(headers, name));
              return {
                name,
                required: mapping(header.value).required === true,
                schema: this.#schema(below(header, "schema"), "service") ?? true,
              };
            }),
          contents: this.#contents(answer, "service"),
          at: placeOf(below(node, status)),
        };
      });
  }

  #security(security: unknown): CredentialPlace[][] {
    const schemes = mapping(mapping(this.#root.components).securitySchemes);
    const sets = list(security).map((requirement) =>
      Object.keys(mapping(requirement)).map((name) => credentialPlace(name, mapping(schemes[name]))),
    );
    return sets.some((set) => set.length === 0) ? [] : sets;
  }

  #schema(node: Node, writer: Writer): JsonSchema | undefined {
    return node.value === undefined ? undefined : selfContainedSchema(node, writer, this.#dialect);
  }

  #examples(node: Node): unknown[] {
    const { example } = mapping(node.value);
    const examples = below(node, "examples");
    const given = Object.keys(mapping(examples.value)).flatMap((name) => {
      const { value, dataValue } = mapping(this.#follow(below(examples, name)).value);
      return value === undefined ? (dataValue === undefined ? [] : [dataValue]) : [value];
    });
    return example === undefined ? given : [example, ...given];
  }

  #follow(node: Node): Node {
    return followReferences(node, this.#dialect.rootOf);
  }
}

function keyOf({ in: where, name }: CallableParameter): string {
  return where === "header" ? name.toLowerCase() : name;
}

function isPlace(where: string | undefined): where is CallableParameter["in"] {
  return where === "path" || where === "query" || where === "header" || where === "cookie";
}

function credentialPlace(scheme: string, { type, scheme: kind, in: where, name }: Mapping): CredentialPlace {
  const place = (as: CredentialPlace["kind"], of = "") => ({ scheme, kind: as, name: of });
  if (type === "oauth2" || type === "openIdConnect") return place("bearer");
  if (type === "http") {
    const word = (text(kind) ?? "").toLowerCase();
    return place(word === "bearer" || word === "basic" ? word : "other");
  }
  const isKey = type === "apiKey" && (where === "header" || where === "query" || where === "cookie");
  return isKey ? place(where, text(name) ?? "") : place("other");
}

function below(node: Node, token: string | number): Node {
  const { value } = node;
  const child =
    typeof value === "object" && value !== null ? (value as Record<string, unknown>)[token] : undefined;
  return new NodeBelow(node, token, child);
}
