#!/usr/bin/env node
import { readFileSync } from "node:fs";

// Agents ask for the version at every start: that must not load the engine.
if (process.argv.length === 3 && process.argv[2] === "--version") {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  process.stdout.write(`${version}\n`);
} else {
  const { start } = await import("../dist/bundle/start.js");
  await start();
}
