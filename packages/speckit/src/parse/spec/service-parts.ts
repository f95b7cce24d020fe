import type { Marker } from "../../model/markdown.ts";
import type { BoundaryClaim, DependencyRow, OwnedEntity } from "../../model/spec.ts";
import type { Block, TextLine } from "../markdown/blocks.ts";
import { fieldOf, readFields } from "../markdown/fields.ts";
import { plainText } from "../markdown/inline.ts";
import { operationsIn } from "../markdown/operations.ts";
import type { Chapter } from "./chapters.ts";

/** Below the heading "Service Name", or `**Service Name**: auth-service` anywhere. */
export function readServiceName(file: string, chapters: readonly Chapter[]): Marker | undefined {
  for (const { own, blocks } of chapters) {
    const [first] = blocks;
    if (own !== "service-name" || (first?.kind !== "text" && first?.kind !== "item")) continue;
    const [line] = first.lines;
    if (line) return { text: plainText(line.text), at: { file, line: line.line, column: line.column } };
  }
  const field = fieldOf(
    readFields(chapters.slice(0, 4).flatMap(({ blocks }) => blocks)),
    /^(?:service name|service)$/,
  );
  if (!field || field.value === "") return undefined;
  return { text: plainText(field.value), at: { file, line: field.line, column: field.column } };
}

const nothing =
  /^(?:none|n\/a|nothing|no (?:events?|services?|dependenc\w+)|keine|ninguno?a?|aucune?|无|なし|없음)\b[\s.]*|^[-–—]+$/i;

export function saysNothing(text: string): boolean {
  return nothing.test(plainText(text));
}

interface Boundary {
  readonly responsible: readonly BoundaryClaim[];
  readonly notResponsible: readonly BoundaryClaim[];
}

const isNegative = /\bnot\b|out of scope|doesn't|does not|不负责|範囲外|対象外/i;
const isPositive = /responsible|owns|in scope|does\b|负责|責務/i;

/** What the service is, and is not, responsible for: two lists, each below a line or a heading that says which one it is. */
export function readBoundary(file: string, chapters: readonly Chapter[]): Boundary {
  const responsible: BoundaryClaim[] = [];
  const notResponsible: BoundaryClaim[] = [];
  for (const { role, title, blocks } of chapters) {
    if (role !== "boundary") continue;
    let list = listOf(title, undefined);
    for (const block of blocks) {
      if (block.kind !== "text" && block.kind !== "item") continue;
      const text = joined(block.lines);
      if (block.kind === "text") list = listOf(text, list);
      else if (list && block.depth === 0 && !saysNothing(text)) {
        (list === "not" ? notResponsible : responsible).push(claim(file, block.lines, text, list === "not"));
      }
    }
  }
  return { responsible, notResponsible };
}

function listOf(text: string, before: "is" | "not" | undefined): "is" | "not" | undefined {
  const plain = plainText(text);
  if (isNegative.test(plain)) return "not";
  return isPositive.test(plain) ? "is" : before;
}

const serviceWord = "`?([\\p{L}\\p{N}]+(?:[-_][\\p{L}\\p{N}]+)*)`?";
const ownerPatterns = [
  new RegExp(
    `\\(\\s*${serviceWord}\\s+(?:owns?|handles?|does|manages?|provides?|takes care|is responsible|sends?|负责|担当)[^)]*\\)`,
    "iu",
  ),
  new RegExp(`(?:owned|handled|managed|done|provided|sent)\\s+by\\s+(?:the\\s+)?${serviceWord}`, "iu"),
  /(?:→|->|=>|—|–|\bsee\b|:)\s*`?([\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+)`?\s*\)?\.?$/u,
  /\(\s*`?([\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*-(?:service|api|gateway|app|worker))`?\s*\)/u,
];

function claim(file: string, lines: readonly TextLine[], text: string, negative: boolean): BoundaryClaim {
  const [first] = lines;
  const at = { file, line: first?.line ?? 1, column: first?.column ?? 1 };
  if (!negative) return { text: plainText(text), owner: undefined, at };
  const match = ownerPatterns.map((pattern) => pattern.exec(text)).find(Boolean);
  const words = match ? text.slice(0, match.index) + text.slice(match.index + match[0].length) : text;
  return { text: plainText(words).replace(/[\s(:—–-]+$/, ""), owner: match?.[1], at };
}

export interface Dependencies {
  readonly upstream: readonly DependencyRow[];
  readonly downstream: readonly DependencyRow[];
}

/** Rows of the tables and lists below "Upstream Services" and "Downstream Services"; what stands under neither is upstream. */
export function readDependencies(file: string, chapters: readonly Chapter[]): Dependencies {
  const rowsOf = (roles: readonly string[]) =>
    chapters
      .filter(({ role }) => role !== undefined && roles.includes(role))
      .flatMap(({ blocks }) => blocks.flatMap((block) => dependencyRows(file, block)));
  return { upstream: rowsOf(["upstream", "dependencies"]), downstream: rowsOf(["downstream"]) };
}

/** `004-org-rbac`: another feature of the same repository, built earlier; nothing that runs. */
const isFeature = /^`?\d{3,}-[a-z]/i;

function dependencyRows(file: string, block: Block): DependencyRow[] {
  if (block.kind === "table") return tableRows(file, block);
  if (block.kind !== "item" || block.depth > 0) return [];
  const text = joined(block.lines);
  const match =
    /^(?:\*\*|`)+([^*`]+?)[:：]?(?:\*\*|`)+\s*(?:\([^)]*\))?\s*(?:[:：—–-]+\s*(.*))?$|^([\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+)\s*(?:[:：—–-]+\s+(.*))?$/u.exec(
      text,
    );
  const service = match?.[1] ?? match?.[3];
  const [first] = block.lines;
  if (service === undefined || !first || isFeature.test(service)) return [];
  const purpose = match?.[2] ?? match?.[4] ?? "";
  return [
    {
      service: plainText(service),
      purpose: plainText(purpose),
      operations: block.lines.flatMap((line) => operationsIn(file, line)),
      failureMode:
        /(?:failure mode|on failure|fallback|if (?:it is )?(?:down|unavailable))[:：]?\s*(.+)$/i.exec(
          text,
        )?.[1],
      at: { file, line: first.line, column: first.column },
    },
  ];
}

function tableRows(file: string, { header, rows }: Extract<Block, { kind: "table" }>): DependencyRow[] {
  const columns = header.map((cell) => plainText(cell).toLowerCase());
  const service = Math.max(
    0,
    columns.findIndex((name) => /service|name|provider|consumer|服务|サービス/.test(name)),
  );
  const failure = columns.findIndex((name) => /fail|fallback|outage|unavailab|degrad|失败|障害/.test(name));
  return rows.flatMap(({ cells, columns: starts, line }): DependencyRow[] => {
    const name = plainText(cells[service] ?? "");
    if (name === "" || saysNothing(name) || isFeature.test(name)) return [];
    const failureMode = failure === -1 ? "" : plainText(cells[failure] ?? "");
    return [
      {
        service: name,
        purpose: plainText(cells.find((_, index) => index !== service && index !== failure) ?? ""),
        operations: cells.flatMap((text, index) =>
          index === service ? [] : operationsIn(file, { text, line, column: starts[index] ?? 1 }),
        ),
        failureMode: failureMode === "" || /^[-–—]+$/.test(failureMode) ? undefined : failureMode,
        at: { file, line, column: 1 },
      },
    ];
  });
}

/** What the service stores and nobody else writes: rows of a table, or a list of names in bold or code. */
export function readOwnedEntities(file: string, chapters: readonly Chapter[]): OwnedEntity[] {
  return chapters
    .filter(({ role }) => role === "data")
    .flatMap(({ blocks }) => blocks.flatMap((block) => ownedEntities(file, block)));
}

function ownedEntities(file: string, block: Block): OwnedEntity[] {
  if (block.kind === "table") {
    const store = block.header.findIndex((cell) => /store|storage|database|schema|table|where/i.test(cell));
    return block.rows.flatMap(({ cells, line }): OwnedEntity[] => {
      const entity = plainText(cells[0] ?? "");
      const place = store < 1 ? "" : plainText(cells[store] ?? "");
      return entity === "" || saysNothing(entity)
        ? []
        : [{ entity, store: place === "" ? undefined : place, at: { file, line, column: 1 } }];
    });
  }
  const first = block.kind === "item" && block.depth === 0 ? block.lines[0] : undefined;
  const entity = first && /^(?:\*\*|`)+([^*`]+?)[:：]?(?:\*\*|`)+/.exec(first.text)?.[1];
  return first && entity
    ? [{ entity: plainText(entity), store: undefined, at: { file, line: first.line, column: first.column } }]
    : [];
}

export function joined(lines: readonly TextLine[]): string {
  return lines.map(({ text }) => text).join(" ");
}
