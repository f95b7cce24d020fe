// A generated service as a process of its own.
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/**
 * Starts a service that was built and waits until it takes requests.
 * @param {string} folder
 * @param {Record<string, string>} variables
 * @returns {Promise<{ url: string, stop: () => Promise<number | null> }>}
 */
export async function startService(folder, variables) {
  const child = fork(join(folder, "dist/main.js"), {
    cwd: folder,
    env: { PATH: process.env.PATH ?? "", LOG_LEVEL: "warn", ...variables },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text) => {
      said += text;
    });
  const ended = once(child, "close");
  const ready = await Promise.race([
    once(child, "message").then(([message]) => message),
    ended.then(() => undefined),
  ]);
  if (ready === undefined) throw new Error(`${folder} did not start: ${said}`);
  return {
    url: ready.url,
    async stop() {
      child.kill("SIGTERM");
      const [code] = await ended;
      return code;
    },
  };
}

/**
 * @param {string} url
 * @param {RequestInit} [options]
 * @returns {Promise<{ status: number, type: string, body: Record<string, any> }>}
 */
export async function ask(url, options) {
  const answer = await fetch(url, options);
  const type = answer.headers.get("content-type") ?? "";
  return { status: answer.status, type, body: /** @type {any} */ (await answer.json()) };
}

/**
 * @param {object} body
 * @returns {RequestInit}
 */
export function posted(body) {
  return {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}
