import type { DueMail, Outcome } from "./store/mail-queue.ts";
import type { Tried } from "./try-mail.ts";

export interface MailsUnderWayOptions {
  readonly atOnce: number;
  readonly tryMail: (mail: DueMail) => Promise<Tried>;
  /** Called when a try has ended. */
  readonly onEnd: (mail: DueMail, tried: Tried) => void;
}

/** The tries that are being made, and what came of those that ended until it is noted. */
export interface MailsUnderWay {
  begin(mail: DueMail): void;
  /** How many more may begin: while no server answers, one at a time. */
  free(): number;
  ids(): string[];
  /** Hands what came of tries to `note`; what it could not note is handed to it again at the next call. */
  noteEnded(note: (outcomes: readonly Outcome[]) => Promise<void>): Promise<void>;
  /** Whether the last try met no server. */
  away(): boolean;
  /** Resolves when no try is being made. */
  settled(): Promise<void>;
}

export function createMailsUnderWay({ atOnce, tryMail, onEnd }: MailsUnderWayOptions): MailsUnderWay {
  const tries = new Map<string, Promise<void>>();
  let ended: Outcome[] = [];
  let away = false;

  return {
    begin(mail) {
      const trying = tryMail(mail).then((tried) => {
        tries.delete(mail.notificationId);
        ended.push(tried.outcome);
        onEnd(mail, tried);
        away = tried.away;
      });
      tries.set(mail.notificationId, trying);
    },
    free: () => (away ? 1 : atOnce) - tries.size,
    ids: () => [...tries.keys()],
    async noteEnded(note) {
      if (ended.length === 0) return;
      const noting = [...ended];
      await note(noting);
      ended = ended.slice(noting.length);
    },
    away: () => away,
    async settled() {
      await Promise.all(tries.values());
    },
  };
}
