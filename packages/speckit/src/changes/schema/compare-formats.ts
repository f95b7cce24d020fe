import type { Effect } from "../change.ts";
import type { Comparing } from "./comparing.ts";

/** Formats whose values are also values of another one. */
const wider: Readonly<Record<string, readonly string[]>> = {
  int32: ["int64", "float", "double"],
  int64: [],
  float: ["double"],
  ipv4: ["hostname"],
  hostname: ["idn-hostname"],
  email: ["idn-email"],
  uri: ["uri-reference", "iri", "iri-reference"],
  "uri-reference": ["iri-reference"],
  iri: ["iri-reference"],
};
/** Formats that say how a value is shown or stored, not which values there are. */
const cosmetic: ReadonlySet<unknown> = new Set(["password", "textarea", "markdown", "html"]);

/** A format restricts the values of its type, so giving one narrows and dropping it widens. */
export function compareFormats({ base, revision, fact }: Comparing): void {
  const before = base.keywords.get("format");
  const after = revision.keywords.get("format");
  const old = cosmetic.has(before?.value) ? undefined : before?.value;
  const now = cosmetic.has(after?.value) ? undefined : after?.value;
  // What is no format of either type any more went with the type.
  if (old === now || !isTyped(base.types, revision.types)) return;
  fact({
    kind: "format-changed",
    effect: effectOf(old, now),
    name: "format",
    before: old ?? null,
    after: now ?? null,
    base: before?.at ?? base.typesAt,
    revision: after?.at ?? revision.typesAt,
    traits: { keyword: "format" },
  });
}

function isTyped(before: ReadonlySet<string> | undefined, after: ReadonlySet<string> | undefined): boolean {
  return (
    !before ||
    !after ||
    [...before].some((type) => after.has(type)) ||
    (before.has("integer") && after.has("number")) ||
    (before.has("number") && after.has("integer"))
  );
}

function effectOf(before: unknown, after: unknown): Effect {
  if (before === undefined) return "narrowed";
  if (after === undefined) return "widened";
  if (wider[String(before)]?.includes(String(after))) return "widened";
  return wider[String(after)]?.includes(String(before)) ? "narrowed" : "replaced";
}
