import { answer, type Handler, problems } from "@speckit/service-kit";
import type { Dependencies } from "../app.ts";
import { findProduct } from "../store/products.ts";

interface Route {
  Params: { readonly sku: string };
}

export function getProductHandler({ database }: Pick<Dependencies, "database">): Handler<Route> {
  return async (request) => {
    const product = await findProduct(database.db, request.params.sku);
    if (!product) throw problems.notFound();
    return answer(request, product);
  };
}
