import type { ApiContract } from "../model/contract.ts";
import { compareText } from "../model/location.ts";
import { nameOf } from "../model/operation-purpose.ts";
import { pathShape } from "../model/path-shape.ts";
import type { ContractCopy } from "../model/workspace.ts";

/** Words in a file's name that tell a made copy from what it was made from. */
const variant =
  /[._-](?:deref|dereferenced|bundled?|resolved|merged|dev|draft|generated|min|full|final|copy|public)$/i;
const madeIn = /(?:^|\/)(?:dist|build|out|generated|gen|public|static|bundled?|target)\//i;
/** So much of the smaller of two contracts under one title makes them one. */
const ALIKE = 0.6;

/** Tells the contracts of a service from copies of them: JSON beside YAML, bundles, what was put into a shared folder. */
export function separateCopies(
  apis: readonly ApiContract[],
  isInside: (file: string) => boolean,
): { apis: ApiContract[]; copies: ContractCopy[] } {
  const originals: ApiContract[] = [];
  const copies: ContractCopy[] = [];
  const rank = (file: string) =>
    (isInside(file) ? 0 : 4) +
    (madeIn.test(file) || stemOf(file) !== bareStem(file) ? 2 : 0) +
    (file.endsWith(".json") ? 1 : 0);
  const ordered = [...apis].sort((a, b) => rank(a.file) - rank(b.file) || compareText(a.file, b.file));
  for (const api of ordered) {
    const original = originals.find((candidate) => isCopy(api, candidate, isInside));
    if (original) copies.push({ of: original, copy: api });
    else originals.push(api);
  }
  return { apis: originals.sort((a, b) => compareText(a.file, b.file)), copies };
}

function isCopy(api: ApiContract, original: ApiContract, isInside: (file: string) => boolean): boolean {
  if (api.title === undefined || api.title !== original.title) return false;
  if (bareStem(api.file) === bareStem(original.file) && versionIn(api.file) === versionIn(original.file))
    return overlap(api, original) >= ALIKE;
  return !isInside(api.file) && isInside(original.file) && overlap(api, original) >= ALIKE;
}

function overlap(a: ApiContract, b: ApiContract): number {
  const labels = ({ operations }: ApiContract) => new Set(operations.map((one) => pathShape(nameOf(one))));
  const [first, second] = [labels(a), labels(b)];
  const least = Math.min(first.size, second.size);
  return least === 0 ? 0 : [...first].filter((label) => second.has(label)).length / least;
}

function stemOf(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1).replace(/\.(?:ya?ml|json)$/, "");
}

function bareStem(file: string): string {
  return stemOf(file).replace(variant, "");
}

/** `v1/openapi.yaml` is none of `v2/openapi.yaml`. */
function versionIn(file: string): string {
  return /(?:^|[/._-])v(\d+)(?=[/._-])/i.exec(file)?.[1] ?? "";
}
