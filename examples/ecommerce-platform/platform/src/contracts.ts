import path from "node:path";
import { readEventContracts } from "@speckit/service-kit";

const contractsRoot = path.join(import.meta.dirname, "..", "..");

/** Which topics each service receives. */
export const shopTopology = () => readEventContracts(contractsRoot).topology;
