import { afterAll, beforeAll, expect, test } from "vitest";
import { type AuthApp, authApp, bearer, password } from "./support/auth-app.ts";

let app: AuthApp;
let secrets: Record<string, string>;

/** Everything that customers do, well and badly, with the log at its most talkative. */
beforeAll(async () => {
  app = await authApp();
  const ada = await app.signIn("ada@example.com");
  const next = (await app.post("refresh", { refreshToken: ada.refreshToken })).body.data;
  await app.post("validate", { token: ada.accessToken });
  await app.post("login", { email: "ada@example.com", password: "wrong horse battery" });
  await app.post("login", { email: "nobody@example.com", password: "wrong horse battery" });
  await app.post("register", { email: "ada@example.com", password });
  await app.post("register", { email: "short@example.com", password: "tooshort" });
  await app.post("register", { email: "ada@example.com", password, roles: ["administrator"] });
  await app.post("login", `{"email":"broken@example.com","password":"${password}"`);
  await app.post("password-reset/request", { email: "ada@example.com" });
  const resetToken = await app.mailedToken();
  await app.post("password-reset/confirm", { token: resetToken, newPassword: "tooshort" });
  await app.post("password-reset/confirm", { token: resetToken, newPassword: "battery staple correct" });
  const grace = await app.signIn("grace@example.com");
  await app.post("logout", { refreshToken: grace.refreshToken }, bearer(grace));
  const alan = await app.signIn("alan@example.com");
  await app.post("refresh", { refreshToken: alan.refreshToken });
  app.pass(11_000);
  await app.post("refresh", { refreshToken: alan.refreshToken });
  await app.get("/api/v1/auth/jwks?email=ada@example.com");
  await app.get("/api/v1/auth/unknown?token=secret-of-the-query");

  const account = await app.dependencies.accounts.find("grace@example.com");
  const [key] = await app.dependencies.keys.published(app.now());
  await app.database.close().catch(() => {});
  await app.post("login", { email: "ada@example.com", password });
  await app.post("validate", { token: grace.accessToken });
  await app.post("password-reset/request", { email: "ada@example.com" });
  secrets = {
    password,
    "a wrong password": "wrong horse battery",
    "a short password": "tooshort",
    "a new password": "battery staple correct",
    "an address": "@example.com",
    "the signature of an access token": ada.accessToken.split(".")[2] ?? "",
    "the claims of an access token": grace.accessToken.split(".")[1] ?? "",
    "a refresh token": ada.refreshToken,
    "a successor": next.refreshToken,
    "a reset token": resetToken,
    "a hash of a password": account?.passwordHash ?? "",
    "a private key": key?.privateJwk?.d ?? "",
    "the secret": "a secret of at least thirty-two bytes",
    "a query": "secret-of-the-query",
  };
});
afterAll(() => app.close().catch(() => {}));

test("the log tells of every request, and of what failed", () => {
  const log = app.logged();
  for (const told of ["logIn", "confirmPasswordReset", "logOut", "a replaced refresh token came back"]) {
    expect(log).toContain(told);
  }
  expect(log).toMatch(/"level":"(?:error|warn)"/);
});

test.each([
  "password",
  "a wrong password",
  "a short password",
  "a new password",
  "an address",
  "the signature of an access token",
  "the claims of an access token",
  "a refresh token",
  "a successor",
  "a reset token",
  "a hash of a password",
  "a private key",
  "the secret",
  "a query",
])("the log holds no secret: %s", (name) => {
  const secret = secrets[name] ?? "";
  expect(secret.length).toBeGreaterThan(7);
  expect(app.logged()).not.toContain(secret);
});
