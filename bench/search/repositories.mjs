// What is searched in the measurements: packages that are installed here anyway, and this repository. Each is a repository of its own.
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readTree } from "../../packages/speckit/src/node/fleet-tree.ts";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Packages that come with sources, and most with documentation or tests. Those in the second list were never looked at while fitting. */
const packages = {
  fit: [
    "fastify",
    "pino",
    "thread-stream",
    "fast-json-stringify",
    "ioredis",
    "enquirer",
    "kysely",
    "ajv",
    "js-yaml",
    "@fastify/busboy",
    "knip",
    "jose",
  ],
  heldOut: [
    "undici",
    "find-my-way",
    "avvio",
    "autocannon",
    "fs-extra",
    "prom-client",
    "amqplib",
    "zod",
    "light-my-request",
    "@fastify/multipart",
    "nodemailer",
    "protobufjs",
  ],
};

/**
 * @typedef {object} Repository
 * @property {string} name
 * @property {string} folder
 * @property {"fit" | "heldOut" | "both"} part
 * @property {ReadonlyMap<string, string>} texts Texts of its files by path.
 */

/** @returns {Repository[]} */
export function repositories() {
  return [
    ...packages.fit.map((name) => read(name, join(root, "node_modules", name), "fit")),
    ...packages.heldOut.map((name) => read(name, join(root, "node_modules", name), "heldOut")),
    read("speckit", root, "both"),
  ];
}

/** @param {string} name @param {string} folder @param {Repository["part"]} part @returns {Repository} */
function read(name, folder, part) {
  const texts = new Map();
  for (const file of readTree(folder, new Set()).files) {
    const path = join(folder, file);
    if (statSync(path).size > 1_000_000) continue;
    const text = readFileSync(path, "utf8");
    if (!text.includes("\0")) texts.set(file, text);
  }
  return { name, folder, part, texts };
}
