import { type Client, DependencyUnavailable } from "@speckit/service-kit";
import type { Customer } from "./store/read-orders.ts";

/** Asks user-service for a user's names with the token of whoever wants to know. Null when it has none or does not answer. */
export type AskUser = (userId: string, token: string) => Promise<Customer | null>;

export function createAskUser(users: Client): AskUser {
  return async (userId, token) => {
    try {
      const { status, body } = await users.get(`/api/v1/users/${userId}`, { token });
      return status === 200 ? nameIn(body) : null;
    } catch (error) {
      // A name is never worth an order that cannot be read.
      if (error instanceof DependencyUnavailable) return null;
      throw error;
    }
  };
}

function nameIn(body: unknown): Customer | null {
  const { firstName, lastName } =
    (body as { data?: Partial<Record<keyof Customer, unknown>> } | undefined)?.data ?? {};
  return typeof firstName === "string" && typeof lastName === "string" ? { firstName, lastName } : null;
}
