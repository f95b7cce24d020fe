import { renderReportText } from "../render/report-text.ts";
import { type Command, UsageError } from "./command.ts";
import { openWorkspace } from "./open-workspace.ts";
import { optionText } from "./options.ts";
import { report, reportOptions } from "./report-command.ts";
import { verifyRecorded } from "./verify-recorded.ts";
import { verifyRunning } from "./verify-running.ts";

export const verify: Command = {
  name: "verify",
  summary: "Hold a running service, or the events it sent, against its contracts",
  options: [
    ["--service <name>", "the service that runs there"],
    ["--url <url>", "where it is; a path in it takes the place of what the contract's servers say"],
    [
      "--events <file>",
      "hold recorded events against the event contracts: a JSON array, or one event a line",
    ],
    ["--token <token>", "a token, a key or name:password, sent where the contract wants credentials"],
    ["--token-env <variable>", "the variable of the environment that holds it"],
    ["--header <header...>", "a header of one's own with every request: 'X-Tenant: shop'"],
    [
      "--set <name=value...>",
      "what exists there: a parameter or property, or one of an operation: getOrder.orderId=7",
    ],
    ["--operation <id...>", "only this operation, by operationId or 'POST /api/v1/orders'"],
    ["--seed <number>", "other requests; the same number gives the same ones (default: 1)"],
    ["--allow-writes <host...>", "send more than GET and HEAD to this host beyond this machine"],
    ["--timeout <ms>", "how long to wait for an answer (default: 10000)"],
    ["--concurrency <number>", "invalid requests that are under way at once (default: 4)"],
    ...reportOptions,
  ],
  examples: [
    "speckit verify --service=auth-service --url http://127.0.0.1:3000",
    "speckit verify --service order-service --url http://127.0.0.1:3002 --token-env TOKEN --set sku=TEA-100",
    "speckit verify --service order-service --url https://shop.example.com --operation listOrders --json",
    "speckit verify --events recorded.jsonl",
  ],

  async run(_, options, io) {
    const opened = openWorkspace(options, io);
    const events = optionText(options, "events");
    if (events === undefined && optionText(options, "url") === undefined)
      throw new UsageError(
        "verify needs to know where the service runs: --url http://127.0.0.1:3000; or --events FILE.",
      );
    const { findings, draft } =
      events === undefined ? await verifyRunning(opened, options, io) : verifyRecorded(opened, events, io);
    const code = report(
      findings,
      opened,
      draft,
      (complete) =>
        renderReportText(complete, {
          color: io.color,
          columns: io.columns,
          all: options.allFindings === true,
        }),
      options,
      io,
    );
    opened.read.save();
    return code;
  },
};
