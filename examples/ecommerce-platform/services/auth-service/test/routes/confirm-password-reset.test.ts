import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type AuthApp, authApp, password } from "../support/auth-app.ts";

let app: AuthApp;
beforeEach(async () => {
  app = await authApp();
});
afterEach(() => app.close());

const email = "ada@example.com";
const newPassword = "battery staple correct";
const confirm = (token: string) => app.post("password-reset/confirm", { token, newPassword });
const logIn = async (given: string) => (await app.post("login", { email, password: given })).status;

async function requestToken(): Promise<string> {
  await app.post("password-reset/request", { email });
  return app.mailedToken();
}

describe("P7: Password Reset", () => {
  test("the new password holds, and every session of the account is ended", async () => {
    const ada = await app.signIn(email);
    const { status, body } = await confirm(await requestToken());
    expect({ status, body }).toEqual({ status: 204, body: "" });
    expect([await logIn(password), await logIn(newPassword)]).toEqual([401, 200]);
    expect((await app.post("validate", { token: ada.accessToken })).status).toBe(401);
    expect((await app.post("refresh", { refreshToken: ada.refreshToken })).status).toBe(401);
  });

  test("a lock is lifted", async () => {
    await app.signIn(email);
    for (let count = 0; count < 10; count += 1) await logIn("wrong horse battery");
    expect(await logIn(password)).toBe(429);
    await confirm(await requestToken());
    expect(await logIn(newPassword)).toBe(200);
  });

  test.each([
    { given: "an unknown token", token: async () => "pr_unknown" },
    {
      given: "a used token",
      token: async () => {
        const token = await requestToken();
        await app.post("password-reset/confirm", { token, newPassword: password });
        return token;
      },
    },
    {
      given: "another token of an account that has a new password",
      token: async () => {
        const token = await requestToken();
        await app.post("password-reset/confirm", { token: await requestToken(), newPassword: password });
        return token;
      },
    },
    {
      given: "a token after 30 minutes",
      token: async () => {
        const token = await requestToken();
        app.pass(30 * 60_000);
        return token;
      },
    },
  ])("$given answers 401 and changes nothing", async ({ token }) => {
    await app.signIn(email);
    const { status, body } = await confirm(await token());
    expect({ status, type: body.type }).toEqual({ status: 401, type: "/problems/invalid-reset-token" });
    expect([await logIn(password), await logIn(newPassword)]).toEqual([200, 401]);
  });

  test.each([
    { given: "a password of 11 characters", body: { token: "pr_unknown", newPassword: "12345678901" } },
    { given: "no token", body: { newPassword } },
    { given: "an unknown property", body: { token: "pr_unknown", newPassword, email } },
  ])("$given answers 422", async ({ body }) => {
    expect((await app.post("password-reset/confirm", body)).status).toBe(422);
  });
});
