import { randomUUID } from "node:crypto";
import { expect, vi } from "vitest";

/** What a customer does, through the gateway and the inbox alone. */
export interface Customer {
  readonly email: string;
  order(items: readonly { sku: string; quantity: number }[]): Promise<string>;
  status(orderId: string): Promise<string>;
  /** Waits until the order has this status. */
  sees(orderId: string, status: string): Promise<void>;
}

const json = { "content-type": "application/json" };
const password = "correct horse battery";

async function dataOf(response: Response): Promise<Record<string, string>> {
  const body = (await response.json()) as { data: Record<string, string> };
  expect(body.data, JSON.stringify(body)).toBeDefined();
  return body.data;
}

/** Registers and logs in. */
export async function becomeCustomer(url: string): Promise<Customer> {
  const email = `ada.${randomUUID()}@example.com`;
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, { method: "POST", headers: { ...json, ...headers }, body: JSON.stringify(body) });
  await dataOf(await post("/api/v1/auth/register", { email, password }));
  const { accessToken } = await dataOf(await post("/api/v1/auth/login", { email, password }));
  const authorization = `Bearer ${accessToken}`;

  const status = async (orderId: string) =>
    (await dataOf(await fetch(`${url}/api/v1/orders/${orderId}`, { headers: { authorization } }))).status ??
    "";
  return {
    email,
    status,
    async order(items) {
      const answer = await post(
        "/api/v1/orders",
        { items },
        { authorization, "idempotency-key": randomUUID() },
      );
      return (await dataOf(answer)).orderId ?? "";
    },
    sees: (orderId, wanted) =>
      vi.waitFor(async () => expect(await status(orderId)).toBe(wanted), { timeout: 30_000, interval: 100 }),
  };
}

/** Waits for a mail to `email` whose subject contains the words. */
export function mailArrives(inboxUrl: string, email: string, subject: string): Promise<void> {
  return vi.waitFor(
    async () => {
      const response = await fetch(`${inboxUrl}/api/v1/messages`);
      const { messages } = (await response.json()) as {
        messages: { Subject: string; To: { Address: string }[] }[];
      };
      const mine = messages.filter(({ To }) => To.some(({ Address }) => Address === email));
      expect(mine.map(({ Subject }) => Subject).join("\n")).toContain(subject);
    },
    { timeout: 30_000, interval: 100 },
  );
}
