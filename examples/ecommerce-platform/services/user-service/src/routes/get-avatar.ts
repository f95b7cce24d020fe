import { callerOf, type Handler, problems } from "@speckit/service-kit";
import type { Dependencies } from "../app.ts";
import { mayTouch } from "../domain/access.ts";
import { findAvatar } from "../store/avatars.ts";

interface Route {
  Params: { readonly id: string };
}

export function getAvatarHandler({ database }: Dependencies): Handler<Route> {
  return async (request, reply) => {
    const { id } = request.params;
    if (!mayTouch(callerOf(request), id)) throw problems.notFound();
    const avatar = await findAvatar(database.db, id);
    if (!avatar) throw problems.notFound();
    // A browser must not find a page in what passes for an image.
    reply.type(`image/${avatar.imageFormat}`).header("x-content-type-options", "nosniff");
    return avatar.image;
  };
}
