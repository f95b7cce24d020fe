import { type Cause, quotes } from "../cause.ts";
import { hasWord } from "../touched.ts";

const signs =
  /does not match (?:its|the) (?:contract|schema)[^\n]*|dead[- ]?letter[^\n]*|\bDLQ\b[^\n]*|poison message[^\n]*|(?:event|message)[^\n]{0,40}(?:invalid|rejected by its schema|failed validation)[^\n]*/i;

export const eventInvalid: Cause = {
  id: "event-invalid",
  kind: "contract",
  title: "A message is not as its contract says, or cannot be processed",
  why: "Sender and receiver have different versions of the event, or the receiver fails on a case that the contract allows.",
  check:
    "Hold the message in the dead-letter queue against the event's contract: `speckit verify --events FILE`.",

  find({ error, workspace }) {
    const said = quotes(error.text, signs);
    const named = workspace.channels.filter(({ event }) =>
      hasWord(error.text.replaceAll("events.", ""), event),
    );
    if (said.length === 0 || (named.length === 0 && !/event|message/i.test(error.text))) return [];
    const contracts = named.flatMap(({ event, types }) =>
      types.slice(0, 1).map(({ service, type }) => ({ text: `${service} promises ${event}`, at: type.at })),
    );
    return [...said, ...contracts];
  },
};
