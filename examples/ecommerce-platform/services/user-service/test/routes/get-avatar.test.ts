import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type App, administrator, openApp } from "../support/app.ts";
import { jpeg, png, webp } from "../support/images.ts";
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

const url = `/api/v1/users/${ada.userId}/avatar`;
beforeEach(async () => {
  await app.send({ method: "POST", url: "/api/v1/users", body: adasNames });
});
const upload = (type: string, body: Buffer) =>
  app.send({ method: "POST", url, headers: { "content-type": type }, body });

describe("P5: Avatar Upload: what was uploaded is served under the format of its content", () => {
  test.each([
    { type: "image/png", image: png },
    { type: "image/jpeg", image: jpeg },
    { type: "image/webp", image: webp },
  ])("$type", async ({ type, image }) => {
    await upload(type, image);
    const answer = await app.send({ url });
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({ "content-type": type, "x-content-type-options": "nosniff" });
    expect(answer.bytes.equals(image)).toBe(true);
  });
});

test("Failure mode: Avatar that is missing: reading it answers 404", async () => {
  const { status, body } = await app.send({ url });
  expect({ status, type: body?.type }).toEqual({ status: 404, type: "/problems/not-found" });
});

describe("P6: Foreign Profile", () => {
  test.each([
    { who: "Grace", as: grace, status: 404 },
    { who: "nobody", as: null, status: 401 },
    { who: "an administrator", as: administrator, status: 200 },
  ])("$who reads Ada's avatar: $status", async ({ as, status }) => {
    await upload("image/png", png);
    expect((await app.send({ url, as })).status).toBe(status);
  });
});
