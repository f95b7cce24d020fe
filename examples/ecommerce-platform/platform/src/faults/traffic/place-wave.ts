import type { Random } from "../plan/random.ts";
import { ask, type Door } from "./ask.ts";
import { type Customer, expectStatus, register } from "./customer.ts";
import type { Ledger } from "./ledger.ts";
import { placeAndCancelOrder, placeOrder } from "./place-order.ts";

/** What a wave needs to know of its run. */
export interface WaveOptions {
  readonly door: Door;
  readonly ledger: Ledger;
  readonly random: Random;
  readonly products: Products;
  /** Of a new account that asks for a password reset; none asks when there is none. */
  readonly newEmail: string | undefined;
}

/** Products by how many there are of them: two that suffice, one that does not. */
export interface Products {
  readonly plenty: readonly [string, string];
  readonly scarce: string;
}

const unknownSku = "NOT-FOR-SALE";

/**
 * Everything that makes events, all at once: orders that can be confirmed, that are over a scarce stock, of an unknown product, cancelled at
 * once, and repeated under one key; a profile; a password reset. Resolves when the shop has answered all, or has not for a long time.
 */
export async function placeWave(options: WaveOptions): Promise<void> {
  const { random, products, ledger } = options;
  const some = () => 1 + random.below(3);
  const plain = () => [
    { sku: random.pick(products.plenty), quantity: some() },
    ...(random.below(2) === 0 ? [{ sku: random.pick(products.plenty), quantity: some() }] : []),
  ];
  const scarce = () => [...products.plenty, products.scarce].map((sku) => ({ sku, quantity: some() }));
  const unknown = () => [...plain(), { sku: unknownSku, quantity: 1 }];
  const somebody = () => random.pick(ledger.customers);

  const works = [
    () => placeOrder(ledger, somebody(), plain()),
    () => placeOrder(ledger, somebody(), plain()),
    () => placeOrder(ledger, somebody(), scarce()),
    () => placeOrder(ledger, somebody(), scarce()),
    () => placeOrder(ledger, somebody(), unknown()),
    () => placeAndCancelOrder(ledger, somebody(), plain()),
    () => placeAndCancelOrder(ledger, somebody(), scarce()),
    () => placeOrder(ledger, somebody(), plain(), 2 + random.below(2)),
    () => renewProfile(options, somebody()),
    () => forgetPassword(options),
  ];
  const outcomes = await Promise.allSettled(random.shuffled(works).map((work) => work()));
  for (const outcome of outcomes) {
    if (outcome.status === "rejected") ledger.unanswered.push((outcome.reason as Error).message);
  }
}

async function renewProfile({ ledger }: WaveOptions, { email, userId, ask }: Customer): Promise<void> {
  const path = `/api/v1/users/${userId}`;
  const body = { firstName: "Ada", lastName: "Lovelace", email };
  expectStatus(await ask({ method: "DELETE", path }), [204, 404], "the end of a profile");
  ledger.welcomed.add(email);
  expectStatus(await ask({ method: "POST", path: "/api/v1/users", body }), [201, 409], "a profile");
  // 404: another wave has just deleted it.
  expectStatus(await ask({ method: "PUT", path, body }), [200, 404], "a change of a profile");
}

async function forgetPassword({ door, ledger, newEmail: email }: WaveOptions): Promise<void> {
  if (email === undefined) return;
  await register(door, email);
  const reset = { asked: 0, accepted: 0 };
  ledger.resets.set(email, reset);
  const counting: Door = {
    get url() {
      reset.asked++;
      return door.url;
    },
  };
  const answer = await ask(counting, {
    method: "POST",
    path: "/api/v1/auth/password-reset/request",
    body: { email },
  });
  expectStatus(answer, [200, 202, 204], "a password reset");
  reset.accepted++;
}
