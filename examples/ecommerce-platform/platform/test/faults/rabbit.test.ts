import { describe } from "vitest";
import { missingFor } from "../../src/faults/servers/open-servers.ts";
import { holdUnderFaults } from "./hold-under-faults.ts";

const missing = missingFor("rabbit");
const left = missing.length > 0 ? ` (left out: ${missing.join(" and ")} is not installed here)` : "";

describe.skipIf(missing.length > 0)(`the shop on PostgreSQL, RabbitMQ and Redis${left}`, () =>
  holdUnderFaults("rabbit"),
);
