import fs from "node:fs";
import path from "node:path";
import { readFleet } from "@speckit/cli";

/** The folder with the documents, contracts and services of the platform. */
export const platformFolder = path.join(import.meta.dirname, "../../..");

/** Texts of the platform's files by their paths. */
export function platformFiles(): Record<string, string> {
  const names = fs.readdirSync(platformFolder, { recursive: true, encoding: "utf8" });
  const wanted = names
    .map((name) => name.split(path.sep).join("/"))
    .filter(
      (name) => /\.(?:md|ts|yaml|json)$/.test(name) && !/(?:^|\/)(?:node_modules|dist|\.data)\//.test(name),
    );
  return Object.fromEntries(
    wanted.map((name) => [name, fs.readFileSync(path.join(platformFolder, name), "utf8")]),
  );
}

/** What the toolkit makes of them. */
export const readPlatform = (files = platformFiles()) => readFleet(files, "ecommerce-platform").workspace;
