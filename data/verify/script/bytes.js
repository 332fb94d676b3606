// Bytes, and text that stands for bytes.

/** A token, list or file that does not count; `kind` is for machines, the message for people. */
class Refused extends Error {
  constructor(kind, sentence) {
    super(sentence);
    this.kind = kind;
  }
}

const BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/** The bytes of a base45 text (RFC 9285); each byte string has exactly one text. */
function base45Bytes(text) {
  const values = Array.from(text, (character) => BASE45.indexOf(character));
  if (values.includes(-1)) throw damaged("it holds a character that such codes never have");
  if (values.length % 3 === 1) throw damaged("a part of it is missing");
  const bytes = [];
  for (let at = 0; at < values.length; at += 3) {
    const [low, middle, high] = values.slice(at, at + 3);
    const number = low + 45 * middle + 2025 * (high ?? 0);
    if (number > (high === undefined ? 0xff : 0xffff)) throw damaged("a group of its characters stands for nothing");
    if (high !== undefined) bytes.push(number >> 8);
    bytes.push(number & 0xff);
  }
  return Uint8Array.from(bytes);
}

function damaged(why) {
  return new Refused("damaged", `The code is damaged: ${why}. Scan it again, or copy the whole text.`);
}

/** The bytes of a base64 text, of the kind for addresses or the common one. */
function base64Bytes(text) {
  const common = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(common), (character) => character.charCodeAt(0));
}

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function areSame(one, other) {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

/** What a zlib stream holds, up to so many bytes; more of them, or anything behind the stream, is an error. */
async function inflated(packed, mostBytes) {
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
  const parts = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joined(...parts);
    length += value.length;
    if (length > mostBytes) {
      await reader.cancel();
      throw new RangeError("more than is allowed");
    }
    parts.push(value);
  }
}
