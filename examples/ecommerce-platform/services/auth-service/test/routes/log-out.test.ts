import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AuthApp, authApp, bearer, password, type SignedIn } from "../support/auth-app.ts";

let app: AuthApp;
beforeAll(async () => {
  app = await authApp();
});
afterAll(() => app.close());

const statusesOf = async ({ accessToken, refreshToken }: SignedIn) => [
  (await app.post("validate", { token: accessToken })).status,
  (await app.post("refresh", { refreshToken })).status,
];

describe("P5: User Logout", () => {
  test("the next validation and the next refresh answer 401", async () => {
    const ada = await app.signIn("ada@example.com");
    const { status, body } = await app.post("logout", { refreshToken: ada.refreshToken }, bearer(ada));
    expect({ status, body }).toEqual({ status: 204, body: "" });
    expect(await statusesOf(ada)).toEqual([401, 401]);
    expect((await app.post("logout", { refreshToken: ada.refreshToken }, bearer(ada))).status).toBe(401);
  });

  test("a validation that was remembered is over too", async () => {
    const ada = await app.signIn("remembered@example.com");
    expect((await app.post("validate", { token: ada.accessToken })).status).toBe(200);
    await app.post("logout", { refreshToken: ada.refreshToken }, bearer(ada));
    expect((await app.post("validate", { token: ada.accessToken })).status).toBe(401);
  });

  test("Failure mode: Foreign refresh token at logout: the caller's session ends, the foreign one stays", async () => {
    const [grace, alan] = [await app.signIn("grace@example.com"), await app.signIn("alan@example.com")];
    const { status } = await app.post("logout", { refreshToken: alan.refreshToken }, bearer(grace));
    expect(status).toBe(204);
    expect(await statusesOf(grace)).toEqual([401, 401]);
    expect(await statusesOf(alan)).toEqual([200, 200]);
  });

  test("the refresh token of another session of the same account ends that one too", async () => {
    const laptop = await app.signIn("mary@example.com");
    const again = (await app.post("login", { email: "mary@example.com", password })).body.data;
    await app.post("logout", { refreshToken: again.refreshToken }, bearer(laptop));
    expect(await statusesOf({ ...laptop, ...again })).toEqual([401, 401]);
  });

  test.each([
    { given: "no token", headers: {} },
    { given: "a forged token", headers: { authorization: "Bearer a.b.c" } },
    { given: "another scheme", headers: { authorization: "Basic YWRhOmFkYQ==" } },
  ])("$given answers 401 and ends nothing", async ({ headers }) => {
    const { refreshToken } = await app.signIn(`${Object.values(headers).join("").length}@example.com`);
    expect((await app.post("logout", { refreshToken }, headers)).status).toBe(401);
    expect((await app.post("refresh", { refreshToken })).status).toBe(200);
  });

  test("a body without refresh token answers 422 and ends nothing", async () => {
    const linus = await app.signIn("linus@example.com");
    expect((await app.post("logout", {}, bearer(linus))).status).toBe(422);
    expect((await app.post("validate", { token: linus.accessToken })).status).toBe(200);
  });
});
