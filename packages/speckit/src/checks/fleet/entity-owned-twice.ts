import { groupBy } from "../../model/group-by.ts";
import type { Check } from "../check.ts";
import { listing } from "../listing.ts";
import { specsOf } from "./fleet-view.ts";

/** Bookkeeping that every service keeps for itself. */
const bookkeeping =
  /\b(?:outbox|inbox|migrations?|idempotency|audit|processed|dead[- ]?letters?|checkpoints?|cache|projections?|read models?|copy|copies)\b/i;

export const entityOwnedTwice: Check = {
  id: "entity-owned-twice",
  area: "ownership",
  severity: "warning",
  title: "Every entity is owned by one service",
  why: "Two services write what should have one truth, and sooner or later they disagree.",
  fix: "Let one service own the entity; the other asks it, or keeps a copy that it calls one.",

  *run({ services }) {
    const claims = services.flatMap((service) =>
      specsOf(service).flatMap(({ entities }) =>
        entities
          .filter(({ entity }) => !bookkeeping.test(words(entity)))
          .map(({ entity, at }) => ({ service: service.name, entity, at })),
      ),
    );
    for (const group of groupBy(claims, ({ entity }) => singular(entity)).values()) {
      const owners = [...groupBy(group, ({ service }) => service).values()].flatMap((own) => own.slice(0, 1));
      const [first, second] = owners;
      if (!first || !second) continue;
      yield {
        message: `'${first.entity}' is owned by ${listing(owners.map(({ service }) => service))}.`,
        at: second.at,
        related: owners
          .filter((owner) => owner !== second)
          .map(({ service, at }) => ({ message: `${service} owns it too`, at })),
      };
    }
  },
};

/** `Addresses`, `address` and `Address` are one entity. */
function singular(entity: string): string {
  return words(entity)
    .toLowerCase()
    .replace(/ies$/, "y")
    .replace(/(?<=s|x|z|ch|sh)es$/, "")
    .replace(/(?<=[a-z][a-rt-z])s$/, "");
}

/** `IdempotencyKey` and `idempotency_key` as words. */
function words(entity: string): string {
  return entity
    .replace(/[`*]/g, "")
    .replace(/(?<=[a-z])(?=[A-Z])|_/g, " ")
    .trim();
}
