// Ed25519 signatures, and COSE_Sign1 (RFC 9052) in the one form that is written: what differs by one bit is refused.

const SIGN1 = 18;
const COSE_ALGORITHM = 1;
const COSE_EDDSA = -8;
const COSE_KEY_ID = 4;
const LONGEST_KEY_ID = 32;

/** The parts of a message; nothing in it may be believed before `checkedPayload`. */
function takenApart(message) {
  try {
    const { value: [protectedHeader, , payload, signature] } = cborItem(message);
    const keyId = asciiText(cborItem(protectedHeader).get(COSE_KEY_ID));
    const parts = [signedHeader(keyId), new Map(), payload, signature];
    const sound = payload instanceof Uint8Array && signature.length === 64 && keyId.length <= LONGEST_KEY_ID;
    if (sound && areSame(cborBytes(new Tagged(SIGN1, parts)), message)) return { keyId, payload, signature };
  } catch {
    // hostile bytes fail in many ways, all of which mean the same
  }
  throw new Refused("damaged", "It is damaged or not a code of ours. Scan it again, or ask for a fresh print.");
}

/** The payload, which the owner of the named key signed; `keys` maps key ids to public keys. */
async function checkedPayload({ keyId, payload, signature }, keys) {
  if (!keys.has(keyId)) {
    throw new Refused("unknown_key", "Signed with a key that this page does not know. Get the newest page.");
  }
  const signed = cborBytes(["Signature1", signedHeader(keyId), new Uint8Array(), payload]);
  if (!(await isSignedBy(keys.get(keyId), signature, signed))) {
    const sentence = "The signature is wrong: it was forged or changed. Do not accept it; report it to the program.";
    throw new Refused("wrong_signature", sentence);
  }
  return payload;
}

function signedHeader(keyId) {
  const key = new TextEncoder().encode(keyId);
  return cborBytes(new Map([[COSE_ALGORITHM, COSE_EDDSA], [COSE_KEY_ID, key]]));
}

function asciiText(bytes) {
  if (!(bytes instanceof Uint8Array) || bytes.some((byte) => byte > 127)) throw new TypeError("not ASCII");
  return String.fromCharCode(...bytes);
}

/** Whether the signature is right: by the browser, or by a library where the browser has no Ed25519. */
async function isSignedBy(publicKey, signature, message) {
  const subtle = globalThis.crypto?.subtle;
  if (!subtle) {
    const remedy = "Save the page and open the file, or use https.";
    throw new Refused("browser", `This browser checks no signatures for a page from such an address. ${remedy}`);
  }
  let key;
  try {
    key = await subtle.importKey("raw", publicKey, "Ed25519", false, ["verify"]);
  } catch {
    return nobleEd25519.verifyAsync(signature, message, publicKey, { zip215: false });
  }
  return subtle.verify("Ed25519", key, signature, message);
}
