import { type Database, declareFaultPoints, faultPoint, type Outbox } from "@speckit/service-kit";
import { type Kysely, type RawBuilder, sql, type Transaction } from "kysely";
import { eventOfPlacement, eventOfStep, type OrderOwner } from "../domain/order-events.ts";
import { type Happening, type OrderStatus, type Step, stepsAfter } from "../domain/order-status.ts";
import type { Placement } from "../domain/place-order.ts";
import { findKeyHolder, type KeyHolder, type KeyUse, takeKey } from "./idempotency-keys.ts";
import type { OrderTables } from "./migrations.ts";

/** An order that nobody has stored yet. */
export interface NewOrder extends OrderOwner {
  readonly placement: Placement;
  readonly orderDate: Date;
}

export interface OrderStore {
  /**
   * Stores an order, its key and its event, all or nothing. When the key is taken, whether long ago or at this moment,
   * nothing is stored, and the answer is who holds it.
   */
  place(order: NewOrder, use: KeyUse): Promise<KeyHolder>;
  /**
   * Takes the step that a happening allows and stores its event, in the caller's transaction. Of two changes at once
   * one holds; the other finds the order in another status and changes nothing. Tells which step was taken.
   */
  change(trx: Transaction<OrderTables>, orderId: string, happening: Happening): Promise<Step | undefined>;
  /** Takes such steps for many orders, together. Tells which were taken; their events are still to be stored, with `tell`. */
  changeMany(trx: Transaction<OrderTables>, happenings: readonly OrderHappening[]): Promise<readonly Taken[]>;
  /** Stores the event of a step that was taken in this transaction. */
  tell(trx: Transaction<OrderTables>, taken: Taken): Promise<void>;
}

/** What happened to which order. */
export interface OrderHappening {
  readonly orderId: string;
  readonly happening: Happening;
}

/** A step of an order that was taken. */
export interface Taken {
  readonly owner: OrderOwner;
  readonly step: Step;
  readonly at: Date;
}

export interface OrderStoreOptions {
  readonly database: Pick<Database<OrderTables>, "transaction" | "onCommit">;
  readonly outbox: Outbox;
  readonly clock?: () => Date;
  /** Told of each status that an order reached, once that is committed. */
  readonly count?: (status: OrderStatus) => void;
}

export function createOrderStore({
  database,
  outbox,
  clock = () => new Date(),
  count = () => {},
}: OrderStoreOptions): OrderStore {
  declareFaultPoints("order-service", ["place-order.before-commit", "place-order.after-commit"]);
  const reached = new WeakMap<object, OrderStatus[]>();
  const note = (trx: object, status: OrderStatus) => reached.set(trx, [...(reached.get(trx) ?? []), status]);
  database.onCommit((trx) => reached.get(trx)?.forEach(count));

  async function tell(trx: Transaction<OrderTables>, { owner, step, at }: Taken): Promise<void> {
    await outbox.add(trx, [eventOfStep(owner, step, at)]);
    note(trx, step.to);
  }

  return {
    async place(order, use) {
      const holder = await database.transaction(async (trx) => {
        const told = outbox.adding(
          trx,
          [eventOfPlacement(order, order.placement, order.orderDate)],
          sql`EXISTS (SELECT FROM taken)`,
        );
        if (!(await insertOrder(trx, order, use, told))) return holderOf(trx, use);

        note(trx, order.placement.status);
        faultPoint("order-service/place-order.before-commit");
        return { orderId: order.orderId, bodyHash: use.bodyHash };
      });
      faultPoint("order-service/place-order.after-commit");
      return holder;
    },

    async change(trx, orderId, happening) {
      const [taken] = await changeMany(trx, [{ orderId, happening }], clock());
      if (taken) await tell(trx, taken);
      return taken?.step;
    },

    changeMany: (trx, happenings) => changeMany(trx, happenings, clock()),
    tell,
  };
}

/** One statement with the event, so that an order costs one way to the database. Tells whether the key was free. */
async function insertOrder(
  trx: Kysely<OrderTables>,
  order: NewOrder,
  use: KeyUse,
  told: RawBuilder<unknown>,
): Promise<boolean> {
  const { status, reason, lines, totalAmount, currency } = order.placement;
  const { rows } = await sql`
    WITH taken AS (${takeKey(use, order.orderId)}),
    placed AS (
      INSERT INTO orders (order_id, user_id, customer_email, status, reason, total_amount, currency,
                          order_date, updated_at)
      SELECT order_id, ${order.userId}::uuid, ${order.customerEmail}::text, ${status}::text, ${reason}::text,
             ${totalAmount}::bigint, ${currency}::text, ${order.orderDate}::timestamptz, ${order.orderDate}::timestamptz
      FROM taken
    ),
    lines AS (
      INSERT INTO order_lines (order_id, position, sku, quantity, unit_price)
      SELECT order_id, position, sku, quantity, unit_price
      FROM taken, unnest(${lines.map(({ sku }) => sku)}::text[], ${lines.map(({ quantity }) => quantity)}::integer[],
                         ${lines.map(({ unitPrice }) => unitPrice)}::bigint[])
             WITH ORDINALITY AS line (sku, quantity, unit_price, position)
    ),
    told AS (${told})
    SELECT order_id FROM taken`.execute(trx);
  return rows.length === 1;
}

async function holderOf(trx: Kysely<OrderTables>, use: KeyUse): Promise<KeyHolder> {
  const holder = await findKeyHolder(trx, use);
  // The row is locked by the statement that found it taken: it can neither be deleted nor grow too old meanwhile.
  if (!holder) throw new Error("An Idempotency-Key was taken, and nobody holds it.");
  return holder;
}

async function changeMany(
  trx: Kysely<OrderTables>,
  happenings: readonly OrderHappening[],
  at: Date,
): Promise<Taken[]> {
  const taken: Taken[] = [];
  // PostgreSQL writes ids in lower case, and by them its answers are found again.
  let left = happenings.map((each) => ({ ...each, orderId: each.orderId.toLowerCase() }));
  while (left.length > 0) {
    // An order can be in one statement once.
    const firsts = new Map(left.toReversed().map((each) => [each.orderId, each]));
    taken.push(...(await takeSteps(trx, [...firsts.values()], at)));
    left = left.filter((each) => firsts.get(each.orderId) !== each);
  }
  return taken;
}

/** Tries the first step that each happening allows, then the second of those whose first did not hold, and so on. */
async function takeSteps(
  trx: Kysely<OrderTables>,
  happenings: readonly OrderHappening[],
  at: Date,
): Promise<Taken[]> {
  const taken = new Map<string, Taken>();
  for (let turn = 0; ; turn++) {
    const steps = new Map(
      happenings
        .filter(({ orderId }) => !taken.has(orderId))
        .flatMap(({ orderId, happening }) => {
          const step = stepsAfter(happening)[turn];
          return step ? [[orderId, step] as const] : [];
        }),
    );
    if (steps.size === 0) return [...taken.values()];
    for (const owner of await updateOrders(trx, steps, at)) {
      const step = steps.get(owner.orderId);
      if (step) taken.set(owner.orderId, { owner, step, at });
    }
  }
}

/** Takes one step for each of these orders where it still holds; tells for which it did. */
async function updateOrders(
  trx: Kysely<OrderTables>,
  steps: ReadonlyMap<string, Step>,
  at: Date,
): Promise<readonly OrderOwner[]> {
  // In one order everywhere, so that two instances seldom wait for each other's rows; a deadlock that happens all the same is tried again.
  const ids = [...steps.keys()].sort();
  const each = ids.flatMap((id) => steps.get(id) ?? []);
  const { rows } = await sql<OrderOwner>`
    UPDATE orders
    SET status = step.target, reason = step.reason, updated_at = ${at},
        reservation_id = coalesce(step.reservation_id, orders.reservation_id)
    FROM unnest(${ids}::uuid[], ${each.map(({ from }) => from)}::text[], ${each.map(({ to }) => to)}::text[],
                ${each.map(({ reason }) => reason)}::text[],
                ${each.map((step) => (step.to === "confirmed" ? step.reservationId : null))}::uuid[],
                ${each.map((step) => (step.to === "confirmed" ? step.before : "infinity"))}::timestamptz[])
         AS step (order_id, source, target, reason, reservation_id, before)
    WHERE orders.order_id = step.order_id AND orders.status = step.source AND clock_timestamp() < step.before
    RETURNING orders.order_id AS "orderId", user_id AS "userId", customer_email AS "customerEmail"`.execute(
    trx,
  );
  return rows;
}
