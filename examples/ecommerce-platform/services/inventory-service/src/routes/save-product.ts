import { answer, callerOf, type Handler, problems } from "@speckit/service-kit";
import type { Dependencies } from "../app.ts";
import { isAdministrator } from "../domain/access.ts";
import { type Product, saveProduct } from "../store/products.ts";

interface Route {
  Params: { readonly sku: string };
  Body: Omit<Product, "sku">;
}

export function saveProductHandler({ database }: Pick<Dependencies, "database">): Handler<Route> {
  return async (request, reply) => {
    if (!isAdministrator(callerOf(request).roles)) throw problems.forbidden();
    const product = { ...request.body, sku: request.params.sku };
    const outcome = await saveProduct(database.db, product);
    reply.code(outcome === "created" ? 201 : 200);
    return answer(request, product);
  };
}
