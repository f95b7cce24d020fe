import { describe, expect, test } from "vitest";
import { EnvironmentError, optional, optionalNumber, required, requiredUrl } from "../../src/index.ts";
import { readSettings } from "../../src/service/settings.ts";
import { orderService, shopFolder } from "../shop.ts";

const smtp = (value: string | undefined) => ({ SMTP_URL: value });

test.each([
  { read: () => required(smtp("smtp://mail"), "SMTP_URL"), value: "smtp://mail" },
  { read: () => optional(smtp(undefined), "SMTP_URL"), value: undefined },
  { read: () => optional(smtp(""), "SMTP_URL"), value: undefined },
  { read: () => optionalNumber({ PORT: "8080" }, "PORT", 0), value: 8080 },
  { read: () => optionalNumber({}, "PORT", 3000), value: 3000 },
  { read: () => requiredUrl(smtp("smtp://mail:25"), "SMTP_URL", ["smtp"]), value: "smtp://mail:25" },
])("$read is $value", ({ read, value }) => {
  expect(read()).toBe(value);
});

test.each([
  { read: () => required(smtp(undefined), "SMTP_URL"), says: "SMTP_URL is missing." },
  { read: () => required(smtp(""), "SMTP_URL"), says: "SMTP_URL is missing." },
  {
    read: () => optionalNumber({ PORT: "80.5" }, "PORT", 0),
    says: 'PORT is "80.5", which is no whole number',
  },
  { read: () => optionalNumber({ PORT: "0x50" }, "PORT", 0), says: 'PORT is "0x50"' },
  { read: () => optionalNumber({ PORT: "70000" }, "PORT", 0, { max: 65_535 }), says: "from 0 to 65535" },
  {
    read: () => requiredUrl(smtp("mail"), "SMTP_URL", ["smtp", "smtps"]),
    says: "SMTP_URL is no address that begins with smtp:// or smtps://.",
  },
])("$read says $says", ({ read, says }) => {
  expect(read).toThrow(EnvironmentError);
  expect(read).toThrow(says);
});

describe("the settings of every service", () => {
  const least = { DATABASE_URL: "postgres://shop:secret@127.0.0.1/order_db", AMQP_URL: "amqp://127.0.0.1" };

  test("have defaults but for database and bus", () => {
    expect(readSettings(least, orderService)).toEqual({
      host: "127.0.0.1",
      port: 0,
      databaseUrl: least.DATABASE_URL,
      poolSize: 10,
      busUrl: "amqp://127.0.0.1",
      busPrefix: undefined,
      authUrl: undefined,
      tokenIssuer: "auth-service",
      tokenAudience: "ecommerce-platform",
      logLevel: "info",
      contractsRoot: shopFolder,
      tracesEndpoint: undefined,
    });
  });

  test.each([
    { given: { ...least, DATABASE_URL: undefined }, says: "DATABASE_URL is missing." },
    {
      given: { ...least, DATABASE_URL: "mysql://shop:secret@db" },
      says: "DATABASE_URL is no address that begins with postgres:// or postgresql://.",
    },
    {
      given: { ...least, AMQP_URL: undefined },
      says: "AMQP_URL and BUS_DATABASE_URL are missing; one of them is needed.",
    },
    {
      given: { ...least, AMQP_URL: undefined, BUS_DATABASE_URL: "redis://bus" },
      says: "BUS_DATABASE_URL is no address",
    },
    {
      given: { ...least, AUTH_URL: "auth-service" },
      says: "AUTH_URL is no address that begins with http:// or https://.",
    },
    { given: { ...least, LOG_LEVEL: "loud" }, says: 'LOG_LEVEL is "loud", which is none of fatal' },
    { given: { ...least, PORT: "http" }, says: 'PORT is "http"' },
    {
      given: { ...least, CONTRACTS_ROOT: orderService },
      says: "There is no folder services in CONTRACTS_ROOT",
    },
  ])("refuse with: $says", ({ given, says }) => {
    const read = () => readSettings(given, orderService);
    expect(read).toThrow(EnvironmentError);
    expect(read).toThrow(says);
    expect(read).not.toThrow(/secret/);
  });

  test("need contracts above the folder", () => {
    expect(() => readSettings(least, "/")).toThrow(
      "CONTRACTS_ROOT is the folder that holds the contracts of all services.",
    );
  });
});
