import type { NamedEvent } from "../prompt.ts";
import type { Named } from "./services.ts";

const eventName = /(?<![\w./@-])[a-z][a-z0-9_-]*(?:\.[a-z][a-z0-9_-]*){1,4}(?![\w/@-]|\.\w)/g;
const noEvent =
  /^(?:e\.g|i\.e|z\.b|d\.h|u\.a|p\.ex|p\.ej)$|\.(?:com|org|net|io|dev|md|ts|tsx|js|mjs|py|go|java|ya?ml|json|txt|html|css|sql|sh|toml|xml|csv|pdf|png|jpe?g)$/;

/** What happens to an event of another service. */
const arrival = /^[`'"]?(?: events?)? (?:arrives?|comes? in|is received|are received)\b/i;

/** Other events of the list, and who sends them all. */
const sender =
  /^[`'"]?(?:(?:,|,? and|,? or|,? und|,? et|,? [yeo]) [`'"]?[a-z][\w-]*(?:\.[\w-]+)+[`'"]?)* (?:from|of|by|vo[nm]|aus|de[ls]?|du|d[ao]s?|от|из) (?:the )?[`'"]?([\w-]+)/iu;

/** Beginnings of what is said of events, by language. */
const comes =
  "consum|listen|receiv|subscrib|react|handl|on (?=[a-z]+\\.)|konsum|empf[aä]ng|hör|abonnier|reagier|verarbeit|consom|reçoi|écout|s['’]abonn|réagi|recib|receb|escuch|escut|suscrib|reaccion|reag|процес|обрабат|получа|слуша|подпис|потребля";
const goes =
  "publish|emit|send|rais|produc|veröffentlich|publi|émet|envoi|envoy|envi|публику|отправл|выпуска";
const comesHan = "消费|订阅|监听|接收|收到|处理|購読|受信|消費|受け取|구독|수신|소비";
const goesHan = "发布|发送|发出|発行|送信|公開|발행|발송|전송";
const verb = new RegExp(`(?<!\\p{L})(?:${comes}|${goes})|${comesHan}|${goesHan}`, "giu");
const isComing = new RegExp(`^(?:${comes}|${comesHan})`, "iu");

/** What the words say of an event: those before it, else those behind it, as Japanese and German have them. */
function directionOf(before: string, behind: string, from: string | undefined): NamedEvent["direction"] {
  if (arrival.test(behind)) return "consumed";
  const clause = /^[^,，;；.。]*(?:\.\w[^,，;；.。]*)*/u.exec(behind)?.[0] ?? "";
  const isLater = /^[`'"]?\s*(?:イベント|이벤트|-?events?)?\s*(?:を|을|를)/iu.test(behind);
  const said = isLater
    ? clause.match(verb)?.[0]
    : (Array.from(before.matchAll(verb)).at(-1)?.[0] ?? clause.match(verb)?.[0]);
  if (said === undefined) return from === undefined ? "published" : "consumed";
  return isComing.test(said) ? "consumed" : "published";
}

/** Who is said right behind an event to send it, whatever else the prompt says of that service, or before it: "order-service 的 order.created". */
function senderOf(line: string, event: string, index: number, named: readonly Named[]): string | undefined {
  const behind = line.slice(index + event.length);
  const owner = /([\w-]+)[`'"]?\s*[的の의]\s*[`'"]?$/.exec(line.slice(0, index));
  const name = (sender.exec(behind) ?? owner)?.[1]?.toLowerCase();
  return named.find(({ service }) => service.toLowerCase() === name)?.service;
}

interface Place {
  readonly event: string;
  readonly index: number;
}

/** The events that a prompt names, and whether they come or go. */
export function eventsIn(line: string, named: readonly Named[]): NamedEvent[] {
  const found = new Map<string, NamedEvent>();
  const places: Place[] = [];
  for (const { 0: event, index } of line.matchAll(eventName)) {
    if (noEvent.test(event)) continue;
    places.push({ event, index });
    if (found.has(event)) continue;
    const own = senderOf(line, event, index, named);
    const direction = directionOf(line.slice(0, index), line.slice(index + event.length), own);
    const from = own ?? named.find(({ role, index: at }) => role === "source" && at > index)?.service;
    found.set(event, { event, direction, from: direction === "consumed" ? from : undefined, to: [] });
  }
  const receivers = named
    .filter(({ role }) => role === "receiver")
    .map((one) => ({ service: one.service, events: listBefore(line, places, one.index) }));
  return [...found.values()].map((one) => ({
    ...one,
    to:
      one.direction === "published"
        ? receivers.filter(({ events }) => events.has(one.event)).map(({ service }) => service)
        : [],
  }));
}

/** Whoever receives is named behind the event, or behind a list of them. */
function listBefore(line: string, places: readonly Place[], index: number): Set<string> {
  const before = places.filter((place) => place.index < index);
  const events = new Set<string>();
  let next: Place | undefined;
  for (const place of before.reverse()) {
    const between = next && line.slice(place.index + place.event.length, next.index);
    if (
      between !== undefined &&
      !/^[`'"]?\s*(?:,|，|、|&|(?:,\s*)?(?:and|or|und|et|[yeo]|和))*\s*[`'"]?$/i.test(between)
    )
      break;
    events.add(place.event);
    next = place;
  }
  return events;
}
