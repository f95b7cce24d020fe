// From an empty folder to two running services: `npm run new-fleet [-- DIR]`. What it promises is checked, and it says how long everything took.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { makeService, setUpPlatform } from "./new-fleet/build-fleet.mjs";
import { ask, posted, startService } from "./new-fleet/running-service.mjs";
import { mustRun, run, tool } from "./programs.mjs";

const auth = {
  name: "auth-service",
  feature: "001-jwt-authentication",
  prompt: "Create a JWT-based authentication service specification",
};
const user = {
  name: "user-service",
  feature: "001-user-profile",
  prompt: "Create user profile service that depends on auth-service for authentication",
};

/**
 * @param {readonly string[]} args The folder to build in; it must be empty. Without one a folder is made, and removed at the end.
 * @returns {Promise<number>} The exit code.
 */
export async function newFleet([dir]) {
  const fleet = dir === undefined ? realpathSync(mkdtempSync(join(tmpdir(), "new-fleet-"))) : resolve(dir);
  mkdirSync(fleet, { recursive: true });
  if (readdirSync(fleet).length > 0) {
    process.stderr.write(`${fleet} is not empty. Name a folder that is, or none.\n`);
    return 2;
  }
  const times = stopwatch();
  try {
    await setUpPlatform(fleet, times.step);
    const authFolder = await makeService(fleet, auth, times.step);
    const running = await times.step("auth-service is built and starts", () => start(authFolder, {}));
    /** @type {number | null} */
    let code = 0;
    try {
      await times.step("auth-service answers", () => tryAuth(running.url));
      times.lap("auth-service runs after");
      const userFolder = await makeService(fleet, user, times.step);
      await times.step("user-service is built, starts and answers", () => tryUser(userFolder, running.url));
      for (const folder of [authFolder, userFolder])
        await times.step(`npm test in ${folder.slice(fleet.length + 1)}`, () => tryTests(folder));
    } finally {
      code = await running.stop();
    }
    assert.equal(code, 0, "auth-service ends cleanly");
    times.lap("both services run, and are tested, after");
    return 0;
  } finally {
    if (dir === undefined) rmSync(fleet, { recursive: true, force: true });
  }
}

/** Says how long each step took. What npm downloads and installs is counted apart. */
function stopwatch() {
  let work = 0;
  let install = 0;
  const seconds = (/** @type {number} */ ms) => `${(ms / 1000).toFixed(1)} s`.padStart(8);
  return {
    /** @type {import("./new-fleet/build-fleet.mjs").Step} */
    async step(title, does, kind) {
      const began = performance.now();
      const result = await does();
      const ms = performance.now() - began;
      if (kind === "install") install += ms;
      else work += ms;
      process.stdout.write(`${seconds(ms)}  ${title}\n`);
      return result;
    },
    /** @param {string} title */
    lap(title) {
      process.stdout.write(`${seconds(work)}  ${title}, besides the install (${seconds(install).trim()})\n`);
    },
  };
}

/**
 * What `npm start` does.
 * @param {string} folder
 * @param {Record<string, string>} variables
 */
async function start(folder, variables) {
  await mustRun(["npm", "run", "build"], { cwd: folder });
  return startService(folder, variables);
}

/** @param {string} url */
async function tryAuth(url) {
  const health = await ask(`${url}/health`);
  assert.equal(health.status, 200);
  assert.deepEqual(health.body.data.checks, { database: { status: "up" }, bus: { status: "up" } });
  const login = `${url}/api/v1/auth/login`;
  const wrong = await ask(login, posted({ email: "ada@example.com" }));
  assert.equal(wrong.status, 422);
  assert.match(wrong.type, /^application\/problem\+json/);
  assert.equal(wrong.body.errors[0].path, "/password");
  const right = await ask(login, posted({ email: "ada@example.com", password: "correct horse battery" }));
  assert.equal(right.status, 501);
  assert.match(
    right.body.detail,
    new RegExp(`^P\\d: .*services/auth-service/specs/${auth.feature}/spec\\.md:\\d+`),
  );
}

/**
 * @param {string} folder
 * @param {string} authUrl
 */
async function tryUser(folder, authUrl) {
  const service = await start(folder, { AUTH_URL: authUrl });
  /** @type {number | null} */
  let code = 0;
  try {
    const { status, body } = await ask(`${service.url}/health`);
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body.data.checks).sort(), ["auth-service", "bus", "database"]);
    const stranger = await ask(`${service.url}/api/v1/users`, posted({ firstName: "Ada" }));
    assert.equal(stranger.status, 401);
    assert.match(stranger.type, /^application\/problem\+json/);
  } finally {
    code = await service.stop();
  }
  assert.equal(code, 0, "user-service ends cleanly");
}

/**
 * The tests of a service hold, except those of scenarios, which say that nobody has written them yet.
 * @param {string} folder
 */
async function tryTests(folder) {
  const report = join(folder, "report.json");
  await run([tool("vitest"), "run", "--no-isolate", "--reporter=json", `--outputFile=${report}`], {
    cwd: folder,
  });
  assert.ok(existsSync(report), `the tests of ${folder} ran`);
  const { testResults } = JSON.parse(readFileSync(report, "utf8"));
  rmSync(report);
  assert.ok(testResults.length > 0);
  for (const { name, status, assertionResults } of testResults) {
    const isScenario = name.includes("/test/scenarios/");
    assert.equal(status, isScenario ? "failed" : "passed", name);
    for (const { failureMessages } of isScenario ? assertionResults : [])
      assert.match(failureMessages.join("\n"), /is not written yet/);
  }
}
