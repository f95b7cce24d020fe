import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createAdministrator, readAdministrator } from "../src/create-administrator.ts";
import { type AuthApp, authApp } from "./support/auth-app.ts";

let app: AuthApp;
beforeEach(async () => {
  app = await authApp();
});
afterEach(() => app.close());

const email = "admin@example.com";
const first = { email, password: "the first password" };
const logIn = (password: string) => app.post("login", { email, password });

describe("P9: First Administrator", () => {
  test("the account has the roles customer and administrator", async () => {
    await createAdministrator(first, app.dependencies);
    const { accessToken } = (await logIn(first.password)).body.data;
    const { body } = await app.post("validate", { token: accessToken });
    expect(body.data.roles).toEqual(["customer", "administrator"]);
  });

  test("later starts change neither its password nor its roles", async () => {
    await createAdministrator(first, app.dependencies);
    await createAdministrator({ email, password: "another password" }, app.dependencies);
    expect([(await logIn(first.password)).status, (await logIn("another password")).status]).toEqual([
      200, 401,
    ]);
  });

  test("a customer with that address stays a customer", async () => {
    const { accessToken } = await app.signIn(email);
    await createAdministrator(first, app.dependencies);
    expect((await app.post("validate", { token: accessToken })).body.data.roles).toEqual(["customer"]);
  });

  test.each([
    { environment: {}, read: undefined },
    { environment: { ADMIN_PASSWORD: "correct horse battery" }, read: undefined },
    {
      environment: { ADMIN_EMAIL: "Admin@Example.com", ADMIN_PASSWORD: "correct horse battery" },
      read: { email, password: "correct horse battery" },
    },
  ])("$environment names $read", ({ environment, read }) => {
    expect(readAdministrator(environment)).toEqual(read);
  });

  test.each([
    { environment: { ADMIN_EMAIL: email }, message: "ADMIN_PASSWORD is missing." },
    {
      environment: { ADMIN_EMAIL: email, ADMIN_PASSWORD: "too short" },
      message: "ADMIN_PASSWORD has less than 12 characters.",
    },
    {
      environment: { ADMIN_EMAIL: "admin@localhost", ADMIN_PASSWORD: "correct horse battery" },
      message: "ADMIN_EMAIL is no e-mail address.",
    },
  ])("$environment is refused: $message", ({ environment, message }) => {
    expect(() => readAdministrator(environment)).toThrow(message);
  });
});
