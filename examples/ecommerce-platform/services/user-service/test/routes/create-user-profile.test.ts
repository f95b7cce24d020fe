import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type App, administrator, openApp } from "../support/app.ts";
import { ada, adasNames, openUsers, type Users } from "../support/users.ts";

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

const create = (body: unknown = adasNames, as = ada) =>
  app.send({ method: "POST", url: "/api/v1/users", as, body: body as object });

describe("P1: Profile Creation", () => {
  test("a profile gets the user id of the token, and others hear of it", async () => {
    const { status, body } = await create();
    expect(status).toBe(201);
    expect(body?.data).toEqual({
      userId: ada.userId,
      ...adasNames,
      avatar: null,
      createdAt: "2026-11-23T09:00:00.000Z",
      updatedAt: "2026-11-23T09:00:00.000Z",
    });
    expect(await users.told()).toEqual([
      {
        type: "user.profile.created",
        data: { userId: ada.userId, ...adasNames, accountEmail: ada.email, profileVersion: 1 },
      },
    ]);
  });

  test("the second time it answers 409, changes nothing and tells nobody", async () => {
    await create();
    const { status, body } = await create({ ...adasNames, firstName: "Augusta" });
    expect(status).toBe(409);
    expect(body?.type).toBe("/problems/profile-exists");
    expect(await users.everything()).not.toContain("Augusta");
    expect(await users.told()).toHaveLength(1);
  });

  test("an administrator creates their own profile and nobody else's", async () => {
    expect((await create(adasNames, administrator as typeof ada)).body?.data).toMatchObject({
      userId: administrator.userId,
    });
  });

  test("without its event a profile is not stored", async () => {
    await users.database.pool.query("ALTER TABLE outbox RENAME TO outbox_away");
    expect((await create()).status).toBe(500);
    await users.database.pool.query("ALTER TABLE outbox_away RENAME TO outbox");
    expect(await users.everything()).toBe("[]");
  });
});

test("Failure mode: Two creations at the same moment: of ten one answers 201, the others 409", async () => {
  const statuses = (await Promise.all(Array.from({ length: 10 }, () => create()))).map(
    ({ status }) => status,
  );
  expect(statuses.toSorted()).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
  expect(await users.told()).toHaveLength(1);
});

test("Failure mode: Email that differs from the account's: it is stored as contact address, and mails go to the account's", async () => {
  const { body } = await create({ ...adasNames, email: "countess@example.net" });
  expect(body?.data).toMatchObject({ email: "countess@example.net" });
  expect(await users.told()).toMatchObject([
    { data: { email: "countess@example.net", accountEmail: "ada@example.com" } },
  ]);
});

describe("P7: Roles In The Body", () => {
  test.each([
    { given: "roles", body: { ...adasNames, roles: ["administrator"] }, path: "/roles" },
    { given: "another user id", body: { ...adasNames, userId: administrator.userId }, path: "/userId" },
    {
      given: "an account address",
      body: { ...adasNames, accountEmail: "eve@example.com" },
      path: "/accountEmail",
    },
    { given: "a version", body: { ...adasNames, profileVersion: 99 }, path: "/profileVersion" },
    {
      given: "a prototype",
      body: '{"firstName":"A","lastName":"L","email":"a@example.com","__proto__":{"roles":[]}}',
      path: "",
    },
  ])("$given answers 422 and changes nothing", async ({ body, path }) => {
    const answer = await app.send({
      method: "POST",
      url: "/api/v1/users",
      headers: { "content-type": "application/json" },
      body,
    });
    expect(answer.status).toBe(422);
    expect(answer.body?.errors?.map((error) => error.path)).toEqual([path]);
    expect(await users.everything()).toBe("[]");
    expect(await users.told()).toEqual([]);
  });
});

describe("Failure mode: Creation without names", () => {
  test.each([
    { given: "no first name", body: { lastName: "Lovelace", email: "ada@example.com" } },
    { given: "an empty last name", body: { ...adasNames, lastName: "" } },
    { given: "a name of 101 characters", body: { ...adasNames, lastName: "x".repeat(101) } },
    { given: "a name with a line break", body: { ...adasNames, firstName: "Ada\r\nBcc: eve@example.com" } },
    { given: "a name that is a number", body: { ...adasNames, firstName: 1 } },
    { given: "an address that is none", body: { ...adasNames, email: "ada" } },
    { given: "nothing", body: {} },
    { given: "a list", body: [adasNames] },
  ])("$given answers 422", async ({ body }) => {
    expect((await create(body)).status).toBe(422);
    expect(await users.everything()).toBe("[]");
  });
});

describe("P8: Token Check Unavailable", () => {
  test("while auth-service does not answer, creation answers 503 and changes nothing", async () => {
    app.auth.failWith(500);
    const { status } = await create();
    app.auth.failWith(undefined);
    expect(status).toBe(503);
    expect(await users.everything()).toBe("[]");
  });

  test("a token that was accepted a moment ago and is revoked since answers 401", async () => {
    const { authorization } = await app.auth.bearer(ada);
    const read = () => app.send({ url: `/api/v1/users/${ada.userId}`, as: null, headers: { authorization } });
    expect((await read()).status).toBe(404);
    app.auth.revoke(authorization.replace("Bearer ", ""));
    expect((await read()).status).toBe(401);
  });
});
