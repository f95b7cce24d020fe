import { mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { main } from "../src/cli/main.ts";
import { folderWith } from "./run-cli.ts";

const home = fileURLToPath(new URL("fixtures/sessions/", import.meta.url));

/** Bytes of a recorded session. In it Ada works in /home/ada/shop. */
export function recorded(name: string): Buffer {
  return readFileSync(join(home, name));
}

/** A recorded session as if Ada had worked in another folder. */
export function recordedIn(name: string, root: string): string {
  return recorded(name).toString().replaceAll("/home/ada/shop", root);
}

export const opencodeSession = "storage/session/p1/ses_4a1b00000001aaaaaaaaaaaaaa.json";

const spec = `# Order Service

## Service Name
order-service

## User Scenarios
### P1: Place an order with a coupon
**Given** a customer with a coupon
**When** the customer sends POST /api/v1/orders
**Then** the total is lowered and order.created is published

### P2: Look at an order
**Given** a placed order
**When** the customer sends GET /api/v1/orders/{id}
**Then** the order is shown
`;

/** The shop that the recorded sessions are about. */
export function shop(more: Readonly<Record<string, string>> = {}): string {
  return folderWith({
    "services/order-service/specs/001-orders/spec.md": spec,
    "services/order-service/specs/001-orders/tasks.md": `# Tasks

- [X] T001 Add the coupon to POST /api/v1/orders in src/app.ts
- [ ] T002 Test an expired coupon in test/orders.test.ts
`,
    "services/order-service/contracts/api-spec.yaml": `openapi: 3.1.0
info: { title: Orders, version: v1 }
paths:
  /api/v1/orders:
    post: { operationId: placeOrder, responses: { '201': { description: Placed } } }
`,
    "services/order-service/src/app.ts": `app.post("/api/v1/orders", async () => {});\n`,
    "README.md": "# The shop\n\nSells tea.\n",
    ...more,
  });
}

/** Runs one command line at `cwd` with an environment of its own, at a fixed time. */
export async function runIn(
  cwd: string,
  argv: readonly string[],
  env: Record<string, string> = {},
  written: (text: string) => void = () => {},
  interrupted: Promise<void> = new Promise(() => {}),
) {
  let out = "";
  let err = "";
  const code = await main(argv, {
    cwd,
    env,
    color: false,
    columns: 80,
    isTerminal: false,
    now: () => Date.parse("2026-11-23T12:00:00Z"),
    write: (text) => {
      out += text;
      written(text);
    },
    writeError: (text) => {
      err += text;
    },
    input: () => undefined,
    interrupted: () => interrupted,
  });
  return { code, out, err };
}

/** Writes a file below a folder, changed at that minute. */
export function put(root: string, file: string, content: string | Uint8Array, minute = 0): string {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  const time = Date.parse("2026-11-23T11:00:00Z") / 1000 + minute * 60;
  utimesSync(path, time, time);
  return path;
}
