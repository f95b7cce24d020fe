// What it costs to make the change that was recorded: in one session, and with `prune` between its steps.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openSession } from "../../packages/speckit/src/node/sessions/open-session.ts";
import { countTokens, recordedSession, speckitJson } from "./workspace.mjs";

/**
 * @typedef {object} Session One session of the work: what it begins with, what it holds in the end, and each call of the model with all before it.
 * @property {number} begins
 * @property {number} ends
 * @property {number} calls
 * @property {number} sent
 */
/** @typedef {readonly Session[]} Work */

/**
 * The recorded work as it was, pruned once when its tests passed, and pruned also when all was looked at.
 * @param {string} clone The folder that the recorded paths start from.
 * @param {string} workspace
 * @returns {Promise<{ whole: Work, prunedOnce: Work, prunedTwice: Work }>}
 */
export async function costOfChange(clone, workspace) {
  const { head, look, change, documents } = recordedSteps(clone);
  const once = (/** @type {readonly string[]} */ lines) => lines.filter((line) => !isReadAgain(line));
  /** A new session has the summary of the one before, which a file of its own is made from. @param {readonly (readonly string[])[]} sessions */
  const work = async (...sessions) => {
    /** @type {Session[]} */
    const measured = [];
    let begins = 0;
    for (const lines of sessions) {
      const file = join(clone, "session.jsonl");
      writeFileSync(file, [...head, ...lines, ""].join("\n"));
      const { tokens } = await prune(workspace, file);
      measured.push({ begins, ends: begins + tokens.session, ...callsIn(file, begins) });
      begins += tokens.summary;
    }
    return measured;
  };
  return {
    prunedOnce: await work([...once(look), ...once(change)], documents),
    prunedTwice: await work(look, change, documents),
    whole: await work([...once(look), ...once(change), ...once(documents)]),
  };
}

/** @param {string} workspace @param {string} session */
async function prune(workspace, session) {
  const found = await speckitJson(workspace, ["prune", "--session", session, "--dry-run"]);
  if (found.estimated) throw new Error(`${session} was not counted exactly`);
  return found;
}

/** Each use of a tool is a call of the model, which is sent all that stands before it. @param {string} file @param {number} begins */
function callsIn(file, begins) {
  let [context, calls, sent] = [begins, 0, 0];
  for (const event of openSession(file).events()) {
    if (event.kind === "tool") {
      calls++;
      sent += context;
      context += countTokens(event.input);
    } else if (event.kind === "prompt" || event.kind === "result") context += countTokens(event.text);
  }
  return { calls, sent };
}

/** The session in steps, each begun by what the user said. @param {string} clone */
function recordedSteps(clone) {
  const text = readFileSync(recordedSession, "utf8");
  const [head = "", ...lines] = text.trimEnd().split("\n");
  /** @type {string[][]} */
  const steps = [];
  for (const line of lines) {
    if (JSON.parse(line).type === "turn_context") steps.push([]);
    steps.at(-1)?.push(line);
  }
  const [look = [], change = [], documents = []] = steps;
  // Paths of the session lead to the copy; what was printed stays as it was, so that the same is counted wherever the copy lies.
  return { head: [head.replace("/home/ada/shop", clone)], look, change, documents };
}

/** Whether a line is about reading again what a session already holds. @param {string} line */
function isReadAgain(line) {
  return String(JSON.parse(line).payload.call_id).startsWith("again-");
}
