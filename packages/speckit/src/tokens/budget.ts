import type { CommandDocuments } from "./command-documents.ts";
import type { Agent, Usage } from "./session.ts";

/** What the tokens of a workspace and of a session are spent on. */
export interface Budget {
  /** Whose tokenizer counts: exact, or estimated from that of another. */
  readonly tokenizer: "o200k_base" | "claude-estimate";
  /** Sorted by path. */
  readonly documents: readonly { readonly file: string; readonly tokens: number }[];
  readonly total: number;
  readonly commands: readonly (CommandDocuments & { readonly tokens: number })[];
  readonly session: BudgetSession | null;
  /** Sentences, the most urgent first. */
  readonly advice: readonly string[];
}

export interface BudgetSession extends Usage {
  readonly agent: Agent;
  /** The file that was read. */
  readonly source: string;
  readonly model: string | null;
  readonly calls: number;
  /** Calls whose output was estimated, since the file has a placeholder for it. */
  readonly estimatedOutputs: number;
  readonly contextNow: number | null;
  readonly limit: number | null;
}

/** The quick reference of a service's feature. */
export interface QuickRef {
  readonly service: string;
  /** Undefined where there is a spec and no quick reference of it. */
  readonly tokens: number | undefined;
}

/** From here on an agent soon compacts by itself, and says little about what it drops. */
const CROWDED = 0.75;
const HALF = 0.5;
/** With fewer calls a cache has had no time to be of use. */
const CALLS_ENOUGH = 10;
/** A few tokens above a target are not worth a sentence. */
const TOLERATED = 1.1;

/** What to do about the numbers; nothing where nothing follows from them. `target` is what a quick reference should have at most. */
export function adviceFor(
  { documents, total, session }: Omit<Budget, "advice">,
  target: number,
  quickRefs: readonly QuickRef[],
): string[] {
  return [
    ...contextAdvice(session),
    ...fitAdvice(session, documents, total),
    ...cacheAdvice(session),
    ...missing(quickRefs),
    ...quickRefs
      .filter(({ tokens }) => tokens !== undefined && tokens > target * TOLERATED)
      .map(
        ({ service, tokens }) =>
          `The quick-ref of ${service} has ${tokens} tokens, not ${target}: shorten it`,
      ),
  ];
}

/** What to do about a context that fills up. */
export function contextAdvice(session: BudgetSession | null): string[] {
  const { contextNow, limit } = session ?? {};
  if (!contextNow || !limit || contextNow < limit * HALF) return [];
  const share = percent(contextNow, limit);
  return contextNow >= limit * CROWDED
    ? [`Context ${share} full: speckit prune, then go on in a new session from its summary`]
    : [`Context ${share} full: speckit prune --dry-run shows what of it is stale`];
}

function fitAdvice(session: BudgetSession | null, documents: Budget["documents"], total: number): string[] {
  const { contextNow, limit } = session ?? {};
  if (contextNow === undefined || contextNow === null || !limit || total <= limit - contextNow) return [];
  const short = documents
    .filter(({ file }) => file.endsWith("quick-ref.md"))
    .reduce((sum, { tokens }) => sum + tokens, 0);
  const instead = short > 0 ? `load quick-refs (${short}) and ` : "";
  return [
    `The documents (${total}) do not fit into the ${Math.max(0, limit - contextNow)} left: ${instead}use speckit find`,
  ];
}

function cacheAdvice(session: BudgetSession | null): string[] {
  if (!session || session.calls < CALLS_ENOUGH) return [];
  const { input, cacheRead, cacheWrite } = session;
  const sent = input + cacheRead + cacheWrite;
  return sent > 0 && cacheRead < sent * HALF
    ? [
        `Only ${percent(cacheRead, sent)} of what was sent came from the provider's cache: keep long pauses and changes of model or tools out of a session`,
      ]
    : [];
}

function missing(quickRefs: readonly QuickRef[]): string[] {
  const services = quickRefs.filter(({ tokens }) => tokens === undefined).map(({ service }) => service);
  if (services.length === 0) return [];
  const some = services.slice(0, 3).join(", ");
  const more = services.length > 3 ? ` and ${services.length - 3} more` : "";
  return [`No quick-ref.md yet, so others load whole specs: ${some}${more}`];
}

function percent(part: number, whole: number): string {
  return `${Math.round((100 * part) / whole)} %`;
}
