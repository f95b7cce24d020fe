import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AuthApp, authApp, bearer } from "../support/auth-app.ts";

let app: AuthApp;
beforeAll(async () => {
  app = await authApp();
});
afterAll(() => app.close());

const refresh = (refreshToken: string) => app.post("refresh", { refreshToken });

describe("P4: Token Refresh", () => {
  test("gives a new access token and a new refresh token for the old one", async () => {
    const ada = await app.signIn("ada@example.com");
    const { status, body } = await refresh(ada.refreshToken);
    expect(status).toBe(200);
    expect(body.data).toEqual({
      accessToken: expect.any(String),
      refreshToken: expect.any(String),
      expiresIn: 900,
    });
    expect(body.data.refreshToken).not.toBe(ada.refreshToken);
    const validated = await app.post("validate", { token: body.data.accessToken });
    expect(validated.body.data).toEqual({ userId: ada.userId, roles: ["customer"] });
  });

  test("Failure mode: Two refreshes at the same moment: twenty get the same successor and nobody is signed out", async () => {
    const ada = await app.signIn("twenty@example.com");
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(ada.refreshToken)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    const [first, ...others] = answers.map(({ body }) => body.data.refreshToken);
    expect(new Set(others)).toEqual(new Set([first]));

    app.pass(11_000);
    expect((await refresh(first)).status).toBe(200);
    expect((await app.post("validate", { token: ada.accessToken })).status).toBe(200);
  });

  test("an old token that comes back after 10 seconds ends the session, with both tokens of the thief or the robbed", async () => {
    const ada = await app.signIn("grace@example.com");
    const next = (await refresh(ada.refreshToken)).body.data;
    app.pass(10_001);
    const { status, body } = await refresh(ada.refreshToken);
    expect({ status, type: body.type }).toEqual({ status: 401, type: "/problems/invalid-refresh-token" });
    expect((await refresh(next.refreshToken)).status).toBe(401);
    expect((await app.post("validate", { token: next.accessToken })).status).toBe(401);
    expect(app.logged()).toContain("a replaced refresh token came back");
  });

  test.each([
    { given: "an unknown token", token: async () => "rt_unknown" },
    {
      given: "an access token",
      token: async () => (await app.signIn("alan@example.com")).accessToken,
    },
    {
      given: "a token after 7 days",
      token: async () => {
        const { refreshToken } = await app.signIn("mary@example.com");
        app.pass(7 * 86_400_000);
        return refreshToken;
      },
    },
    {
      given: "a token of an ended session",
      token: async () => {
        const linus = await app.signIn("linus@example.com");
        await app.post("logout", { refreshToken: linus.refreshToken }, bearer(linus));
        return linus.refreshToken;
      },
    },
  ])("$given answers 401", async ({ token }) => {
    expect((await refresh((await token()).slice(0, 512))).status).toBe(401);
  });

  test.each([
    { given: "an empty token", body: { refreshToken: "" } },
    { given: "no token", body: {} },
    { given: "a token of 513 characters", body: { refreshToken: "x".repeat(513) } },
    { given: "an unknown property", body: { refreshToken: "rt_unknown", userId: "1" } },
  ])("$given answers 422", async ({ body }) => {
    expect((await app.post("refresh", body)).status).toBe(422);
  });
});
