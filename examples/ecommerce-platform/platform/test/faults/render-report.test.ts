import { describe, expect, test } from "vitest";
import { hasFailed, renderReport } from "../../src/faults/render-report.ts";
import type { FaultsReport, Row } from "../../src/faults/run-faults.ts";

const row = (name: string, numbers: Partial<Row> = {}): Row => ({
  name,
  hits: 2,
  lost: 0,
  doubled: 0,
  stuck: 0,
  ...numbers,
});
const report: FaultsReport = {
  rows: [
    row("order-service/place-order.before-commit"),
    row("order-service/consumer.inventory.stock.reserved.before-commit"),
    row("order-service/consumer.inventory.stock.reserved.after-ack"),
    row("notification-service/consumer.auth.password-reset.requested.before-transaction"),
    row("two instances of each service, one killed", { hits: 3 }),
  ],
  findings: [],
  runs: 11,
  orders: 1234,
  slowestMs: 2340,
  pointsPerRun: 1,
  runsForAll: 5,
};
const options = {
  driver: "embedded",
  seed: 7,
  only: undefined,
  seconds: 83.2,
  color: false,
  logDir: "/tmp/shop-faults-1/data/logs",
} as const;

test("a table has a line for each point below its service and its event, and says how to go on", () => {
  expect(renderReport(report, options)).toBe(`\
                                                 hits    lost doubled   stuck

order-service
  place-order.before-commit                         2       ·       ·       ·
  consumer.inventory.stock.reserved
    before-commit                                   2       ·       ·       ·
    after-ack                                       2       ·       ·       ·

notification-service
  consumer.auth.password-reset.requested
    before-transaction                              2       ·       ·       ·

the shop as a whole
  two instances of each service, one killed         3       ·       ·       ·

✓ 11 runs with 1,234 orders in 1 min 23 s, driver embedded, seed 7
  Nothing lost, nothing doubled, nothing stuck.
  2.3 s after each run, at the most, all had settled.

Other moments, and the other driver:
  npm run faults -- --driver embedded --seed 8 --runs 11
  npm run faults -- --driver rabbit --seed 7 --runs 11
`);
});

describe("a report that is no success", () => {
  test("shows what was found, where the logs are, and how to see it again", () => {
    const failed: FaultsReport = {
      ...report,
      rows: [row("order-service/relay.after-publish", { hits: 1, lost: 1, stuck: 2 })],
      findings: [
        { run: 3, what: "order-service/relay.after-publish", kind: "lost", text: "order o1 is not there" },
        { run: 3, what: "order-service/relay.after-publish", kind: "stuck", text: "order o2 is pending" },
      ],
    };
    const text = renderReport(failed, { ...options, driver: "rabbit", only: "mail server" });
    expect(text).toContain("relay.after-publish                               1       1       ·       2\n");
    expect(text).toContain(
      "run 3, order-service/relay.after-publish\n  lost    order o1 is not there\n  stuck   order o2 is pending\n",
    );
    expect(text).toContain("2 findings. The logs are in /tmp/shop-faults-1/data/logs");
    expect(text).toContain("npm run faults -- --driver rabbit --seed 7 --runs 11 --only 'mail server'\n");
    expect(hasFailed(failed)).toBe(true);
  });

  test("wraps what is long", () => {
    const [id, text] = [
      "6a7b1e4c-2f4d-4b0a-8e6f-1a2b3c4d5e6f",
      "order of ada@example.com was accepted and is not there",
    ];
    const findings = [
      { run: 1, what: "PostgreSQL killed", kind: "lost" as const, text: `${text} ${id} ${id}` },
    ];
    const lines = renderReport({ ...report, findings }, options).split("\n");
    expect(lines).toContain(`  lost    ${text}`);
    expect(lines).toContain(`          ${id}`);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
  });

  test.each([
    { given: "too few runs", runsForAll: 20, says: "npm run faults -- --driver embedded --seed 7 --runs 20" },
    {
      given: "a point that nothing passes",
      runsForAll: 5,
      says: "npm run faults -- --driver embedded --only user-service/relay.after-mark",
    },
  ])("says what $given leaves unproved", ({ runsForAll, says }) => {
    const missed = { ...report, runsForAll, rows: [row("user-service/relay.after-mark", { hits: 0 })] };
    const text = renderReport(missed, options);
    expect(text).toContain("1 row with 0 hits proved nothing");
    expect(text).toContain(says);
    expect(hasFailed(missed)).toBe(true);
  });

  test("shows no more than can be read", () => {
    const findings = Array.from({ length: 40 }, (_, number) => ({
      run: 1,
      what: "PostgreSQL killed",
      kind: "lost" as const,
      text: `order o${number}`,
    }));
    expect(renderReport({ ...report, findings }, options)).toContain("  and 10 more\n");
  });
});

test("is coloured where colours are wanted, and says the same in 80 columns", () => {
  const text = renderReport(report, options);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are made of
  expect(renderReport(report, { ...options, color: true }).replace(/\u001b\[\d+m/g, "")).toBe(text);
  expect(Math.max(...text.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(80);
});
