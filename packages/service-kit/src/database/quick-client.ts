import pg from "pg";

type Send = (query: string | pg.QueryConfig, values?: readonly unknown[]) => Promise<pg.QueryResult>;

/** Beyond this many different statements, further ones are planned each time: a program that puts statements together makes ever new ones. */
const mostStatements = 500;
const statements = new Map<string, number>();

/** What PostgreSQL says of a prepared statement whose table was changed since, by a newer version of the service. */
const staleStatement = "cached plan must not change result type";

/**
 * A client that does the same with less: a statement with parameters is prepared once for each connection, and a transaction that Kysely
 * begins starts with its first statement, in one round trip with it.
 */
export class QuickClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super({ ...config, pipeline: true });
    const send = this.query.bind(this) as Send;
    const run = startingLate(preparing(send), send, this.connection.stream);
    const query = (text: unknown, values: unknown, callback: unknown): unknown => {
      // Other forms, such as those of the pool, are passed on as they are.
      const plain = typeof text === "string" && Array.isArray(values) && callback === undefined;
      return plain ? run(text, values) : (send as (...args: unknown[]) => unknown)(text, values, callback);
    };
    this.query = query as typeof this.query;
  }
}

type Run = (text: string, values: readonly unknown[]) => Promise<pg.QueryResult>;

function preparing(send: Send): Run {
  let generation = 0;
  return async (text, values) => {
    const number = values.length > 0 ? numberOf(text) : undefined;
    if (number === undefined) return send(text, values);
    try {
      return await send({ name: `${number}-${generation}`, text, values: [...values] });
    } catch (error) {
      // This transaction is lost; those after it prepare anew.
      if (error instanceof Error && error.message === staleStatement) generation++;
      throw error;
    }
  };
}

function numberOf(text: string): number | undefined {
  const known = statements.get(text);
  if (known !== undefined || statements.size >= mostStatements) return known;
  statements.set(text, statements.size + 1);
  return statements.size;
}

function startingLate(run: Run, send: Send, stream: { cork(): void; uncork(): void }): Run {
  let begun = false;
  return async (text, values) => {
    if (text === "begin") {
      begun = true;
      return resultOf("BEGIN");
    }
    if (!begun) return run(text, values);

    begun = false;
    if (text === "commit" || text === "rollback") return resultOf(text.toUpperCase());
    stream.cork();
    const both = Promise.all([send("begin"), run(text, values)]);
    stream.uncork();
    return (await both)[1];
  };
}

function resultOf(command: string): pg.QueryResult {
  return { command, rowCount: null, oid: 0, fields: [], rows: [] };
}
