import { EnvironmentError } from "@speckit/service-kit";
import { describe, expect, onTestFinished, test } from "vitest";
import { serve } from "../src/service.ts";
import { eventually } from "./support/eventually.ts";
import { startMailServer } from "./support/mail-server.ts";
import { ada, eventOf, orderId } from "./support/notifications.ts";
import { startServers } from "./support/servers.ts";

async function startNotificationService() {
  const servers = await startServers();
  const service = await serve(servers.environment);
  onTestFinished(() => service.stop());
  const get = async (path: string, headers = {}) => {
    const answer = await fetch(`${service.url}${path}`, { headers });
    return { status: answer.status, body: (await answer.json()) as { data: Record<string, never> } };
  };
  const log = async () => get("/api/v1/notifications", await servers.auth.bearer({ userId: ada }));
  return { ...servers, get, log };
}

test("an event becomes a mail and an entry of the log", async () => {
  const { publish, mailServer, log } = await startNotificationService();
  await publish(eventOf("order.created"));
  await publish(eventOf("order.confirmed"));

  await eventually(() => mailServer.mails.map(({ parsed }) => parsed.subject)).toEqual([
    `Order ${orderId} confirmed`,
  ]);
  await eventually(log).toMatchObject({
    status: 200,
    body: {
      data: [{ template: "order-confirmed", status: "sent", attempts: 1, sentAt: expect.any(String) }],
    },
  });
});

test("getHealth names each thing that the service needs", async () => {
  const { get } = await startNotificationService();
  const up = { status: "up" };
  expect(await get("/health")).toMatchObject({
    status: 200,
    body: { data: { status: "up", checks: { database: up, bus: up, mailServer: up, "auth-service": up } } },
  });
  expect((await get("/health/live")).status).toBe(200);
});

test("Failure mode: Mail server down: health shows it, readiness stays, and the mail follows", async () => {
  const { get, mailServer, publish } = await startNotificationService();
  await mailServer.stop();
  await publish(eventOf("order.rejected"));

  await eventually(() => get("/health")).toMatchObject({
    status: 200,
    body: { data: { status: "degraded", checks: { mailServer: { status: "down" } } } },
  });
  expect((await get("/health/ready")).status).toBe(200);

  const back = await startMailServer({}, mailServer.port);
  await eventually(() => back.mails.length).toBe(1);
});

test("Failure mode: Database down: operations and readiness answer 503, messages are tried again", async () => {
  const { get, log, database, publish, mailServer, bus } = await startNotificationService();
  expect((await log()).status).toBe(200);
  await database.cut();
  await publish(eventOf("order.rejected"));

  await eventually(log).toMatchObject({ status: 503 });
  await eventually(() => get("/health/ready")).toMatchObject({ status: 503 });
  expect((await get("/health/live")).status).toBe(200);

  await database.mend();
  await eventually(() => mailServer.mails.length).toBe(1);
  expect(await bus.deadLetters.list("notification-service")).toEqual([]);
  await eventually(() => get("/health/ready")).toMatchObject({ status: 200 });
});

test("Failure mode: Message bus down: queued mails are sent, new ones follow when it is back", async () => {
  const { busDatabase, publish, mailServer, get } = await startNotificationService();
  mailServer.behave({ toMail: () => "451 4.3.0 Try again later" });
  await publish(eventOf("order.rejected"));
  await eventually(() => mailServer.connections.ever).toBeGreaterThan(0);
  await busDatabase.cut();
  await publish(eventOf("order.cancelled"));
  await eventually(() => get("/health")).toMatchObject({
    body: { data: { checks: { bus: { status: "down" } } } },
  });

  mailServer.behave({});
  await eventually(() => mailServer.mails.map(({ parsed }) => parsed.subject)).toEqual([
    `Order ${orderId} rejected`,
  ]);
  await busDatabase.mend();
  await eventually(() => mailServer.mails.length).toBe(2);
});

test("auth-service away: mails are sent all the same", async () => {
  const { auth, publish, mailServer, log } = await startNotificationService();
  auth.failWith(503);
  await publish(eventOf("user.profile.created"));

  await eventually(() => mailServer.mails.length).toBe(1);
  expect((await log()).status).toBe(503);
});

describe("the environment", () => {
  test.each([
    { name: "DATABASE_URL", value: "" },
    { name: "BUS_DATABASE_URL", value: "" },
    { name: "SMTP_URL", value: "" },
    { name: "SMTP_URL", value: "http://127.0.0.1" },
    { name: "MAIL_FROM", value: "" },
    { name: "MAIL_FROM", value: "everybody" },
    { name: "AUTH_URL", value: "" },
    { name: "SMTP_CONNECTIONS", value: "many" },
  ])("without a good $name ('$value') the service does not start", async ({ name, value }) => {
    const environment = {
      DATABASE_URL: "postgres://127.0.0.1:1/none",
      BUS_DATABASE_URL: "postgres://127.0.0.1:1/none",
      AUTH_URL: "http://127.0.0.1:1",
      SMTP_URL: "smtp://127.0.0.1:1",
      MAIL_FROM: "shop@example.com",
      LOG_LEVEL: "silent",
      [name]: value,
    };
    const refused = serve(environment);
    await expect(refused).rejects.toThrow(EnvironmentError);
    await expect(refused).rejects.toThrow(name);
  });
});
