import { randomUUID } from "node:crypto";
import type { Logger } from "@speckit/service-kit";
import { Redis } from "ioredis";
import { accessTokenSeconds } from "../domain/access-token.ts";
import { batched } from "./batched.ts";

/**
 * A copy of recent revocations in Redis. It is trusted only while a mark stands beside it which says that nothing is missing; whatever
 * goes wrong takes the trust away, and `renew` gives it back.
 */
export interface RevocationCopy {
  /** Undefined when the copy cannot say. Never throws. */
  isRevoked(sessionId: string): Promise<boolean | undefined>;
  /** Adds sessions whose revocation has been committed. Never throws. */
  add(sessionIds: readonly string[]): Promise<void>;
  /**
   * Copies what the database has and the copy lacks, and renews the mark for a few seconds. To be called every second: a revocation that
   * one instance could not copy is unknown to others for no longer. Never throws.
   */
  renew(): Promise<void>;
  /** Throws unless Redis answers. */
  check(): Promise<void>;
  close(): Promise<void>;
}

export interface RevocationCopyOptions {
  /** `redis://…`. The server must not evict keys (`maxmemory-policy noeviction`, its default). */
  readonly url: string;
  /** The ids of the sessions that the record says were revoked at `since` or later. */
  readonly revokedSince: (since: Date) => Promise<readonly string[]>;
  readonly clock: () => Date;
  readonly log: Logger;
  /** Begins all keys. Two shops on one server need two: each says of its own list only that nothing is missing. */
  readonly keyPrefix: string;
}

// A minute more than any access token of the session is valid.
const keptSeconds = accessTokenSeconds + 60;
const markMs = 5_000;
const fillingMs = 60_000;
/** Longer than any transaction that revokes, as its rows carry the time at which it began. */
const overlapMs = 30_000;
const keysInOneCommand = 1_000;

// Redis may have been emptied while the database was read. Then the note of this filling is gone too, and so may be what others added.
const markAsComplete = `
  if redis.call("GET", KEYS[1]) ~= ARGV[1] then return 0 end
  redis.call("SET", KEYS[2], "1", "PX", ARGV[2])
  return 1`;

/** Connects at the first `renew`; Redis need not answer, then or later. */
export function openRevocationCopy(options: RevocationCopyOptions): RevocationCopy {
  const { url, revokedSince, clock, log, keyPrefix } = options;
  const redis = connect(url, keyPrefix);
  const filling = `filling:${randomUUID()}`;
  let isTrusted = false;
  let losses = 0;
  let readUpTo = new Date(0);

  const lose = (why: string) => {
    losses += 1;
    if (isTrusted)
      log.warn({ why }, "the copy of the revocation list is not asked until it is complete again");
    isTrusted = false;
  };
  // A server that was restarted may have lost entries and kept the mark. The next `renew` fills the copy anew.
  redis.on("close", () => lose("the connection to Redis closed"));
  redis.on("error", (error: Error) => lose(error.message));

  const read = batched<boolean>(async (sessionIds) => {
    const [mark, ...entries] = await redis.mget("complete", ...sessionIds.map(keyOf));
    if (!mark) throw new Error("The mark is gone: Redis was emptied, or nobody could renew it.");
    return new Map(sessionIds.map((sessionId, index) => [sessionId, entries[index] !== null]));
  });

  const catchUp = async (since: Date): Promise<boolean> => {
    await addAll(redis, await revokedSince(since));
    return (await redis.pexpire("complete", markMs)) === 1;
  };

  const fill = async (now: Date): Promise<boolean> => {
    const note = randomUUID();
    await redis.set(filling, note, "PX", fillingMs);
    await addAll(redis, await revokedSince(new Date(now.getTime() - keptSeconds * 1000)));
    return (await redis.eval(markAsComplete, 2, filling, "complete", note, markMs)) === 1;
  };

  return {
    async isRevoked(sessionId) {
      if (!isTrusted) return undefined;
      try {
        return await read(sessionId);
      } catch (error) {
        lose((error as Error).message);
        return undefined;
      }
    },

    async add(sessionIds) {
      try {
        await addAll(redis, sessionIds);
      } catch (error) {
        lose((error as Error).message);
      }
    },

    async renew() {
      const before = losses;
      const now = clock();
      try {
        if (redis.status === "wait") await redis.connect();
        const isComplete =
          (isTrusted && (await catchUp(new Date(readUpTo.getTime() - overlapMs)))) || (await fill(now));
        if (!isComplete || losses !== before) return;
        if (!isTrusted) log.info("the copy of the revocation list is complete");
        isTrusted = true;
        readUpTo = now;
      } catch (error) {
        lose((error as Error).message);
      }
    },

    async check() {
      await redis.ping();
    },

    async close() {
      isTrusted = false;
      redis.disconnect();
    },
  };
}

const keyOf = (sessionId: string) => `revoked:${sessionId}`;

function connect(url: string, keyPrefix: string): Redis {
  return new Redis(url, {
    keyPrefix,
    lazyConnect: true,
    // Nobody waits for Redis: what it does not answer at once, the database does.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: 250,
    connectTimeout: 1_000,
    retryStrategy: (times) => Math.min(times * 50, 1_000),
  });
}

async function addAll(redis: Redis, sessionIds: readonly string[]): Promise<void> {
  for (let index = 0; index < sessionIds.length; index += keysInOneCommand) {
    const pipeline = redis.pipeline();
    for (const sessionId of sessionIds.slice(index, index + keysInOneCommand)) {
      pipeline.set(keyOf(sessionId), "1", "EX", keptSeconds);
    }
    for (const [error] of (await pipeline.exec()) ?? []) if (error) throw error;
  }
}
