import { describe } from "vitest";
import { holdUnderFaults } from "./hold-under-faults.ts";

describe("the shop on PostgreSQL alone", () => holdUnderFaults("embedded"));
