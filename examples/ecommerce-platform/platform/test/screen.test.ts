import { expect, test } from "vitest";
import { renderScreen } from "../src/screen.ts";
import type { ShopProcess } from "../src/shop-process.ts";
import type { Platform } from "../src/start-platform.ts";

const service = (name: string, port: number) =>
  [name, { name, url: `http://127.0.0.1:${port}` } as ShopProcess] as const;

const open: Platform = {
  url: "http://127.0.0.1:8080",
  statusUrl: "http://127.0.0.1:40000",
  inbox: { url: "http://127.0.0.1:8025" } as Platform["inbox"] & object,
  administrator: { email: "admin@example.com", password: "zH3vN0p1c2xQ7m9t" },
  services: new Map([service("auth-service", 40001), service("notification-service", 40005)]),
  gateway: {} as ShopProcess,
  another: async () => ({}) as ShopProcess,
  servers: {
    summary: ["PostgreSQL of its own at 127.0.0.1:40010", "bus in PostgreSQL"],
  } as unknown as Platform["servers"],
  dataDir: "/home/ada/shop/.data",
  logDir: "/home/ada/shop/.data/logs",
  stop: async () => undefined,
  end: () => undefined,
};
const options = { seconds: 3.14, color: false, folder: "/home/ada/shop", administratorKnown: true };

test("says what runs where, and what to try, in 80 columns", () => {
  const screen = renderScreen(open, options);
  for (const text of [
    "The shop is open after 3.1 s",
    "gateway       http://127.0.0.1:8080",
    "mail inbox    http://127.0.0.1:8025",
    "administrator admin@example.com  zH3vN0p1c2xQ7m9t",
    "notification-service 127.0.0.1:40005",
    "data          .data\n",
    "logs          .data/logs\n",
    "curl http://127.0.0.1:8080/api/v1/auth/register",
  ]) {
    expect(screen).toContain(text);
  }
  expect(Math.max(...screen.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(80);
});

test("shows no password that is not the administrator's, and says how to get in", () => {
  const screen = renderScreen(open, { ...options, administratorKnown: false });
  expect(screen).not.toContain(open.administrator.password);
  expect(screen).toContain("administrator admin@example.com\n");
  expect(screen).toContain("ADMIN_EMAIL=you@example.com npm run platform");
  expect(Math.max(...screen.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(80);
});

test("speaks of no inbox when mails go elsewhere", () => {
  const screen = renderScreen({ ...open, inbox: undefined }, options);
  expect(screen).toContain("none: SMTP_URL names another server");
  expect(screen).not.toContain("look into the inbox");
});

test("is coloured where colours are wanted, and says the same", () => {
  const screen = renderScreen(open, { ...options, color: true });
  expect(screen).toContain("\u001b[");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
  expect(screen.replace(/\u001b\[\d+m/g, "")).toBe(renderScreen(open, options));
});
