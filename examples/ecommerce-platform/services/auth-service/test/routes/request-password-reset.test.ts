import { collectEvents } from "@speckit/service-kit/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AuthApp, authApp, password } from "../support/auth-app.ts";
import { contracts } from "../support/auth-database.ts";

let app: AuthApp;
beforeAll(async () => {
  app = await authApp();
  await app.post("register", { email: "ada@example.com", password });
});
afterAll(() => app.close());

const request = (email: string) => app.post("password-reset/request", { email });
const events = () => collectEvents<Record<string, string>>(app.database);

describe("P7: Password Reset", () => {
  test("a known and an unknown email get the same answer, and only the known one gets a mail", async () => {
    const [known, unknown] = [await request("ADA@example.com"), await request("nobody@example.com")];
    for (const { status, body } of [known, unknown]) {
      expect({ status, data: body.data }).toEqual({ status: 202, data: { status: "accepted" } });
    }
    expect((await events()).map(({ eventType, data }) => [eventType, data.email])).toEqual([
      ["auth.password-reset.requested", "ada@example.com"],
    ]);
  });

  test("the event is what the contract promises to notification-service", async () => {
    const [event] = await events();
    expect(contracts.validate(event)).toEqual({ ok: true });
    const inHalfAnHour = new Date(app.now().getTime() + 30 * 60_000);
    expect(event?.data.expiresAt).toBe(inHalfAnHour.toISOString());
  });

  test("the fourth request within an hour is answered the same and sends nothing", async () => {
    for (let count = 0; count < 3; count += 1) expect((await request("ada@example.com")).status).toBe(202);
    expect(await events()).toHaveLength(3);
  });

  test.each([
    { given: "no address", body: {} },
    { given: "an address without a domain", body: { email: "ada" } },
    { given: "a second mail header", body: { email: "ada@example.com\r\nBcc: all@example.com" } },
    { given: "a mail header after a line feed", body: { email: "ada@example.com\nSubject: Win" } },
    { given: "a list of addresses", body: { email: ["ada@example.com", "all@example.com"] } },
    { given: "an unknown property", body: { email: "ada@example.com", userId: "1" } },
  ])("$given answers 422 and sends nothing", async ({ body }) => {
    const before = (await events()).length;
    expect((await app.post("password-reset/request", body)).status).toBe(422);
    expect(await events()).toHaveLength(before);
  });
});
