import { type FakeService, fakeService } from "@speckit/service-kit/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type AskUser, createAskUser } from "../src/ask-user.ts";
import { ada } from "./support/shop.ts";

let users: FakeService;
let askUser: AskUser;

beforeEach(async () => {
  users = await fakeService();
  askUser = createAskUser(users.client("user-service"));
});
afterEach(() => users.close());

const path = `/api/v1/users/${ada.userId}`;

test("P6: Order Reading: user-service is asked with the caller's token", async () => {
  users.data.set(path, {
    userId: ada.userId,
    firstName: "Ada",
    lastName: "Lovelace",
    email: "ada@example.com",
  });

  expect(await askUser(ada.userId, "token-of-ada")).toEqual({ firstName: "Ada", lastName: "Lovelace" });
  expect(users.calls).toEqual([{ path, authorization: "Bearer token-of-ada" }]);
});

test.each([
  { given: "there is no profile", failure: undefined },
  { given: "the token is refused", failure: 401 },
  { given: "user-service answers with an error", failure: 500 },
  { given: "user-service hangs up", failure: "hang-up" },
] as const)("Failure mode: No copy of a user's names: there is no name when $given", async ({ failure }) => {
  users.failWith(failure);

  expect(await askUser(ada.userId, "token-of-ada")).toBeNull();
});

test("an answer without names is no name", async () => {
  users.data.set(path, { userId: ada.userId });

  expect(await askUser(ada.userId, "token-of-ada")).toBeNull();
});

test("Failure mode: No copy of a user's names: there is no name when user-service does not answer in time", async () => {
  const impatient = createAskUser(users.client("user-service", { timeoutMs: 50 }));
  users.failWith("silence");

  expect(await impatient(ada.userId, "token-of-ada")).toBeNull();
});
