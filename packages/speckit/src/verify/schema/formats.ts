import type { Random } from "./random.ts";

const words = ["ada", "grace", "alan", "edsger", "barbara", "donald", "margaret", "linus"] as const;

function hex(random: Random, count: number): string {
  return Array.from({ length: count }, () => random.int(0, 15).toString(16)).join("");
}

function padded(random: Random, least: number, most: number): string {
  return String(random.int(least, most)).padStart(2, "0");
}

const day = (random: Random) => `2026-${padded(random, 1, 12)}-${padded(random, 1, 28)}`;
const hour = (random: Random) =>
  `${padded(random, 0, 23)}:${padded(random, 0, 59)}:${padded(random, 0, 59)}Z`;
const email = (random: Random) => `${random.pick(words)}.${random.int(1000, 999999)}@example.com`;
const address = (random: Random) => `https://example.com/${random.pick(words)}/${random.int(1, 9999)}`;

/** Texts of the formats that JSON Schema and OpenAPI name. */
const makers: Readonly<Record<string, (random: Random) => string>> = {
  uuid: (random) =>
    `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-${random.pick(["8", "9", "a", "b"])}${hex(random, 3)}-${hex(random, 12)}`,
  "date-time": (random) => `${day(random)}T${hour(random)}`,
  date: day,
  time: hour,
  duration: (random) => `PT${random.int(1, 59)}M`,
  email,
  "idn-email": email,
  hostname: (random) => `${random.pick(words)}.example.com`,
  "idn-hostname": (random) => `${random.pick(words)}.example.com`,
  ipv4: (random) => `192.0.2.${random.int(1, 254)}`,
  ipv6: (random) => `2001:db8::${random.int(1, 9999)}`,
  uri: address,
  url: address,
  iri: address,
  "uri-reference": (random) => `/${random.pick(words)}/${random.int(1, 9999)}`,
  "iri-reference": (random) => `/${random.pick(words)}/${random.int(1, 9999)}`,
  "uri-template": () => "/orders/{orderId}",
  "json-pointer": (random) => `/items/${random.int(0, 9)}`,
  "relative-json-pointer": (random) => `${random.int(0, 3)}/items`,
  regex: () => "^[a-z]+$",
  byte: (random) => hex(random, 8),
  password: (random) => `Correct-horse-${random.int(1000, 999999)}`,
};

/** A text of a format; undefined when the format is unknown, so that any text will do. */
export function textOfFormat(format: string, random: Random): string | undefined {
  return makers[format]?.(random);
}

/** Formats that readers commonly insist on, each with a text that is clearly none. */
export const brokenTexts: Readonly<Record<string, string>> = {
  uuid: "not-a-uuid",
  "date-time": "yesterday",
  date: "2026-13-45",
  time: "25:61:00Z",
  email: "ada at example.com",
  ipv4: "192.0.2.300",
  ipv6: "2001:db8::g",
  uri: "not a uri",
};
