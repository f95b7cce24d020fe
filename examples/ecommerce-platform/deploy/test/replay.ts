/**
 * Replays a Dockerfile in a temporary folder and starts what comes of it, for machines without a container engine:
 * `replay.ts services/order-service`. With root's rights the process runs as the user of the image, otherwise as oneself. Ends with 1 when
 * anything is not as it should be.
 */
import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort, prepareDatabase, startEmbeddedPostgres } from "@speckit/service-kit/embedded";
import { manifestVariables } from "./support/manifest-variables.ts";
import { readText, repositoryRoot } from "./support/platform.ts";
import { type ReplayedImage, replayDockerfile } from "./support/replay-dockerfile.ts";

const folder = process.argv[2] ?? "services/order-service";
const name = path.basename(folder);
const say = (text: string) => console.log(text);

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "shop-image-"));
// Whoever the process runs as has to get there.
fs.chmodSync(scratch, 0o755);
const server = await startEmbeddedPostgres({ dataDir: path.join(scratch, "postgres") });
try {
  const image = replayDockerfile(readText(`${folder}/Dockerfile`), repositoryRoot, scratch, say);
  say(`\nThe image holds ${megabytes(image.root)} MB beside Node.`);
  refuseWithoutVariables(image);
  await startAndStop(image);
  say(`\n${name}: all as it should be.`);
} finally {
  await server.stop();
  fs.rmSync(scratch, { recursive: true, force: true });
}

function megabytes(root: string): number {
  const entries = fs.readdirSync(root, { recursive: true, withFileTypes: true });
  const sizes = entries.map((entry) => fs.lstatSync(path.join(entry.parentPath, entry.name)).size);
  return Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1e6);
}

/** The user of the image, who may write to none of its files. */
function asItsUser({ user, root, workdir }: ReplayedImage) {
  const cwd = path.join(root, workdir);
  return process.getuid?.() === 0 ? { cwd, uid: user, gid: user } : { cwd };
}

/** Variables of the image, with its root where it is here. */
function variablesOf({ environment, root }: ReplayedImage): Record<string, string> {
  const { CONTRACTS_ROOT = "", ...rest } = environment;
  return {
    ...rest,
    HOST: "127.0.0.1",
    PATH: process.env.PATH ?? "",
    CONTRACTS_ROOT: path.join(root, CONTRACTS_ROOT),
  };
}

function refuseWithoutVariables(image: ReplayedImage): void {
  const [program = "", ...args] = image.command;
  const { status, stderr } = spawnSync(program, args, {
    ...asItsUser(image),
    env: variablesOf(image),
    encoding: "utf8",
  });
  say(`\nWithout variables it ends with ${status}: ${stderr.trim()}`);
  assert.equal(status, 2);
}

async function startAndStop(image: ReplayedImage): Promise<void> {
  const ports = { PORT: await freePort(), STATUS_PORT: await freePort() };
  const env = {
    ...variablesOf(image),
    PORT: `${ports.PORT}`,
    STATUS_PORT: `${ports.STATUS_PORT}`,
    ...(await given()),
  };
  const [program = "", ...args] = image.command;
  const child = spawn(program, args, { ...asItsUser(image), env, stdio: ["ignore", "ignore", "inherit"] });
  const ended = once(child, "exit");
  try {
    await becomesHealthy(image, child, ports);
    say(`As user ${image.user} it is healthy.`);
    const write = spawnSync("touch", ["dist/main.js"], asItsUser(image));
    if (process.getuid?.() === 0)
      assert.notEqual(write.status, 0, "The user of the image may change its program.");
    const stoppedAt = performance.now();
    child.kill("SIGTERM");
    const [status] = await ended;
    const seconds = (performance.now() - stoppedAt) / 1000;
    say(`After SIGTERM it ends with ${status} in ${seconds.toFixed(1)} s.`);
    assert.equal(status, 0);
  } finally {
    if (child.exitCode === null) child.kill("SIGKILL");
  }
}

/** What the manifests give it, on servers of this machine. */
async function given(): Promise<Record<string, string>> {
  const { cluster } = manifestVariables(name, folder);
  const url = (role: string) => prepareDatabase(server.url, { database: role, role, password: "secret" });
  const here: Readonly<Record<string, string>> = {
    DATABASE_URL: await url("own"),
    BUS_DATABASE_URL: await url("bus"),
    AUTH_SECRET: "a secret of 32 bytes for a replay",
    ADMIN_PASSWORD: "long enough for ada",
    REDIS_URL: "redis://127.0.0.1:1",
    SMTP_URL: "smtp://127.0.0.1:1",
  };
  const named = [...cluster].map(([variable, value]) => {
    const own = variable === "AMQP_URL" ? "BUS_DATABASE_URL" : variable;
    return [own, here[own] ?? value ?? ""];
  });
  return Object.fromEntries(named);
}

async function becomesHealthy(
  image: ReplayedImage,
  child: ChildProcess,
  ports: Readonly<Record<string, number>>,
): Promise<void> {
  const { PORT, STATUS_PORT } = image.environment;
  const [program = "", ...args] = image.healthcheck.map((word) =>
    word.replace(`:${PORT}/`, `:${ports.PORT}/`).replace(`:${STATUS_PORT}/`, `:${ports.STATUS_PORT}/`),
  );
  for (let seconds = 0; seconds < 120; seconds++) {
    assert.equal(child.exitCode, null, "It ended before it was healthy.");
    if (spawnSync(program, args, { ...asItsUser(image), env: variablesOf(image) }).status === 0) return;
    await pause(1000);
  }
  assert.fail("It does not become healthy.");
}
