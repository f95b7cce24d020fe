import { normalise } from "../../model/service-names.ts";
import type { Check } from "../check.ts";
import { serviceSpecsOf } from "./fleet-view.ts";

export const serviceNameMismatch: Check = {
  id: "service-name-mismatch",
  area: "ownership",
  severity: "warning",
  title: "Every spec calls its service by the name of its folder",
  why: "Other documents mean one of the two names, so links, owners and consumers end up at the wrong service.",
  fix: "Use the folder's name in the spec, or rename the folder.",

  *run({ services }) {
    for (const service of services) {
      // The folder of a whole repository is named for many reasons.
      if (service.dir === ".") continue;
      for (const { serviceName } of serviceSpecsOf(service)) {
        if (!serviceName) continue;
        const [said, folder] = [normalise(serviceName.text), normalise(service.dir.split("/").at(-1) ?? "")];
        if (said === folder || normalise(service.name) === said) continue;
        yield {
          // `auth` and `auth-service` are taken for the same everywhere else.
          severity: bare(said) === bare(folder) ? "info" : "warning",
          message: `The spec in ${service.dir} calls its service '${serviceName.text}'.`,
          at: serviceName.at,
        };
      }
    }
  },
};

function bare(name: string): string {
  return name.replace(/-?(?:micro-?service|service|svc)$/, "");
}
