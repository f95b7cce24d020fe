import type { ValidateFunction } from "ajv/dist/2020.js";
import type { FastifyInstance, FastifyReply } from "fastify";
import { stateOf } from "../app/request-state.ts";
import { schemaCompiler } from "../app/validation.ts";
import type { Contract, OpenApiDocument, Operation } from "../contract/contract.ts";
import { resolve } from "../contract/resolve.ts";

/** Answers that the contract does not describe, one sentence for each. */
export interface HeldAnswers {
  readonly mismatches: readonly string[];
}

/**
 * Watches the answers of an app, in tests, and notes where status, media type or body are not what the contract says. To be called before the
 * app is ready; a test expects `mismatches` to be empty at its end.
 */
export function holdAnswersToContract(app: FastifyInstance, contract: Contract): HeldAnswers {
  const mismatches: string[] = [];
  const mistakeIn = answerJudge(contract.document);
  app.addHook("onSend", async (request, reply, payload) => {
    const operation = contract.operations.get(stateOf(request)?.operation ?? "");
    const mistake = operation && mistakeIn(operation, reply, request.method === "HEAD" ? undefined : payload);
    if (mistake) mismatches.push(`${operation.operationId} answers ${reply.statusCode}: ${mistake}.`);
    return payload;
  });
  return { mismatches };
}

interface Response {
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
}

function answerJudge(document: OpenApiDocument) {
  const compile = schemaCompiler(document);
  const compiled = new Map<object, ValidateFunction>();
  const validatorOf = (schema: object): ValidateFunction => {
    const validator = compiled.get(schema) ?? compile(schema);
    compiled.set(schema, validator);
    return validator;
  };

  return (operation: Operation, reply: FastifyReply, payload: unknown): string | undefined => {
    const response = responseOf(document, operation, reply.statusCode);
    if (!response) return "the contract names no such status";
    if (payload === undefined) return undefined;
    const empty = payload === null || payload === "";
    if (!response.content) return empty ? undefined : "the contract says that there is no body";
    const [mediaType = ""] = String(reply.getHeader("content-type") ?? "").split(";", 1);
    const content = response.content[mediaType];
    if (!content) return `the contract does not name the media type "${mediaType}"`;
    if (!content.schema || typeof payload !== "string" || !mediaType.endsWith("json")) return undefined;
    const validate = validatorOf(content.schema);
    if (validate(JSON.parse(payload))) return undefined;
    const [error] = validate.errors ?? [];
    return `the body ${error?.message} at "${error?.instancePath}"`;
  };
}

function responseOf(
  document: OpenApiDocument,
  { method, path }: Operation,
  status: number,
): Response | undefined {
  const operation = document.paths?.[path]?.[method.toLowerCase()] as { responses?: Record<string, object> };
  const responses = operation.responses ?? {};
  const response = responses[status] ?? responses[`${String(status)[0]}XX`] ?? responses.default;
  return response && resolve<Response>(document, response);
}
