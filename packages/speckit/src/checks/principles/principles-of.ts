import type { Principle } from "../../model/constitution.ts";
import type { Related } from "../../model/finding.ts";
import type { Place } from "../../model/location.ts";
import type { Workspace } from "../../model/workspace.ts";

type OfKind<K extends Principle["kind"]> = Extract<Principle, { readonly kind: K }>;

/** The constitution's principles of one kind, in its order; none where there is no constitution. */
export function principlesOf<K extends Principle["kind"]>({ constitution }: Workspace, kind: K): OfKind<K>[] {
  return (constitution?.principles ?? []).filter(
    (principle): principle is OfKind<K> => principle.kind === kind,
  );
}

/** Points from a finding to the statement that asks for it. */
export function statementOf({ statement }: Principle): Related<Place> {
  return { message: `the constitution says: ${statement.text}`, at: statement.at };
}
