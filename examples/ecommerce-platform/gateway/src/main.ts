import { runService } from "@speckit/service-kit";
import { serve } from "./service.ts";

await runService(serve);
