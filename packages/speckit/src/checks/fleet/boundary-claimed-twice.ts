import { groupBy } from "../../model/group-by.ts";
import { wordStems } from "../../model/word-stems.ts";
import type { Check } from "../check.ts";
import { specsOf } from "./fleet-view.ts";

/** What every service does for itself. */
const everybodys =
  /^\W*(?:logging|metrics|monitoring|tracing|health|observability|audit|authentication and authorization of)\b/i;

export const boundaryClaimedTwice: Check = {
  id: "boundary-claimed-twice",
  area: "ownership",
  severity: "warning",
  title: "Every responsibility belongs to one service",
  why: "Two teams build the same thing, or each waits for the other to do it.",
  fix: "Leave the responsibility to one service; name it below 'NOT responsible for' in the other.",

  *run({ services }) {
    const claims = services.flatMap((service) =>
      specsOf(service).flatMap(({ responsible }) =>
        responsible
          .filter(({ text }) => !everybodys.test(text))
          .map(({ text, at }) => ({ service: service.name, text, at })),
      ),
    );
    for (const [key, group] of groupBy(claims, ({ text }) => [...wordStems(text)].sort().join(" "))) {
      const [first] = group;
      const second = group.find(({ service }) => service !== first?.service);
      if (key === "" || !first || !second) continue;
      yield {
        message: `${first.service} and ${second.service} both claim '${second.text}'.`,
        at: second.at,
        related: [{ message: `${first.service} claims it here`, at: first.at }],
      };
    }
  },
};
