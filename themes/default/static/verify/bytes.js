// Bytes and the texts that stand for them. Every reader is strict: one value has one spelling.

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */

const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
/** More digits than any key or signature has: the reader below takes the square of it. */
const BASE58_CHARS_MAX = 256;

/** @type {(text: string) => Bytes} */
export const utf8 = (text) => new TextEncoder().encode(text);

/** @type {(bytes: Uint8Array) => string | null} */
export const text = (bytes) => {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
};

/** @type {(bytes: Uint8Array) => string} */
export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** @type {(bytes: Uint8Array) => string} */
export const base64url = (bytes) =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

/** @type {(written: string) => Bytes | null} */
export const fromBase64url = (written) => {
  if (!/^[\w-]*$/.test(written) || written.length % 4 === 1) return null;
  const bytes = Uint8Array.from(atob(written.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  // The bits left over are zero, or the same bytes would have a second spelling.
  const over = bytes.length % 3;
  return over === 0 || base64url(bytes.subarray(-over)) === written.slice(-over - 1) ? bytes : null;
};

/** @type {(written: string) => Bytes | null} */
export const fromBase58 = (written) => {
  if (written.length > BASE58_CHARS_MAX) return null;
  /** @type {number[]} */
  const bytes = [];
  for (const letter of written) {
    let carry = BASE58.indexOf(letter);
    if (carry < 0) return null;
    for (let at = 0; at < bytes.length; at++) {
      carry += bytes[at] * 58;
      bytes[at] = carry & 255;
      carry >>= 8;
    }
    for (; carry > 0; carry >>= 8) bytes.push(carry & 255);
  }
  const zeros = /^1*/.exec(written)?.[0].length ?? 0;
  return Uint8Array.from([...Array(zeros).fill(0), ...bytes.reverse()]);
};

/** @type {(bytes: Bytes) => Promise<Bytes>} */
export const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

/** @type {(parts: Uint8Array[]) => Bytes} */
export const join = (parts) => {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

/**
 * Reads a stream to its end; nothing when it is longer than `most` bytes or breaks off. A bomb costs no more than an
 * honest text.
 * @type {(stream: ReadableStream<Uint8Array>, most: number) => Promise<Bytes | "too-large" | "broken">}
 */
export const drain = async (stream, most) => {
  const reader = stream.getReader();
  const parts = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return join(parts);
      length += value.length;
      if (length > most) {
        await reader.cancel().catch(() => {});
        return "too-large";
      }
      parts.push(value);
    }
  } catch {
    return "broken";
  }
};

/** @type {(bytes: Bytes, format: CompressionFormat, most: number) => Promise<Bytes | "too-large" | "broken">} */
export const inflate = (bytes, format, most) => drain(new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format)), most);
