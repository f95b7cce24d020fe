import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type App, administrator, openApp } from "../support/app.ts";
import { png } from "../support/images.ts";
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

const url = `/api/v1/users/${ada.userId}`;
const create = () => app.send({ method: "POST", url: "/api/v1/users", body: adasNames });
beforeEach(create);
const remove = (as: typeof ada | null = ada) => app.send({ method: "DELETE", url, as });

describe("P4: Profile Deletion", () => {
  test("names, email and avatar are gone, reading answers 404, and order-service hears of it", async () => {
    await app.send({
      method: "POST",
      url: `${url}/avatar`,
      headers: { "content-type": "image/png" },
      body: png,
    });
    expect((await remove()).status).toBe(204);
    expect((await app.send({ url })).status).toBe(404);
    expect((await app.send({ url: `${url}/avatar` })).status).toBe(404);
    expect((await remove()).status).toBe(404);
    expect(await users.everything()).not.toMatch(/Ada|Lovelace|example|png/);
    expect((await users.told()).at(-1)).toEqual({
      type: "user.profile.updated",
      data: {
        userId: ada.userId,
        firstName: null,
        lastName: null,
        email: null,
        status: "deleted",
        profileVersion: 2,
      },
    });
  });

  test("the account can get a new profile, whose version goes on from there", async () => {
    await remove();
    expect((await create()).status).toBe(201);
    expect((await app.send({ url })).body?.data).toMatchObject({ ...adasNames, avatar: null });
    expect((await users.told()).at(-1)).toMatchObject({
      type: "user.profile.created",
      data: { profileVersion: 3 },
    });
  });

  test("an administrator deletes any", async () => {
    expect((await remove(administrator as typeof ada)).status).toBe(204);
  });
});

describe("P6: Foreign Profile", () => {
  test.each([
    { who: "Grace", as: grace, status: 404 },
    { who: "nobody", as: null, status: 401 },
  ])("$who deletes Ada's: $status, and it stays", async ({ as, status }) => {
    expect((await remove(as)).status).toBe(status);
    expect((await app.send({ url })).status).toBe(200);
    expect(await users.told()).toHaveLength(1);
  });
});
