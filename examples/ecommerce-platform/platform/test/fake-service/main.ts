import { type RunningService, runService } from "@speckit/service-kit";
import { serve } from "./service.ts";

await runService((environment) => serve(environment) as Promise<RunningService>);
