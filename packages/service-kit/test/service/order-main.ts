import { runService } from "../../src/index.ts";
import { serve } from "./order-service.ts";

await runService(serve);
