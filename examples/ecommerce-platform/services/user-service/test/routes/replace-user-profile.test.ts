import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type App, administrator, openApp } from "../support/app.ts";
import { ada, adasNames, grace, openUsers, otherNames, type Users } from "../support/users.ts";

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

const replace = (body: object = otherNames, as: typeof ada | null = ada) =>
  app.send({ method: "PUT", url: `/api/v1/users/${ada.userId}`, as, body });

describe("P3: Profile Update", () => {
  test.each([
    { who: "Ada", as: ada },
    { who: "an administrator", as: administrator },
  ])("$who replaces names and email, and order-service hears of it", async ({ as }) => {
    users.advance(1000);
    const { status, body } = await replace(otherNames, as as typeof ada);
    expect(status).toBe(200);
    expect(body?.data).toMatchObject({
      userId: ada.userId,
      ...otherNames,
      updatedAt: users.clock().toISOString(),
    });
    expect((await users.told()).at(-1)).toEqual({
      type: "user.profile.updated",
      data: { userId: ada.userId, ...otherNames, status: "active", profileVersion: 2 },
    });
  });

  test("twenty at the same moment each get a version of their own", async () => {
    await Promise.all(Array.from({ length: 20 }, () => replace()));
    const versions = (await users.told()).map(({ data }) => data.profileVersion);
    expect(versions).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
  });
});

describe("P6: Foreign Profile, P7: Roles In The Body", () => {
  test.each([
    { given: "Grace changes Ada's", body: otherNames, as: grace, status: 404 },
    { given: "nobody changes Ada's", body: otherNames, as: null, status: 401 },
    {
      given: "Ada makes herself an administrator",
      body: { ...otherNames, roles: ["administrator"] },
      as: ada,
      status: 422,
    },
    {
      given: "Ada becomes somebody else",
      body: { ...otherNames, userId: grace.userId },
      as: ada,
      status: 422,
    },
    {
      given: "Ada leaves out her last name",
      body: { firstName: "Ada", email: "ada@example.com" },
      as: ada,
      status: 422,
    },
  ])("$given: $status, and nothing changes", async ({ body, as, status }) => {
    const before = await users.everything();
    expect((await replace(body, as)).status).toBe(status);
    expect(await users.everything()).toBe(before);
    expect(await users.told()).toHaveLength(1);
  });

  test("a profile that there is not answers 404", async () => {
    const answer = await app.send({
      method: "PUT",
      url: `/api/v1/users/${grace.userId}`,
      as: grace,
      body: otherNames,
    });
    expect(answer.status).toBe(404);
  });
});
