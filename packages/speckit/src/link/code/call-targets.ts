import type { ClientCall } from "../../model/code.ts";
import { nameOf, normalise, type Spellings } from "../../model/service-names.ts";

/** What names of variables and hosts say besides the service: `USER_SERVICE_BASE_URL`, `user-service.shop.svc`. */
const wrapping =
  /(?:^|-)(?:https?|base|internal|external|url|uri|host|hostname|endpoint|addr|address|origin|root|api|rest|http|client|server|svc|backend|proxy)$/;
const leading = /^(?:base|vite|next-public|react-app|public|api|http|internal)-/;

/** The service that a call goes to, or undefined when its code does not tell. */
export function serviceCalled({ targets }: ClientCall, names: Spellings): string | undefined {
  for (const target of targets) {
    const [first = ""] = target.split(".");
    const name = nameOf(first, names) ?? nameWithin(normalise(target.replace(/\./g, "-")), names);
    if (name !== undefined) return name;
  }
  return undefined;
}

function nameWithin(target: string, names: Spellings): string | undefined {
  let rest = target.replace(leading, "");
  for (let before = ""; before !== rest; ) {
    // A client of user-service is called `users` too.
    const name = rest === "" ? undefined : (nameOf(rest, names) ?? nameOf(rest.replace(/s$/, ""), names));
    if (name !== undefined) return name;
    before = rest;
    rest = rest.replace(wrapping, "");
  }
  return undefined;
}
