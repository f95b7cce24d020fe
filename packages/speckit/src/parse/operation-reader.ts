import { isSameParameter, type Operation, type ParameterFact } from "../model/contract.ts";
import type { NodePlace } from "../model/location.ts";
import { operationsIn } from "./http-methods.ts";
import { joinPointer } from "./pointer.ts";
import { followReferences, type LoadValue, type Node, placeOf } from "./references.ts";
import { list, type Mapping, mapping, strings, text } from "./values.ts";

/** Reads the operations of one document, following `$ref`s of path items, parameters, bodies and responses. */
export class OperationReader {
  readonly #file: string;
  readonly #root: Mapping;
  readonly #load: LoadValue;

  constructor(file: string, root: Mapping, load: LoadValue) {
    this.#file = file;
    this.#root = root;
    this.#load = load;
  }

  *paths(value: unknown, pointer: string, webhook: boolean): Generator<Operation> {
    for (const [path, item] of Object.entries(mapping(value))) {
      if (path.startsWith("x-")) continue;
      const node = this.#follow({ file: this.#file, pointer: joinPointer(pointer, path), value: item });
      const shared = this.#parameters(node);
      for (const { method, tokens } of operationsIn(node.value))
        yield this.#operation(method, path, webhook, tokens.reduce(child, node), shared);
    }
  }

  #operation(method: string, path: string, webhook: boolean, node: Node, shared: ParameterFact[]): Operation {
    const members = mapping(node.value);
    const own = this.#parameters(node);
    const isOwn = (parameter: ParameterFact) => own.some((other) => isSameParameter(other, parameter));
    const body = this.#follow(child(node, "requestBody"));
    const responses = this.#responses(child(node, "responses"));
    const security = members.security ?? this.#root.security;
    return {
      method: method.toUpperCase(),
      path,
      webhook,
      operationId: text(members.operationId),
      summary: text(members.summary),
      described: members.summary !== undefined || members.description !== undefined,
      tagged: list(members.tags).length > 0,
      deprecated: members.deprecated === true,
      parameters: shared.length > 0 ? [...shared.filter((parameter) => !isOwn(parameter)), ...own] : own,
      requestMediaTypes: mediaTypes(body),
      responses: responses.map(({ status, place }) => ({
        status,
        mediaTypes: mediaTypes(place),
        at: placeOf(place),
      })),
      security: requirementNames(security),
      publicByChoice: Array.isArray(security) && requirementNames(security).length === 0,
      schemaless: [body, ...responses.map(({ place }) => place)].flatMap(schemaless),
      at: placeOf(node),
    };
  }

  #parameters(owner: Node): ParameterFact[] {
    const parameters = child(owner, "parameters");
    return list(parameters.value).map((_, index) => {
      const { name, in: where, required } = mapping(this.#follow(child(parameters, index)).value);
      return { name: text(name) ?? "", in: text(where) ?? "", required: required === true };
    });
  }

  #responses(owner: Node): { status: string; place: Node }[] {
    return Object.keys(mapping(owner.value))
      .filter((status) => !status.startsWith("x-"))
      .map((status) => ({ status, place: this.#follow(child(owner, status)) }));
  }

  #follow(node: Node): Node {
    return followReferences(node, (file) => (file === this.#file ? this.#root : this.#load(file)));
  }
}

function mediaTypes({ value }: Node): string[] {
  return Object.keys(mapping(mapping(value).content));
}

/** Media types of a body that is JSON and says nothing about its shape; other media types often have no schema to give. */
function schemaless(body: Node): NodePlace[] {
  return Object.entries(mapping(mapping(body.value).content))
    .filter(([mediaType, value]) => isJson(mediaType) && mapping(value).schema === undefined)
    .map(([mediaType]) => placeOf(child(child(body, "content"), mediaType)));
}

function isJson(mediaType: string): boolean {
  return /^application\/(?:[\w.-]+\+)?json\b/i.test(mediaType);
}

function child(node: Node, token: string | number): Node {
  const value =
    typeof node.value === "object" && node.value !== null
      ? (node.value as Record<string, unknown>)[token]
      : undefined;
  return { file: node.file, pointer: joinPointer(node.pointer, token), value };
}

/** Names of the schemes that let a request in; an empty alternative (`{}`) means that none is needed. */
function requirementNames(security: unknown): string[] {
  const alternatives = list(security).map((requirement) => Object.keys(mapping(requirement)));
  if (alternatives.some((names) => names.length === 0)) return [];
  return [...new Set(strings(alternatives.flat()))];
}
