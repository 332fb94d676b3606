// CBOR (RFC 8949), as much as tokens and lists need: whole numbers, strings, lists, maps, tags. Nothing indefinite.

const CBOR_DEEPEST = 4;
const CBOR_SIMPLE = new Map([[0xf4, false], [0xf5, true], [0xf6, null]]);

class Tagged {
  constructor(tag, value) {
    this.tag = tag;
    this.value = value;
  }
}

/** The one item that these bytes are; maps become Map, tags become Tagged. */
function cborItem(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;

  function number(short) {
    if (short < 24) return short;
    const size = { 24: 1, 25: 2, 26: 4, 27: 8 }[short];
    if (!size || at + size > bytes.length) throw new RangeError("no such length");
    at += size;
    if (size === 8) return safe(view.getBigUint64(at - 8));
    return { 1: view.getUint8, 2: view.getUint16, 4: view.getUint32 }[size].call(view, at - size);
  }

  function string(length) {
    if (at + length > bytes.length) throw new RangeError("the string is longer than the message");
    at += length;
    return bytes.slice(at - length, at);
  }

  function map(length, depth) {
    const found = new Map();
    for (let left = length; left > 0; left--) {
      const key = item(depth);
      if (typeof key === "object" || found.has(key)) throw new RangeError("a key that cannot be, or is there twice");
      found.set(key, item(depth));
    }
    return found;
  }

  function item(depth) {
    if (depth > CBOR_DEEPEST || at >= bytes.length) throw new RangeError("too deep, or too short");
    const head = bytes[at++];
    const value = number(head & 31);
    switch (head >> 5) {
      case 0: return value;
      case 1: return -1 - value;
      case 2: return string(value);
      case 3: return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(string(value));
      case 4: {
        if (value > bytes.length) throw new RangeError("more items than bytes");
        const list = [];
        for (let left = value; left > 0; left--) list.push(item(depth + 1));
        return list;
      }
      case 5: return map(value, depth + 1);
      case 6: return new Tagged(value, item(depth + 1));
      default:
        if (!CBOR_SIMPLE.has(head)) throw new RangeError("a kind of item that is never used");
        return CBOR_SIMPLE.get(head);
    }
  }

  const found = item(0);
  if (at !== bytes.length) throw new RangeError("something follows the item");
  return found;
}

/** The shortest encoding of an item of the kinds that `cborItem` gives. */
function cborBytes(item) {
  if (Number.isSafeInteger(item)) return item < 0 ? cborHead(1, -1 - item) : cborHead(0, item);
  if (item instanceof Uint8Array) return joined(cborHead(2, item.length), item);
  if (typeof item === "string") {
    const text = new TextEncoder().encode(item);
    return joined(cborHead(3, text.length), text);
  }
  if (Array.isArray(item)) return joined(cborHead(4, item.length), ...item.map(cborBytes));
  if (item instanceof Map) return joined(cborHead(5, item.size), ...[...item].flat().map(cborBytes));
  if (item instanceof Tagged) return joined(cborHead(6, item.tag), cborBytes(item.value));
  throw new TypeError("nothing that is ever written");
}

function cborHead(kind, number) {
  const top = kind << 5;
  if (number < 24) return Uint8Array.of(top | number);
  const size = [1, 2, 4, 8].find((bytes) => number < 2 ** (8 * bytes));
  const digits = number.toString(16).padStart(2 * size, "0").match(/../g).map((pair) => parseInt(pair, 16));
  return Uint8Array.of(top | (24 + Math.log2(size)), ...digits);
}

function safe(big) {
  if (big > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError("larger than any number of ours");
  return Number(big);
}
