import type { Cause } from "../cause.ts";

export const contractBroken: Cause = {
  id: "contract-broken",
  kind: "contract",
  title: "A running service does not keep its contract",
  why: "What consumers were promised, and may rely on, is not what they get.",
  check:
    "Decide which of the two is right, the answer or the contract; `speckit explain RULE` says what each rule means.",

  find: ({ error, rules }) => {
    const named = [...rules].filter(
      ([id]) => error.rules.includes(id) || new RegExp(`(?:^|\\s)${id}(?:$|[\\s:])`, "m").test(error.text),
    );
    return named.slice(0, 5).map(([id, { title }]) => ({ text: `${id}: ${title}` }));
  },
};
