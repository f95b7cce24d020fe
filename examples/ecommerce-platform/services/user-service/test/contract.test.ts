import { readFileSync } from "node:fs";
import {
  type CallableOperation,
  type ContractRequest,
  judgeAnswer,
  operationsIn,
  requestsFor,
} from "@speckit/cli";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type App, openApp } from "./support/app.ts";
import { png } from "./support/images.ts";
import { ada, adasNames, openUsers, type Users } from "./support/users.ts";

const file = "contracts/api-spec.yaml";
const operations = operationsIn({ file, text: readFileSync(new URL(`../${file}`, import.meta.url), "utf8") });

/** Whose profile there is, and of what format the files are that are made up for a contract. */
const known = { id: ada.userId, imageFormat: "png" };

let users: Users;
let app: App;
beforeAll(async () => {
  users = await openUsers();
  app = await openApp(users);
});
afterAll(async () => {
  await app.close();
  await users.close();
});

/** Ada has a profile with an avatar before each request, but where she is to create one. */
async function prepare({ operationId }: CallableOperation): Promise<void> {
  await users.empty();
  if (operationId === "createUserProfile") return;
  await app.send({ method: "POST", url: "/api/v1/users", body: adasNames });
  const url = `/api/v1/users/${ada.userId}/avatar`;
  await app.send({ method: "POST", url, headers: { "content-type": "image/png" }, body: png });
}

async function answerTo({ method, path, headers, body, credentials }: ContractRequest) {
  const bearer = credentials === "sent" ? await app.auth.bearer(ada) : {};
  const answer = await app.app.inject({
    method: method as "GET",
    url: path,
    headers: { ...headers, ...bearer },
    ...(body !== undefined && { payload: Buffer.from(body as string) }),
  });
  const answered = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
  return { status: answer.statusCode, headers: Object.fromEntries(answered), body: answer.body };
}

/** The file is a PNG and is said to be something else: the schema allows it, and the operation has to refuse it. */
function contradictsItself({ title }: ContractRequest): boolean {
  return title === 'imageFormat is "jpeg"' || title === 'imageFormat is "webp"';
}

describe("the contract", () => {
  test("has the operations of the spec", () => {
    expect(operations.map(({ operationId }) => operationId).toSorted()).toEqual([
      "createUserProfile",
      "deleteUserProfile",
      "getAvatar",
      "getHealth",
      "getLiveness",
      "getReadiness",
      "getUserProfile",
      "replaceUserProfile",
      "uploadAvatar",
    ]);
  });

  test.each(
    operations,
  )("$operationId answers valid, boundary and invalid requests as it says", async (operation) => {
    const accepted = { valid: 0, boundary: 0, invalid: 0 };
    const wrong: string[] = [];
    for (const request of requestsFor(operation, { values: known })) {
      await prepare(operation);
      const answer = await answerTo(request);
      if (answer.status < 300) accepted[request.kind] += 1;
      const asked = contradictsItself(request) ? undefined : request;
      wrong.push(...judgeAnswer(operation, answer, asked).map(({ message }) => message));
    }
    expect(wrong).toEqual([]);
    expect(accepted).toMatchObject({ valid: expect.toSatisfy((count) => count > 0), invalid: 0 });
  });
});
