import type { NamedEvent, NamedService } from "../prompt.ts";

/** What ends a purpose: another thing that the prompt asks for. */
const nextThing =
  /[,.;\n]|\s+(?:and|that|which|then|but|while)\s+(?:it\s+)?(?:depends?|uses?|calls?|publish|emit|send|consume|listen|receive|is|lets?|allows?|needs?)|\s+(?:and|,)\s+(?:on\s+)?[a-z0-9]+(?:-[a-z0-9]+)*-service/i;

const eventName = /(?<![\w./@-])[a-z][a-z0-9_-]*(?:\.[a-z][a-z0-9_-]*){1,4}(?![\w/@-]|\.\w)/g;
const noEvent =
  /^(?:e\.g|i\.e|z\.b|d\.h|u\.a|p\.ex|p\.ej)$|\.(?:com|org|net|io|dev|md|ts|tsx|js|mjs|py|go|java|ya?ml|json|txt|html|css|sql|sh|toml|xml|csv|pdf|png|jpe?g)$/;

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
    const role = inherits ? last.role : roleAfter(before);
    found.push({ service, role, index, purpose: purposeIn(line.slice(index + name.length)) });
  }
  return found;
}

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
    /(?:[a-z0-9]\.[a-z][\w.-]*|\bevents?)[`'"]?\s*,?\s+(?:for|to|(?:which|that)\s+(?:is|are)\s+\w+\s+by|(?:consumed|received|read|used|needed)\s+by)\s+(?:the\s+)?[`'"]?$/i.test(
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
  if (/\b(?:from|of|by)\s+(?:the\s+)?[`'"]?$/i.test(before) && /\.[a-z]|\bevents?\b/i.test(before.slice(-60)))
    return "source";
  return "upstream";
}

/** What happens to an event of another service. */
const arrival = /^[`'"]?(?: events?)? (?:arrives?|comes? in|is received|are received)\b/i;

/** Other events of the list, and who sends them all. */
const sender =
  /^[`'"]?(?:(?:,|,? and|,? or) [`'"]?[a-z][\w-]*(?:\.[\w-]+)+[`'"]?)* (?:from|of|by) (?:the )?[`'"]?([\w-]+)/i;

/** Who is said right behind an event to send it, whatever else the prompt says of that service. */
function senderBehind(text: string, named: readonly Named[]): string | undefined {
  const name = sender.exec(text)?.[1]?.toLowerCase();
  return named.find(({ service }) => service.toLowerCase() === name)?.service;
}

/** The events that a prompt names, and whether they come or go. */
export function eventsIn(line: string, named: readonly Named[]): NamedEvent[] {
  const found = new Map<string, NamedEvent>();
  const places: { event: string; index: number }[] = [];
  for (const { 0: event, index } of line.matchAll(eventName)) {
    if (noEvent.test(event) || found.has(event)) continue;
    const verbs = [
      ...line
        .slice(0, index)
        .matchAll(
          /\b(publish|emit|send|rais|produc|consum|listen|receiv|subscrib|react|handl|on (?=[a-z]+\.))\w*/gi,
        ),
    ];
    const isArrival = arrival.test(line.slice(index + event.length));
    const direction =
      isArrival || /^(?:consum|listen|receiv|subscrib|react|handl|on )/i.test(verbs.at(-1)?.[1] ?? "")
        ? "consumed"
        : "published";
    const from =
      senderBehind(line.slice(index + event.length), named) ??
      named.find(({ role, index: at }) => role === "source" && at > index)?.service;
    found.set(event, { event, direction, from: direction === "consumed" ? from : undefined, to: [] });
    places.push({ event, index });
  }
  // Whoever receives is named behind the event.
  return [...found.values()].map((one) => {
    const behind = ({ role, index }: Named) =>
      role === "receiver" && places.findLast((place) => place.index < index)?.event === one.event;
    return {
      ...one,
      to: one.direction === "published" ? named.filter(behind).map(({ service }) => service) : [],
    };
  });
}
