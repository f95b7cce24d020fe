import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type CallableOperation, judgeAnswer, operationsIn, requestsFor } from "@speckit/cli";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AuthApp, authApp, bearer, password } from "./support/auth-app.ts";
import { serviceFolder } from "./support/auth-database.ts";

const file = "contracts/api-spec.yaml";
const operations = operationsIn({ file, text: readFileSync(join(serviceFolder, file), "utf8") });

let app: AuthApp;
beforeAll(async () => {
  app = await authApp();
});
afterAll(() => app.close());

let customers = 0;

/** What a customer holds who was not seen before: each of it works once. */
async function heldBySomebodyNew(operation: string) {
  customers += 1;
  const email = `customer-${customers}@example.com`;
  const customer = await app.signIn(email);
  await app.post("password-reset/request", { email });
  const token = operation === "confirmPasswordReset" ? await app.mailedToken() : customer.accessToken;
  const known = { refreshToken: customer.refreshToken, token };
  // Whoever registers comes with an address of their own.
  const values = operation === "registerAccount" ? known : { ...known, email, password };
  return { values, headers: bearer(customer) };
}

// These use up what they are called with, so that every request needs a customer of its own.
const consuming = new Set(["logOut", "confirmPasswordReset"]);

async function* exchanges(operation: CallableOperation) {
  let held = await heldBySomebodyNew(operation.operationId ?? "");
  const count = requestsFor(operation, held).length;
  for (let index = 0; index < count; index += 1) {
    if (consuming.has(operation.operationId ?? ""))
      held = await heldBySomebodyNew(operation.operationId ?? "");
    const request = requestsFor(operation, held)[index];
    if (!request) throw new Error(`${operation.operationId} has fewer requests for another customer.`);
    const headers =
      request.credentials === "sent" ? { ...request.headers, ...held.headers } : request.headers;
    yield { request, answer: await app.send({ ...request, headers }) };
  }
}

describe("the contract", () => {
  test("has the operations of the spec", () => {
    expect(operations.map(({ operationId }) => operationId)).toEqual([
      "registerAccount",
      "logIn",
      "refreshTokens",
      "logOut",
      "validateToken",
      "getJwks",
      "requestPasswordReset",
      "confirmPasswordReset",
      "getHealth",
      "getLiveness",
      "getReadiness",
    ]);
  });

  test.each(
    operations,
  )("$operationId answers valid, boundary and invalid requests as it says", async (operation) => {
    const kinds = new Map<string, number>();
    const wrong: string[] = [];
    for await (const { request, answer } of exchanges(operation)) {
      const kind = answer.status < 300 ? `accepted ${request.kind}` : "refused";
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      wrong.push(...judgeAnswer(operation, answer, request).map(({ message }) => message));
    }
    expect(wrong).toEqual([]);
    expect(kinds.get("accepted valid")).toBeGreaterThan(0);
  });
});
