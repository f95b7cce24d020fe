interface Part {
  readonly name: string;
  readonly value: string | Buffer;
  /** Makes the part a file. */
  readonly fileName?: string;
  readonly type?: string;
}

const boundary = "----of-the-shop";

/** A body of `multipart/form-data` (RFC 7578), with the header that says so. */
export function form(...parts: readonly Part[]): { headers: { "content-type": string }; body: Buffer } {
  const chunks = parts.flatMap(({ name, value, fileName, type }) => [
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"`),
    Buffer.from(fileName === undefined ? "" : `; filename="${fileName}"`),
    Buffer.from(type === undefined ? "\r\n\r\n" : `\r\nContent-Type: ${type}\r\n\r\n`),
    Buffer.from(value as string),
    Buffer.from("\r\n"),
  ]);
  return {
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

/** A form with an image, as a browser sends it. */
export function fileForm(image: Buffer, ...more: readonly Part[]) {
  return form({ name: "file", value: image, fileName: "ada.png", type: "image/png" }, ...more);
}
