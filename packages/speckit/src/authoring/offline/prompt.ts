import { type AskedIn, askedIn } from "./prompt/asked.ts";
import { eventsIn } from "./prompt/events.ts";
import { isPart } from "./prompt/lists.ts";
import { type ToldScenario, takeScenarios } from "./prompt/scenarios.ts";
import { servicesIn } from "./prompt/services.ts";
import { type Statement, statementsOf } from "./prompt/statements.ts";
import { subjectOf, withoutOpening } from "./prompt/subject.ts";

/** A service that the prompt names, and what for. */
export interface NamedService {
  readonly service: string;
  readonly purpose: string | undefined;
}

export interface NamedEvent {
  readonly event: string;
  readonly direction: "published" | "consumed";
  readonly from: string | undefined;
  /** Services that are said to receive it. */
  readonly to: readonly string[];
}

/**
 * Something that a service is to do: what somebody does with it ("customers can cancel orders"), what it has a name for ("with login"; `by` whom, where that
 * was said), or a whole scenario.
 */
export type Asked =
  | ToldScenario
  | { readonly kind: "deed"; readonly actor: string | undefined; readonly action: string }
  | { readonly kind: "part"; readonly name: string; readonly by?: string };

/** What can be taken from a prompt without guessing. */
export interface Prompt {
  /** What it is about: `user profile`. */
  readonly subject: string;
  readonly upstream: readonly NamedService[];
  readonly downstream: readonly NamedService[];
  readonly events: readonly NamedEvent[];
  /** In the order of the prompt. */
  readonly asked: readonly Asked[];
  /** Sentences that say something else, each as it stands: nothing that was asked for is lost. */
  readonly rules: readonly string[];
}

export function readPrompt(text: string, own: string, services: readonly string[]): Prompt {
  const { scenarios, rest: told } = takeScenarios(text);
  const statements = statementsOf(told);
  const line = statementsOf(text)
    .map((statement) => statement.text.replace(/[.\s]+$/, ""))
    .join(". ");
  const named = servicesIn(line, own, services);
  const events = eventsIn(line, named);
  const names = [own, ...named.map(({ service }) => service), ...events.map(({ event }) => event)];
  const isOther = (part: string) => names.some((name) => name !== "" && part.includes(name));
  const [first] = statements;
  const subject = first && !first.isItem ? subjectOf(first.text) : "";
  const known = [
    ...names,
    subject,
    ...named.flatMap(({ purpose }) => purpose ?? []),
    ...events.flatMap(({ from }) => from ?? []),
  ];
  const read = statements.map((statement, index) => {
    const found = askedIn(statement, isOther);
    const further = index > 0 && found.asked.length === 0 ? furtherPart(statement, isOther) : undefined;
    return { statement, ...(further ?? found) };
  });
  const ofRole = (role: "upstream" | "downstream") =>
    named.filter((one) => one.role === role).map(({ service, purpose }) => ({ service, purpose }));
  return {
    subject,
    upstream: ofRole("upstream"),
    downstream: ofRole("downstream"),
    events,
    asked: distinct([...read.flatMap(({ asked }) => asked), ...scenarios]),
    rules: read.flatMap(({ statement, rest }, index) => {
      const isHeading = /[:：]$/.test(statement.text) && read[index + 1]?.statement.isItem === true;
      return isHeading || !saysMore(index === 0 ? withoutOpening(rest) : rest, known) ? [] : [statement.text];
    }),
  };
}

/** "Add password reset", behind what was asked for first. */
function furtherPart({ text, isItem }: Statement, isOther: (part: string) => boolean): AskedIn | undefined {
  const bare = text.replace(/[.!。！]+$/u, "");
  if (isItem || withoutOpening(bare) === bare) return undefined;
  const name = subjectOf(bare);
  const isWhole = withoutOpening(bare).replace(/^(?:an?|the)\s+/i, "") === name;
  return isWhole && isPart(name) && !isOther(name)
    ? { asked: [{ kind: "part", name }], rest: "" }
    : undefined;
}

/** Words that carry nothing once the names beside them are understood. */
const idle =
  /^(?:an?|the|and|or|also|it|its|they|their|this|that|these|those|which|who|to|for|from|of|on|by|in|at|as|with|is|are|be|new|our|my|please|create|build|write|make|add|specify|implement|design|generate|draft|develop|define|(?:micro)?services?|specification|spec|feature|api|component|module|events?|topic|queue|depends?|depending|uses?|using|calls?|publish(?:es|ing)?|emits?|emitting|sends?|sending|consumes?|consuming|listens?|listening|receives?|receiving|reacts?|subscribes?|handles?|called|used|needed|read|consumed|received|when|both|following|features?|eine?[nmrs]?|de[nrms]|das|die|und|une?|les?|la|de|dienst|服务|サービス|vo[nm]|für|zu[rm]|abhäng\w*|basiert|auf|nutzt|verwendet|veröffentlicht|sendet|empfängt|konsumiert|er|es|sie|dépend|qui|que|pour|du|des|publie|il|elle|depende|para|publica|请?依赖(?:于)?|发布|用于|进行|consomme|reçoit|écoute|consume|recibe|escucha|consome|recebe|escuta|订阅|消费|监听|接收|hört|并?发布|并|以及|的|来自|の|y|et|servicio|serviço|dienst|permita|permite|сервис|публикует|получает|от)$/i;

function saysMore(rest: string, known: readonly string[]): boolean {
  const longest = [...known].filter((name) => name !== "").sort((a, b) => b.length - a.length);
  const text = longest.reduce((left, name) => left.split(name).join(" "), rest);
  return (text.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu) ?? []).some((word) => !idle.test(word));
}

function distinct(asked: AskedIn["asked"]): Asked[] {
  const nameOf = (one: Asked) => {
    if (one.kind === "scenario") return JSON.stringify(one.steps);
    return (one.kind === "part" ? one.name : `${one.actor} ${one.action}`).toLowerCase();
  };
  return [...new Map([...asked].reverse().map((one) => [nameOf(one), one])).values()].reverse();
}
