import type { Bus, DeadLetter } from "@speckit/service-kit";

export interface Outcome {
  readonly text: string;
  /** 0 done, 1 there is no such thing. */
  readonly code: 0 | 1;
}

/** One line for each message that could not be processed, oldest first; of one consumer or of all. */
export async function listDeadLetters({ deadLetters }: Bus, consumer?: string): Promise<Outcome> {
  const letters = await deadLetters.list(consumer);
  if (letters.length === 0) return { text: "No dead letters.\n", code: 0 };
  const blocks = letters.map(({ id, consumer, topic, attempts, failedAt, reason }) => {
    const tries = attempts === 1 ? "1 try" : `${attempts} tries`;
    const what = `${oneLine(id)}  ${oneLine(topic).replace(/^events\./, "")} → ${consumer}`;
    return `${what}\n  ${failedAt}, ${tries}: ${oneLine(reason)}\n`;
  });
  const count = letters.length === 1 ? "1 dead letter" : `${letters.length} dead letters`;
  return {
    text: `${blocks.join("")}\n${count}. \`show ID\` shows one, \`replay ID\` tries it again.\n`,
    code: 0,
  };
}

/** Everything about a message, as JSON; several when several consumers failed with it. */
export async function showDeadLetter({ deadLetters }: Bus, id: string): Promise<Outcome> {
  const letters = (await deadLetters.list()).filter((letter) => letter.id === id);
  if (letters.length === 0) return noSuchLetter(id);
  return { text: letters.map((letter) => `${JSON.stringify(letter, null, 2)}\n`).join(""), code: 0 };
}

/** Hands dead letters to their consumers once more: one by its id, those of a consumer, or `--all`. */
export async function replayDeadLetters({ deadLetters }: Bus, which: string): Promise<Outcome> {
  const all = await deadLetters.list();
  const chosen =
    which === "--all" ? all : all.filter(({ id, consumer }) => id === which || consumer === which);
  if (chosen.length === 0) {
    const isConsumer = which.endsWith("-service");
    // The bus knows its consumers, and says so of one that it does not know.
    if (isConsumer) await deadLetters.list(which);
    return isConsumer || which === "--all" ? { text: "No dead letters.\n", code: 0 } : noSuchLetter(which);
  }
  let count = 0;
  for (const { consumer, id } of chosen) count += await deadLetters.replay(consumer, id);
  return {
    text: `${count === 1 ? "1 message goes" : `${count} messages go`} to ${consumersOf(chosen)} again.\n`,
    code: 0,
  };
}

const noSuchLetter = (id: string): Outcome => ({
  text: `There is no dead letter ${id}. \`list\` shows them.\n`,
  code: 1,
});

const consumersOf = (letters: readonly DeadLetter[]) =>
  [...new Set(letters.map(({ consumer }) => consumer))].join(", ");

/** Ids, topics and reasons may be what somebody sent; a terminal obeys control characters. */
const oneLine = (text: string) => text.replace(/\p{Cc}+/gu, " ").slice(0, 300);
