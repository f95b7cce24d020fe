import type { Severity } from "../../model/finding.ts";
import { serviceFinder } from "../../model/service-names.ts";
import { wordStems } from "../../model/word-stems.ts";
import type { Service } from "../../model/workspace.ts";
import type { Check } from "../check.ts";
import { didYouMean, suggester } from "../nearest.ts";
import { isAlone, specsOf } from "./fleet-view.ts";

export const boundaryUnclaimed: Check = {
  id: "boundary-unclaimed",
  area: "ownership",
  severity: "info",
  title: "Whatever a service leaves to another one is claimed there",
  why: "Each of the two believes that the other does it, so nobody does.",
  fix: "Add it below 'Responsible for' in the other service's spec, or name the service that really does it.",

  *run(workspace) {
    if (isAlone(workspace)) return;
    const find = serviceFinder(workspace.services, workspace.names);
    const suggest = suggester(workspace.services.map(({ name }) => name));
    const claims = new Map<Service, string>();
    for (const service of workspace.services) {
      for (const { text, owner: name, at } of specsOf(service).flatMap((spec) => spec.notResponsible)) {
        if (name === undefined) continue;
        const owner = find(name);
        if (!owner) {
          const suggestion = suggest(name);
          // A service that is still to come is a plan; a name next to an existing one is a slip.
          const severity: Severity = suggestion === undefined ? "info" : "warning";
          yield {
            severity,
            message: `'${text}' is left to ${name}, which does not exist.${didYouMean(suggestion)}`,
            at,
          };
          continue;
        }
        const claimed = claims.get(owner) ?? claimsOf(owner);
        claims.set(owner, claimed);
        const words = wordStems(text.replace(name, ""));
        if (claimed === "" || words.size === 0 || [...words].some((word) => claimed.includes(word))) continue;
        yield { message: `'${text}' is left to ${owner.name}, whose spec claims nothing like it.`, at };
      }
    }
  },
};

/** Everything by which a spec says what its service does, in lower case; empty when it says nothing about its boundary. */
function claimsOf(service: Service): string {
  const specs = specsOf(service);
  if (specs.every(({ responsible }) => responsible.length === 0)) return "";
  const texts = specs.flatMap(({ responsible, stories, entities, publishes, consumes, requirements }) => [
    ...responsible.map(({ text }) => text),
    ...stories.map(({ title }) => title),
    ...entities.map(({ entity }) => entity),
    ...[...publishes, ...consumes].map(({ event }) => event),
    ...requirements.map(({ text }) => text),
  ]);
  return [service.name, ...texts].join(" ").toLowerCase();
}
