import type { Budget, BudgetSession } from "../tokens/budget.ts";
import { marked, paint, type TextStyle, wrap } from "./text-style.ts";

/** What of a budget is shown: the digest, what one command costs, or every document. */
export type BudgetView =
  | { readonly kind: "digest" }
  | { readonly kind: "command"; readonly command: string }
  | { readonly kind: "documents" };

const BAR = 20;

/** What a person or an agent sees of `speckit budget`: the digest is at most 100 tokens long. */
export function renderBudgetText(budget: Budget, view: BudgetView, style: TextStyle): string {
  const { documents, session, advice } = budget;
  const about = aboutSign(budget);
  const lines = [
    `Documents: ${documents.length}, ${about}${short(budget.total)} tokens`,
    ...(view.kind === "documents" ? documentLines(budget) : []),
    ...(view.kind === "command" ? commandLines(budget, view.command, style) : []),
    ...(session ? sessionLines(session, style) : ["Session: none found (--session FILE)"]),
    ...(view.kind === "digest" ? advice.slice(0, 1) : advice).map((sentence) => marked("→", sentence, style)),
  ];
  const { dim, cyan } = paint(style);
  return `${lines.join("\n")}\n${dim("Next:")} ${cyan(nextStep(session))}\n`;
}

function aboutSign({ tokenizer }: Budget): string {
  return tokenizer === "claude-estimate" ? "≈" : "";
}

function sessionLines(session: BudgetSession, style: TextStyle): string[] {
  const { agent, model, input, output, cacheRead, cacheWrite, estimatedOutputs, contextNow, limit } = session;
  const estimated = estimatedOutputs > 0 ? "≈" : "";
  const used = [
    `in ${short(input)}`,
    `out ${estimated}${short(output)}`,
    `cache ${short(cacheRead)} read`,
    ...(cacheWrite > 0 ? [`${short(cacheWrite)} written`] : []),
  ];
  return [
    wrap(`${agent} ${model ?? "model unknown"}: ${used.join(", ")}`, 0, style),
    contextLine(contextNow, limit, style),
  ];
}

function contextLine(contextNow: number | null, limit: number | null, style: TextStyle): string {
  if (contextNow === null) return "Context: unknown until the next call";
  if (limit === null) return `Context: ${short(contextNow)}; limit unknown (--limit N)`;
  const share = contextNow / limit;
  const filled = Math.min(BAR, Math.round(share * BAR));
  const colors = paint(style);
  const color = share >= 0.75 ? colors.red : share >= 0.5 ? colors.yellow : colors.green;
  const bar = `${color("#".repeat(filled))}${"-".repeat(BAR - filled)}`;
  return `Context [${bar}] ${short(contextNow)}/${short(limit)} ${Math.round(share * 100)}%`;
}

function documentLines(budget: Budget): string[] {
  const sorted = [...budget.documents].sort((a, b) => b.tokens - a.tokens);
  return rows(sorted, aboutSign(budget));
}

function commandLines(budget: Budget, command: string, style: TextStyle): string[] {
  const about = aboutSign(budget);
  const tokensOf = new Map(budget.documents.map(({ file, tokens }) => [file, tokens]));
  return budget.commands
    .filter((cost) => cost.command === command)
    .flatMap(({ service, tokens, files }) => [
      paint(style).bold(
        `${command} for ${service}: ${about}${short(tokens)} tokens${room(tokens, budget.session)}`,
      ),
      ...rows(
        files.map((file) => ({ file, tokens: tokensOf.get(file) ?? 0 })),
        about,
      ),
    ]);
}

function room(tokens: number, session: BudgetSession | null): string {
  if (!session?.limit || session.contextNow === null) return "";
  const left = session.limit - session.contextNow;
  return tokens <= left
    ? `, fits into the ${short(left)} left`
    : `, more than the ${short(Math.max(0, left))} left`;
}

function rows(documents: Budget["documents"], about: string): string[] {
  return documents.map(({ file, tokens }) => `${`${about}${tokens}`.padStart(8)}  ${file}`);
}

function nextStep(session: BudgetSession | null): string {
  const { contextNow, limit } = session ?? {};
  return contextNow && limit && contextNow >= limit / 2 ? "speckit prune" : 'speckit find "QUERY"';
}

/** 812, 12.3k, 1.2M: what a reader compares at a glance. */
export function short(tokens: number): string {
  if (tokens < 1000) return String(tokens);
  if (tokens < 999_500) return `${tokens < 9950 ? (tokens / 1000).toFixed(1) : Math.round(tokens / 1000)}k`;
  return `${(tokens / 1e6).toFixed(1)}M`;
}
