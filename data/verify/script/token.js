// The token: what a certificate says as a CWT (RFC 8392), signed, as text for a QR code.

const TOKEN_PREFIX = "CT1:";
const ISSUER = "CT-MMP";
const CLAIM = { iss: 1, exp: 4, nbf: 5, iat: 6, cti: 7, says: -65537, bits: -65538 };
const ROLES = { 1: "patient", 2: "caregiver" };
const KINDS = { 1: "temporary", 2: "permanent" };
const LONGEST_TOKEN = 800;
const LONGEST_NUMBER = 40;
const LONGEST_NAME = 400;
const HOUR_SECONDS = 3600;
const DAY_SECONDS = 86400;
// Python's white space, which the issuer goes by; that of JavaScript has one character more and five fewer.
const WHITE_SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;

/** What a token says and the id of its key, once its signature is proven; days and status are other questions. */
async function readToken(text, keys) {
  const token = trimmed(text);
  if (!token.startsWith(TOKEN_PREFIX)) {
    const why = `This is not a code of a certificate: those begin with ${TOKEN_PREFIX}`;
    throw new Refused("not_ours", `${why} Scan the code on the card's back.`);
  }
  if ([...token].length > LONGEST_TOKEN) {
    throw new Refused("damaged", "This is longer than any code of a certificate. Scan the code again.");
  }
  const message = takenApart(base45Bytes(token.slice(TOKEN_PREFIX.length)));
  if (!keys.has(message.keyId)) refuseOtherIssuer(message.payload);
  const payload = await checkedPayload(message, keys);
  refuseOtherIssuer(payload);
  return { says: credentialOf(payload), keyId: message.keyId };
}

/** The claims of a payload, not checked in any way; empty when there are none. */
function claimsOf(payload) {
  try {
    const claims = cborItem(payload);
    return claims instanceof Map ? claims : new Map();
  } catch {
    return new Map();
  }
}

function refuseOtherIssuer(payload) {
  const claims = claimsOf(payload);
  if (claims.has(CLAIM.iss) && claims.get(CLAIM.iss) !== ISSUER) {
    const sentence = "It was made by another issuer, not by Connecticut's Medical Marijuana Program. Do not accept it.";
    throw new Refused("other_issuer", sentence);
  }
}

/** What the claims say, when they are exactly those that the issuer would write. */
function credentialOf(payload) {
  try {
    const claims = claimsOf(payload);
    const [number, role, kind, name, birthYear] = claims.get(CLAIM.says);
    const body = String(new DataView(claims.get(CLAIM.cti).buffer).getUint32(0)).padStart(9, "0");
    const from = Math.floor(claims.get(CLAIM.nbf) / DAY_SECONDS);
    const last = Math.floor(claims.get(CLAIM.exp) / DAY_SECONDS) - 1;
    const found = {
      serial: `MM${body.slice(0, 2)}-${body.slice(2)}-${checkDigits(body)}`,
      registrationNumber: number,
      role: ROLES[role],
      kind: KINDS[kind],
      name,
      birthYear,
      validFrom: isoDay(from),
      expiresOn: isoDay(last),
    };
    const again = new Map([
      [CLAIM.iss, ISSUER],
      [CLAIM.exp, (last + 1) * DAY_SECONDS + 5 * HOUR_SECONDS],
      [CLAIM.nbf, from * DAY_SECONDS + 4 * HOUR_SECONDS],
      [CLAIM.cti, claims.get(CLAIM.cti)],
      [CLAIM.says, [number, role, kind, name, birthYear]],
    ]);
    if (isSound(found, body) && areSame(cborBytes(again), payload)) return found;
  } catch {
    // claims of another shape fail in many ways, all of which mean the same
  }
  throw new Refused("damaged", "It is signed, and does not say what certificates say. Report it to the program.");
}

function isSound(found, body) {
  const { registrationNumber: number, name, birthYear, validFrom, expiresOn } = found;
  return (
    body.length === 9 && !body.endsWith("0000000") && found.role !== undefined && found.kind !== undefined &&
    isText(number, LONGEST_NUMBER) && isText(name, LONGEST_NAME) && name === asPrinted(name) &&
    Number.isInteger(birthYear) && birthYear >= 1900 && birthYear <= Number(validFrom.slice(0, 4)) &&
    validFrom >= "2000-01-01" && validFrom <= expiresOn && expiresOn <= "2199-12-31"
  );
}

function isText(value, longest) {
  return typeof value === "string" && value.length > 0 && [...value].length <= longest;
}

function asPrinted(name) {
  return name.normalize("NFC").split(WHITE_SPACE).filter(Boolean).join(" ");
}

function trimmed(text) {
  const ends = new RegExp(`^${WHITE_SPACE.source}|${WHITE_SPACE.source}$`, "gu");
  return text.replace(ends, "");
}

/** ISO 7064 MOD 97-10. */
function checkDigits(body) {
  return String(98 - (Number(body + "00") % 97)).padStart(2, "0");
}

function isoDay(day) {
  return new Date(day * DAY_SECONDS * 1000).toISOString().slice(0, 10);
}
