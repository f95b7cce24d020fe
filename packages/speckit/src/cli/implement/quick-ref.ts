import { loadTokenCounter } from "../../tokens/count.ts";
import type { Work } from "./work.ts";

/** After the last task quick-ref.md and ai-doc.md are brought up to date, unless the configuration says otherwise. What was written. */
export async function writeQuickRef({ opened, service, feature }: Work): Promise<string[]> {
  const { workspace } = opened.read;
  const own = workspace.services.find(({ name }) => name === service.name);
  if (!workspace.config.documentation.auto_generate_quick_ref || !own) return [];
  const { documentFeature } = await import("../document.ts");
  const count = await loadTokenCounter();
  const { files } = documentFeature(opened.read, own, feature, { mode: "write", force: false, count });
  return files.flatMap(({ file, written, tokens }) =>
    written ? [`${file} written (${tokens} tokens).`] : [],
  );
}
