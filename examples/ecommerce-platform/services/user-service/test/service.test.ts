import { createServer, type Socket } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import { fileForm } from "./support/form.ts";
import { png } from "./support/images.ts";
import { type Platform, startPlatform } from "./support/platform.ts";
import { ada, adasNames, otherNames } from "./support/users.ts";

const soon = { timeout: 20_000, interval: 20 };
let platform: Platform;
afterEach(() => platform.close());

async function send(method: string, path: string, body?: object) {
  const answer = await fetch(platform.service.url + path, {
    method,
    headers: { ...(await platform.auth.bearer(ada)), ...(body && { "content-type": "application/json" }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    body: (text.startsWith("{") ? JSON.parse(text) : {}) as { data?: Record<string, unknown> },
  };
}

const mine = `/api/v1/users/${ada.userId}`;
const everyOperation = [
  ["POST", "/api/v1/users", adasNames],
  ["GET", mine],
  ["PUT", mine, otherNames],
  ["DELETE", mine],
  ["GET", `${mine}/avatar`],
] as const;

function upload(body: Buffer, headers: Record<string, string>) {
  return fetch(`${platform.service.url}${mine}/avatar`, {
    method: "POST",
    headers,
    body: new Uint8Array(body),
  });
}

test("P1: Profile Creation, P3: Profile Update, P4: Profile Deletion: others hear of each in order, with growing versions", async () => {
  platform = await startPlatform();
  expect((await send("POST", "/api/v1/users", adasNames)).status).toBe(201);
  expect((await send("PUT", mine, otherNames)).status).toBe(200);
  expect((await send("DELETE", mine)).status).toBe(204);
  await vi.waitFor(() => expect(platform.received).toHaveLength(3), soon);
  expect(platform.received).toMatchObject([
    { eventType: "user.profile.created", data: { profileVersion: 1 } },
    { eventType: "user.profile.updated", data: { profileVersion: 2, status: "active" } },
    { eventType: "user.profile.updated", data: { profileVersion: 3, status: "deleted" } },
  ]);
});

describe("P5: Avatar Upload: over a connection", () => {
  test("a form and an image are taken, as the tools of everybody send them", async () => {
    platform = await startPlatform();
    await send("POST", "/api/v1/users", adasNames);
    const bearer = await platform.auth.bearer(ada);
    const data = new FormData();
    data.append("file", new Blob([new Uint8Array(png)], { type: "image/png" }), "ada.png");
    data.append("imageFormat", "png");
    const byForm = await fetch(`${platform.service.url}${mine}/avatar`, {
      method: "POST",
      headers: bearer,
      body: data,
    });
    expect(byForm.status).toBe(200);
    expect((await upload(png, { ...bearer, "content-type": "image/png" })).status).toBe(200);
    const image = await fetch(`${platform.service.url}${mine}/avatar`, { headers: bearer });
    expect(Buffer.from(await image.arrayBuffer()).equals(png)).toBe(true);
  });

  test("an image without end is answered 413 before its end, and a sender that goes away harms nobody", async () => {
    platform = await startPlatform();
    await send("POST", "/api/v1/users", adasNames);
    const headers = { ...(await platform.auth.bearer(ada)), "content-type": "image/png" };
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
    });
    const answer = await fetch(`${platform.service.url}${mine}/avatar`, {
      method: "POST",
      headers,
      body: endless,
      duplex: "half",
    } as RequestInit);
    expect(answer.status).toBe(413);

    const leaving = new AbortController();
    const halfway = new ReadableStream({
      start: (controller) => controller.enqueue(new Uint8Array(png)),
      pull: () => leaving.abort(),
    });
    const broken = fetch(`${platform.service.url}${mine}/avatar`, {
      method: "POST",
      headers,
      body: halfway,
      duplex: "half",
      signal: leaving.signal,
    } as RequestInit);
    await expect(broken).rejects.toThrow();
    expect((await send("GET", mine)).body.data).toMatchObject({ avatar: null });
  });
});

describe("P8: Token Check Unavailable", () => {
  test("while auth-service takes requests and answers none, every operation answers 503 and changes nothing", async () => {
    const sockets = new Set<Socket>();
    const silence = createServer((socket) => void sockets.add(socket));
    await new Promise<void>((resolve) => silence.listen(0, "127.0.0.1", resolve));
    const { port } = silence.address() as { port: number };
    platform = await startPlatform({ AUTH_URL: `http://127.0.0.1:${port}` });

    const answers = await Promise.all([
      ...everyOperation.map(async ([method, path, body]) => (await send(method, path, body)).status),
      (async () => {
        const { headers, body } = fileForm(png);
        return (await upload(body, { ...headers, ...(await platform.auth.bearer(ada)) })).status;
      })(),
    ]);
    expect(new Set(answers)).toEqual(new Set([503]));
    expect(platform.received).toEqual([]);
    for (const socket of sockets) socket.destroy();
    silence.close();
  });
});

describe("Failure mode: Database down", () => {
  test("every operation answers 503, the service is alive and not ready, and nothing has changed when it is back", async () => {
    platform = await startPlatform();
    await send("POST", "/api/v1/users", adasNames);
    await vi.waitFor(() => expect(platform.received).toHaveLength(1), soon);
    await platform.database.cut();

    const { headers, body } = fileForm(png);
    const statuses = await Promise.all([
      ...everyOperation.map(async ([method, path, data]) => (await send(method, path, data)).status),
      upload(body, { ...headers, ...(await platform.auth.bearer(ada)) }).then(({ status }) => status),
      send("GET", "/health/ready").then(({ status }) => status),
    ]);
    expect(new Set(statuses)).toEqual(new Set([503]));
    expect((await send("GET", "/health/live")).status).toBe(200);

    await platform.database.mend();
    await vi.waitFor(async () => expect((await send("GET", "/health/ready")).status).toBe(200), soon);
    expect((await send("GET", mine)).body.data).toMatchObject({ ...adasNames, avatar: null });
    expect(platform.received).toHaveLength(1);
  });
});

test("health shows database, bus and auth-service, and readiness the database", async () => {
  platform = await startPlatform();
  const up = { status: "up" };
  expect((await send("GET", "/health")).body.data).toEqual({
    status: "up",
    service: "user-service",
    checks: { database: up, bus: up, "auth-service": up },
  });
  expect((await send("GET", "/health/ready")).body.data).toMatchObject({ checks: { database: up } });
  expect((await send("GET", "/health/live")).body.data).toEqual(up);
});
