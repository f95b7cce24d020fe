import { offeredOperations } from "../../catalog/catalog.ts";
import type { Operation } from "../../model/contract.ts";
import { groupBy } from "../../model/group-by.ts";
import { nameOf } from "../../model/operation-purpose.ts";
import type { Edge, Workspace } from "../../model/workspace.ts";
import { open, plain } from "../setup/plain.ts";
import { type ConstitutionWords, wordsOf } from "./constitution-words.ts";
import type { NamedService, Prompt } from "./prompt.ts";
import { upperFirst } from "./words.ts";

/** A service that this one calls, with what is known of it from the catalog. */
export interface Upstream {
  readonly service: string;
  readonly purpose: string;
  readonly operations: readonly Pick<Operation, "method" | "path">[];
  readonly failureMode: string;
  /** The prompt names it; else code was seen to call it. */
  readonly isAsked: boolean;
  /** It tells whose token a request carries. */
  readonly checksTokens: boolean;
  /** What its own specification says that it is responsible for, and this purpose is about. */
  readonly responsibility: string;
}

const isAboutTokens =
  /\b(?:auth\w*|tokens?|sign(?:ed)?[- ]?in|log(?:ged)?[- ]?in|identity|jwt|autenti\w*|anmeld\w*)\b|认证|鉴权|身份验证|登录/i;
const validates = /valid|verif|introspect|whoami|userinfo/i;

/**
 * The services that a prompt says it depends on: purpose and operations from the catalog, the failure mode from the constitution. Then those that
 * its code or its tests are seen to call.
 */
export function upstreamOf(prompt: Prompt, workspace: Workspace, own: string): Upstream[] {
  const words = wordsOf(workspace.constitution);
  const asked = prompt.upstream.map((named) => describe(named, workspace, words));
  return [...asked, ...seen(own, workspace, new Set(asked.map(({ service }) => service)))];
}

/** What its own documents declare is there already. */
function seen(own: string, { edges, services }: Workspace, asked: ReadonlySet<string>): Upstream[] {
  const isNew = ({ from, to, kind, evidence }: Edge) =>
    from === own &&
    kind === "calls" &&
    !asked.has(to) &&
    services.some(({ name }) => name === to) &&
    !evidence.some(({ source }) => source === "spec");
  return [...groupBy(edges.filter(isNew), ({ to }) => to)].map(([service, calls]) => ({
    service,
    purpose:
      upperFirst(plain([...new Set(calls.map(({ label }) => label))].join(", "), 200)) ||
      open(`What is ${service} called for?`),
    operations: calls.flatMap(({ operations }) => operations.flatMap(({ operation }) => operation ?? [])),
    failureMode: open(`What happens when ${service} does not answer?`),
    isAsked: false,
    checksTokens: false,
    responsibility: "",
  }));
}

function describe(named: NamedService, workspace: Workspace, words: ConstitutionWords): Upstream {
  const { service, purpose } = named;
  const known = workspace.services.find(({ name }) => name === service);
  const offered = known ? offeredOperations(known) : [];
  const checks = offered.filter(({ path, summary }) => validates.test(`${path} ${summary ?? ""}`));
  const checksTokens = isAboutTokens.test(purpose ?? "") && (checks.length > 0 || offered.length === 0);
  const operations = checksTokens
    ? checks.slice(0, 1)
    : purpose === undefined
      ? []
      : fitting(purpose, offered);
  const claims = known?.features.flatMap(({ spec }) => spec?.responsible ?? []) ?? [];
  const claim = claims.find(({ text }) => shares(text, purpose ?? service.split("-")[0] ?? ""));
  return {
    service,
    purpose: checksTokens
      ? "Token validation"
      : purpose
        ? upperFirst(plain(purpose))
        : open(`What is ${service} called for?`),
    operations,
    failureMode: failureMode(service, checksTokens, words),
    isAsked: true,
    checksTokens,
    responsibility: claim?.text ?? upperFirst(plain(purpose ?? service.replace(/-service$/, ""))),
  };
}

function failureMode(service: string, checksTokens: boolean, { callTimeout }: ConstitutionWords): string {
  const late = callTimeout && `when there is no answer within ${plain(callTimeout)}`;
  if (checksTokens) return `Return 401, don't cache${late ? `; return 503 ${late}` : ""}`;
  return late ? `Return 503 ${late}` : open(`What happens when ${service} does not answer?`);
}

/** Operations whose path or summary has a word of the purpose; three at most, since a purpose that fits more says nothing of any. */
function fitting(purpose: string, offered: readonly Operation[]): Operation[] {
  const found = offered.filter(({ path, summary }) => shares(`${path} ${summary ?? ""}`, purpose));
  return found.length <= 3 ? found : [];
}

function shares(text: string, purpose: string): boolean {
  const stems = new Set(stemsOf(text));
  return stemsOf(purpose).some((stem) => stems.has(stem));
}

function stemsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter(
      (word) =>
        word.length > 3 && !/^(?:user|data|details?|service|information|their|them|with|from)s?$/.test(word),
    )
    .map((word) => word.slice(0, 6).replace(/s$/, ""));
}

/** The operations of a dependency as its table names them: (`POST /api/v1/auth/validate`). */
export function operationsText({ operations }: Pick<Upstream, "operations">): string {
  return operations.length === 0
    ? ""
    : ` (${operations.map((operation) => `\`${plain(nameOf(operation))}\``).join(", ")})`;
}
