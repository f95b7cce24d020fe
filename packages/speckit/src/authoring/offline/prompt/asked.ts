import type { Asked } from "../prompt.ts";
import { bared, isPart, partsIn, splitOutside } from "./lists.ts";
import { mayIn } from "./may.ts";
import type { Statement } from "./statements.ts";
import { wish } from "./subject.ts";

const actor =
  "(?:signed-in |registered |new |anonymous )?(?:users?|customers?|admins?|administrators?|people|clients?|callers?|operators?|members?|buyers?|sellers?|guests?|visitors?|employees?|managers?|teams?)";
const allowed = new RegExp(
  `\\b(?:(?:lets?|letting)\\s+(${actor})\\s+|(?:allow(?:s|ing)?|enabl(?:es?|ing))\\s+(${actor})\\s+to\\s+|(?:the\\s+)?(${actor})\\s+(?:can|may|must be able to|should be able to|shall be able to|are able to)\\s+)(.+?)(?=[.;](?:\\s|$)|$)`,
  "gi",
);
/** The service's own doings end what somebody is allowed to do. */
const ownDoing =
  /(?:\s*,\s*(?:and\s+)?|\s+(?:and|while|that|which)\s+)(?:it\s+)?(?:publish|emit|depend|consume|uses?\s+\w+-service).*/i;

const verbs = new RegExp(
  `^(?:${"accept add apply approve archive assign block book browse buy calculate cancel change check choose clear close compare complete confirm copy create delete disable download edit enable export filter find follow generate get give import invite join leave list log lock look make manage mark merge move open order pay pick place post print process publish put rate read receive refund register reject remove rename renew reopen replace report request reserve reset resend retry return review revoke save schedule search see select send set share show sign sort start stop store submit subscribe suspend sync tag track transfer trigger unlock unsubscribe update upload validate verify view vote watch withdraw write".split(" ").join("|")})(?:\\s|$)`,
  "i",
);

/** Whether a text begins with something that people do with software. */
export function beginsWithVerb(text: string): boolean {
  return verbs.test(text);
}

export interface AskedIn {
  readonly asked: readonly Asked[];
  /** The sentence without what was understood. */
  readonly rest: string;
}

/** What a sentence says that somebody may do, and what the service is to do; `isOther` tells what is a service or an event. */
export function askedIn({ text, isItem }: Statement, isOther: (part: string) => boolean): AskedIn {
  const [whole, who = "", wanted = ""] = wish.exec(text) ?? [];
  if (whole !== undefined) return { asked: deeds(who.toLowerCase(), wanted), rest: "" };
  const found = Array.from(text.matchAll(allowed));
  if (found.length > 0) {
    const asked = found.flatMap((match) => {
      const name = (match[1] ?? match[2] ?? match[3] ?? "user").toLowerCase();
      return deeds(singular(name), (match[4] ?? "").replace(ownDoing, ""));
    });
    const own = (match: RegExpExecArray) => match[0].replace(ownDoing, "");
    return { asked, rest: found.reduce((rest, match) => rest.replace(own(match), " "), text) };
  }
  const foreign = mayIn(text);
  if (foreign) return foreign;
  if (isItem) return ofItem(text, isOther);
  const named = partsIn(text, isOther);
  if (!named) return { asked: [], rest: text };
  const asked = named.parts.map((name): Asked => ({ kind: "part", name }));
  return { asked, rest: `${text.slice(0, named.start)} ${text.slice(named.end)} ${named.besides}` };
}

/** An item is a name, or begins with what somebody does; a whole sentence is neither. */
function ofItem(text: string, isOther: (part: string) => boolean): AskedIn {
  const item = bared(text);
  if (isOther(item) || !isPart(item)) return { asked: [], rest: text };
  const asked: Asked = beginsWithVerb(item)
    ? { kind: "deed", actor: undefined, action: item }
    : { kind: "part", name: item };
  return { asked: [asked], rest: "" };
}

function deeds(who: string, wanted: string): Asked[] {
  return actionsOf(wanted).map((action) => ({ kind: "deed", actor: who, action }));
}

/** "place, cancel and list orders": each of them is done to orders; "with email and password" stays together. */
export function actionsOf(wanted: string): string[] {
  const actions: string[] = [];
  for (const { separator, text } of piecesOf(wanted)) {
    const last = actions.at(-1);
    const isNew = last === undefined || !/\s/.test(last) || beginsWithVerb(text);
    if (isNew) actions.push(text);
    else actions[actions.length - 1] = `${last}${separator}${text}`;
  }
  const object = / (.+)$/.exec(actions.at(-1) ?? "")?.[1];
  return actions.map((action) =>
    /\s/.test(action) || object === undefined ? action : `${action} ${object}`,
  );
}

function piecesOf(wanted: string): { separator: string; text: string }[] {
  const parts = splitOutside(wanted, /(\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+)/i);
  const pieces: { separator: string; text: string }[] = [];
  for (let index = 0; index < parts.length; index += 2) {
    const text = bared(parts[index] ?? "");
    if (text !== "") pieces.push({ separator: parts[index - 1] ?? "", text });
  }
  return pieces;
}

function singular(who: string): string {
  return who === "people" ? "person" : who.replace(/s$/, "");
}
