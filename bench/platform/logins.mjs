// Whether the time of an answer tells a stranger which addresses have an account: SC-003 of auth-service.
import { randomUUID } from "node:crypto";

const logins = 100;
/** With ten, an account locks. */
const wrongPasswordsEach = 8;

/**
 * Logs in with unknown addresses and with wrong passwords, in turns, at auth-service itself.
 * @param {{ authUrl: string }} shop
 */
export async function compareLogins({ authUrl }) {
  /** @type {(path: string, email: string, password: string) => Promise<number>} */
  const post = async (path, email, password) => {
    const { status } = await fetch(`${authUrl}/api/v1/auth/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email, password }),
    });
    return status;
  };
  const stranger = () => `${randomUUID()}@example.com`;
  const accounts = Array.from({ length: Math.ceil(logins / wrongPasswordsEach) }, stranger);
  for (const email of accounts) await post("register", email, "correct horse battery");
  const accountOf = (/** @type {number} */ turn) => accounts[turn % accounts.length] ?? "";

  /** @type {(email: string) => Promise<number>} */
  const millisecondsFor = async (email) => {
    const from = performance.now();
    const status = await post("login", email, "wrong horse battery");
    if (status !== 401) throw new Error(`A wrong password was answered with ${status}.`);
    return performance.now() - from;
  };
  await millisecondsFor(stranger());
  /** @type {number[]} */
  const unknown = [];
  /** @type {number[]} */
  const wrong = [];
  for (let turn = 0; turn < logins; turn++) {
    // Whoever is first in a turn may find the machine in another mood.
    if (turn % 2 === 0) unknown.push(await millisecondsFor(stranger()));
    wrong.push(await millisecondsFor(accountOf(turn)));
    if (turn % 2 === 1) unknown.push(await millisecondsFor(stranger()));
  }
  const [unknownMs, wrongMs] = [median(unknown), median(wrong)];
  return { logins, unknownMs, wrongMs, apart: Math.abs(unknownMs - wrongMs) / Math.max(unknownMs, wrongMs) };
}

/** @param {number[]} numbers */
function median(numbers) {
  return numbers.sort((one, other) => one - other)[numbers.length >> 1] ?? Number.NaN;
}
