// A running shop to measure: embedded or on real servers, one process a service, with stock that lasts.
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeShop, startPlatform } from "../../examples/ecommerce-platform/platform/dist/index.js";

const servers = {
  DATABASE_URL: process.env.DATABASE_URL ?? "postgres://postgres@127.0.0.1:5432/postgres",
  AMQP_URL: process.env.AMQP_URL ?? "amqp://guest:guest@127.0.0.1:5672",
  REDIS_URL: process.env.REDIS_URL ?? "redis://127.0.0.1:6379",
};
const products = 20;
export const skuOf = (/** @type {number} */ index) => `BENCH-${index % products}`;

/** The servers that do not answer, by variable. */
export async function missingServers() {
  const answers = await Promise.all(
    Object.entries(servers).map(async ([name, url]) => [name, await answersAt(url)]),
  );
  return answers.filter(([, there]) => !there).map(([name]) => name);
}

/**
 * @param {"embedded" | "real"} kind
 * @param {(shop: Awaited<ReturnType<typeof open>>) => Promise<T>} work
 * @template T
 * @returns {Promise<T>}
 */
export async function withShop(kind, work) {
  const dataDir = mkdtempSync(join(tmpdir(), "shop-bench-"));
  const environment = {
    LOG_LEVEL: "warn",
    // One address sends everything here; the limit is not what is measured.
    RATE_LIMIT_PER_SECOND: "1000000",
    ...(kind === "real" && { ...servers, PLATFORM_PREFIX: `bench${randomBytes(3).toString("hex")}_` }),
  };
  const platform = await startPlatform({ dataDir, port: 0, mailPort: 0, processes: true, environment });
  try {
    return await work(await open(platform));
  } finally {
    await platform.stop();
    if (kind === "real") await removeShop(environment);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** @param {Awaited<ReturnType<typeof startPlatform>>} platform */
async function open(platform) {
  /** @type {(path: string, body: object, token?: string) => Promise<Record<string, string>>} */
  const post = async (path, body, token) => {
    const response = await fetch(`${platform.url}/api/v1${path}`, {
      method: path.startsWith("/products") ? "PUT" : "POST",
      headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return /** @type {{ data: Record<string, string> }} */ (await response.json()).data;
  };
  const { accessToken: admin } = await post("/auth/login", platform.administrator);
  const stock = { unitPrice: 450, currency: "EUR", available: 1_000_000_000 };
  for (let index = 0; index < products; index++)
    await post(`/products/${skuOf(index)}`, { name: "Tea", ...stock }, admin);
  const ada = { email: "ada@example.com", password: "correct horse battery" };
  await post("/auth/register", ada);
  const { accessToken: token = "" } = await post("/auth/login", ada);

  const urlOf = (/** @type {string} */ name) => platform.services.get(name)?.url ?? "";
  return {
    url: platform.url,
    authUrl: urlOf("auth-service"),
    token,
    /** Orders that are neither confirmed nor rejected yet. */
    async pending() {
      const metrics = await (await fetch(`${urlOf("order-service")}/metrics`)).text();
      return Number(/^orders_pending(?:\{[^}]*\})? (\S+)$/m.exec(metrics)?.[1]);
    },
  };
}

/** @param {string} url */
function answersAt(url) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), timeout: 1000 });
    const end = (/** @type {boolean} */ there) => {
      socket.destroy();
      resolve(there);
    };
    socket
      .once("connect", () => end(true))
      .once("error", () => end(false))
      .once("timeout", () => end(false));
  });
}
