import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type App, administrator, openApp } from "../support/app.ts";
import { ada, adasNames, grace, openUsers, type Users } from "../support/users.ts";

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
beforeEach(() => users.empty());

beforeEach(async () => {
  await app.send({ method: "POST", url: "/api/v1/users", body: adasNames });
});

describe("P2: Profile Reading", () => {
  test.each([
    { who: "Ada", as: ada, id: ada.userId },
    { who: "Ada, with her id in capitals", as: ada, id: ada.userId.toUpperCase() },
    { who: "an administrator", as: administrator, id: ada.userId },
  ])("$who reads Ada's profile", async ({ as, id }) => {
    const { status, body } = await app.send({ url: `/api/v1/users/${id}`, as });
    expect(status).toBe(200);
    expect(body?.data).toEqual({
      userId: ada.userId,
      ...adasNames,
      avatar: null,
      createdAt: "2026-11-23T09:00:00.000Z",
      updatedAt: "2026-11-23T09:00:00.000Z",
    });
  });
});

describe("P6: Foreign Profile", () => {
  test.each([
    { given: "Grace, who has none, reads Ada's", as: grace, id: ada.userId, status: 404 },
    { given: "Grace reads her own, which there is not", as: grace, id: grace.userId, status: 404 },
    {
      given: "an administrator reads one that there is not",
      as: administrator,
      id: grace.userId,
      status: 404,
    },
    { given: "somebody guesses", as: ada, id: "1'%20OR%20'1'='1", status: 404 },
    { given: "nobody reads Ada's", as: null, id: ada.userId, status: 401 },
  ])("$given: $status", async ({ as, id, status }) => {
    const answer = await app.send({ url: `/api/v1/users/${id}`, as });
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).not.toContain("Lovelace");
  });

  test("roles that auth-service takes away are gone at once", async () => {
    const read = () => app.send({ url: `/api/v1/users/${ada.userId}`, as: administrator });
    expect((await read()).status).toBe(200);
    app.auth.setRoles(administrator.userId, ["customer"]);
    expect((await read()).status).toBe(404);
    app.auth.setRoles(administrator.userId, ["administrator"]);
  });
});
