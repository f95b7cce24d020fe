import pg from "pg";

/** How every connection of a bus is made. */
export function configOf(url: string, schema: string, settings = ""): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: schema,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    options: [
      `-c search_path=${pg.escapeIdentifier(schema)}`,
      // The tables are empty most of the time, and statistics would say so while a backlog is being worked on.
      "-c enable_seqscan=off",
      // A machine that vanished is noticed within some 11 seconds; a process that died, at once.
      "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3",
      settings,
    ].join(" "),
  };
}

/** `durable` for what must outlive a crash of the server; what `quick` loses then is a delivery that comes again, which consumers expect. */
export function openPools(url: string, schema: string): { durable: pg.Pool; quick: pg.Pool } {
  const open = (max: number, settings?: string) => {
    const pool = new pg.Pool({ ...configOf(url, schema, settings), max });
    // An idle connection that breaks is replaced when the next query needs one.
    pool.on("error", () => {});
    return pool;
  };
  return { durable: open(2), quick: open(4, "-c synchronous_commit=off") };
}
