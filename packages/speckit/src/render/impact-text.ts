import type { Location } from "../model/location.ts";
import { paint, placeLine, type TextStyle, wrap } from "./text-style.ts";

/** An impact with its places looked up. */
export interface LocatedImpact {
  readonly name: string;
  readonly affected: readonly {
    readonly service: string;
    readonly owner: string | undefined;
    readonly uses: readonly string[];
    readonly mayUse: readonly string[];
    readonly evidence: readonly (Location & { readonly source: string })[];
  }[];
  readonly indirect: readonly string[];
  readonly items: readonly (Location & {
    readonly kind: string;
    readonly service: string | undefined;
    readonly name: string;
  })[];
}

const MOST = 8;

/** What a person sees of `speckit impact`: who is affected, then what hangs on it in the service itself. */
export function renderImpactText(
  { name, affected, indirect, items }: LocatedImpact,
  style: TextStyle,
): string {
  const colors = paint(style);
  const blocks = affected.map(({ service, owner, uses, mayUse, evidence }) => {
    const head = `${colors.bold(service)}${owner === undefined ? "" : colors.dim(`  ${owner}`)}`;
    const used = [
      ...(uses.length > 0 ? [wrap(`uses ${some(uses)}`, 2, style)] : []),
      ...(mayUse.length > 0 ? [wrap(`declares no operation, so it may use ${some(mayUse)}`, 2, style)] : []),
    ];
    const places = evidence.slice(0, MOST).map((place) => placeLine(place, place.source, 2, style));
    return [head, ...used, ...places, ...more(evidence.length, 2)].join("\n");
  });
  const reached = indirect.length === 0 ? [] : [wrap(`Through these: ${indirect.join(", ")}`, 0, style)];
  const who =
    affected.length === 0
      ? ["✅ No other service is known to use it"]
      : [
          `${colors.yellow(`${affected.length} ${affected.length === 1 ? "service is" : "services are"} affected`)}`,
          ...blocks,
          ...reached,
        ];
  const kinds = [...new Set(items.map(({ kind }) => kind))];
  const chapters = kinds.map((kind) => {
    const own = items.filter((item) => item.kind === kind);
    const lines = own
      .slice(0, MOST)
      .map((item) => [wrap(item.name, 2, style), placeLine(item, item.service ?? "", 4, style)].join("\n"));
    return [colors.bold(`${kind[0]?.toUpperCase()}${kind.slice(1)}s`), ...lines, ...more(own.length, 2)].join(
      "\n",
    );
  });
  const next = `${colors.dim("Next:")} ${colors.cyan("speckit validate-contracts --breaking-changes-only")}`;
  return `${[colors.bold(name), ...who, ...chapters, next].join("\n\n")}\n`;
}

function some(names: readonly string[]): string {
  const rest = names.length - MOST;
  return rest > 0 ? `${names.slice(0, MOST).join(", ")} and ${rest} more` : names.join(", ");
}

function more(count: number, indent: number): string[] {
  return count > MOST ? [`${" ".repeat(indent)}and ${count - MOST} more: \`--json\``] : [];
}
