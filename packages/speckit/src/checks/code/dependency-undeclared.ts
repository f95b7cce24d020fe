import type { Check } from "../check.ts";
import { callsByCaller, serviceSpecsOf } from "../fleet/fleet-view.ts";

export const dependencyUndeclared: Check = {
  id: "dependency-undeclared",
  area: "dependencies",
  severity: "warning",
  title: "Services call only what their specs declare",
  why: "Whoever changes the called service looks for its consumers in their specs, and does not find this one.",
  fix: "Add the service to the table of upstream services, or stop calling it.",

  *run({ services, edges }) {
    const calls = callsByCaller(edges);
    for (const service of services) {
      // A service without a spec declares nothing on purpose or not.
      const [spec] = serviceSpecsOf(service);
      if (!spec) continue;
      for (const { from, to, evidence } of calls.get(service.name) ?? []) {
        if (evidence.some(({ source }) => source !== "code")) continue;
        const [first, ...others] = evidence;
        if (!first) continue;
        yield {
          message: `${from} calls ${to}, which its spec does not declare.`,
          at: first.at,
          service: from,
          related: others.slice(0, 5).map(({ at }) => ({ message: "called here too", at })),
        };
      }
    }
  },
};
