import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { deployFiles, ownFolders } from "../src/deploy-files.ts";
import { differences, describe as say } from "../src/differences.ts";
import { readFacts } from "../src/read-facts.ts";
import { platformRoot, repositoryRoot } from "./support/platform.ts";
import { scratchPlatform } from "./support/scratch.ts";

type Scratch = ReturnType<typeof scratchPlatform>;

async function complaints(root: string): Promise<string> {
  const found = differences(root, deployFiles(await readFacts(root)), ownFolders);
  return found.map(say).join("\n");
}

test("all files are what contracts, specs and constitution say", async () => {
  expect(await complaints(platformRoot)).toBe("");
});

test.each([
  {
    change: "a new route",
    make: ({ replace }: Scratch) =>
      replace(
        "services/order-service/contracts/api-spec.yaml",
        "  /api/v1/orders/{orderId}/cancel:\n",
        `  /api/v1/orders/{orderId}/receipt:
    parameters:
      - $ref: '#/components/parameters/OrderId'
    get:
      operationId: getReceipt
      summary: Read a receipt
      responses:
        '401':
          $ref: '#/components/responses/Unauthorized'
  /api/v1/orders/{orderId}/cancel:
`,
      ),
    named: [
      "deploy/kubernetes/istio/authorization-policies.yaml is out of date:",
      "+ - /api/v1/orders/{*}/receipt",
      "deploy/grafana/dashboards/shop.json is out of date:",
      "getReceipt",
    ],
  },
  {
    change: "a new dependency",
    make: ({ replace }: Scratch) =>
      replace(
        "services/notification-service/specs/001-email-notifications/spec.md",
        "### Upstream Services\n| Service | Purpose | Failure Mode |\n|---------|---------|--------------|\n",
        "### Upstream Services\n| Service | Purpose | Failure Mode |\n|---------|---------|--------------|\n| user-service | Names for mails (`GET /api/v1/users/{id}`) | Leave the name out |\n",
      ),
    named: [
      "deploy/compose.yaml is out of date:",
      "+ USER_URL: http://user-service:8080",
      "deploy/kubernetes/base/kustomization.yaml is out of date:",
      "+ - USER_URL=http://user-service:8080",
      "deploy/kubernetes/base/network-policies.yaml is out of date:",
      "notification-service is called by gateway, and calls auth-service, user-service",
      "deploy/kubernetes/istio/authorization-policies.yaml is out of date:",
      "+ - cluster.local/ns/shop/sa/notification-service",
    ],
  },
  {
    change: "a new receiver of an event",
    make: ({ read, write }: Scratch) => {
      const file = "services/order-service/contracts/events/order-events.json";
      const contract = JSON.parse(read(file)) as { events: { eventType: string; consumers: string[] }[] };
      contract.events.find(({ eventType }) => eventType === "order.created")?.consumers.push("user-service");
      write(file, JSON.stringify(contract, null, 2));
    },
    named: [
      "deploy/grafana/dashboards/shop.json is out of date:",
      "| order.created | order-service | inventory-service, notification-service, user-service |",
      "deploy/prometheus/alerts.test.yml is out of date:",
      "a dead letter of user-service",
    ],
  },
  {
    change: "another threshold",
    make: ({ replace }: Scratch) =>
      replace(
        "constitution.md",
        "more than 1 % of a service's requests",
        "more than 2.5 % of a service's requests",
      ),
    named: [
      "deploy/prometheus/alerts.yml is out of date:",
      "- > 0.01",
      "+ > 0.025",
      "+ # Error rate: more than 2.5 % of a service's requests answer 5xx over 5 minutes.",
      "deploy/prometheus/alerts.test.yml is out of date:",
    ],
  },
  {
    change: "a new service",
    make: ({ read, write }: Scratch) =>
      write(
        "services/wishlist-service/contracts/api-spec.yaml",
        read("services/user-service/contracts/api-spec.yaml")
          .replace("title: User Service API", "title: Wishlist Service API")
          .replaceAll("/api/v1/users", "/api/v1/wishlists"),
      ),
    named: [
      "services/wishlist-service/Dockerfile is missing.",
      "deploy/kubernetes/base/wishlist-service.yaml is missing.",
      "services/order-service/Dockerfile is out of date:",
      "+ COPY examples/ecommerce-platform/services/wishlist-service/contracts examples/ecommerce-platform/services/wishlist-service/contracts",
    ],
  },
])("$change that the files do not know fails, and says where", async ({ make, named }) => {
  const scratch = scratchPlatform();
  make(scratch);
  const complaint = await complaints(scratch.root);
  for (const text of named) expect(complaint).toContain(text);
});

test("the program says what is out of date, and writes it", async () => {
  const scratch = scratchPlatform();
  scratch.write("deploy/prometheus/old.yml", "groups: []\n");
  scratch.replace("deploy/compose.yaml", "name: shop", "name: shoes");
  const program = path.join(platformRoot, "deploy", "src", "write-deploy.ts");
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ["--conditions=source", "--import", "tsx", program, ...args, scratch.root], {
      cwd: repositoryRoot,
      encoding: "utf8",
    });
  const stale = run("--check");
  expect(stale.stderr).toContain("deploy/compose.yaml is out of date:\n  - name: shoes\n  + name: shop\n");
  expect(stale.stderr).toContain("deploy/prometheus/old.yml belongs to nothing any more.");
  expect(stale.status).toBe(1);
  expect(run().stdout).toMatch(/^\d+ files, 2 changed\.\n$/);
  expect(await complaints(scratch.root)).toBe("");
});
