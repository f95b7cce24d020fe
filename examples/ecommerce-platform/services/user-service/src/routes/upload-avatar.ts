import { answer, callerOf, type Handler, Problem, problems } from "@speckit/service-kit";
import { fileTypeFromBuffer } from "file-type";
import type { Dependencies } from "../app.ts";
import { mayTouch } from "../domain/access.ts";
import { judgeImage } from "../domain/image-format.ts";
import { readUpload } from "../read-upload.ts";
import { saveAvatar } from "../store/avatars.ts";

interface Route {
  Params: { readonly id: string };
}

export function uploadAvatarHandler({ database, clock }: Dependencies): Handler<Route> {
  return async (request) => {
    const { id } = request.params;
    if (!mayTouch(callerOf(request), id)) throw problems.notFound();

    const { image, stated } = await readUpload(request);
    const verdict = judgeImage((await fileTypeFromBuffer(image))?.mime, stated);
    if (verdict.kind === "no-image") {
      throw invalidImage(
        "The file is neither PNG, JPEG nor WebP.",
        "/file",
        "must be a PNG, JPEG or WebP image",
      );
    }
    if (verdict.kind === "other-format") {
      throw invalidImage(
        `The file is ${verdict.format} and not ${stated}.`,
        "/imageFormat",
        `must be ${verdict.format}`,
      );
    }

    const avatar = await saveAvatar(database.db, id, {
      image,
      imageFormat: verdict.format,
      updatedAt: clock(),
    });
    if (!avatar) throw problems.notFound();
    return answer(request, avatar);
  };
}

function invalidImage(detail: string, path: string, message: string): Problem {
  const errors = [{ path, message }];
  return new Problem(422, { type: "/problems/invalid-image", title: "Invalid image", detail, errors });
}
