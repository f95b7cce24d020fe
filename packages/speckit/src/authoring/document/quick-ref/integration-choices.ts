import { groupBy } from "../../../model/group-by.ts";
import type { Facts } from "../facts.ts";
import type { Choice } from "../fit.ts";
import type { Partner } from "../integration.ts";

/** What somebody is called for is worth so much less than that they are called. */
const PURPOSE = 12;

export function integrationChoices(facts: Facts): Choice[] {
  const { callers, calledByAll, called, published, consumed } = facts.integration;
  const publishes = published.map(({ event }) => event);
  const consumes = consumed.map(({ event }) => event);
  const { name, technology } = facts.database;
  const line = (label: string, worth: number, texts: readonly string[], less = 40): Choice[] => {
    const forms = [...new Set(texts)]
      .filter((text) => text !== "")
      .map((text, index) => ({ text: `- ${label}: ${text}`, worth: worth - index * less }));
    return forms.length === 0 ? [] : [{ section: "Integration", forms }];
  };
  return [
    ...line(
      "Called by",
      84,
      calledByAll ? ["All services", withPurpose("All services", callers)] : partners(callers),
      PURPOSE,
    ),
    ...line("Calls", 83, partners(called), PURPOSE),
    ...line("Publishes", 82, [families(publishes), publishes.join(", ")]),
    ...line("Consumes", 81, [families(consumes), consumes.join(", ")]),
    ...line(
      "Database",
      84.5,
      name === undefined ? [] : [technology === undefined ? name : `${name} (${technology})`],
    ),
  ];
}

/** Names alone, and with what for. */
function partners(all: readonly Partner[]): string[] {
  const names = all.map(({ service }) => service).join(", ");
  if (new Set(all.map(({ purpose }) => purpose)).size === 1) return [names, withPurpose(names, all)];
  const each = all.map(({ service, purpose }) =>
    purpose === undefined ? service : `${service} (${lower(purpose)})`,
  );
  return [names, each.join(", ")];
}

function withPurpose(names: string, [first]: readonly Partner[]): string {
  return names === "" || first?.purpose === undefined ? names : `${names} for ${lower(first.purpose)}`;
}

/** `JWT` stays as it is. */
function lower(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** Events that begin alike as one: `order.*`. */
function families(events: readonly string[]): string {
  const groups = groupBy(events, (event) => event.split(".").slice(0, -1).join("."));
  return [...groups]
    .map(([stem, own]) => (own.length < 3 || stem === "" ? own.join(", ") : `${stem}.*`))
    .join(", ");
}
