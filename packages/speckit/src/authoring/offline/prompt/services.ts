import type { NamedService } from "../prompt.ts";

/** What ends a purpose: another thing that the prompt asks for. */
const nextThing =
  /[,.;\n]|\s+(?:and|that|which|then|but|while)\s+(?:it\s+)?(?:depends?|uses?|calls?|publish|emit|send|consume|listen|receive|is|lets?|allows?|needs?)|\s+(?:and|,)\s+(?:on\s+)?[a-z0-9]+(?:-[a-z0-9]+)*-service/i;

export interface Named extends NamedService {
  readonly role: "upstream" | "downstream" | "source" | "receiver";
  readonly index: number;
}

/** The services that a prompt names, and what each is to the one that is asked for. */
export function servicesIn(line: string, own: string, services: readonly string[]): Named[] {
  const found: Named[] = [];
  for (const { 0: name, index } of line.matchAll(/[a-z0-9]+(?:[-_][a-z0-9]+)+/gi)) {
    const service = services.find((known) => known.toLowerCase() === name.toLowerCase()) ?? name;
    const isService = services.includes(service) || /-(?:service|svc|gateway)$/.test(service);
    if (!isService || service === own || found.some((other) => other.service === service)) continue;
    const before = line.slice(0, index);
    const last = found.at(-1);
    const inherits =
      last &&
      /^(?:\s*,|\s+and|\s+or|\s+on|\s*&)*\s*$/.test(line.slice(last.index + last.service.length, index));
    const isOwner = ownsEvent.test(line.slice(index + name.length));
    const role = inherits ? last.role : isOwner ? "source" : roleAfter(before);
    found.push({ service, role, index, purpose: purposeIn(line.slice(index + name.length)) });
  }
  return found;
}

/** "order-service 的 order.created" */
const ownsEvent = /^[`'"]?\s*[的の의]\s*[`'"]?[a-z][\w-]*\.[a-z]/i;

/** "für die Authentifizierung", "pour l'authentification", "para la autenticación", "进行身份验证". */
const foreignPurpose =
  /^[`'"]?\s*(?:(?:für|zu[rm]?|pour|para)\s+|用于|来|进行|做)\s*(?:(?:die|de[rnm]|das|les?|la|las|los|el|as?|os?)\s+|l['’])?(.+)$/isu;
const foreignNextThing =
  /[,.;，。；、\n]|\s+(?:abhäng\p{L}*|basier\p{L}*|nutz\p{L}*|verwend\p{L}*|und|oder|sowie|et|ou|qui|y|e|o|que|mit|avec|con|com)(?!\p{L})|(?:并|和|以及)(?=\s*[a-z\p{Script=Han}])/iu;

/** What a service is named for, in the words behind it. */
function purposeIn(behind: string): string | undefined {
  const english = /^[`'"]?\s+(?:for|to)\s+(.+)$/i.exec(behind)?.[1];
  if (english !== undefined) return tidy(english.split(nextThing)[0] ?? "");
  const foreign = foreignPurpose.exec(behind)?.[1];
  return foreign === undefined ? undefined : tidy(foreign.split(foreignNextThing)[0] ?? "");
}

function tidy(text: string): string | undefined {
  return text.replace(/[\s`'"]+$/, "") || undefined;
}

function roleAfter(before: string): Named["role"] {
  if (
    /(?:[a-z0-9]\.[a-z][\w.-]*|\bevents?)[`'"]?\s*,?\s+(?:for|to|für|an|pour|à|para|для|(?:which|that)\s+(?:is|are)\s+\w+\s+by|(?:consumed|received|read|used|needed)\s+by)\s+(?:the\s+)?[`'"]?$/i.test(
      before,
    )
  )
    return "receiver";
  if (
    /\b(?:used|called|consumed|needed|read)\s+by\s+(?:the\s+)?[`'"]?$|\bserves\s+(?:the\s+)?[`'"]?$/i.test(
      before,
    )
  )
    return "downstream";
  if (
    /(?<!\p{L})(?:from|of|by|vo[nm]|aus|de[ls]?|du|d[ao]s?|от|из)\s+(?:the\s+)?[`'"]?$/iu.test(before) &&
    /\.[a-z]|\bevents?\b/i.test(before.slice(-60))
  )
    return "source";
  return "upstream";
}
