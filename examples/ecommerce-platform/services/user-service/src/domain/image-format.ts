export type ImageFormat = "png" | "jpeg" | "webp";

const formats: Readonly<Record<string, ImageFormat>> = {
  "image/png": "png",
  // An animated PNG begins as a PNG and is shown as one where animations are unknown.
  "image/apng": "png",
  "image/jpeg": "jpeg",
  "image/webp": "webp",
};

/** The format that a media type stands for, undefined for one that is no avatar's. */
export function formatOf(mediaType: string | undefined): ImageFormat | undefined {
  return mediaType === undefined || !Object.hasOwn(formats, mediaType) ? undefined : formats[mediaType];
}

export type Verdict =
  | { readonly kind: "accepted"; readonly format: ImageFormat }
  /** No image that an avatar can be. */
  | { readonly kind: "no-image" }
  | { readonly kind: "other-format"; readonly format: ImageFormat };

/** Judges an image by the media type of its content. What the sender stated is a check and no hint. */
export function judgeImage(contentType: string | undefined, stated: ImageFormat | undefined): Verdict {
  const format = formatOf(contentType);
  if (format === undefined) return { kind: "no-image" };
  return stated === undefined || stated === format
    ? { kind: "accepted", format }
    : { kind: "other-format", format };
}
