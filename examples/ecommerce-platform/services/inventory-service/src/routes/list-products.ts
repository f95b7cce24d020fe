import { answerPage, decodeCursor, encodeCursor, type Handler } from "@speckit/service-kit";
import type { Dependencies } from "../app.ts";
import { cutPage } from "../domain/page.ts";
import { listProducts } from "../store/products.ts";

interface Route {
  Querystring: { readonly sku?: readonly string[]; readonly cursor?: string; readonly limit: number };
}

export function listProductsHandler({ database }: Pick<Dependencies, "database">): Handler<Route> {
  return async (request) => {
    const { sku: skus, cursor, limit } = request.query;
    const after = cursor === undefined ? undefined : decodeCursor(cursor, 1)[0];
    const { entries, last } = cutPage(
      await listProducts(database.db, { skus, after, limit: limit + 1 }),
      limit,
    );
    return answerPage(request, entries, last && encodeCursor([last.sku]));
  };
}
